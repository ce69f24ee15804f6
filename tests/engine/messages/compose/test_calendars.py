"""Whose months and weekdays a letter shows."""

import pytest

from engine.messages.compose.calendar import ENGLISH
from engine.messages.compose.calendars import find_calendar


@pytest.mark.parametrize("language", ["de-US", "de-DE-1996", "de-XX", "de-x-shop", "DE"])
def test_a_tag_that_says_more_than_is_known_is_still_of_its_language(language):
    assert find_calendar(language).weekdays == find_calendar("de").weekdays


@pytest.mark.parametrize("language", ["", "en", "zz", "tlh", "-", "en-XX", "x" * 35])
def test_where_nobody_knows_it_is_english(language):
    assert find_calendar(language).weekdays == ENGLISH.weekdays
