"""What every SMS must be before any provider sees it."""

import re
from typing import Final

from channels.base import Receipt, Text, Verdict

E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: at most 15 digits


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
    return None
