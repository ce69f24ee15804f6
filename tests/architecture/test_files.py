"""Names and sizes of files, and what may not stand in any of them."""

import re
from pathlib import PurePosixPath

import pytest

from tests.architecture.reading import PACKAGES, ROOT, list_files

LONGEST = 400
WRITTEN = (".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sh")
MADE = ("migrations/versions/", "builder_ui/src/generated/")
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "service", "manager", "misc"}
TABLES = {"engine/actions/__init__.py", "engine/triggers/__init__.py"}
LATER = re.compile(rb"\b(%s)\b" % b"|".join([b"TO" + b"DO", b"FIX" + b"ME", b"X" * 3]))
HOSTS = tuple(
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org"),
        ("ubuntu", "com"),
    )
)


def find_long(files, read_bytes):
    return [
        f"{name}: {lines} lines"
        for name in files
        if name.endswith(WRITTEN) and not name.startswith(MADE)
        if (lines := read_bytes(name).count(b"\n")) > LONGEST
    ]


def find_nameless(files):
    return [
        name
        for name in files
        for part in PurePosixPath(name).parts
        if set(re.split(r"[_.\-]", part.lower())) & NO_NAMES
    ]


def find_filled_packages(files, read_bytes):
    return [
        name
        for name in files
        if name.endswith("__init__.py") and name not in TABLES and read_bytes(name)
    ]


def find_words(files, read_bytes, pattern):
    return [name for name in files if b"\0" not in (data := read_bytes(name)) and pattern(data)]


def names_a_host(data):
    return any(host in data for host in HOSTS)


def read(name):
    return (ROOT / name).read_bytes()


def test_no_file_outgrows_a_reader():
    assert find_long(list_files(), read) == []


def test_every_file_is_named_for_what_is_in_it():
    assert find_nameless(list_files()) == []


def test_packages_are_empty_save_the_two_tables():
    assert find_filled_packages(list_files(), read) == []
    assert all(read(name) for name in TABLES)


def test_nothing_is_left_for_later():
    assert find_words(list_files(), read, LATER.search) == []


def test_no_file_names_a_package_registry():
    assert find_words(list_files(), read, names_a_host) == []


def test_only_the_three_packages_and_the_tests_are_packages():
    tops = {name.partition("/")[0] for name in list_files() if name.endswith("/__init__.py")}
    assert tops == {*PACKAGES, "tests"}


@pytest.mark.parametrize(
    ("find", "name", "data"),
    [
        (find_long, "engine/x.py", b"\n" * 401),
        (find_long, "builder_ui/src/x.tsx", b"\n" * 401),
        (find_filled_packages, "engine/rules/__init__.py", b"import os\n"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found(find, name, data):
    assert find([name], {name: data}.get)
    assert not find([name], {name: b""}.get)


@pytest.mark.parametrize("name", ["engine/utils.py", "server/journey_service.py", "common/x.ts"])
def test_a_file_named_for_nothing_is_found(name):
    assert find_nameless([name, "tests/services.py", "engine/events/ingest.py"]) == [name]


def test_words_that_may_not_stand_are_found():
    assert LATER.search(b"# TO" + b"DO: later") and not LATER.search(b"mastodon")
    assert names_a_host(b"https://py" + b"pi.org/simple") and not names_a_host(b"example.org")
