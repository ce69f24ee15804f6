"""The first thing that runs: are the packages around us our own?

`engine` and `channels` are names that others use, too. Installed into one environment they overwrite
each other's files, and what then goes wrong says nothing of the cause.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGES: Final = ("engine", "channels")


def main() -> None:
    """Run the command, unless a package of ours is somebody else's."""
    strangers = [name for name in PACKAGES if not is_ours(name)]
    if strangers:
        sys.exit(
            f"sojourn: the package {' and '.join(strangers)} in this environment is not Sojourn's; "
            "install it into an environment of its own: python3 -m venv, pipx or an image"
        )
    from server.cli import main as run_command  # noqa: PLC0415 - it imports both packages

    run_command()


def is_ours(name: str) -> bool:
    """Return whether a package lies beside this one, and begins with an empty file as ours do."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return False
    file = Path(spec.origin)
    return file.parent.parent == Path(__file__).parent.parent and file.stat().st_size == 0
