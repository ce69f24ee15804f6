"""The alphabet of GSM, in which a text is cheapest.

Source: 3GPP TS 23.038 6.2.1 (the alphabet and its extension table).
"""

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
"""Signs that take two places each."""


def is_gsm(text: str) -> bool:
    """Return whether every sign of it is of the alphabet; else it goes as UCS-2."""
    return all(sign in BASIC or sign in EXTENDED for sign in text)
