"""Which test holds which rule of docs/semantics.md, read from the names of tests.

`python -m tests.rules` writes the table at the end of that page.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "semantics.md"
BEGINS = "<!-- made from here on -->\n"
RULE = re.compile(r"^- \*\*(\d+a?)\*\* ", re.MULTILINE)
IN_NAME = re.compile(r"(?<=_)r(\d{3}a?)(?=_|$)")

ELSEWHERE = {
    "134": "a measurement, not a test: tables of that size have not been made yet",
}
"""Rules that no test holds, and why: each belongs to a part of the product that is not there yet."""


def list_rules(page):
    """The numbers of all rules, in the order of the page."""
    return RULE.findall(page)


def find_rules(name):
    """The numbers in a test's name, as the page writes them."""
    return [number.lstrip("0") for number in IN_NAME.findall(name)]


@cache
def read_tests():
    """Of each rule, the tests that bear its number: (file below tests/, name)."""
    found = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in find_rules(node.name):
                    found[rule].append((file.relative_to(ROOT / "tests").as_posix(), node.name))
    return dict(found)


def write_page(page, tests):
    """The page with its table made anew."""
    held = {rule: _write_tests(tests.get(rule, ())) for rule in list_rules(page)}
    rows = [f"| {rule} | {words or ELSEWHERE.get(rule, '')} |" for rule, words in held.items()]
    table = "\n".join(("| rule | held by |", "|---|---|", *rows))
    return f"{page[: page.index(BEGINS) + len(BEGINS)]}\n{table}\n"


def _write_tests(tests):
    by_file = defaultdict(list)
    for file, name in tests:
        by_file[file].append(_write_sentence(name))
    return "<br>".join(
        f"[{Path(file).stem.removeprefix('test_')}](../tests/{file}): {'; '.join(names)}"
        for file, names in by_file.items()
    )


def _write_sentence(name):
    words = IN_NAME.sub("", name.removeprefix("test")).replace("_", " ")
    return " ".join(words.split())


def summarise(names):
    """One line about the rules that tests of these names hold."""
    rules = list_rules(PAGE.read_text(encoding="utf-8"))
    held = {rule for name in names for rule in find_rules(name)}
    missing = [rule for rule in rules if rule not in held]
    words = f"rules held by this run: {len(rules) - len(missing)} of {len(rules)}"
    is_whole = len(missing) < len(rules) // 2  # of a few files it goes without saying
    return f"{words}; not {' '.join(missing)}" if missing and is_whole else words


def main():
    """Write the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(write_page(page, read_tests()), encoding="utf-8")


if __name__ == "__main__":
    main()
