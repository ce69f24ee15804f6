"""A CSV file of unknown making, as rows: its characters, and what separates its cells. Pure."""

import codecs
from collections.abc import Iterator
from typing import IO, Final, Literal

from engine.errors import Invalid
from engine.events.importing import LONGEST_LINE, read_rows
from engine.language.say import say

Encoding = Literal["utf-8", "windows-1252"]
UTF_8: Final[Encoding] = "utf-8"
WINDOWS: Final[Encoding] = "windows-1252"
DELIMITERS: Final = (",", ";", "\t")
BLOCK: Final = 1 << 20
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin."""
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def find_encoding(stream: IO[bytes]) -> Encoding:
    """Return in which characters a file is written; it stands at its beginning afterwards.

    Raises:
        Invalid: it is no text of a kind that is read here.
    """
    head = stream.read(4)
    stream.seek(0)
    if head.startswith(_WORKBOOK):
        raise Invalid(say("this is a workbook of a spreadsheet: save it there as CSV"))
    if head.startswith(_UTF_16):
        raise Invalid(say("this is UTF-16: save it as CSV in UTF-8"))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return WINDOWS
    finally:
        stream.seek(0)
    return UTF_8


def find_delimiter(line: str) -> str:
    """Return what separates the cells of a first line: what stands most often outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def read_file(
    stream: IO[bytes], encoding: Encoding, delimiter: str | None
) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Return what separates its cells, and (line, cells) of each row, the header first.

    Raises:
        Invalid: it cannot be read; says where.
    """
    if delimiter is None:
        delimiter = find_delimiter(next(_read_lines(stream, encoding), ""))
        stream.seek(0)
    return delimiter, read_rows(_read_lines(stream, encoding), delimiter)


def _read_lines(stream: IO[bytes], encoding: Encoding) -> Iterator[str]:
    number = 0
    while raw := stream.readline(LONGEST_LINE * 4):
        number += 1
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            about = {"line": number, "name": "UTF-8" if encoding == UTF_8 else "Windows-1252"}
            raise Invalid(say("line {line} is not {name}", **about)) from None
