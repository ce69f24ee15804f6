"""The repository as the rules read it: files that git knows or would take, and Python as trees."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "channels", "server")


@dataclass(frozen=True)
class Source:
    """One Python file.

    Attributes:
        place: its path from the root, with slashes.
    """

    place: str
    text: str

    @property
    def tree(self):
        return ast.parse(self.text)

    @property
    def package(self):
        return self.place.partition("/")[0]


def list_files():
    """Return the paths, from the root, of all files that are or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def read_sources(packages=PACKAGES) -> list[Source]:
    return [
        Source(name, (ROOT / name).read_text(encoding="utf-8"))
        for name in list_files()
        if name.endswith(".py") and name.partition("/")[0] in packages
    ]


def find_calls(tree: ast.AST, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of calls whose name ends in one of these."""
    wanted = {tuple(name.split(".")) for name in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            parts = tuple(read_name(node.func))
            if any(parts[-len(each) :] == each for each in wanted):
                yield node.lineno, ".".join(parts)


def read_name(node: ast.AST) -> list[str]:
    """Return the parts of `a.b.c`; what is no name, such as a call in front, is left out."""
    match node:
        case ast.Attribute():
            return [*read_name(node.value), node.attr]
        case ast.Name():
            return [node.id]
        case _:
            return []
