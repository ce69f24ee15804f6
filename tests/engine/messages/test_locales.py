"""Which words somebody reads: language tags, and the lookup of RFC 4647."""

import pytest

from engine.messages.library.locales import find_locale, find_wish, look_up


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("de", "de"), ("DE_at", "de-AT"), ("en-gb", "en-GB"), ("zh-hant-tw", "zh-Hant-TW"),
        ("de-1996", "de-1996"), ("", None), ("d", None), ("german", None), ("de-", None),
        ("en--GB", None), (None, None), (49, None), ("a" * 40, None), ("<script>", None),
    ],
)  # fmt: skip
def test_a_tag_is_written_by_custom(given, found):
    assert find_locale(given) == found


@pytest.mark.parametrize(
    ("wish", "offered", "found"),
    [
        ("de-AT", ["de"], "de"),
        ("de-AT", ["de-AT", "de"], "de-AT"),
        ("de", ["de-AT"], None),
        ("en-US", ["en-GB", "de"], None),
        ("zh-Hant-CN-x-private1-private2", ["zh-Hant"], "zh-Hant"),
        ("zh-Hant-CN-x-private1", ["zh-hant-cn"], "zh-hant-cn"),
        (None, ["de"], None),
        ("de", [], None),
    ],
)
def test_a_wish_loses_its_last_part_until_it_is_offered(wish, offered, found):
    assert look_up(wish, offered) == found


def test_a_contact_says_what_it_reads():
    assert find_wish({"locale": "de_CH", "language": "fr"}) == "de-CH"
    assert find_wish({"locale": "?", "language": "fr"}) == "fr"
    assert find_wish({"first_name": "Ann"}) is None
