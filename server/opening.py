"""What every command begins with: the settings, and the instance that they name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.accounts import instance
from engine.config import Settings, read_settings
from engine.errors import Conflict
from server.broker import SilentBell
from server.logs import configure_logs
from server.migrating import find_revision, is_current, migrate, require_key
from server.wiring import House, open_house

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder of the embedded instance; else SOJOURN_DATA, else ./sojourn-data.",
    ),
]


def open_settings(data: Path | None, **given: Any) -> Settings:
    """Return the settings, with the data folder made if the instance is embedded.

    Raises:
        Invalid: a setting can not be.
    """
    settings = read_settings(data=data, **given)
    configure_logs(settings.log_level)
    if settings.is_embedded:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings


@contextmanager
def opened(data: Path | None) -> Iterator[House]:
    """Give the instance to a command, whether `sojourn up` runs beside it or not.

    Raises:
        Conflict: its schema is another release's.
        Unavailable: its database does not answer.
    """
    settings = open_settings(data)
    house = open_house(settings, bell=SilentBell() if settings.is_embedded else None)
    try:
        prepare(house)
        yield house
    finally:
        house.close()


def prepare(house: House) -> None:
    """See to the schema: a new embedded instance gets one; any other must have ours.

    Raises:
        Conflict: it has another release's.
        Unsealable: the key to its secrets is missing, or another one.
    """
    if is_current(house.database):
        require_key(house.database)
        with house.database.transaction() as session:
            instance.check_seal(session)
        return
    with house.database.reading() as session:
        is_new = find_revision(session.connection()) is None
    if not (house.settings.is_embedded and is_new):
        msg = "the database has no schema of this release: run `sojourn migrate` first"
        raise Conflict(msg)
    migrate(house.database, now=house.wall.now())
