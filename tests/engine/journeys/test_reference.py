from pathlib import Path

from engine.actions import ACTIONS
from engine.journeys.reference.fields import render_reference
from engine.triggers import TRIGGERS

FILE = Path(__file__).parents[3] / "docs" / "journey-reference.md"


def test_the_generated_reference_is_current():
    assert FILE.read_text(encoding="utf-8") == render_reference()


def test_every_kind_has_its_section():
    lines = render_reference().splitlines()
    headings = [line for line in lines if line.startswith("### `")]
    assert headings == [f"### `{kind}`" for kind in (*TRIGGERS, *ACTIONS)]


def test_every_type_that_a_field_names_is_told():
    text = render_reference()
    for name in ("Way", "Gates", "UntilWindow", "Elapsed", "OnTrouble", "EventCountCondition"):
        assert f"### {name}\n" in text or f"| {name} |" in text
