from datetime import timedelta

import pytest
from pydantic import ValidationError

from engine.decision import (
    Advance,
    Answered,
    AskColleague,
    Await,
    CloseQuestion,
    Decision,
    SaveContext,
)
from tests.engine.actions.making import NOW, decide, facts_of, node_of

FORM = [
    {"name": "reason", "kind": "text", "required": True},
    {"name": "percent", "kind": "number"},
]


def ask(**fields):
    given = {
        "to": "team:sales",
        "text": "Approve {{ order }}?",
        "data": {"order": {"$": "trigger.properties.order"}},
        "paths": [{"label": "approve", "next": "yes"}, {"label": "refuse"}],
        "due": {"after": "P2D", "next": "late"},
    }
    return node_of("ask", **(given | fields))


def facts(**fields):
    return facts_of(trigger={"properties": {"order": 7}}, **fields)


def test_arriving_asks_once_and_waits_until_it_is_due():
    node = ask(form=FORM, escalate={"after": "P1D", "to": "role:manager"})
    decision = decide(node, facts())
    [effect] = decision.effects
    assert decision.outcome == Await(NOW + timedelta(days=2))
    assert isinstance(effect, AskColleague)
    assert (effect.to, effect.words) == ("team:sales", "Approve 7?")
    assert effect.answers == ("approve", "refuse")
    assert [field["name"] for field in effect.form] == ["reason", "percent"]
    assert effect.due_at == NOW + timedelta(days=2)
    assert (effect.escalate_at, effect.escalate_to) == (NOW + timedelta(days=1), "role:manager")


def test_a_day_is_one_of_the_calendar():
    saturday = NOW + timedelta(days=3)  # the clocks of Berlin go forward in the night
    due = decide(ask(due={"after": "P1D"}), facts(now=saturday)).outcome.until
    assert due - saturday == timedelta(hours=23)


def test_woken_for_nothing_it_waits_on_and_asks_no_second_time():
    later = facts(now=NOW + timedelta(days=1), arrived_at=NOW, is_first=False)
    assert decide(ask(), later) == Decision(Await(NOW + timedelta(days=2)))


def test_an_answer_goes_out_by_its_label_with_what_was_filled_in():
    given = facts(is_first=False, signal=Answered("approve", {"reason": "good"}))
    assert decide(ask(form=FORM), given) == Decision(
        Advance("approve"), (SaveContext({"here": {"reason": "good"}}),)
    )
    assert decide(ask(), given) == Decision(Advance("approve"))


def test_an_answer_that_came_is_taken_even_when_the_time_is_over():
    given = facts(
        now=NOW + timedelta(days=2), arrived_at=NOW, is_first=False, signal=Answered("refuse")
    )
    assert decide(ask(), given).outcome == Advance("refuse")


def test_an_answer_that_is_not_offered_any_more_is_no_way():
    with pytest.raises(ValueError, match="not offered"):
        decide(ask(), facts(is_first=False, signal=Answered("perhaps")))


def test_when_the_time_is_over_the_question_is_taken_back():
    over = facts(now=NOW + timedelta(days=2), arrived_at=NOW, is_first=False)
    assert decide(ask(), over) == Decision(Advance("due"), (CloseQuestion(),))


def test_only_what_must_be_filled_in_is_certain_and_only_after_an_answer():
    fields = {path.label: path.fields for path in ask(form=FORM).paths()}
    assert fields == {"approve": {"reason"}, "refuse": {"reason"}, "due": frozenset()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": [*FORM, {"name": "reason", "kind": "date"}]},
        {"form": [{"name": "plan", "kind": "choice"}]},
        {"form": [{"name": "plan", "kind": "text", "choices": ["a"]}]},
        {"form": [{"name": "not a name", "kind": "text"}]},
        {"escalate": {"after": "P2D", "to": "role:manager"}},
    ],
)
def test_what_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValidationError):
        ask(**wrong)
