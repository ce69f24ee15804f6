"""Tests mirror the source: each folder of tests stands for a folder of ours."""

from pathlib import PurePosixPath

from tests.architecture.reading import PACKAGES, list_files


def find_strays(files):
    """Return the tests' folders that mirror nothing."""
    folders = {str(PurePosixPath(name).parent) for name in files if name.endswith(".py")}
    mirrors = {
        str(PurePosixPath(name).parent)
        for name in files
        if PurePosixPath(name).name.startswith("test_") and name.endswith(".py")
    }
    return sorted(
        folder
        for folder in mirrors
        if folder.removeprefix("tests/").partition("/")[0] in PACKAGES
        and folder.removeprefix("tests/") not in folders
    )


def test_every_folder_of_tests_mirrors_one_of_ours():
    assert find_strays(list_files()) == []


def test_a_stray_folder_is_found():
    files = ["engine/when/zones.py", "tests/engine/when/test_zones.py", "tests/engine/x/test_y.py"]
    assert find_strays(files) == ["tests/engine/x"]
