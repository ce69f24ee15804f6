"""Waiting for what other threads do: as short as it can be, never longer than it may."""

import threading
import time

SOON = 10.0


def wait_until(holds, seconds=SOON):
    """Return whether `holds` came true within the time; looks every few milliseconds."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < until:
        if holds():
            return True
        pause.wait(0.005)
    return bool(holds())
