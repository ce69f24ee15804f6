"""Words for people, with holes that data fills: `{{ ticket }}`."""

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.document.json_text import write_json
from engine.document.paths import MISSING, get_path

LONGEST_WORDS: Final = 2000
_HOLE: Final = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}")


def list_holes(text: str) -> tuple[str, ...]:
    """Return the names that a text wants filled in, each once."""
    return tuple(dict.fromkeys(_HOLE.findall(text)))


def fill_words(text: str, data: Mapping[str, Any]) -> str:
    """Return the text with its holes filled, at most `LONGEST_WORDS` long."""
    return _HOLE.sub(lambda hole: _show(get_path(data, hole[1])), text)[:LONGEST_WORDS]


def _show(value: Any) -> str:
    """Return a value as people read it; nothing for null and for what is not there."""
    if value is MISSING or value is None:
        return ""
    return value if isinstance(value, str) else write_json(value)
