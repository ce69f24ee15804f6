"""The import contracts hold, and each of them is shown able to break."""

import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.reading import PACKAGES, ROOT

BREAKS = {
    "packages": ("channels/target.py", "import engine.ids"),
    "rooms": ("engine/ids.py", "import engine.clock, engine.config"),
    "pure-core": ("engine/journeys/deciding/walk.py", "import engine.journeys.entering.enroll"),
    "pure-contacts": ("engine/contacts/choices.py", "import sqlalchemy"),
    "engine-frameworks": ("engine/when/zones.py", "import flask"),
    "channels-leaf": ("channels/target.py", "import sqlalchemy"),
    "providers-protected": ("channels/base.py", "import channels.email.smtp"),
    "kinds-independent": ("engine/actions/wait.py", "import engine.actions.branch"),
    "acyclic": ("server/logs.py", "import server.wsgi"),
}
"""For each contract a file, and an import that breaks it."""


def lint(folder):
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the packages that a test may break."""
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def read_contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_import_goes_the_way_it_should():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_every_contract_is_shown_able_to_break():
    assert {each["id"] for each in read_contracts()} == set(BREAKS)


@pytest.mark.parametrize("contract", BREAKS)
def test_a_wrong_import_breaks_its_contract(house, contract):
    place, line = BREAKS[contract]
    name = next(each["name"] for each in read_contracts() if each["id"] == contract)
    file = house / place
    kept = file.read_text()
    file.write_text(f"{kept}\n{line}\n")
    try:
        done = lint(house)
    finally:
        file.write_text(kept)
    assert done.returncode != 0
    assert f"{name} BROKEN" in done.stdout, done.stdout


def test_a_room_that_says_not_where_it_stands_is_refused(house):
    room = house / "engine" / "attic"
    room.mkdir()
    (room / "__init__.py").touch()
    try:
        assert "engine.attic" in lint(house).stdout
    finally:
        shutil.rmtree(room)
