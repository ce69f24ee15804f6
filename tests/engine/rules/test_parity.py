"""The two back ends agree: random conditions over contacts chosen to make them differ."""

import os
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from engine.rules.conditions import Condition
from tests.engine.rules.asking import conditions, nows, zones
from tests.engine.rules.world import World, ask_memory, ask_sql, make_world, store

EXAMPLES = 2_500 if os.environ.get("SOJOURN_FULL") else 150


@pytest.fixture(scope="module")
def world(sqlite: Engine, postgres: Engine) -> World:
    made = make_world(seed=11, size=300)
    store(sqlite, made)
    store(postgres, made)
    return made


relaxed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@relaxed
@given(condition=conditions, now=nows, zone=zones)
def test_memory_and_sqlite_agree(
    world: World, sqlite: Engine, condition: Condition, now: datetime, zone: str
) -> None:
    assert ask_sql(sqlite, condition, now, zone) == ask_memory(world, condition, now, zone)


@relaxed
@given(condition=conditions, now=nows, zone=zones)
def test_memory_and_postgresql_agree(
    world: World, postgres: Engine, condition: Condition, now: datetime, zone: str
) -> None:
    assert ask_sql(postgres, condition, now, zone) == ask_memory(world, condition, now, zone)
