"""Where the files that are not Python lie: inside an installed wheel, or in the repository."""

from pathlib import Path
from typing import Final

_PACKAGED: Final = Path(__file__).resolve().parent / "_data"
_REPOSITORY: Final = Path(__file__).resolve().parent.parent
_MOVED: Final = {"builder_ui/dist": Path(__file__).resolve().parent / "_ui"}


def find_resource(name: str) -> Path:
    """Return the folder or file of a resource, such as `migrations` or `templates/email`.

    The packaged one comes first; without it, that of the repository, whether it exists or not.
    """
    packaged = _MOVED.get(name, _PACKAGED / name)
    return packaged if packaged.exists() else _REPOSITORY / name
