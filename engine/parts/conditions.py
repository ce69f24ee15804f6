"""Conditions as documents hold them: no deeper and no wider than people can read."""

from typing import Annotated

from pydantic import BeforeValidator

from engine.rules.conditions import Condition, check_size
from engine.rules.filters import Where

Checked = Annotated[Condition, BeforeValidator(check_size)]
"""A condition, no larger than people can read."""
CheckedWhere = Annotated[Where, BeforeValidator(check_size)]
"""A question about one event, no larger than people can read."""
