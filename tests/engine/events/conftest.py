import pytest

from tests.engine.events.site import Site


@pytest.fixture
def site(database):
    return Site(database)
