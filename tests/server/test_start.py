"""An environment that is shared with another package of the same name is recognised at the start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from server.start import main; main()", "--version"]


@pytest.fixture
def installed(tmp_path):
    """A folder as an environment has it, with our packages in it."""
    for name in ("engine", "channels", "server"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def start(*places):
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places))}
    return subprocess.run(
        COMMAND, cwd="/", env=environ, capture_output=True, text=True, check=False
    )


def test_with_packages_of_our_own_it_runs(installed):
    done = start(installed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sojourn ")


def test_a_stranger_in_front_of_ours_is_recognised(installed, tmp_path):
    other = tmp_path / "other" / "channels"
    other.mkdir(parents=True)
    (other / "__init__.py").touch()
    assert_refused(start(other.parent, installed))


def test_a_stranger_over_ours_is_recognised(installed):
    (installed / "channels" / "__init__.py").write_text('__version__ = "4.2"\n')
    assert_refused(start(installed))


def test_what_a_stranger_took_along_when_it_left_is_missed(installed):
    (installed / "channels" / "__init__.py").unlink()
    assert_refused(start(installed))


def assert_refused(done):
    assert done.returncode == 1
    assert "the package channels" in done.stderr and "environment of its own" in done.stderr
    assert "Traceback" not in done.stderr
