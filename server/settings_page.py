"""Writes docs/settings.md and .env.example from the settings themselves.

python -m server.settings_page
"""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from engine.config import PREFIX, Settings

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "settings.md"
EXAMPLE: Final = ROOT / ".env.example"


def build_page() -> str:
    """Return the page of all settings, in the order in which they are declared."""
    rows = [
        f"| `{_name(name)}` | {_escape(field.description or '')} | {_show_default(field)} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Every setting is an environment variable, read once at the start. One that is not",
            "known is refused, so that a misspelt name cannot pass unnoticed. Durations are written",
            "as ISO 8601 has it (`PT1H`, `P3D`); switches are `true` or `false`.",
            "",
            "| variable | what it does | default |",
            "|---|---|---|",
            *rows,
            "",
            "This page and `.env.example` are written by `python -m server.settings_page`.",
            "",
        ]
    )


def build_example() -> str:
    """Return a file of all settings, each commented out at its default."""
    blocks = [
        f"# {field.description}\n# {_name(name)}={_write(_default(field))}\n"
        for name, field in Settings.model_fields.items()
    ]
    head = (
        "# Every setting with its default; see docs/settings.md. Take the # away to change one.\n"
    )
    return "\n".join([head, *blocks])


def _name(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _default(field: FieldInfo) -> Any:
    return field.get_default(call_default_factory=False)


def _show_default(field: FieldInfo) -> str:
    text = _write(_default(field))
    return f"`{text}`" if text else "-"


def _write(value: Any) -> str:
    """Return a value as one writes it into the environment."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case timedelta():
            return str(TypeAdapter(timedelta).dump_python(value, mode="json"))
        case _:
            return str(value)


def _escape(text: str) -> str:
    """Return text that a cell of a Markdown table shows as it is."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def write_pages() -> None:
    """Write both files."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(build_page(), encoding="utf-8")
    EXAMPLE.write_text(build_example(), encoding="utf-8")


if __name__ == "__main__":
    write_pages()
