"""Real processes of the product: started, asked, and ended, whatever the test does."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

RUN = "from server.cli import main; main()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def build_environ(**settings):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOJOURN_")}
    root = str(Path(__file__).resolve().parents[1])
    return {**kept, "PYTHONPATH": root, **settings}


def run_command(*words, **settings):
    """Run a command to its end; answers its standard output."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        env=build_environ(**settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


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
