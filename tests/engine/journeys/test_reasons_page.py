"""Every reason is of a closed list, and told on a page (rule 131)."""

import ast
from pathlib import Path

from engine.journeys.reference.reasons_page import (
    LISTS,
    explain_reason,
    read_words,
    render_codes,
    render_reasons,
)
from engine.reasons import ExitReason

ROOT = Path(__file__).parents[3]
LEAVING = {"Leave": 0, "leave": 0, "choose_corner": 2, "_leave": 1}
"""Who is told a reason, and as which argument."""


def list_literal_reasons(name, text):
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        place = LEAVING.get(called)
        given = [*node.args[place : place + 1]] if place is not None else []
        given += [
            each.value for each in node.keywords if each.arg == "reason" and called in LEAVING
        ]
        yield from (
            f"{name}:{each.lineno}: {each.value}"
            for each in given
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


def test_the_generated_page_is_current():
    assert (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8") == render_reasons()


def test_the_codes_that_the_builder_has_words_for_are_current():
    assert (ROOT / "schema" / "reasons.json").read_text(encoding="utf-8") == render_codes()


def test_r131_every_reason_is_told_in_words():
    for codes in LISTS.values():
        words = read_words(codes)
        assert set(words) == {code.value for code in codes}
        assert all(words.values()), codes


def test_r131_nobody_leaves_for_a_reason_that_is_not_on_the_list():
    found = [
        line
        for file in sorted((ROOT / "engine").rglob("*.py"))
        for line in list_literal_reasons(file.relative_to(ROOT), file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_literal_reason_is_found():
    text = 'held.leave("bored")\nLeave("tired")\nchoose_corner(a, b, "odd")\nheld.leave(reason)'
    assert [line.rpartition(" ")[2] for line in list_literal_reasons("x", text)] == [
        "bored",
        "tired",
        "odd",
    ]


def test_a_reason_is_explained_within_its_own_lists():
    assert explain_reason("merged", ExitReason).startswith("two contacts were one person")
    assert explain_reason("bought", ExitReason) == ""
    assert explain_reason(None, *LISTS.values()) == ""


def test_every_reason_fits_its_column():
    assert all(len(code) <= 40 for codes in LISTS.values() for code in codes)
