import pytest

from tests.channels.conftest import certificate  # noqa: F401 - a fixture, for pushes
from tests.server.tracking.door import Door


@pytest.fixture
def door(one_house):
    return Door(one_house)


@pytest.fixture
def both_doors(house):
    """The door before each of the two databases."""
    return Door(house)
