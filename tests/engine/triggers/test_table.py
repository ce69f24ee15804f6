from pathlib import Path
from typing import get_args

import pytest

import engine.triggers
from engine.parts.entering import TriggerBase
from engine.triggers import TRIGGERS

FILES = {file.stem for file in Path(engine.triggers.__file__).parent.glob("*.py")} - {"__init__"}


def test_every_file_is_a_kind_of_the_table_and_every_kind_a_file():
    assert set(TRIGGERS) == FILES


@pytest.mark.parametrize("kind", TRIGGERS)
def test_a_kind_is_written_as_it_is_called(kind):
    model = TRIGGERS[kind]
    assert issubclass(model, TriggerBase)
    assert get_args(model.model_fields["kind"].annotation) == (kind,)
    assert model.model_fields["kind"].is_required()
    assert model.__module__ == f"engine.triggers.{kind}"
