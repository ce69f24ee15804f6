"""Keeps a second worker tree out of an embedded instance. Commands need no lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from engine.errors import Conflict

NAME: Final = "sojourn.lock"


@contextmanager
def hold_lock(data: Path) -> Iterator[None]:
    """Hold the data folder for this process and its children, as long as any of them lives.

    Raises:
        Conflict: another `sojourn up` works there.
    """
    path = data / NAME
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            msg = (
                f"another `sojourn up` (process {holder}) works in {data}: "
                "stop it first, or choose another folder with --data"
            )
            raise Conflict(msg) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
