"""The one command for developers: what it says when something is missing, and what it does not repeat."""

import ast
import importlib.util
import os
import re
import socket
import stat
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]
VERBS = {"setup", "demo", "test", "check", "fmt", "bench", "shots", "sim", "ui"}


@pytest.fixture
def done(monkeypatch):
    """The commands it would have run, none of which is."""
    commands = []
    monkeypatch.setattr(dev, "install", lambda **_: None)
    monkeypatch.setattr(dev, "build_ui", lambda: None)
    monkeypatch.setattr(dev, "run", lambda command, *_: commands.append(command) or 0)

    def become(command):
        commands.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(dev, "become", become)
    return commands


def test_an_old_python_can_read_it_far_enough_to_be_told(capsys, monkeypatch):
    ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 8))
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert dev.main(["demo"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_a_taken_port_is_named_with_another_one(capsys, done):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert dev.main(["demo", "--port", str(port)]) == 1
    assert f"port {port} is taken" in (said := capsys.readouterr().err)
    assert f"--port {port + 1}" in said
    assert done == []


def test_without_venv_it_says_what_to_install(capsys, monkeypatch, tmp_path):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else found(name)
    )
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "none")
    assert dev.main(["setup"]) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "VERB"),
        (["dance"], "dance"),
        (["demo", "--port", "many"], "many"),
        (["check", "--fast"], "--fast"),
        (["setup", "now"], "now"),
    ],
)
def test_what_it_does_not_know_it_refuses(words, said, capsys, done):
    with pytest.raises(SystemExit) as ended:
        dev.main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert done == []


def test_what_follows_test_goes_to_pytest(done):
    with pytest.raises(SystemExit):
        dev.main(["test", "tests/engine/when", "-k", "zone", "-x"])
    assert done[0][1:] == ["-m", "pytest", "tests/engine/when", "-k", "zone", "-x"]


def test_what_follows_sim_goes_to_the_simulation(done):
    with pytest.raises(SystemExit):
        dev.main(["sim", "--seed", "123"])
    assert done[0][1:] == ["-m", "tests.sim.running", "--seed", "123"]


def test_a_check_that_fails_does_not_hide_the_others(done, monkeypatch, capsys):
    def fail(command, *_):
        done.append(command)
        return 1 if "mypy" in command[0] or command[-1] == "lint" else 0

    monkeypatch.setattr(dev, "run", fail)
    monkeypatch.setattr(dev, "find_npm", lambda _: (["npm"], {}))
    assert dev.main(["check"]) == 1
    names = [Path(command[0]).name for command in done]
    assert names == ["ruff", "ruff", "mypy", "lint-imports", "npm", "npm", "npm", "npm", "python"]
    assert capsys.readouterr().err.count("failed:") == 2
    done.clear()
    assert dev.main(["check", "--no-tests"]) == 1
    assert len(done) == 8


def test_a_command_that_fails_ends_it(capsys):
    with pytest.raises(dev.Stop, match="failed with exit code 3"):
        dev.must([sys.executable, "-c", "raise SystemExit(3)"])
    assert re.search(r"^  \d+\.\d s$", capsys.readouterr().out, re.MULTILINE)


def test_what_is_up_to_date_is_not_done_again(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    source = tmp_path / "source"
    source.write_text("one")

    def stamp():
        return dev.Stamp(tmp_path / "made" / "stamp", [source, tmp_path / "absent"])

    assert not stamp().is_fresh()
    stamp().press()
    assert stamp().is_fresh()
    source.write_text("two")
    assert not stamp().is_fresh()


def test_what_tests_need_serves_the_demo_too(monkeypatch, tmp_path):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    made = []
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "find_installer", lambda: ["installer"])
    monkeypatch.setattr(dev, "must", lambda command, *_: made.append(command[-1]))
    dev.install(with_tools=False)
    dev.install(with_tools=False)
    assert made == ["."]
    dev.install(with_tools=True)
    dev.install(with_tools=True)
    dev.install(with_tools=False)
    assert made == [".", ".[test,dev]"]


@pytest.mark.parametrize(
    ("said", "is_fit"), [("v18.19.0", False), ("v20.18.3", False), ("v20.19.0", True), ("", False)]
)
def test_a_node_that_is_too_old_is_left_alone(said, is_fit, monkeypatch, tmp_path):
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {said}\n")
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert dev.has_node() is is_fit


def test_the_web_app_is_made_of_its_sources_alone():
    names = {path.relative_to(dev.UI).as_posix() for path in dev.list_ui_sources()}
    assert {"package.json", "package-lock.json", "index.html", "src/main.tsx"} <= names
    assert not [name for name in names if name.startswith(("node_modules/", "dist/", "tests/"))]


def test_every_verb_explains_itself(capsys):
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    assert set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)) == VERBS


def test_the_pages_name_verbs_that_are_there():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "Makefile", ROOT / ".ci" / "run"]
    named = {
        verb for page in pages for verb in re.findall(r"python3 dev\.py (\w+)", page.read_text())
    }
    assert {"demo", "test"} <= named <= VERBS


def test_make_lists_every_verb_it_has():
    text = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())
    listed = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert phony == listed
    assert {"setup", "demo", "run", "test", "check", "fmt", "lint", "types", "imports"} <= listed
    assert {"schema", "migration", "bench"} <= listed
