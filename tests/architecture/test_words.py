"""The glossary is kept: no class and no table carries a word that it avoids."""

import ast
import re

from tests.architecture.reading import ROOT, Source, read_sources

GLOSSARY = "docs/glossary.md"
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<means>[^|]+) \| (?P<avoid>[^|]+) \|$", re.MULTILINE)


def read_avoided(text):
    """Return the avoided words of the table; those in italics are for readers alone."""
    rows = [row for row in ROW.finditer(text) if row["term"] not in ("term", "---")]
    cells = [cell.strip() for row in rows for cell in row["avoid"].split(",")]
    return {cell.lower() for cell in cells if cell != "-" and not cell.startswith("*")}


def find_avoided(sources, avoided):
    return [
        f"{source.place}:{line}: {name}"
        for source in sources
        for line, name in list_names(source.tree)
        if any(is_in(words, split(name)) for words in map(str.split, avoided))
    ]


def list_names(tree):
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.Assign(
                targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))
            ):
                yield node.lineno, name


def split(name):
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def is_in(words, parts):
    return any(parts[start : start + len(words)] == words for start in range(len(parts)))


def test_classes_and_tables_carry_our_own_words():
    avoided = read_avoided((ROOT / GLOSSARY).read_text(encoding="utf-8"))
    assert {"lead", "campaign", "job", "handler"} <= avoided
    assert find_avoided(read_sources(), avoided) == []


def test_an_avoided_word_is_found():
    avoided = read_avoided(
        "| term | means | not |\n|---|---|---|\n| lane | work | job, *queue* |\n"
    )
    assert avoided == {"job"}
    text = (
        "class SendJob: ...\n"
        "class Jobless: ...\n"
        "class QueueFigures: ...\n"
        "class Row:\n    __tablename__ = 'job_minute'\n"
    )
    assert find_avoided([Source("server/x.py", text)], avoided) == [
        "server/x.py:1: SendJob",
        "server/x.py:5: job_minute",
    ]
