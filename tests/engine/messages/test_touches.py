"""Who opened or clicked is told from what is seen of it alone."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.messages.tracking.touches import Hint, MadeBy, Why, find_crowded, is_clear, judge
from tests.engine.messages.storm import BROWSERS, CHROME, LEFT, SCANNERS, Storm

HUMAN, MACHINE, UNKNOWN = MadeBy.HUMAN, MadeBy.MACHINE, MadeBy.UNKNOWN


@pytest.fixture
def storm():
    storm = Storm(random.Random(7))
    storm.begin()
    return storm


def judge_one(touch):
    judged = judge([touch], left_at=LEFT)[touch.id]
    return judged.made_by, judged.why


def test_r121_of_a_thousand_sequences_machines_are_flagged_and_people_are_not():
    flagged = {"machine": 0, "human": 0}
    for seed in (1, 2, 3):
        storm = Storm(random.Random(seed))
        letters = {}
        for kind in ("machine", "human"):
            for _ in range(500):
                letter, touches = getattr(storm, kind)()
                letters[letter] = kind, touches
        crowded = find_crowded(one for _, touches in letters.values() for one in touches)
        for kind, touches in letters.values():
            judged = judge(touches, left_at=LEFT, crowded=crowded)
            flagged[kind] += any(one.made_by is MACHINE for one in judged.values())
    assert flagged["machine"] >= 0.95 * 1500
    assert flagged["human"] <= 0.01 * 1500


@pytest.mark.parametrize("agent", SCANNERS)
def test_who_says_what_it_is_is_believed(storm, agent):
    assert judge_one(storm.click("1", 900, agent)) == (MACHINE, Why.AGENT)


@pytest.mark.parametrize("agent", BROWSERS)
def test_browsers_are_people(storm, agent):
    assert judge_one(storm.click("1", 900, agent)) == (HUMAN, None)


@pytest.mark.parametrize(("hint", "why"), [(Hint.HEAD, Why.HEAD), (Hint.PREFETCH, Why.PREFETCH)])
def test_what_a_request_says_of_itself_counts(storm, hint, why):
    assert judge_one(storm.click("1", 900, CHROME, hints=hint)) == (MACHINE, why)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    ],
)
def test_pictures_that_a_mailbox_s_proxy_fetches_say_nothing_of_people(storm, agent):
    opened = storm.click(None, 900, agent, kind="open")
    assert judge_one(opened) == (MACHINE, Why.PROXY)
    clicked = storm.click("1", 910, CHROME)
    assert judge([opened, clicked], left_at=LEFT)[clicked.id].made_by is HUMAN


@pytest.mark.parametrize(("after", "made_by"), [(1, MACHINE), (5, UNKNOWN), (9, HUMAN)])
def test_nobody_clicks_before_the_letter_is_read(storm, after, made_by):
    assert judge_one(storm.click("1", after, CHROME))[0] is made_by


def test_a_browser_without_a_language_is_doubted_and_early_a_machine(storm):
    early, late = (storm.click("1", after, CHROME, hints=Hint.NO_LANGUAGE) for after in (60, 900))
    assert (judge_one(early)[0], judge_one(late)[0]) == (MACHINE, UNKNOWN)


def test_many_letters_from_one_network_at_once_are_a_gateway_s(storm):
    touches = []
    for n in range(12):
        storm.begin()
        touches.append(storm.click("1", 600 + n / 2, CHROME, network="192.0.2.0/24"))
    crowded = find_crowded(touches)
    assert crowded == {one.id for one in touches}
    assert judge(touches[:1], left_at=LEFT, crowded=crowded)[touches[0].id].why is Why.CROWD
    assert find_crowded(touches[:11]) == set()


def test_only_a_late_click_without_doubt_is_clear(storm):
    clear = storm.click("1", 900, CHROME)
    assert is_clear(clear, left_at=LEFT)
    for doubted in (
        replace(clear, kind="open"),
        replace(clear, hints=Hint.NO_LANGUAGE),
        replace(clear, at=LEFT + timedelta(seconds=60)),
        replace(clear, agent="curl/8.5.0"),
    ):
        assert not is_clear(doubted, left_at=LEFT)
    assert not is_clear(clear, left_at=None)
