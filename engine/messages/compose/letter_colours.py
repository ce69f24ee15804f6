"""Colours and sizes as letters write them, and how well a text can be read on its ground. Pure.

Source: WCAG 2.2, relative luminance and contrast ratio.
"""

import re
from typing import Final

ENOUGH: Final = 4.5
"""Contrast that WCAG 1.4.3 asks of text."""
ENOUGH_LARGE: Final = 3.0
"""Of text from 24 pixels, or from 19 where it is bold."""
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)
_PIXELS: Final = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*\Z")
_NAMED: Final = {"white": (255, 255, 255), "black": (0, 0, 0)}
_HALF_DARK: Final = 0.04045

Colour = tuple[int, int, int]


def read_colour(text: str | None) -> Colour | None:
    """Return a colour written as #rgb, #rrggbb, white or black; None: written otherwise, or not at all."""
    value = (text or "").strip().lower()
    found = _HEX.match(value)
    if found is None:
        return _NAMED.get(value)
    digits = found[1] if len(found[1]) > 3 else "".join(each * 2 for each in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def measure_contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_measure_light(one), _measure_light(other)))
    return (light + 0.05) / (dark + 0.05)


def read_pixels(text: str | None) -> float | None:
    """Return a length in pixels; None: in another unit, or none."""
    found = _PIXELS.match(text or "")
    return float(found[1]) if found else None


def _measure_light(colour: Colour) -> float:
    parts = [each / 255 for each in colour]
    red, green, blue = (
        each / 12.92 if each <= _HALF_DARK else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
