from pathlib import Path
from typing import get_args

import pytest

import engine.actions
from engine.actions import ACTIONS
from engine.parts.paths import NodeBase

FILES = {file.stem for file in Path(engine.actions.__file__).parent.glob("*.py")} - {"__init__"}


def test_every_file_is_a_kind_of_the_table_and_every_kind_a_file():
    assert set(ACTIONS) == FILES


@pytest.mark.parametrize("kind", ACTIONS)
def test_a_kind_is_written_as_it_is_called_and_decided_in_its_file(kind):
    action = ACTIONS[kind]
    assert issubclass(action.model, NodeBase)
    assert get_args(action.model.model_fields["kind"].annotation) == (kind,)
    assert action.model.model_fields["kind"].is_required()
    assert action.model.__module__ == action.decide.__module__ == f"engine.actions.{kind}"
