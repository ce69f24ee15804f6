"""The table of operators as the builder reads it, and where which of them may be asked.

`python -m engine.rules.operator_table` prints it; it is kept as schema/operators.json.
"""

import json
import sys

from engine.rules.filters import Property
from engine.rules.operators import DATE_OPS, NUMBER_OPS, list_operators


def render_operators() -> str:
    """Return the table as the text of a file."""
    table = {
        "operators": list_operators(),
        "asked_of": {"figure": NUMBER_OPS, "instant": DATE_OPS, "property": Property.allowed},
    }
    return json.dumps(table, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_operators())
