"""What is imported is declared, what is declared is imported, and what is declared is pinned."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain

from tests.architecture.reading import PACKAGES, ROOT, Source, read_sources

UNSEEN = {
    "psycopg": "SQLAlchemy imports it by the URL's name",
    "tzdata": "zoneinfo reads it where the system has no zones",
}
BROUGHT = {"werkzeug": "flask", "markupsafe": "jinja2", "pydantic-core": "pydantic"}
"""Parts of a declared package that have a name of their own, by whose they are."""


def read_project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def name_of(requirement):
    return normalise(re.match(r"[A-Za-z0-9._-]+", requirement)[0])


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def list_imports(sources):
    """Return the distributions that these files import, by the name that is imported."""
    of_module = packages_distributions()
    found = {}
    for source in sources:
        for node in ast.walk(source.tree):
            match node:
                case ast.Import(names=names):
                    modules = [each.name for each in names]
                case ast.ImportFrom(module=str(module), level=0):
                    modules = [module]
                case _:
                    continue
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in PACKAGES:
                    found[top] = {normalise(each) for each in of_module.get(top, [top])}
    return found


def find_undeclared(sources, declared):
    return [
        module
        for module, distributions in list_imports(sources).items()
        if not {BROUGHT.get(each, each) for each in distributions} & declared
    ]


EXTRAS = ("notify",)
"""Optional parts that the product imports where they are there."""


def test_what_the_product_imports_is_declared():
    project = read_project()
    extras = [project["optional-dependencies"][name] for name in EXTRAS]
    declared = {name_of(each) for each in chain(project["dependencies"], *extras)}
    assert find_undeclared(read_sources(), declared) == []


def test_what_is_declared_is_imported():
    declared = {name_of(each) for each in read_project()["dependencies"]}
    imported = set().union(*list_imports(read_sources()).values())
    assert declared - imported - set(UNSEEN) == set()


def test_an_undeclared_import_is_found():
    source = Source("engine/x.py", "import flask.views\nimport json\nfrom requests import get\n")
    assert find_undeclared([source], {"flask"}) == ["requests"]


def test_everything_declared_is_pinned_without_an_address():
    project = read_project()
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {name_of(each) for each in chain.from_iterable(groups)}
    text = (ROOT / "constraints.txt").read_text()
    pinned = {name_of(line) for line in text.splitlines() if "==" in line}
    assert declared - pinned == set()
    assert "://" not in text
