"""What every SMS must be before any provider sees it."""

import re
import unicodedata
from typing import Final

from channels.base import Receipt, Text, Verdict

E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: at most 15 digits

LONGEST: Final = 1_600
"""Characters of a text that is sent: about ten parts, which is as many as providers take."""
LONGEST_READ: Final = 10_000
"""Characters of a text that are looked at; what is longer is cut."""
_NO_SIGNS: Final = frozenset({"Cc", "Cs"})  # what controls a screen, and halves of signs


def clean_body(value: object) -> str:
    """Return a text without signs that control a screen, save line ends and tabs."""
    text = str(value or "")[:LONGEST_READ].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in _NO_SIGNS
    )


def refuse_text(text: Text) -> Receipt | None:
    """Return a refusal of what can never be sent; None if it can.

    The recipient is held to E.164, so that nothing in it can name another channel
    (``whatsapp:+1…``) or a short code.
    """
    if not E164.fullmatch(text.recipient):
        return Receipt(
            Verdict.PERMANENT,
            code="bad_number",
            text="the recipient is no number in E.164",
            is_dead_address=True,
        )
    if not text.body.strip():
        return Receipt(Verdict.PERMANENT, code="empty", text="the text is empty")
    if len(text.body) > LONGEST:
        words = f"the text has more than {LONGEST} characters"
        return Receipt(Verdict.PERMANENT, code="too_long", text=words)
    return None
