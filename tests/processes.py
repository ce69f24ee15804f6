"""Real processes of the product: started, asked, and ended, whatever the test does."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.seal import SECRET_KEY

RUN = "from server.cli import main; main()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def build_environ(**settings):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOJOURN_")}
    root = str(Path(__file__).resolve().parents[1])
    if "SOJOURN_DATABASE_URL" in settings:
        kept["SOJOURN_SECRET_KEY"] = SECRET_KEY
    return {**kept, "PYTHONPATH": root, **settings}


def run_command(*words, **settings):
    """Run a command to its end; answers its standard output."""
    code, out, err = call(words, build_environ(**settings))
    assert code == 0, out + err
    return out


def call(words, environ, *, seconds=120):
    """Run a command to its end in a process of its own; answers its exit code and what it said.

    The process is forked off one that has loaded the product: loading it takes longer than most
    commands do.
    """
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["server.cli"])
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder, name) for name in ("out", "err")]
        for file in said:
            file.touch()
        told = ([str(word) for word in words], dict(environ), str(Path.cwd()), *map(str, said))
        process = forks.Process(target=become_command, args=told)
        process.start()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()
            raise AssertionError(f"{words} did not end within {seconds} s")
        return process.exitcode, *(file.read_text() for file in said)


def become_command(words, environ, folder, out, err):
    """Be the command from here on."""
    from server.cli import main

    for name, number in ((out, 1), (err, 2)):
        file = os.open(name, os.O_WRONLY | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    sys.argv = ["sojourn", *words]
    main()


@contextmanager
def running(*words, log, **settings):
    """Run a process until the block ends; it and its children are gone then."""
    with Path(log).open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words],
            env=build_environ(**settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            kill(process, signal.SIGKILL)
            process.wait(10)


def kill(process, number=signal.SIGKILL):
    """Send a signal to a process and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_until(check, seconds=60, what="it"):
    """Look until something is true; answers it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come true within {seconds} s")


def is_ready(url):
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
