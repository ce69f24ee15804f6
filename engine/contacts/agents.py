"""What a browser is called, by what it says of itself; for people, never to decide by. Pure."""

import re
from typing import Final

_BROWSERS: Final = (
    ("Edge", re.compile(r"\bEdgA?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(?:Headless)?(?:Chrome|CriOS|Chromium)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS: Final = (
    ("Android", re.compile(r"\bAndroid\b")),
    ("iOS", re.compile(r"\b(?:iPhone|iPad)\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("macOS", re.compile(r"\bMacintosh\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def name_agent(header: str) -> str:
    """Return such as `Chrome, Android`; of what is not known, what is known of it; else nothing."""
    names = (
        next((name for name, known in table if known.search(header[:500])), "")
        for table in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in names if name)
