"""What a file is, told by its content and never by its name. Pure.

Only what a mail program shows or opens without harm is taken. SVG is not among it: it can hold
script, and mail programs do not show it.
Sources: https://mimesniff.spec.whatwg.org, the PNG, GIF, JPEG (ITU T.81) and WebP formats.
"""

from dataclasses import dataclass
from typing import Final

from engine.errors import Invalid
from engine.language.say import say

_SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "text/calendar": (".ics",),
    "text/vcard": (".vcf",),
    "text/plain": (".txt", ".csv"),
}
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_BEGIN_FRAME: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a content is; width and height of a picture, as far as they stand in it."""

    media_type: str
    width: int | None = None
    height: int | None = None


def sniff(content: bytes) -> Sniffed:
    """Return what a content is.

    Raises:
        Invalid: nothing that a letter may show or carry.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        width, height = _read(content, 16, 4), _read(content, 20, 4)
        return Sniffed("image/png", width, height)
    if content.startswith(b"\xff\xd8\xff"):
        return Sniffed("image/jpeg", *_measure_jpeg(content))
    if content.startswith((b"GIF87a", b"GIF89a")):
        width, height = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
        return Sniffed("image/gif", width, height)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Sniffed("image/webp")
    if content.startswith(b"%PDF-"):
        return Sniffed("application/pdf")
    return Sniffed(_sniff_text(content))


def fit_name(name: str, media_type: str) -> str:
    """Return a file's name, with an ending that says what it is."""
    suffixes = _SUFFIXES[media_type]
    return name if name.lower().endswith(suffixes) else f"{name}{suffixes[0]}"


def _sniff_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8").lstrip("\ufeff").lstrip()
    except UnicodeDecodeError:
        text = ""
    if text.startswith("BEGIN:VCALENDAR"):
        return "text/calendar"
    if text.startswith("BEGIN:VCARD"):
        return "text/vcard"
    is_plain = all(character.isprintable() or character in "\t\n\r" for character in text)
    if not text or not is_plain or text.startswith(("<", "#!")):
        raise Invalid(
            say(
                "a letter takes pictures (PNG, JPEG, GIF, WebP), PDF, calendar entries and plain text"
            )
        )
    return "text/plain"


def _measure_jpeg(content: bytes) -> tuple[int, int] | tuple[None, None]:
    """Return width and height, from the frame header behind the segments before it."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind in _BEGIN_FRAME:
            return _read(content, at + 7, 2), _read(content, at + 5, 2)
        at += 2 + max(_read(content, at + 2, 2), 2)
    return None, None


def _read(content: bytes, at: int, octets: int) -> int:
    return int.from_bytes(content[at : at + octets], "big")
