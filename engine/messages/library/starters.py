"""The letters that come with the product to begin with: listed with their words in each language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from engine.resources import find_resource

_LIST: Final = "starters.json"


@dataclass(frozen=True, slots=True)
class Starter:
    """A letter to begin with; what is said of it stands by language.

    Attributes:
        purpose: start, news, shop, relation or account.
        variants: its words for those who read another language than English, by its tag.
        sample: what a journey would bring, so that a picture of it shows everything.
    """

    key: str
    purpose: str
    message_class: str
    name: Mapping[str, str]
    about: Mapping[str, str]
    source: str
    variants: Mapping[str, str]
    sample: Mapping[str, Any]


@cache
def load_starters() -> tuple[Starter, ...]:
    """Return all of them in the order in which they are shown."""
    folder = find_resource("templates/email") / "starters"
    listed = json.loads((folder / _LIST).read_text(encoding="utf-8"))["starters"]
    return tuple(
        Starter(
            key=one["key"],
            purpose=one["purpose"],
            message_class=one["class"],
            name=one["name"],
            about=one["about"],
            source=(folder / f"{one['key']}.mjml").read_text(encoding="utf-8"),
            variants={
                path.name.split(".")[1]: path.read_text(encoding="utf-8")
                for path in sorted(folder.glob(f"{one['key']}.*.mjml"))
            },
            sample=one.get("sample", {}),
        )
        for one in listed
    )
