from datetime import UTC, date, datetime, time

import pytest

from engine.errors import InvalidTime
from engine.triggers.schedule import build_schedule
from engine.when.schedules import Once, next_occurrence
from engine.when.zones import get_zone
from tests.engine.triggers.making import trigger_of

ALL = {"attribute": "email", "op": "exists"}
NINE = "2027-01-12T09:00:00+01:00"


def schedule(**fields):
    return build_schedule(trigger_of("schedule", audience=ALL, **fields))


def test_r027_a_cron_is_read_as_local_dates_and_times():
    weekly = schedule(cron="0 9 * * mon", timezone="Europe/Berlin")
    after = datetime(2026, 3, 25, tzinfo=UTC)
    occurrence = next_occurrence(weekly, after, get_zone("Europe/Berlin"))
    assert occurrence.at == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert occurrence.key == "2026-03-30T09:00"


def test_once_is_an_instant_read_on_the_clock_of_its_zone():
    assert schedule(once=NINE, timezone="Europe/Berlin") == Once(date(2027, 1, 12), time(9))
    assert schedule(once=NINE, timezone="Asia/Tokyo") == Once(date(2027, 1, 12), time(17))
    assert schedule(once=NINE) == Once(date(2027, 1, 12), time(8))
    assert schedule(once="2027-01-12T23:30:00+01:00", timezone="Asia/Tokyo") == Once(
        date(2027, 1, 13), time(7, 30)
    )


def test_once_on_the_contacts_own_clock_is_the_reading_as_written():
    assert schedule(once=NINE, timezone="contact") == Once(date(2027, 1, 12), time(9))


@pytest.mark.parametrize(
    "fields",
    [
        {"cron": "0 0 31 2 *"},
        {"cron": "61 * * * *"},
        {"cron": "* * * * *"},
        {"cron": "0 9 1 * mon"},
        {"once": NINE, "timezone": "Berlin"},
    ],
)
def test_what_cannot_be_kept_is_refused(fields):
    with pytest.raises(InvalidTime):
        schedule(**fields)
