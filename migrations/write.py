"""Writes the next migration: `make migration m="what changes"`.

A scratch PostgreSQL is brought to the newest revision and held against the models; what differs
becomes a file in versions/. Read it before you keep it: a renamed column looks like a lost one and a
new one, and data that must move is not seen at all.
"""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from alembic import command

from engine.clock import SystemClock
from engine.db import Database
from server.migrating import build_config, migrate
from tests.services import run_postgres

VERSIONS = Path(__file__).parent / "versions"


def write(message: str, database: Database, folder: Path, *, now: datetime) -> Path:
    """Write a migration from the newest revision to the models, and return its file.

    Args:
        message: what changes, in a few words.
        database: a scratch one, which is brought to the newest revision.
        folder: where the file goes.
        now: for the database's partitions.
    """
    migrate(database, now=now)
    number = f"{len(list(VERSIONS.glob('*.py'))) + 1:04}"
    with database.engine.connect() as connection:
        config = build_config(connection)
        places = dict.fromkeys([str(VERSIONS), str(folder)])
        config.set_main_option("version_locations", os.pathsep.join(places))
        script = command.revision(
            config, message, autogenerate=True, version_path=folder, rev_id=number
        )
    if script is None or isinstance(script, list):
        raise TypeError(script)
    file = Path(script.path)
    file.write_text(re.sub(r" +# ### .* ###\n", "", file.read_text(encoding="utf-8")))
    return file


def main() -> None:
    """Write the migration whose message is on the command line."""
    message = " ".join(sys.argv[1:]).strip()
    if not message:
        sys.exit('what changes? make migration m="contacts have a language"')
    with run_postgres() as url:
        database = Database(url)
        file = write(message, database, VERSIONS, now=SystemClock().now())
        database.close()
    for arguments in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(file)], check=True)
    print(f"{file.name}: read it, then `python3 dev.py test tests/test_migrations.py`")


if __name__ == "__main__":
    main()
