"""Tests of journeys: they pass where all is as expected, and say in words what is not (rule 130)."""

import json
import socket

import pytest

from engine.errors import InvalidJourney
from engine.journeys.definition.case_file import parse_cases
from engine.journeys.definition.catalogue_file import parse_catalogue
from engine.journeys.definition.journey import parse_journey
from engine.journeys.simulation.trial import try_cases
from tests.engine.journeys.samples import EXAMPLE_FILES, GALLERY_FILES

WELCOME = {
    "format": 1,
    "key": "hi",
    "name": "Hi",
    "trigger": {"kind": "event", "event": "Signed Up"},
    "exits": [{"event": "Cancelled", "reason": "cancelled"}],
    "start": "hello",
    "nodes": {
        "hello": {
            "kind": "send_email",
            "template": "hello",
            "class": "transactional",
            "data": {"name": {"$": "contact.first_name", "or": "you"}},
            "next": "seen",
        },
        "seen": {
            "kind": "wait_for",
            "paths": [{"label": "yes", "when": {"message": "hello", "op": "clicked"}}],
            "timeout": {"after": "P1D", "next": "call"},
        },
        "call": {
            "kind": "webhook",
            "endpoint": "crm",
            "save": {"tier": "body.tier"},
            "on_error": {"next": "sorry"},
            "next": "arm",
        },
        "sorry": {"kind": "leave", "reason": "no answer"},
        "arm": {
            "kind": "split",
            "paths": [
                {"label": "a", "weight": 50, "next": "mark"},
                {"label": "b", "weight": 50, "next": "mark"},
            ],
        },
        "mark": {
            "kind": "update_contact",
            "set": {"tier": {"$": "context.tier"}},
        },
    },
}
SIGNUP = {"at": "2026-03-25T12:00:00Z", "event": "Signed Up"}
ANN = {"attributes": {"email": "ann@example.com"}}


def attempt(document=WELCOME, **case):
    whole = {"name": "c", "contact": ANN, "given": [SIGNUP], "expect": {}} | case
    cases = parse_cases(json.dumps({"cases": [whole]}))
    [tried] = try_cases(parse_journey(json.dumps(document)), cases, [], default_zone="UTC")
    return "\n".join(tried.differences)


@pytest.mark.parametrize("file", [*EXAMPLE_FILES, *GALLERY_FILES], ids=lambda file: file.stem)
def test_r130_the_examples_do_what_their_tests_say(file, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)  # no service is asked for anything
    catalogue = parse_catalogue(file.with_name("catalogue.json").read_text(encoding="utf-8"))
    cases = parse_cases(file.with_suffix(".test.json").read_text(encoding="utf-8"))
    journey = parse_journey(file.read_text(encoding="utf-8"))
    for tried in try_cases(journey, cases, [catalogue], default_zone="UTC"):
        assert tried.is_as_expected, tried.differences


def test_r130_what_came_is_shown_beside_what_was_expected():
    said = attempt(
        expect={
            "messages": [{"node": "hello", "at": "+PT1H"}],
            "path": ["hello", "seen: yes"],
            "ends": "completed",
            "goals": [],
        },
        assume={"call": "failed"},
    )
    assert said.splitlines() == [
        "messages",
        "  - hello at Wed 2026-03-25 13:00",
        "  + hello at Wed 2026-03-25 12:00",
        "path",
        "    hello",
        "  - seen: yes",
        "  + seen: timeout",
        "  + call: error",
        "  + sorry",
        "ends",
        "  - completed",
        "  + exited: no answer",
    ]


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        ({"messages": []}, "+ hello at Wed 2026-03-25 12:00"),
        ({"messages": [{"template": "other"}]}, "+ template hello"),
        ({"messages": [{"node": "hello", "data": {"name": "Ann"}}, {"node": "call"}]}, '+ "you"'),
        ({"not_sent": ["hello"]}, "hello was handed over at Wed 2026-03-25 12:00"),
        ({"skipped": {"hello": "no_consent"}}, "+ (nothing)"),
        ({"enrollments": []}, "expected 0, came 1"),
        ({"ends": {"waiting_at": "seen"}}, "+ completed"),
        ({"ends": {"failed": "tier"}}, "- failed: tier"),
        ({"goals": ["sold"]}, "- sold"),
        ({"refused": ["filter"]}, "- filter"),
        ({"notices": ["ho"]}, "- ho"),
        ({"attributes": {"tier": "silver"}}, '+ "gold"'),
        ({"not_sent": ["helo"]}, "there is no node 'helo'"),
        ({"path": ["hello", "seen", "call", "arm", "mark", "more"]}, "- more"),
    ],
)
def test_r130_each_expectation_can_fail(expected, came):
    assumed = {"call": {"answer": {"status": 200, "body": {"tier": "gold"}}}}
    assert came in attempt(expect=expected, assume=assumed)


def test_clicks_come_by_assumption_or_at_their_time():
    path = ["hello", "seen: yes"]
    assert attempt(expect={"path": path}, assume={"hello": "clicked"}) == ""
    assert (
        attempt(expect={"path": path}, assume={"hello": {"fate": "clicked", "after": "PT3H"}}) == ""
    )
    click = {"at": "+PT5H", "message": "hello", "becomes": "clicked"}
    assert attempt(expect={"path": path}, given=[SIGNUP, click]) == ""
    early = {"at": "2026-03-25T11:00:00Z", "message": "hello", "becomes": "clicked"}
    assert "hello: no message had been handed over" in attempt(given=[early, SIGNUP])


def test_a_missing_value_sets_the_enrollment_aside_and_the_test_says_so():
    ends = {"failed": "mark"}
    answer = {"answer": {"body": {}}}
    document = json.loads(json.dumps(WELCOME))
    document["nodes"]["call"]["save"] = {}
    assert attempt(document, expect={"ends": ends}, assume={"call": answer}) == ""


def test_arms_are_given_or_drawn_by_the_contacts_id():
    answer = {"call": {"answer": {"body": {"tier": "gold"}}}}
    held = {**ANN, "arms": {"arm": "b"}}
    path = ["hello", "seen", "call", "arm: b", "mark"]
    assert attempt(contact=held, expect={"path": path}, assume=answer) == ""
    ways = {
        attempt(
            contact={**ANN, "id": f"018f6f8e-1c1e-7000-8000-{number:012d}"},
            expect={"path": path},
            assume=answer,
        )
        == ""
        for number in range(10)
    }
    assert ways == {True, False}


def test_what_a_contact_did_before_counts_and_lets_nobody_in():
    document = {
        **WELCOME,
        "entry": {
            "when": {"event": "Order Completed", "measure": "count", "op": "gte", "value": 2}
        },
    }
    bought = [
        {"at": "-P3D", "event": "Order Completed"},
        {"at": "-P1D", "event": "Signed Up"},
        {"at": "-PT2H", "event": "Order Completed"},
    ]
    assert attempt(document, expect={"enrollments": [], "refused": ["filter"]}) == ""
    assert attempt(document, before=bought, expect={"enrollments": [{}], "refused": []}) == ""


def test_unsubscribing_can_take_out():
    document = {**WELCOME, "settings": {"exit_on_unsubscribe": True}}
    no = {"at": "+PT1H", "consent": {"tips": {"email": False}}}
    assert attempt(document, given=[SIGNUP, no], expect={"ends": {"exited": "unsubscribed"}}) == ""


def test_who_is_let_in_by_hand_passes_the_gates():
    document = {
        **WELCOME,
        "trigger": {"kind": "manual"},
        "exits": [],
        "entry": {"when": {"trigger": "properties.vip", "op": "is", "value": True}},
    }
    begin = {"at": "2026-03-25T12:00:00Z", "enter": {"vip": True}}
    again = {"at": "+PT1H", "enter": {"vip": False}}
    expect = {"enrollments": [{"path": ["hello", "seen: yes"]}], "refused": ["filter"]}
    assumed = {"hello": "clicked"}
    assert attempt(document, given=[begin, again], expect=expect, assume=assumed) == ""


def test_a_schedule_lets_its_audience_in_by_the_contacts_own_clock():
    document = {
        **WELCOME,
        "exits": [],
        "trigger": {
            "kind": "schedule",
            "cron": "0 9 * * mon",
            "timezone": "contact",
            "audience": {"attribute": "plan", "op": "is", "value": "pro"},
        },
        "entry": {"reentry": {"mode": "after_exit"}},
    }
    given = [
        {"at": "2026-03-25T12:00", "identify": {"plan": "pro"}},
        {"at": "2026-04-01T12:00", "identify": {"plan": "free"}},
    ]
    said = attempt(
        document,
        contact={**ANN, "timezone": "Asia/Tokyo"},
        given=given,
        expect={"messages": [{"node": "hello", "at": "2026-03-30T09:00"}]},
        assume={"hello": "clicked"},
    )
    assert said == ""


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"given": []}, "given"),
        ({"given": [{"at": "+P1D", "event": "Signed Up"}]}, "needs a date"),
        ({"given": [{"at": "tomorrow", "event": "Signed Up"}]}, "is no time"),
        ({"given": [{"at": "2026-03-25T12:00"}]}, "an event, identify, consent"),
        ({"expect": {"messages": [{"at": "+P1D"}]}}, "by its 'node' or by its 'template'"),
        ({"expect": {"mesages": []}}, "mesages"),
    ],
)
def test_a_file_that_is_no_test_is_refused_with_the_place(case, words):
    with pytest.raises(InvalidJourney) as refused:
        attempt(**case)
    assert words in str(refused.value.problems)


def test_a_journey_that_contradicts_itself_is_refused():
    document = {**WELCOME, "start": "nowhere"}
    with pytest.raises(InvalidJourney, match="contradicts itself"):
        attempt(document)
