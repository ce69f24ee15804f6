"""A simulation that never found a planted fault proves nothing: it finds every one of these."""

import pytest

from tests.sim.faults import FAULTS, plant
from tests.sim.running import run_seed

MOST_SEEDS = 2_000
FOUND_BY = {
    "duplicates_are_not_dropped": 1,
    "an_exit_is_ignored_while_waiting": 40,
}
"""Where the search begins, so that it is short: a seed that is known to find the fault."""


def find(fault):
    """Return what the suite says of an engine with this fault, and the number of seeds it took."""
    first = FOUND_BY.get(fault.__name__)
    seeds = [*([] if first is None else [first]), *range(MOST_SEEDS)]
    with plant(fault):
        for seed in seeds:
            if (failure := run_seed(seed)) is not None:
                return failure
    return None


def test_ten_faults_at_least_are_planted():
    assert len(FAULTS) >= 10
    assert set(FOUND_BY) <= {fault.__name__ for fault in FAULTS}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(fault):
    failure = find(fault)
    assert failure is not None
    assert failure.name
    assert run_seed(failure.script.seed) is None, "the fault is taken out, and all holds"
