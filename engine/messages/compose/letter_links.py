"""What may be better in a letter's links, and in the lines that an inbox shows of it. Pure."""

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from engine.language.say import say
from engine.messages.compose.letter_looks import walk
from engine.messages.compose.lint_finding import Finding, find
from engine.messages.compose.template_carrier import Carrier
from engine.messages.compose.template_errors import Position
from engine.messages.compose.template_links import SYSTEM_ADDRESSES
from engine.messages.compose.template_markup import Element, Text
from engine.messages.compose.template_source import Piece

LONGEST_SUBJECT: Final = 78
"""Characters: what a line of a letter's head holds (RFC 5322, 2.1.1); inboxes show less."""
SHORTENERS: Final = frozenset(
    "bit.ly buff.ly cutt.ly goo.gl is.gd ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly tiny.cc tinyurl.com".split()
)
OWN_ADDRESSES: Final = SYSTEM_ADDRESSES | {"base_url", "confirm_url"}
"""Values that the product itself fills, so that they lead where they say."""
_NAMES: Final = re.compile(r"[A-Za-z_][\w.]*")
_STRING: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_HOST_SHOWN: Final = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,24})(?:[/?#:]\S*)?\Z", re.IGNORECASE
)
_OPENS_HOST: Final = re.compile(r"https?://[^/?#]*\Z", re.IGNORECASE)
_EXPRESSION: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_OTHERWISE: Final = re.compile(r"\{%-?\s*el(?:se|if)\b.*?(?=\{%-?\s*endif\b)")
"""What a subject says instead: of two branches one is shown."""
_FILES: Final = frozenset(
    "csv doc docx gif htm html ics jpeg jpg js json mp3 mp4 pdf php png ppt pptx svg ts txt vcf webp xls xlsx xml".split()
)
"""After the last dot: no site ends so, `invoice.pdf` is none."""
_FEWEST_LETTERS: Final = 6
_MOST_EXCLAIMED: Final = 1


def look_at_lines(subject: str, preheader: str, source: str) -> Iterator[Finding]:
    """Yield what may be better in subject and preheader."""
    position = Position("", source.count("\n", 0, max(source.find("<mj-title>"), 0)) + 1, 1)
    fixed = html.unescape(_EXPRESSION.sub("", _OTHERWISE.sub("", subject))).strip()
    letters = [each for each in fixed if each.isalpha()]
    if len(fixed) > LONGEST_SUBJECT:
        message = say(
            "the subject has {count} characters: most inboxes show fewer than {most}",
            count=len(fixed),
            most=LONGEST_SUBJECT,
        )
        yield find(position, "long_subject", message, "hint")
    if len(letters) >= _FEWEST_LETTERS and all(each.isupper() for each in letters):
        message = say("a subject all in capitals shouts, and filters take it for spam")
        yield find(position, "loud_subject", message)
    if fixed.count("!") > _MOST_EXCLAIMED:
        message = say("one exclamation mark is enough: filters count them")
        yield find(position, "exclaiming_subject", message)
    if not preheader:
        message = say(
            "write a <mj-preview>: inboxes show it beside the subject, and else whatever comes first"
        )
        yield find(position, "no_preheader", message, "hint")


def look_at_links(root: Element, carrier: Carrier) -> Iterator[Finding]:
    """Yield what is wrong with the addresses that a letter leads to, or loads from."""
    for element in walk(root):
        for name in ("href", "src", "background-url"):
            if name in element.attributes:
                attribute = element.attributes[name]
                parts = carrier.split(attribute.value)
                yield from _look_at_address(parts, attribute.position)
                if name == "href":
                    yield from _look_for_data(parts, attribute.position)
                    yield from _compare(element, carrier, parts, attribute.position)


def _look_at_address(parts: list[str | Piece], position: Position) -> Iterator[Finding]:
    first = html.unescape(parts[0]).strip() if parts and isinstance(parts[0], str) else ""
    if first.lower().startswith("http://"):
        message = say("http:// is neither safe nor trusted: write https://")
        yield find(position, "insecure_link", message)
    host = _read_host(first)
    if host in SHORTENERS:
        message = say(
            "{host} hides where a link leads, and filters refuse it: write the address itself",
            host=host,
        )
        yield find(position, "short_link", message)


def _look_for_data(parts: list[str | Piece], position: Position) -> Iterator[Finding]:
    """Yield a finding where a value stands in the place of the host, unless the product fills it."""
    before = ""
    for part in parts:
        if isinstance(part, str):
            before += html.unescape(part).lstrip()
        elif part.keyword == "":
            is_host = before == "" or _OPENS_HOST.fullmatch(before)
            if is_host and not _is_own(part):
                message = say(
                    "data decides to which site this leads: begin it with a fixed https://site/"
                )
                yield find(position, "dynamic_host", message)
                return
            before += "\0"


def _compare(
    element: Element, carrier: Carrier, parts: list[str | Piece], position: Position
) -> Iterator[Finding]:
    """Yield a finding where a link shows another site than it leads to, as fraud does."""
    shown = _HOST_SHOWN.fullmatch(_read_text(element, carrier).strip())
    leads = _read_host(parts[0]) if parts and isinstance(parts[0], str) else ""
    if shown and leads and not _is_of(_bare(leads), _bare(shown[1])):
        message = say(
            "the link shows {shown} and leads to {leads}: filters take that for fraud",
            shown=shown[1],
            leads=leads,
        )
        yield find(position, "misleading_link", message)


def _read_text(element: Element, carrier: Carrier) -> str:
    return "".join(
        html.unescape(child.value) if isinstance(child, Text) else _read_text(child, carrier)
        for child in element.children
    )


def _is_own(piece: Piece) -> bool:
    names = _NAMES.findall(_STRING.sub("", piece.inner))
    return bool(names) and all(each in OWN_ADDRESSES or each in {"default", "d"} for each in names)


def _read_host(address: str) -> str:
    try:
        return (urlsplit(html.unescape(address).strip()).hostname or "").lower()
    except ValueError:
        return ""


def _is_of(host: str, shown: str) -> bool:
    """Return whether a host is what was shown, or one below it; or what was shown is no host at all."""
    return f".{host}".endswith(f".{shown}") or shown.rpartition(".")[2] in _FILES


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
