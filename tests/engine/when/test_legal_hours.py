"""Hours in which advertising may reach a number."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.when.area_codes import ALL_ZONES, AREA_ZONES, STATE_OF
from engine.when.legal_hours import RULES, find_bound, find_permitted
from engine.when.zones import find_zone, get_zone

NEW_YORK, LOS_ANGELES, MIAMI, SEATTLE = (
    "+12125550100",
    "+12135550100",
    "+13055550100",
    "+12065550100",
)
TENNESSEE = "+19315550100"  # area code 931: Central
PENSACOLA = "+18505550100"  # in two zones
HARTFORD, DALLAS, EL_PASO = "+18605550100", "+12145550100", "+19155550100"
PARIS, BERLIN, TORONTO = "+33612345678", "+491701234567", "+14165550100"


def at(*time):
    return datetime(2026, *time, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "now", "permitted"),
    [
        (NEW_YORK, at(1, 14, 12, 59), at(1, 14, 13)),  # 07:59 there
        (NEW_YORK, at(1, 14, 13), at(1, 14, 13)),
        (NEW_YORK, at(1, 15, 1, 59), at(1, 15, 1, 59)),  # 20:59
        (NEW_YORK, at(1, 15, 2), at(1, 15, 13)),  # 21:00
        (NEW_YORK, at(7, 14, 12), at(7, 14, 12)),  # summer time
        (LOS_ANGELES, at(1, 14, 13), at(1, 14, 16)),
        (TENNESSEE, at(1, 14, 13), at(1, 14, 14)),
        (MIAMI, at(1, 15, 1), at(1, 15, 13)),  # 20:00 in Florida
        (SEATTLE, at(1, 15, 4), at(1, 15, 16)),
        (PENSACOLA, at(1, 14, 13), at(1, 14, 14)),  # when both zones are awake
        (PENSACOLA, at(1, 15, 1), at(1, 15, 14)),
        ("+14105550100", at(1, 15, 1), at(1, 15, 13)),  # 20:00 in Maryland
        (HARTFORD, at(1, 14, 13, 59), at(1, 14, 14)),  # 08:59 in Connecticut
        (HARTFORD, at(1, 15, 1), at(1, 15, 14)),
        (DALLAS, at(1, 14, 14, 59), at(1, 14, 15)),  # 08:59 in Texas
        (DALLAS, at(1, 15, 2, 59), at(1, 15, 2, 59)),  # 20:59
        (DALLAS, at(1, 15, 3), at(1, 15, 15)),
        (DALLAS, at(1, 18, 15), at(1, 18, 18)),  # on Sunday, until noon
        (DALLAS, at(1, 19, 2, 59), at(1, 19, 2, 59)),  # Sunday evening
        (EL_PASO, at(1, 17, 15, 59), at(1, 17, 16)),  # Mountain
        (EL_PASO, at(1, 18, 16), at(1, 18, 19)),
        (PARIS, at(1, 14, 6, 59), at(1, 14, 7)),
        (PARIS, at(1, 17, 21), at(1, 19, 7)),  # Saturday night, until Monday
        (PARIS, at(7, 14, 12), at(7, 15, 6)),  # the fourteenth of July
        ("+17875550100", at(1, 14, 11, 59), at(1, 14, 12)),  # Puerto Rico: 07:59 there
        ("+17872345678", at(1, 14, 11, 59), at(1, 14, 12)),
        ("+13407123456", at(1, 15, 1), at(1, 15, 12)),  # the Virgin Islands: 21:00
        ("+16713001234", at(1, 14, 21, 59), at(1, 14, 22)),  # Guam: 07:59
        ("+16703001234", at(1, 14, 21, 59), at(1, 14, 22)),  # the Northern Mariana Islands
        ("+16847331234", at(1, 14, 8), at(1, 14, 19)),  # American Samoa: 21:00
        ("+18762101234", at(1, 14, 7), at(1, 14, 7)),  # Jamaica is another country
        (BERLIN, at(1, 14, 2), at(1, 14, 2)),  # no hours of its own
        (TORONTO, at(1, 14, 7), at(1, 14, 7)),
        ("no number", at(1, 14, 7), at(1, 14, 7)),
    ],
)
def test_r124_a_text_waits_for_the_first_instant_its_region_permits(number, now, permitted):
    assert find_permitted(number, now) == permitted


@pytest.mark.parametrize("number", ["+12115550100", "+18005550100"])
def test_r124_of_an_unknown_region_every_plausible_zone_must_permit_it(number):
    bound = find_bound(number)
    assert bound.zones == ALL_ZONES and bound.hours.closes.hour == 20
    for step in range(24 * 4 * 7):
        now = at(1, 14, 0) + timedelta(minutes=15) * step
        walls = [now + get_zone(zone).offset(now) for zone in ALL_ZONES]
        is_fine = all((12 if wall.weekday() == 6 else 9) <= wall.hour < 20 for wall in walls)
        assert (find_permitted(number, now) == now) == is_fine
    assert find_permitted(number, at(1, 14, 3)) == at(1, 14, 19)  # nine o'clock in Hawaii
    assert find_permitted(number, at(1, 18, 3)) == at(1, 18, 22)  # noon there, on Sunday


def test_r124_what_any_state_forbids_is_not_sent_where_the_state_is_unknown():
    strictest = find_bound("+18005550100").hours
    states = [hours for region, hours in RULES.items() if region.startswith("US")]
    assert strictest.opens == max(one.opens for one in states)
    assert strictest.closes == min(one.closes for one in states)
    assert strictest.opens_on_sundays == max(one.opens_on_sundays or one.opens for one in states)


def test_the_table_of_area_codes_can_be():
    assert len(AREA_ZONES) > 300 and set(STATE_OF) <= set(AREA_ZONES)
    assert {f"US-{state}" for state in STATE_OF.values()} == {one for one in RULES if "-" in one}
    assert all(len(code) == 3 and code.isdigit() for code in AREA_ZONES)
    assert all(find_zone(zone) is not None for zone in ALL_ZONES)
