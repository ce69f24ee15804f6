"""What texts have cost, as their providers bill it, and estimated where none told a price."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from engine.journeys.reporting.message_figures import count_messages
from engine.journeys.running.tallies import Days
from engine.messages.states import MessageState
from engine.messages.texts.costs import Price, sum_costs, sum_journey_costs
from tests.server import rows

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CENTS = Price(50_000, "EUR")
TOLD = (
    ("code", {"parts": 1, "price_micro": 33_300, "currency": "EUR"}),
    ("code", {"parts": 2, "price_micro": 70_000, "currency": "USD", "provider": "twilio"}),
    ("code", {"parts": 3}),
    ("code", {"parts": 2, "provider": "mailbox"}),
    ("code", {"parts": 1, "price_micro": 0, "currency": "EUR", "created_at": NOW - timedelta(2)}),
    ("code", {"parts": None, "state": MessageState.QUEUED}),
    ("late", {"parts": 1}),
)


@pytest.fixture
def texted(database):
    """Texts of two nodes of a version, and letters of a third; the ids of version and journey."""
    with database.transaction() as session:
        ann = rows.add_contact(session, NOW, phone="+15550000001")
        journey, version = rows.add_journey(session, NOW)
        of = {"journey_id": journey.id, "version_id": version.id, "state": MessageState.SENT}
        for node, values in TOLD:
            rows.add_message(session, NOW, ann, channel="sms", **{**of, "node": node, **values})
        rows.add_message(session, NOW, ann, **of)
        other = {**of, "journey_id": None, "version_id": None}
        rows.add_message(session, NOW, ann, channel="sms", parts=9, **{**other, "node": "code"})
        return version.id, journey.key


def test_what_is_billed_is_told_apart_from_what_is_estimated(database, texted):
    version, key = texted
    with database.reading() as session:
        figures = count_messages(session, [version], price=CENTS)
        whole = sum_journey_costs(session, key, CENTS)
    assert figures["code"]["costs"] == {
        "texts": 5, "parts": 9, "billed": {"EUR": 33_300, "USD": 70_000},
        "estimated": {"EUR": 150_000}, "unpriced": 0,
    }  # fmt: skip
    assert figures["late"]["costs"]["estimated"] == {"EUR": 50_000}
    assert figures["hello"]["costs"] is None
    assert whole == {
        "texts": 6, "parts": 10, "billed": {"EUR": 33_300, "USD": 70_000},
        "estimated": {"EUR": 200_000}, "unpriced": 0,
    }  # fmt: skip


def test_without_a_price_nothing_is_estimated(database, texted):
    version, _ = texted
    with database.reading() as session:
        costs = sum_costs(session, [version], ["code", "late"], None)
    assert [(one["estimated"], one["unpriced"]) for one in costs.values()] == [({}, 1), ({}, 1)]


def test_costs_are_of_the_days_asked_for(database, texted):
    version, _ = texted
    early = date(2026, 2, 27)
    with database.reading() as session:
        figures = count_messages(session, [version], Days(early, early), CENTS)
    assert figures["code"]["costs"] == {
        "texts": 1, "parts": 1, "billed": {"EUR": 0}, "estimated": {}, "unpriced": 0,
    }  # fmt: skip


def test_nothing_is_asked_where_no_text_was_sent(database):
    with database.transaction() as session:
        ann = rows.add_contact(session, NOW)
        _, version = rows.add_journey(session, NOW)
        rows.add_message(session, NOW, ann, version_id=version.id)
        ids = [version.id]
    asked = []
    with database.reading() as session:
        event.listen(session, "do_orm_execute", lambda state: asked.append(state.statement))
        assert count_messages(session, ids, price=CENTS)["hello"]["costs"] is None
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("setting", "price"),
    [("", None), ("0.05 EUR", CENTS), ("1 USD", Price(1_000_000, "USD")),
     ("0.000007 GBP", Price(7, "GBP"))],
)  # fmt: skip
def test_the_setting_is_read_exactly(setting, price):
    assert Price.read(setting) == price
