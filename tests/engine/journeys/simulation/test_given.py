"""What may be given in a test, by each kind of trigger, and what colleagues answer (rule 130)."""

import json

import pytest

from engine.journeys.definition.case_file import parse_cases
from engine.journeys.definition.journey import parse_journey
from engine.journeys.simulation.trial import try_cases

BEGIN = "2026-03-25T12:00:00Z"
NOTHING = {"at": BEGIN, "event": "Nothing"}
MAIL = {"kind": "send_email", "template": "hello", "class": "transactional"}
AGAIN = {"reentry": {"mode": "after_exit"}}
ASK = {
    "kind": "ask",
    "to": "owner",
    "text": "a refund?",
    "form": [{"name": "sum", "kind": "number", "required": True}],
    "paths": [{"label": "yes", "next": "mail"}, {"label": "no", "next": "end"}],
    "due": {"after": "P2D", "next": "late"},
    "escalate": {"after": "P1D", "to": "team:desk"},
}


def attempt(trigger, *given, nodes=None, before=(), assume=None, until="+P60D", **parts):
    expect = parts.pop("expect")
    contact = {"attributes": {"email": "ann@example.com"}} | parts.pop("contact", {})
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": trigger,
        "start": "mail" if nodes is None else next(iter(nodes)),
        "nodes": nodes or {"mail": MAIL},
        **parts,
    }
    case = {
        "name": "c",
        "contact": contact,
        "given": given,
        "before": before,
        "assume": assume or {},
        "until": until,
        "expect": expect,
    }
    cases = parse_cases(json.dumps({"cases": [case]}))
    [tried] = try_cases(parse_journey(json.dumps(document)), cases, [], default_zone="UTC")
    return "\n".join(tried.differences)


def keep(at, state, key="t1", **fields):
    return {"at": at, "record": {"type": "ticket", "key": key, "state": state, "fields": fields}}


# --- dates ---


def test_r035_a_birthday_comes_by_the_simulated_clock_every_year_on_the_contacts_own():
    trigger = {"kind": "date", "attribute": "birthday", "at": "09:00", "repeat": "yearly"}
    contact = {"attributes": {"birthday": "1990-05-01"}, "timezone": "Asia/Tokyo"}
    stays = [{"entry_key": "2026-05-01"}, {"entry_key": "2027-05-01"}]
    at = [{"node": "mail", "at": f"{year}-05-01T00:00:00Z"} for year in (2026, 2027)]
    expect = {"enrollments": stays, "messages": at}
    contact["attributes"]["email"] = "ann@example.com"
    asked = {"contact": contact, "expect": expect, "until": "2027-06-01T00:00:00Z"}
    assert attempt(trigger, NOTHING, **asked) == ""


def test_r037_a_date_that_moves_is_waited_for_anew_and_takes_out_who_entered_for_the_old_one():
    trigger = {"kind": "date", "attribute": "renews_on", "offset": "-P3D", "at": "09:00"}
    nodes = {"wait": {"kind": "wait", "for": "P2D", "next": "mail"}, "mail": MAIL}
    told = {"at": BEGIN, "identify": {"renews_on": "2026-04-05"}}
    moved = {"at": "2026-04-03T09:00:00Z", "identify": {"renews_on": "2026-04-20"}}
    stays = [
        {"entry_key": "2026-04-05", "ends": {"exited": "anchor_changed"}},
        {"entry_key": "2026-04-20", "ends": "completed"},
    ]
    assert attempt(trigger, told, moved, nodes=nodes, expect={"enrollments": stays}) == ""


def test_r111_a_date_of_before_the_journey_lets_nobody_in():
    trigger = {"kind": "date", "attribute": "renews_on"}
    contact = {"attributes": {"renews_on": "2026-03-24"}}
    assert attempt(trigger, NOTHING, contact=contact, expect={"enrollments": []}) == ""


# --- records ---


def test_r136_two_closed_tickets_are_two_enrollments_in_a_test_too():
    trigger = {
        "kind": "record",
        "type": "ticket",
        "change": {"kind": "state", "to": ["solved"]},
    }
    nodes = {
        "wait": {"kind": "wait", "for": "P1D", "next": "plan"},
        "plan": {
            "kind": "branch",
            "paths": [{"label": "vip", "when": {"subject": "tier", "op": "is", "value": "gold"}}],
            "otherwise": {"next": "mail"},
        },
        "mail": {**MAIL, "data": {"ticket": {"$": "subject.key"}}},
    }
    reopened = {
        "event": "Record Changed",
        "where": {"property": "state", "op": "is", "value": "open"},
        "reason": "reopened",
    }
    given = [
        keep(BEGIN, "open"),
        keep("+PT1H", "solved"),
        keep("+PT1H", "solved"),
        keep("+PT2H", "solved", "t2", tier="gold"),
        keep("+PT3H", "solved", "t3", tier="none"),
        keep("+PT4H", "open"),
    ]
    stays = [
        {"entry_key": "t1", "ends": {"exited": "reopened"}},
        {"entry_key": "t2", "path": ["wait", "plan: vip"]},
        {"entry_key": "t3", "path": ["wait", "plan: otherwise", "mail"]},
    ]
    expect = {"enrollments": stays, "messages": [{"node": "mail", "data": {"ticket": "t3"}}]}
    asked = {"nodes": nodes, "exits": [reopened], "subject": "record", "expect": expect}
    assert attempt(trigger, *given, **asked) == ""


def test_a_ticket_of_before_runs_its_clock_and_a_change_sets_it_back():
    clock = {"kind": "clock", "after": "P3D", "without_change": True, "state": ["open"]}
    trigger = {"kind": "record", "type": "ticket", "change": clock}
    before = [keep("-P1D", "open"), keep("-P9D", "open", "old"), keep("-P1D", "open", "t2")]
    given = [NOTHING, keep("+P1D", "open", "t2", urgent=True)]
    stays = [{"entry_key": "t1"}, {"entry_key": "t2"}]
    at = [{"node": "mail", "at": "+P2D"}, {"node": "mail", "at": "+P4D"}]
    expect = {"enrollments": stays, "messages": at}
    assert attempt(trigger, *given, before=before, subject="record", expect=expect) == ""


def test_a_journey_about_records_is_not_entered_without_one():
    trigger = {"kind": "record", "type": "ticket", "change": {"kind": "created"}}
    enter = {"at": BEGIN, "enter": {}}
    said = attempt(trigger, enter, subject="record", expect={})
    assert "is entered by a 'record'" in said


# --- letters ---


def test_a_letter_that_comes_in_lets_in_by_its_channel_and_words():
    trigger = {
        "kind": "message",
        "channel": "sms",
        "where": {"property": "text", "op": "contains", "value": "help"},
    }
    given = [
        {"at": BEGIN, "received": "email", "text": "help"},
        {"at": "+PT1H", "received": "sms", "text": "no"},
        {"at": "+PT2H", "received": "sms", "text": "help me"},
    ]
    messages = [{"node": "mail", "at": "+PT2H"}]
    assert attempt(trigger, *given, entry=AGAIN, expect={"messages": messages}) == ""


@pytest.mark.parametrize(
    "reply",
    [
        {"at": "+PT1H", "message": "mail", "becomes": "replied"},
        {"at": "+PT1H", "received": "email", "text": "yes", "answers": "mail"},
    ],
)
def test_an_answer_to_a_letter_of_ours_is_a_letter_too_and_something_the_contact_did(reply):
    nodes = {
        "mail": {**MAIL, "next": "wait"},
        "wait": {
            "kind": "wait_for",
            "paths": [{"label": "wrote", "event": "Message Received", "next": "seen"}],
            "timeout": {"after": "P1D"},
        },
        "seen": {
            "kind": "branch",
            "paths": [{"label": "yes", "when": {"message": "mail", "op": "replied"}}],
            "otherwise": {},
        },
    }
    trigger = {"kind": "event", "event": "Nothing"}
    path = ["mail", "wait: wrote", "seen: yes"]
    assert attempt(trigger, NOTHING, reply, nodes=nodes, expect={"path": path}) == ""
    silent = {"kind": "inactivity", "no": "any", "for": "PT3H"}
    other = {"mail": MAIL}
    at = [{"node": "mail", "at": "+PT3H"}, {"node": "mail", "at": "+PT7H"}]
    later = {**reply, "at": "+PT4H"}
    expect = {"messages": at}
    assert attempt(silent, NOTHING, later, nodes=other, entry=AGAIN, expect=expect) == ""


def test_a_letter_that_answers_what_never_left_is_told():
    reply = {"at": BEGIN, "received": "sms", "answers": "mail"}
    said = attempt({"kind": "message"}, reply, expect={})
    assert "mail: no message had been handed over" in said


# --- other journeys ---


def test_another_journey_lets_in_with_its_data_and_lets_out_again():
    trigger = {"kind": "journey", "from": ["welcome"], "entry_key": "properties.order"}
    nodes = {"wait": {"kind": "wait", "for": "P9D", "next": "mail"}, "mail": MAIL}
    given = [
        {"at": BEGIN, "journey": "welcome", "data": {"order": "a"}},
        {"at": "+PT1H", "journey": "welcome", "data": {"order": "b"}},
        {"at": "+PT2H", "journey": "stranger", "data": {"order": "c"}},
        {"at": "+P1D", "journey": "welcome", "asks": "stop", "entry_key": "a"},
    ]
    stays = [
        {"entry_key": "a", "ends": {"exited": "stopped_by_journey"}},
        {"entry_key": "b", "ends": "completed"},
    ]
    assert attempt(trigger, *given, nodes=nodes, expect={"enrollments": stays}) == ""


def test_r137_what_the_journey_asks_of_itself_is_its_own_effect():
    own = {"at": BEGIN, "journey": "j"}
    expect = {"enrollments": [], "refused": ["own_effect"]}
    assert attempt({"kind": "journey"}, own, expect=expect) == ""


# --- questions ---

ASKING = {"ask": ASK, "mail": MAIL, "end": {"kind": "leave", "reason": "no"}, "late": MAIL}
EVENT = {"kind": "event", "event": "Nothing"}


def ask(*given, expect, **case):
    return attempt(EVENT, NOTHING, *given, nodes=ASKING, expect=expect, **case)


def test_a_colleague_answers_at_a_given_time_and_fills_in_the_form():
    filled = {**MAIL, "data": {"sum": {"$": "context.ask.sum"}}}
    yes = {"at": "+PT5H", "question": "ask", "chooses": "yes", "form": {"sum": 30}}
    messages = [{"node": "mail", "at": "+PT5H", "data": {"sum": 30}}]
    said = attempt(
        EVENT,
        NOTHING,
        yes,
        nodes=ASKING | {"mail": filled},
        expect={"messages": messages, "path": ["ask: yes", "mail"], "notices": ["a refund?"]},
    )
    assert said == ""


def test_what_colleagues_answer_is_assumed_by_node():
    no = {"chooses": "no", "form": {"sum": 0}}
    assert ask(expect={"ends": {"exited": "no"}}, assume={"ask": no}) == ""
    nobody = {"path": ["ask: due", "late"], "notices": ["a refund?", "a refund?"]}
    assert ask(expect=nobody) == ""
    assert ask(expect=nobody, assume={"ask": {**no, "after": "P3D"}}) == ""
    tardy = {"path": ["ask: no", "end"], "notices": ["a refund?", "a refund?"]}
    assert ask(expect=tardy, assume={"ask": {**no, "after": "PT30H"}}) == ""


@pytest.mark.parametrize(
    ("given", "assume", "words"),
    [
        ({"question": "ask", "chooses": "maybe"}, {}, "it is one of yes, no"),
        ({"question": "ask", "chooses": "yes"}, {}, "'sum' is required"),
        ({"question": "mail", "chooses": "yes"}, {}, "mail: this node asks nobody"),
        ({"question": "asks", "chooses": "yes"}, {}, "there is no node 'asks'"),
        ({"event": "x"}, {"ask": "sent"}, "say what that one 'chooses'"),
        ({"event": "x"}, {"ask": {"chooses": "maybe"}}, "it is one of yes, no"),
        ({"event": "x"}, {"mail": {"chooses": "yes"}}, "mail: this node asks nobody"),
    ],
)
def test_an_answer_that_a_node_does_not_take_is_told(given, assume, words):
    assert words in ask({"at": "+PT1H", **given}, expect={}, assume=assume)


def test_an_answer_that_nobody_waits_for_is_told():
    late = {"at": "+P3D", "question": "ask", "chooses": "yes", "form": {"sum": 1}}
    assert "ask: nobody was being asked" in ask(late, expect={})
