"""Every link between our own pages leads somewhere."""

import re
from pathlib import PurePosixPath

from tests.architecture.reading import ROOT, list_files

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
OUTSIDE = re.compile(r"[a-z]+:")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ +(?P<words>.+)$", re.MULTILINE)


def find_dead(pages, is_there):
    """Return the links that lead nowhere.

    Args:
        pages: the text of each page by its path.
        is_there: says whether a path from the root exists.
    """
    dead = []
    for name, text in pages.items():
        for link in LINK.finditer(FENCE.sub("", text)):
            target = link["target"]
            if OUTSIDE.match(target):
                continue
            path, _, anchor = target.partition("#")
            place = normalise(PurePosixPath(name).parent / path) if path else name
            if not is_there(place) or (anchor and anchor not in list_anchors(pages.get(place, ""))):
                dead.append(f"{name}: {target}")
    return dead


def normalise(path):
    kept = []
    for part in path.parts:
        if part == "..":
            kept.pop()
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def list_anchors(text):
    words = (heading["words"].lower() for heading in HEADING.finditer(text))
    return {re.sub(r"[^\w\- ]", "", each).replace(" ", "-") for each in words}


def read_pages():
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in list_files()
        if name.endswith(".md")
    }


def test_every_link_leads_somewhere():
    assert find_dead(read_pages(), lambda place: (ROOT / place).exists()) == []


def test_every_page_is_linked_from_another():
    pages = read_pages()
    reached = {
        normalise(PurePosixPath(name).parent / link["target"].partition("#")[0])
        for name, text in pages.items()
        for link in LINK.finditer(text)
        if not OUTSIDE.match(link["target"])
    }
    assert set(pages) - reached == {"README.md"}


def test_a_dead_link_is_found():
    pages = {
        "docs/a.md": "# Two Words\n[b](b.md) [gone](gone.md) [up](../README.md#what-it-is) "
        "[here](#two-words) [no](#three) [far](https://example.com)\n```\n[x](y.md)\n```\n",
        "docs/b.md": "",
        "README.md": "# Sojourn\n",
    }
    assert find_dead(pages, pages.__contains__) == [
        "docs/a.md: gone.md",
        "docs/a.md: ../README.md#what-it-is",
        "docs/a.md: #three",
    ]
