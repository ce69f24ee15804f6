"""The sample history: the same on every machine, in the past, and once."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from engine.models.contact import Consent, Contact
from engine.models.journey import Enrollment
from server.demo.history import CONTACTS, DAYS, build_calls, write_history
from server.lanes import ingest
from tests.server.conftest import START


def test_the_same_day_brings_the_same_calls():
    assert list(build_calls(START)) == list(build_calls(START))


def test_everything_happened_within_the_days_before_now_and_has_an_id_of_its_own():
    calls = list(build_calls(START))
    times = [datetime.fromisoformat(call["timestamp"]) for call in calls]
    assert START - timedelta(days=DAYS) <= min(times) <= max(times) < START
    assert len({call["messageId"] for call in calls}) == len(calls) > 3 * CONTACTS
    assert len({call["userId"] for call in calls}) == CONTACTS


def test_orders_are_of_the_sum_of_their_products():
    orders = [call["properties"] for call in build_calls(START) if "order_id" in str(call)]
    assert orders
    for order in orders:
        assert order["total"] == sum(one["price"] * one["quantity"] for one in order["products"])


def test_history_is_written_once_and_makes_contacts_with_choices(one_house):
    count = write_history(one_house)
    assert count == len(list(build_calls(START)))
    assert write_history(one_house) == 0
    while ingest(one_house):
        pass
    assert write_history(one_house) == 0
    with one_house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == CONTACTS
        assert session.scalar(select(func.count(Contact.phone.distinct()))) == CONTACTS
        assert session.scalar(select(func.count()).select_from(Consent)) > CONTACTS
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 0
