"""The table that the builder reads is the one that both back ends read."""

import json
from pathlib import Path

from engine.rules.operator_table import render_operators
from engine.rules.operators import Op

FILE = Path(__file__).parents[3] / "schema" / "operators.json"


def test_the_table_that_is_kept_is_the_one_the_code_makes():
    assert FILE.read_text(encoding="utf-8") == render_operators()


def test_it_tells_every_operator_and_where_only_some_may_be_asked():
    table = json.loads(render_operators())
    assert [row["op"] for row in table["operators"]] == [op.value for op in Op]
    assert "within_last" in table["asked_of"]["instant"]
    assert "within_last" not in table["asked_of"]["property"]
    assert set(table["asked_of"]["figure"]) < {op.value for op in Op}
