"""What the pages say of settings is what the settings are."""

from engine.config import PREFIX, Settings, read_settings
from server.settings_page import EXAMPLE, PAGE, build_example, build_page


def test_the_page_is_that_of_these_settings():
    assert PAGE.read_text(encoding="utf-8") == build_page(), "run python -m server.settings_page"


def test_the_example_is_that_of_these_settings():
    assert EXAMPLE.read_text(encoding="utf-8") == build_example()


def test_every_setting_is_described():
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"`{PREFIX}{name.upper()}`" in build_page()


def test_the_example_holds_the_defaults():
    given = {}
    for line in build_example().splitlines():
        name, equals, value = line.removeprefix("# ").partition("=")
        if equals and name.startswith(PREFIX):
            given[name] = value
    assert len(given) == len(Settings.model_fields)
    assert read_settings(given) == read_settings({})
