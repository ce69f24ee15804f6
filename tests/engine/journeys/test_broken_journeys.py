"""Each way to spoil a good journey is found, by exactly its codes."""

import json

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Code
from tests.engine.journeys.broken import BROKEN
from tests.engine.journeys.broken_approvals import BROKEN_APPROVALS
from tests.engine.journeys.broken_links import BROKEN_LINKS
from tests.engine.journeys.broken_references import BROKEN_REFERENCES
from tests.engine.journeys.samples import check_document, load

ROWS = [*BROKEN, *BROKEN_APPROVALS, *BROKEN_LINKS, *BROKEN_REFERENCES]


@pytest.mark.parametrize(("_name", "example", "spoil", "codes"), ROWS, ids=[row[0] for row in ROWS])
def test_a_spoilt_journey_yields_exactly_its_codes(_name, example, spoil, codes):
    document = load(example)
    spoil(document)
    problems = check_document(document)
    assert sorted(problem.code for problem in problems) == sorted(codes), [
        problem.message for problem in problems
    ]


def test_every_code_is_provoked_by_some_row():
    of_one_version = set(Code) - {
        Code.EXPERIMENT_ENDS,  # which is about two, see test_changes.py
        Code.SENDER_UNPROVEN,  # which is about the instance, as this one,
        Code.SENDER_REFUSED,  # see tests/engine/messages/test_sender_domain.py
    }
    assert {code for *_, codes in ROWS for code in codes} == {str(code) for code in of_one_version}


def test_a_draft_may_be_unfinished_but_not_contradictory():
    unfinished, contradictory = load("abandoned-cart"), load("welcome")
    del unfinished["nodes"]["seen"]["timeout"]
    contradictory["nodes"]["free"]["next"] = "nowhere"
    assert [p.severity for p in check_document(unfinished, stage="draft")] == ["warning"]
    assert [p.severity for p in check_document(contradictory, stage="draft")] == ["error"]


def test_what_is_unfinished_cannot_be_published_but_a_warning_stays_one():
    unfinished, unusual = load("abandoned-cart"), load("welcome")
    del unfinished["nodes"]["seen"]["timeout"]
    unusual["trigger"]["event"] = "Singed Up"
    assert [p.is_error for p in check_document(unfinished)] == [True]
    assert [p.is_error for p in check_document(unusual)] == [False]


def test_r107_a_loop_that_waits_for_a_time_of_day_is_no_hasty_one():
    document = load("welcome")
    document["nodes"]["free"]["next"] = "morning"
    assert check_document(document) == []
    document["nodes"]["morning"]["until"] = {"at": "09:00", "same_day_if_late": True}
    [problem] = check_document(document)
    assert problem.code is Code.CYCLE_WITHOUT_WAIT
    assert problem.message.startswith(
        "One can go round 'morning' → 'plan' → 'free' → 'morning' without waiting"
    )


def test_a_context_name_is_set_by_what_holds_it():
    document = load("dunning")
    document["nodes"]["status"]["save"] = {"billing": "body"}
    assert check_document(document) == []


def test_asking_whether_context_is_there_at_all_is_no_mistake():
    document = load("dunning")
    document["nodes"]["why"]["paths"][0]["when"] = {"context": "nobody.knows", "op": "missing"}
    assert check_document(document) == []


def test_names_are_not_held_against_lists_that_nobody_keeps():
    document = load("welcome")
    document["trigger"]["event"] = "Singed Up"
    document["nodes"]["plan"]["paths"][0]["when"]["attribute"] = "plam"
    known = Catalogue(
        templates=dict.fromkeys(("welcome-1", "welcome-pro", "welcome-free"), "email"),
        topics=frozenset({"tips"}),
    )
    assert check(parse_journey(json.dumps(document)), known) == []


def test_an_empty_draft_can_be_kept():
    empty = {"format": 1, "key": "new", "name": "New journey", "trigger": {"kind": "manual"}}
    problems = check_document(empty, stage="draft")
    assert [(p.code.value, p.severity) for p in problems] == [("start_missing", "warning")]


def test_a_message_says_in_plain_words_what_is_wrong_and_where():
    document = load("abandoned-cart")
    document["nodes"]["seen"]["paths"] = [
        {"label": "clicked", "event": "Email Link Clicked", "next": "value"}
    ]
    document["start"] = "seen"
    document["nodes"]["tell"]["next"] = "nudge"
    document["nodes"]["nudge"]["next"] = None
    [problem] = check_document(document)
    assert problem.to_json() == {
        "code": "nothing_sent_before",
        "severity": "error",
        "node": "seen",
        "path": "clicked",
        "message": "'seen' waits for 'Email Link Clicked' but nothing before it sends an e-mail.",
        "about": None,
    }
