"""Setting the demo up: once, and again on the same folder."""

import pytest
from sqlalchemy import func, select

from engine.config import Settings
from engine.models.account import ApiKey, User
from engine.models.event import EventBatch
from engine.models.journey import Journey
from server.broker import SilentBell
from server.demo import run
from server.wiring import open_house

pytestmark = pytest.mark.slow
COUNTED = (User, ApiKey, Journey, EventBatch)


def count_rows(settings):
    house = open_house(settings, bell=SilentBell())
    try:
        with house.database.reading() as session:
            return [session.scalar(select(func.count()).select_from(each)) for each in COUNTED]
    finally:
        house.close()


def test_setting_up_again_keeps_owner_key_journeys_and_history(tmp_path, capsys):
    settings = Settings(data=tmp_path, virtual_clock=True)
    first = run._set_up(settings)
    assert capsys.readouterr().out.count("published version 1") == 4
    rows = count_rows(settings)
    assert rows[:3] == [1, 1, 4]
    assert rows[3] > 0

    assert run._set_up(settings) == first
    assert count_rows(settings) == rows
    assert capsys.readouterr().out.count("unchanged") == 4
