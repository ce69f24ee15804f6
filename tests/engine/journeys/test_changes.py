"""What publishing a new version ends: the experiments whose arms it touches (rule 65)."""

import json

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.validate.changes import check_changes
from tests.engine.journeys.samples import both, drop, load, put


def find_codes(spoil):
    live, changed = load("discount-approval"), load("discount-approval")
    spoil(changed)
    findings = check_changes(*(parse_journey(json.dumps(one)) for one in (live, changed)))
    return [(finding.code.value, finding.node) for finding in findings]


@pytest.mark.parametrize(
    "edit",
    [
        put("name", value="Another name"),
        put("nodes", "half", "note", value="Look at me."),
        put("nodes", "mail", "topic", value="tips"),
        put("nodes", "half", "salt", value="discount-approval/half"),
        put("nodes", "half", "paths", 1, "control", value=False),
        put("nodes", "boss", "text", value="Well?"),
    ],
)
def test_r065_an_unrelated_edit_ends_nothing(edit):
    assert find_codes(edit) == []


@pytest.mark.parametrize(
    "edit",
    [
        both(
            put("nodes", "half", "paths", 0, "weight", value=60),
            put("nodes", "half", "paths", 1, "weight", value=40),
        ),
        put("nodes", "half", "paths", 0, "label", value="none"),
        put("nodes", "half", "paths", 0, "control", value=False),
        put("nodes", "half", "paths", 0, "next", value="tell"),
        put("nodes", "half", "salt", value="mine"),
        put("nodes", "half", "winner", "after", value="P15D"),
        put("goals", 0, "within", value="P31D"),
        both(
            put("nodes", "half", "rerandomize", value="each_run"), drop("nodes", "half", "winner")
        ),
    ],
)
def test_r065_touching_the_arms_or_what_they_are_measured_by_ends_the_experiment(edit):
    assert find_codes(edit) == [("experiment_ends", "half")]


def test_r065_a_split_that_is_gone_ends_its_experiment():
    edit = both(put("nodes", "boss", "paths", 0, "next", value="mail"), drop("nodes", "half"))
    assert find_codes(edit) == [("experiment_ends", None)]
