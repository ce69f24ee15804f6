from pathlib import Path

import pytest

from engine import resources
from engine.resources import find_resource


@pytest.mark.parametrize("name", ["templates/email", "templates/pages", "migrations", "examples"])
def test_in_the_repository_a_resource_is_the_folder_itself(name):
    found = find_resource(name)
    assert found.is_dir()
    assert found == Path(resources.__file__).resolve().parents[1] / name


def test_what_the_wheel_brought_comes_first(monkeypatch, tmp_path):
    (tmp_path / "templates" / "email").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path)
    assert find_resource("templates/email") == tmp_path / "templates" / "email"
    assert find_resource("migrations").is_relative_to(resources._REPOSITORY)


def test_the_built_pages_lie_in_their_own_place(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_MOVED", {"builder_ui/dist": tmp_path})
    assert find_resource("builder_ui/dist") == tmp_path


def test_what_is_nowhere_is_named_where_the_repository_would_have_it():
    assert find_resource("nowhere") == resources._REPOSITORY / "nowhere"
