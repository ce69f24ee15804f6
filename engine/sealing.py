"""Secrets at rest: sealed by a key that does not stand in the database.

Fernet (AES-128-CBC, HMAC-SHA256; https://github.com/fernet/spec) as `cryptography` has it. The first
key seals, all of them open, so that a key can be changed while the instance works. Keys come from
the setting, or from a file beside an embedded database, which is made when it is first needed.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from engine.errors import Invalid, Unavailable

NAME: Final = "SOJOURN_SECRET_KEY"
FILE: Final = "secret.key"
SEAL_ATTRIBUTE: Final = "sojourn_seal"
"""Under this name a database's dialect holds its seal."""
NO_KEY: Final = (
    f"secrets are kept sealed, by a key that does not stand in the database: set {NAME} for all "
    "processes alike (`sojourn keys generate` shows a new one), and keep a copy of it"
)
_MODE: Final = 0o600


class Unsealable(Unavailable):
    """The key to the secrets in the database is missing, or is another one."""

    code = "unsealable"


class Source(Protocol):
    """Where keys come from.

    Attributes:
        name: as people know it.
        may_grow: whether a new key can be put there by ourselves.
    """

    name: str
    may_grow: bool

    def read(self) -> list[bytes]:
        """Return the keys, the first one first."""
        ...

    def add(self, key: bytes, *, is_first: bool) -> None:
        """Put a key before the others.

        Args:
            key: a new one.
            is_first: there was none when the caller looked; if there is one by now, nothing is added.

        Raises:
            Unsealable: it cannot be put there.
        """
        ...


class GivenKeys:
    """Keys of the setting: parted by commas, the newest first."""

    name = NAME
    may_grow = False

    def __init__(self, text: str) -> None:
        self._keys = split_keys(text)

    def read(self) -> list[bytes]:
        """Return the keys, the first one first."""
        return self._keys

    def add(self, key: bytes, *, is_first: bool) -> None:
        """Refuse: nobody but the operator changes a setting."""
        del key, is_first
        raise Unsealable(NO_KEY)


class KeyFile:
    """A file of keys, one a line, the newest first; readable to its owner alone."""

    may_grow = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)

    def read(self) -> list[bytes]:
        """Return the keys, the first one first.

        Raises:
            Unsealable: a line is no key, or the file cannot be read.
        """
        try:
            return split_keys(self._path.read_text(encoding="ascii").replace("\n", ","))
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise Unsealable(f"{self._path} cannot be read as keys ({error})") from None

    def add(self, key: bytes, *, is_first: bool) -> None:
        """Put a key before the others; whoever else does so waits, so that none is lost."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        try:
            folder = os.open(self._path.parent, os.O_RDONLY)
        except OSError as error:
            raise Unsealable(f"{self._path} cannot be written ({error})") from None
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            known = self.read()
            if is_first and known:
                return
            fresh.unlink(missing_ok=True)  # of somebody who was stopped half-way
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb"
            ) as file:
                file.write(b"".join(each + b"\n" for each in (key, *known)))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
            os.fsync(folder)
        except OSError as error:
            raise Unsealable(f"{self._path} cannot be written ({error})") from None
        finally:
            os.close(folder)


class Seal:
    """Seals and opens the secrets of one database; threads may share it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._fernet: MultiFernet | None = None

    @property
    def is_ready(self) -> bool:
        """Whether there is a key, or one can be made."""
        return self._source.may_grow or bool(self._source.read())

    def close(self, text: str) -> str:
        """Return a secret as it is kept.

        Raises:
            Unsealable: there is no key.
        """
        if (self._fernet or self._load()) is None:
            self._source.add(Fernet.generate_key(), is_first=True)
            self._load()
        if self._fernet is None:
            raise Unsealable(f"{self._source.name} holds no key")
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, kept: str) -> str:
        """Return a secret.

        Raises:
            Unsealable: none of the keys opens it.
        """
        for is_fresh in (False, True):  # somebody may have put a new key there
            fernet = self._load() if is_fresh else self._fernet
            if fernet is not None:
                with suppress(InvalidToken):
                    return fernet.decrypt(kept.encode()).decode()
        is_missing = not self._source.read()
        raise Unsealable(
            f"the key to the secrets in this database is {'missing' if is_missing else 'not'} in "
            f"{self._source.name}: bring back the one that they were sealed by, from your backup of it"
        )

    def add_key(self) -> None:
        """Seal with a new key from now on; the others still open.

        Raises:
            Invalid: keys come from the setting, which only the operator changes.
        """
        if self._source.may_grow:
            self._source.add(Fernet.generate_key(), is_first=False)
            self._load()
        elif len(self._source.read()) < 2:
            raise Invalid(
                f"put a new key before the present one, {NAME}=NEW,OLD, and start all processes with "
                "it; then run this again. `sojourn keys generate` shows a new one"
            )

    def _load(self) -> MultiFernet | None:
        keys = self._source.read()
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None
        return self._fernet


def split_keys(text: str) -> list[bytes]:
    """Return keys parted by commas.

    Raises:
        ValueError: one is no key.
    """
    keys = [part.strip().encode() for part in text.split(",") if part.strip()]
    for key in keys:
        Fernet(key)
    return keys


def generate_key() -> str:
    """Return a new key as text."""
    return Fernet.generate_key().decode("ascii")


def build_seal(setting: str, folder: Path | None) -> Seal:
    """Return the seal of an instance.

    Args:
        setting: keys as the setting gives them; they go before a file.
        folder: of an embedded instance, whose key may stand in a file.
    """
    if setting or folder is None:
        return Seal(GivenKeys(setting))
    return Seal(KeyFile(folder / FILE))
