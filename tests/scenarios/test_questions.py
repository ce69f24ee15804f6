"""A journey asks a colleague: who is first, the answer, the time or an exit, decides."""

from datetime import timedelta

import pytest

from engine.errors import Conflict, Invalid, NotFound
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.publishing.pausing import pause, resume
from engine.journeys.publishing.stopping import stop
from engine.journeys.responding.answering import answer
from engine.journeys.running.questions import escalate_due, list_questions
from engine.journeys.running.runner import advance_due
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Notice
from engine.models.question import Question
from tests.scenarios.test_concurrency import at_once

REASON = {"name": "reason", "kind": "text", "required": True}
PERCENT = {"name": "percent", "kind": "number"}
ASK = {
    "kind": "ask",
    "to": "team:sales",
    "text": "Offer a discount on {{ order }}?",
    "data": {"order": {"$": "trigger.properties.order"}},
    "paths": [{"label": "approve", "next": "kind"}, {"label": "refuse", "next": "no"}],
    "form": [REASON, PERCENT],
    "due": {"after": "P2D", "next": "late"},
    "escalate": {"after": "P1D", "to": "role:manager"},
}
NODES = {
    "boss": ASK,
    "kind": {
        "kind": "branch",
        "paths": [
            {
                "label": "g",
                "when": {"context": "boss.reason", "op": "is", "value": "good"},
                "next": "good",
            }
        ],
        "otherwise": {"next": "other"},
    },
    **{key: {"kind": "tag", "add": [key]} for key in ("good", "other", "no", "late")},
}


@pytest.fixture
def office(shop):
    """A shop in which Ann's order waits for the boss."""
    shop.publish(
        trigger={"kind": "event", "event": "Ordered"},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[{"event": "Cancelled", "reason": "cancelled"}],
        start="boss",
        nodes=NODES,
    )
    shop.say(event="Ordered", userId="ann", properties={"order": 7})
    shop.work()
    return shop


def reply(shop, label="approve", question=1, **values):
    with shop.database.transaction() as session:
        answer(session, question, label=label, values=values, by="user:3", now=shop.now)
    shop.work()


def escalate(shop):
    with shop.database.transaction() as session:
        return escalate_due(session, now=shop.now)


def tags(shop):
    return [attributes.get("tags") for (attributes,) in shop.ask(Contact.attributes)]


def notices(shop):
    return [(to, words) for to, words in shop.ask(Notice.to, Notice.words)]


def outcome(shop):
    return shop.ask(Question.answer, Question.answered_by, Question.values, Question.closed_at)


def test_a_question_is_asked_once_and_its_addressee_is_told(office):
    office.pass_time(hours=1)
    assert office.ask(Question.words, Question.answers, Question.due_at, Question.contact_id) == [
        ("Offer a discount on 7?", ["approve", "refuse"], office.now + timedelta(hours=47), 1)
    ]
    assert notices(office) == [("team:sales", "Offer a discount on 7?")]


def test_an_answer_decides_the_way_and_its_form_is_in_the_context(office):
    reply(office, reason="good", percent=10)
    assert outcome(office) == [("approve", "user:3", {"reason": "good", "percent": 10}, None)]
    assert tags(office) == [["good"]]
    [(data,)] = office.ask(Enrollment.data)
    assert data["context"] == {"boss": {"reason": "good", "percent": 10}}


def test_without_an_answer_in_time_it_goes_on_and_nobody_can_answer_any_more(office):
    office.pass_time(days=2)
    assert tags(office) == [["late"]]
    assert outcome(office) == [(None, None, None, office.now)]
    with pytest.raises(Conflict, match="nobody waits"):
        reply(office, reason="good")


def test_answering_twice_is_refused_with_what_was_answered(office):
    reply(office, "refuse", reason="no")
    with pytest.raises(Conflict, match="answered already: 'refuse'"):
        reply(office, reason="good")
    assert tags(office) == [["no"]]


@pytest.mark.parametrize(
    ("label", "values", "words"),
    [
        ("perhaps", {}, "there is no such answer; it is one of approve, refuse"),
        ("approve", {}, "'reason' is required"),
        ("approve", {"reason": "x", "percent": "ten"}, "'percent' is to be a number"),
    ],
)
def test_a_wrong_answer_is_refused_and_the_question_stays_open(office, label, values, words):
    with pytest.raises(Invalid, match=words):
        reply(office, label, **values)
    assert outcome(office) == [(None, None, None, None)]
    reply(office, reason="good")
    assert tags(office) == [["good"]]


def test_a_question_that_is_not_there_cannot_be_answered(office):
    with pytest.raises(NotFound):
        reply(office, question=99)


def test_an_exit_takes_the_question_back(office):
    office.say(event="Cancelled", userId="ann")
    office.work()
    assert outcome(office) == [(None, None, None, office.now)]
    with pytest.raises(Conflict):
        reply(office, reason="good")


def test_stopping_the_journey_takes_its_questions_back(office):
    with office.database.transaction() as session:
        stop(session, "j", ends_all=True, now=office.now)
    assert outcome(office) == [(None, None, None, office.now)]


def test_an_exit_condition_that_time_makes_true_takes_the_question_back(shop):
    shop.publish(
        trigger={"kind": "event", "event": "Ordered"},
        exits=[{"when": {"attribute": "ends", "op": "before", "value": "2026-03-27"}}],
        start="boss",
        nodes=NODES,
    )
    shop.say(event="Ordered", userId="ann", properties={"order": 7})
    shop.say(kind="identify", userId="ann", traits={"ends": "2026-03-30"})
    shop.work()
    assert outcome(shop) == [(None, None, None, None)]
    with shop.database.transaction() as session:  # unheard of by any event
        session.get(Contact, 1).attributes = {"ends": "2026-03-26"}
    shop.pass_time(days=2)
    assert shop.ask(Enrollment.reason) == [("exit condition",)]
    assert outcome(shop) == [(None, None, None, shop.now)]


def test_each_visit_asks_anew(office):
    reply(office, "refuse", reason="no")
    office.say(event="Ordered", userId="ann", properties={"order": 8})
    office.work()
    assert [words for (words,) in office.ask(Question.words)] == [
        "Offer a discount on 7?",
        "Offer a discount on 8?",
    ]


def test_who_was_merged_is_still_asked_about(office):
    office.say(kind="identify", userId="ann", anonymousId="a1")
    office.say(event="Looked", userId="bob")
    office.say(kind="alias", userId="bob", previousId="ann")
    office.work()
    with office.database.reading() as session:
        [asked] = list_questions(session, only_open=True, before=None, limit=9)
        survivor = session.get(Contact, asked.question.contact_id)
        assert survivor.merged_into is None
    reply(office, reason="good")
    assert ["good"] in tags(office)


def test_the_second_addressee_is_told_once_when_nobody_answers(office):
    office.pass_time(hours=23)
    assert escalate(office) == 0
    office.pass_time(hours=1)
    assert [escalate(office), escalate(office)] == [1, 0]
    assert notices(office)[1:] == [("role:manager", "Offer a discount on 7?")]
    assert office.ask(Question.escalated_at) == [(office.now,)]
    reply(office, reason="good")
    assert tags(office) == [["good"]]


def test_what_was_answered_or_taken_back_is_not_escalated(office):
    reply(office, reason="good")
    office.pass_time(days=1)
    assert escalate(office) == 0
    office.say(event="Ordered", userId="bob", properties={"order": 9})
    office.work()
    office.say(event="Cancelled", userId="bob")
    office.pass_time(days=1)
    assert escalate(office) == 0


def test_while_a_journey_is_paused_nobody_else_is_told(office):
    with office.database.transaction() as session:
        pause(session, "j", now=office.now)
    office.pass_time(days=1)
    assert escalate(office) == 0
    with office.database.transaction() as session:
        resume(session, "j", waits=ResumePolicy.KEEP, now=office.now, default_zone="UTC")
    assert escalate(office) == 1


def test_many_looks_at_once_escalate_each_question_once(office):
    for number in range(30):
        office.say(event="Ordered", userId=f"u{number}", properties={"order": number})
    office.work()
    office.now += timedelta(days=1)
    counts = []
    at_once(*([lambda: counts.append(escalate(office))] * 4))
    assert sum(counts) == 31
    assert sum(to == "role:manager" for to, _ in notices(office)) == 31


def test_answer_and_due_time_at_one_instant_take_exactly_one_way(office):
    for number in range(20):
        office.say(event="Ordered", userId=f"u{number}", properties={"order": number})
    office.work()
    office.now += timedelta(days=2)
    refused = []

    def respond(question):
        try:
            with office.database.transaction() as session:
                given = {"reason": "good"}
                answer(session, question, label="approve", values=given, by="u", now=office.now)
        except Conflict:
            refused.append(question)

    def advance():
        for _ in range(10):
            with office.database.transaction() as session:
                advance_due(session, now=office.now, limit=3, default_zone="UTC")

    def respond_to(several):
        for question in several:
            respond(question)

    everybody = range(1, 22)
    # Two colleagues answer each question, one from either end, while the time is over.
    at_once(advance, lambda: respond_to(everybody), lambda: respond_to(reversed(everybody)))
    office.work()
    came_to = tags(office)
    answered = [label for (label,) in office.ask(Question.answer) if label]
    closed = [at for (at,) in office.ask(Question.closed_at) if at]
    assert len(answered) + len(closed) == 21
    assert came_to.count(["good"]) == len(answered)
    assert came_to.count(["late"]) == len(closed)
    assert len(refused) == 42 - len(answered)
