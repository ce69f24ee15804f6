"""How an instance's public pages look: its name, its logo, its colour, its words."""

import re
from dataclasses import asdict, dataclass, replace
from typing import Final
from urllib.parse import quote

from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.errors import Invalid
from engine.language.say import say
from engine.models.account import InstanceFact
from engine.models.asset import Asset

ACCENT: Final = "#2f5bd8"
_FACT: Final = "public_pages"
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class PagesLook:
    """What is an instance's own on its public pages.

    Attributes:
        name: of who writes; empty: the name under which letters leave.
        accent: colour of buttons, `#rrggbb`.
        intro, intro_de: a sentence above the choices; empty: the product's own.
        logo, logo_name: digest and name of the picture that stands in place of the name; empty: none.
    """

    name: str = ""
    accent: str = ACCENT
    intro: str = ""
    intro_de: str = ""
    logo: str = ""
    logo_name: str = ""

    @property
    def logo_path(self) -> str:
        """Where a page of this instance finds the logo; "": there is none."""
        return f"/assets/{self.logo}/{quote(self.logo_name)}" if self.logo else ""

    @property
    def on_accent(self) -> str:
        """Black or white, whichever can be read better on the accent colour (WCAG 2.2, 1.4.3)."""
        red, green, blue = (_linear(int(self.accent[at : at + 2], 16) / 255) for at in (1, 3, 5))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def read_look(session: Session) -> PagesLook:
    """Return how the pages look."""
    fact = session.get(InstanceFact, _FACT)
    return PagesLook() if fact is None else PagesLook(**fact.value)


def save_look(session: Session, look: PagesLook) -> None:
    """Let the pages look so; the logo's name is looked up.

    Raises:
        Invalid: the colour is none, or the logo no picture among the files.
    """
    if not _COLOUR.fullmatch(look.accent):
        raise Invalid(say("a colour is # and six hexadecimal digits"))
    kept = replace(look, logo_name=_name_picture(session, look.logo) if look.logo else "")
    statement = insert_into(session, InstanceFact).values(name=_FACT, value=asdict(kept))
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[InstanceFact.name], set_={"value": statement.excluded.value}
        )
    )


def _name_picture(session: Session, digest: str) -> str:
    row = session.get(Asset, digest)
    if row is None or not row.media_type.startswith("image/"):
        raise Invalid(say("the logo is one of the files, and a picture"))
    return row.name


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
