"""Builds letters as bytes, directly: about thirty times faster than ``EmailMessage``.

Every header value passes one of the gates of `channels.email.header_gates`.
"""

import binascii
import re
from base64 import b64encode
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from channels.base import Attachment, Letter
from channels.email.header_gates import (
    check_file,
    encode_address,
    encode_header,
    encode_mailbox,
    encode_text,
)

_LINE: Final = 76  # characters of base64 a line (RFC 2045 6.8)
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 ._()+-]*")


class BodyEncoding(StrEnum):
    """How bodies travel: base64 is faster to build, quoted-printable smaller for plain ASCII."""

    BASE64 = "base64"
    QUOTED_PRINTABLE = "quoted-printable"


def derive_message_id(letter: Letter) -> str:
    """Return the Message-ID without its brackets: the same at every attempt.

    Raises:
        HeaderRefused: the sender's address is none.
    """
    return f"{letter.id}@{encode_address(letter.sender.address).rpartition('@')[2]}"


def build_letter(
    letter: Letter, *, now: datetime, encoding: BodyEncoding = BodyEncoding.BASE64
) -> bytes:
    """Return the letter as RFC 5322 bytes with CRLF line ends, no line over 998 octets.

    All of it is ASCII, save where an address has a local part beyond it (RFC 6532).

    Args:
        letter: with or without HTML.
        now: aware; the Date.
        encoding: of the bodies.

    Raises:
        HeaderRefused: an address or text that cannot stand in its header.
    """
    headers = [
        f"From: {encode_mailbox(letter.sender)}",
        f"To: {encode_mailbox(letter.recipient)}",
        f"Subject: {encode_text(letter.subject)}",
        f"Date: {format_datetime(now)}",
        f"Message-ID:\r\n <{derive_message_id(letter)}>",
    ]
    if letter.reply_to is not None:
        headers.append(f"Reply-To: {encode_mailbox(letter.reply_to)}")
    headers += [encode_header(name, value) for name, value in letter.headers]
    headers.append("MIME-Version: 1.0")
    if letter.attachments:
        return _join([*headers, *_build_mixed(letter, encoding)])
    return _join([*headers, *_build_words(letter, encoding)])


def _build_words(letter: Letter, encoding: BodyEncoding) -> list[str | bytes]:
    """Return the lines of text and HTML, from their Content-Type on."""
    if letter.html is None:
        return [_part_head("plain", encoding), _encode(letter.text, encoding), ""]
    boundary = f"=_{letter.id}"  # "=_" occurs in neither encoding: no collision
    return [
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        f"\r\n--{boundary}\r\n{_part_head('plain', encoding)}",
        _encode(letter.text, encoding),
        f"--{boundary}\r\n{_part_head('html', encoding)}",
        _encode(letter.html, encoding),
        f"--{boundary}--\r\n",
    ]


def _build_mixed(letter: Letter, encoding: BodyEncoding) -> list[str | bytes]:
    """Return the lines of text, HTML and files (RFC 2046 5.1.3, RFC 2183)."""
    boundary = f"=_m{letter.id}"
    lines: list[str | bytes] = [
        f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"',
        f"\r\n--{boundary}",
        *_build_words(letter, encoding),
    ]
    for one in letter.attachments:
        lines += [f"--{boundary}\r\n{_file_head(one)}", _wrap(b64encode(one.content))]
    return [*lines, f"--{boundary}--\r\n"]


def _file_head(file: Attachment) -> str:
    """Return what stands before a file: its name as it is, or encoded beyond ASCII (RFC 2231)."""
    check_file(file.name, file.media_type)
    plain = file.name if _PLAIN_NAME.fullmatch(file.name) else ""
    shown = f'filename="{plain}"' if plain else f"filename*=utf-8''{quote(file.name, safe='')}"
    is_text = file.media_type.startswith(
        "text/"
    )  # which is ASCII where nothing is said (RFC 2046 4.1.2)
    charset = _find_charset(file.content) if is_text else ""
    return (
        f"Content-Type: {file.media_type}{charset}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {shown}\r\n"
    )


def _find_charset(text: bytes) -> str:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return ""  # nobody knows
    return "; charset=utf-8"


def _join(lines: list[str | bytes]) -> bytes:
    return b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines)


def _part_head(subtype: str, encoding: BodyEncoding) -> str:
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    )


def _encode(body: bytes, encoding: BodyEncoding) -> bytes:
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in body else body
    if encoding is BodyEncoding.QUOTED_PRINTABLE:
        return binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")
    return _wrap(b64encode(lines.replace(b"\n", b"\r\n")))  # RFC 2045 6.8: CRLF before encoding


def _wrap(encoded: bytes) -> bytes:
    return b"\r\n".join([encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE)])
