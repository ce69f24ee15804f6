"""What is not a journey is refused when it is read, also as a draft."""

import copy
import json

import pytest

from engine.actions import ACTIONS
from engine.errors import InvalidJourney
from engine.journeys.definition.catalogue_file import parse_catalogue
from engine.journeys.definition.journey import parse_journey
from engine.triggers import TRIGGERS
from tests.engine.journeys.samples import FILES, drop, load, put


def nest(depth):
    """A condition with so many groups inside each other."""
    condition = {"attribute": "plan", "op": "exists"}
    for _ in range(depth):
        condition = {"all": [condition]}
    return condition


def many_nodes(count):
    return {f"n{number}": {"kind": "tag", "add": ["x"]} for number in range(count)}


WHEN = ("nodes", "plan", "paths", 0, "when")
MORNING = ("nodes", "morning")


def wait(**fields):
    return put(*MORNING, value={"kind": "wait", **fields})


REFUSED = [
    ("an unknown kind of node", put("nodes", "pro", "kind", value="send_letter"), "send_letter"),
    ("a node without a kind", drop("nodes", "pro", "kind"), "kind"),
    ("a field nobody knows", put("nodes", "pro", "subject", value="Hello"), "no such field"),
    ("a misspelt field", put("exit", value=[]), "no such field"),
    ("a field that nothing performs", put("settings", "colour", value=1), "no such field"),
    ("a cap that nothing performs", put("nodes", "pro", "gates", value={"cap": "skip"}), "no such"),
    ("two ways out where there is one", put("nodes", "plan", "next", value="pro"), "no such field"),
    ("otherwise as a word", put("nodes", "plan", "otherwise", value="free"), "otherwise"),
    ("another format", put("format", value=2), "format"),
    ("another subject", put("subject", value="deal"), "should be 'contact' or 'record'"),
    ("a node key with a capital", put("nodes", "__proto__", value={"kind": "tag"}), "pattern"),
    ("a number as text", put("settings", "holdout_percent", value="5"), "integer"),
    ("a wait of nothing", wait(**{"for": "PT0S"}), "longer than nothing"),
    ("a wait backwards", wait(**{"for": "-P1D"}), "longer than nothing"),
    ("a wait of six years", wait(**{"for": "P6Y"}), "five years"),
    ("a wait in seconds as a number", wait(**{"for": 60}), "P1D"),
    ("a wait in floating point", wait(**{"for": "PT1E9S"}), "P1D"),
    ("a wait for nothing said", wait(), "either 'for' or 'until'"),
    ("a wait both ways", put(*MORNING, "for", value="P1D"), "either 'for' or 'until'"),
    ("months looking back", put("goals", 0, "within", value="P1M"), "no fixed length"),
    ("on_missing without a date", put(*MORNING, "on_missing", value="exit"), "belongs to"),
    ("a time of day that is none", put(*MORNING, "until", "at", value="24:00"), "HH:MM"),
    (
        "late today and days ahead",
        put(*MORNING, "until", "same_day_if_late", value=True),
        "day of arrival",
    ),
    ("a condition about nothing", put(*WHEN, value={"op": "is", "value": 1}), "plan.paths.0.when"),
    ("an unknown operator", put(*WHEN, "op", value="sql"), "starts_with"),
    ("a list operator without a list", put(*WHEN, "value", value="pro"), "plan.paths.0.when"),
    ("a value where none belongs", put(*WHEN, "op", value="exists"), "plan.paths.0.when"),
    ("no value where one belongs", drop(*WHEN, "value"), "needs a value"),
    ("a field that is no field", put(*WHEN, "attribute", value='a" OR 1=1'), "pattern"),
    ("conditions eleven deep", put(*WHEN, value=nest(11)), "10 groups deep"),
    ("conditions deeper than any reader goes", put(*WHEN, value=nest(150)), "recursion limit"),
    (
        "a hundred and one leaves",
        put(*WHEN, value={"any": [{"attribute": "plan", "op": "exists"}] * 101}),
        "100 leaves",
    ),
    ("501 nodes", put("nodes", value=many_nodes(501)), "at most 500"),
    (
        "both cron and once",
        put("trigger", value={"kind": "schedule", "audience": nest(0)}),
        "either 'cron' or 'once'",
    ),
    (
        "an instant without its offset",
        put(
            "trigger",
            value={"kind": "schedule", "once": "2027-01-12T09:00:00", "audience": nest(0)},
        ),
        "timezone",
    ),
    ("a hole that is no hole", put("nodes", "pro", "data", value={"x": {"$": "os.x"}}), "roots"),
    ("a goal's value without its event", drop("goals", 0, "event"), "speak of an event"),
]


def refuse(text):
    with pytest.raises(InvalidJourney) as caught:
        parse_journey(text)
    assert caught.value.problems
    assert caught.value.problems[0]["message"] == str(caught.value)
    return caught.value.problems


@pytest.mark.parametrize(("_name", "spoil", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_it_is_refused_with_words_that_help(_name, spoil, words):
    document = load("welcome")
    spoil(document)
    problems = refuse(json.dumps(document))
    assert any(words in problem["message"] for problem in problems), problems


TEXTS = [
    ("a node written twice", lambda text: text.replace('"free":', '"pro":'), "stands twice"),
    ("NaN", lambda text: text.replace('"x": 0', '"x": NaN'), "not JSON"),
    ("more than a megabyte", lambda text: text + " " * 1_000_000, "bytes"),
    ("a hundred thousand brackets", lambda _: "[" * 100_000, "deep"),
    ("half a document", lambda text: text[:100], "not JSON"),
    ("nothing", lambda _: "", "not JSON"),
    ("a list", lambda _: "[]", "the journey"),
]


@pytest.mark.parametrize(("_name", "spoil", "words"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_text_that_is_no_clean_json_is_refused(_name, spoil, words):
    [problem] = refuse(spoil(json.dumps(load("welcome"))))
    assert words in problem["message"]


def test_a_lone_surrogate_does_no_harm():
    text = json.dumps(load("welcome")).replace('"Welcome"', '"\\ud800"')
    assert refuse(text)[0]["code"] == "malformed"


def test_an_unknown_kind_is_answered_with_those_that_are_known():
    document = load("welcome")
    document["nodes"]["pro"]["kind"] = "send_letter"
    document["trigger"]["kind"] = "moon"
    trigger, node = refuse(json.dumps(document))
    assert all(f"'{kind}'" in trigger["message"] for kind in TRIGGERS)
    assert all(f"'{kind}'" in node["message"] for kind in ACTIONS)
    assert (trigger["node"], node["node"]) == (None, "pro")


def test_a_problem_names_its_node_and_the_place_in_the_text():
    document = load("welcome")
    document["nodes"]["plan"]["paths"][0]["when"] = {
        "all": [{"attribute": "plan", "op": "is", "value": "x", "colour": "red"}]
    }
    [problem] = refuse(json.dumps(document))
    assert problem == {
        "code": "malformed",
        "severity": "error",
        "node": "plan",
        "path": None,
        "message": "nodes.plan.paths.0.when.all.0.colour: there is no such field; "
        "is it misspelt, or does it belong elsewhere?",
    }


def test_ten_groups_and_five_hundred_nodes_are_still_accepted():
    document = load("welcome")
    document["nodes"] |= many_nodes(495)
    put(*WHEN, value=nest(10))(document)
    assert len(parse_journey(json.dumps(document)).nodes) == 500


def test_a_catalogue_is_read_as_strictly():
    with pytest.raises(InvalidJourney, match=r"topics\.0\.opt_in"):
        parse_catalogue('{"topics": [{"key": "news", "name": "News", "opt_in": "maybe"}]}')
    with pytest.raises(InvalidJourney, match=r"segments\.0\.condition\.op"):
        parse_catalogue(
            '{"segments": [{"key": "v", "name": "V", "condition": {"attribute": "a", "op": "x"}}]}'
        )


def list_places(part, path=()):
    """Every place in a document, as keys that lead there."""
    entries = (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    )
    for key, value in entries:
        yield (*path, key)
        yield from list_places(value, (*path, key))


ODD = {"null": None, "text": "x" * 3_000, "number": 1.5, "list": [[]], "object": {"": {}}}


@pytest.mark.parametrize("name", [file.stem for file in FILES])
@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_somewhere_is_taken_or_refused_in_words(name, odd):
    document = load(name) | {"description": "d", "$schema": "s"}
    for node in document["nodes"].values():
        node["note"] = "n"
    for place in list_places(document):
        changed = copy.deepcopy(document)
        put(*place, value=ODD[odd])(changed)
        try:
            parse_journey(json.dumps(changed))
        except InvalidJourney as error:
            assert error.problems
