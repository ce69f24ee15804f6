"""The gates that every header value passes, so that no data can change a letter's structure."""

import re
from base64 import b64encode
from typing import Final

import idna

from channels.base import EmailAddress

_UNSAFE: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+"
_LOCAL_PART: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}"
)
_MAILBOX: Final = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|([^"<>,;:]*?))\s*<([^<>]+)>')
_TOKEN: Final = re.compile(r"[A-Za-z0-9._:+-]{1,200}")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,75}")
_SHORT: Final = re.compile(r"[ -~]{0,60}")
_PRINTABLE: Final = re.compile(r"[ -~]*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_WORD_OCTETS: Final = 39  # 52 characters of base64, 12 around them, and a name: RFC 2047 2
_LONGEST_LOCAL_PART: Final = 64  # octets: RFC 5321 4.5.3.1.1
_LONGEST_ADDRESS: Final = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
_FILE_NAME: Final = re.compile(r'[^\\/:*?"<>|]{1,120}')
_MEDIA_TYPE: Final = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,80}")
_LONGEST_FILE_NAME: Final = 240  # octets: three characters each (RFC 2231) fit into a line
_FOLD_AT: Final = 78  # RFC 5322 2.1.1
_LONGEST_LINE: Final = 998

#: Headers that `channels.email.mime` writes itself, or that only the way adds.
RESERVED: Final = frozenset(
    {
        "bcc",
        "cc",
        "date",
        "dkim-signature",
        "from",
        "message-id",
        "mime-version",
        "received",
        "reply-to",
        "return-path",
        "sender",
        "subject",
        "to",
    }
)


class HeaderRefused(ValueError):
    """A value that cannot stand in its header; the message does not show it."""

    code = "header_refused"


def encode_text(text: str) -> str:
    """Return a text as it is where short and ASCII, else as folded encoded words (RFC 2047).

    Raises:
        HeaderRefused: a line break or control character.
    """
    if _SHORT.fullmatch(text) and "=?" not in text and text == text.strip():
        return text
    if found := _UNSAFE.search(text):
        code = ord(found.group())
        raise HeaderRefused(f"the character U+{code:04X} cannot stand in a header")
    words: list[bytes] = []
    current = b""
    for character in text:  # a character's octets stay in one word (RFC 2047 5)
        octets = character.encode()
        if len(current) + len(octets) > _WORD_OCTETS:
            words.append(current)
            current = b""
        current += octets
    words.append(current)
    return "\r\n ".join(f"=?utf-8?b?{b64encode(word).decode('ascii')}?=" for word in words)


def encode_mailbox(mailbox: EmailAddress) -> str:
    """Return a name and address as exactly one mailbox.

    Raises:
        HeaderRefused: the name has a line break, or the address is none.
    """
    name, address = mailbox.name, encode_address(mailbox.address)
    if not name:
        return address
    if not _SHORT.fullmatch(name) or "=?" in name:
        shown = encode_text(name)
    elif _ATOMS.fullmatch(name) and name == name.strip():
        shown = name
    else:
        shown = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{shown}\r\n <{address}>"


def parse_mailbox(written: str) -> EmailAddress:
    """Return the one address that ``a@b.example`` or ``A name <a@b.example>`` says.

    Raises:
        HeaderRefused: none, more than one, or what cannot stand in a header.
    """
    found = _MAILBOX.fullmatch(written.strip())
    if found is None:
        mailbox = EmailAddress(written.strip())
    else:
        quoted, name, address = found.groups()
        mailbox = EmailAddress(address, name if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
    encode_mailbox(mailbox)
    return mailbox


def encode_address(address: str) -> str:
    """Return an address as it travels: the domain in ASCII (IDNA), the local part as it is.

    A local part beyond ASCII is let through; the server must offer SMTPUTF8 (RFC 6531) for it.

    Raises:
        HeaderRefused: not one plain address; a quoted local part or a literal domain is none.
    """
    local_part, _, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except UnicodeError:
            domain = ""
    encoded = f"{local_part}@{domain}"
    if (
        not _LOCAL_PART.fullmatch(local_part)
        or _UNSAFE.search(local_part)
        or not _DOMAIN.fullmatch(domain)
        or len(local_part.encode()) > _LONGEST_LOCAL_PART
        or len(encoded.encode()) > _LONGEST_ADDRESS
    ):
        raise HeaderRefused("not one plain address")
    return encoded


def check_token(token: str) -> str:
    """Return an id as it is.

    Raises:
        HeaderRefused: other characters than letters, digits and . _ : + -
    """
    if not _TOKEN.fullmatch(token):
        raise HeaderRefused("an id holds letters, digits and . _ : + - only")
    return token


def check_file(name: str, media_type: str) -> None:
    """Look whether a file may be called and declared so.

    Raises:
        HeaderRefused: a path, a character that cannot stand in a name, or no media type; messages
            and multiparts are none, since their parts would be read as the letter's own.
    """
    is_name = _FILE_NAME.fullmatch(name) and name.isprintable() and name == name.strip(" .")
    if not is_name or len(name.encode()) > _LONGEST_FILE_NAME:
        raise HeaderRefused("the name of a file has no path and no special characters")
    if not _MEDIA_TYPE.fullmatch(media_type) or media_type.startswith(("message/", "multipart/")):
        raise HeaderRefused("a file is declared by its media type, such as application/pdf")


def encode_header(name: str, value: str) -> str:
    """Return a further header, folded where it is long, runs of blanks being one.

    Raises:
        HeaderRefused: a name that is reserved or none; a value of more than one line, or one
            that cannot be folded into lines of 998 octets.
    """
    lower = name.lower()
    if not _NAME.fullmatch(name) or lower in RESERVED or lower.startswith("content-"):
        raise HeaderRefused("the name of a header is reserved, or no name")
    if not _PRINTABLE.fullmatch(value):
        return f"{name}: {encode_text(value)}"
    lines = [f"{name}:"]
    for word in value.split():
        if len(lines[-1]) + len(word) >= _FOLD_AT:
            lines.append("")
        lines[-1] += f" {word}"
    if max(map(len, lines)) > _LONGEST_LINE:
        raise HeaderRefused("the value of a header has too long a word")
    return "\r\n".join(lines)
