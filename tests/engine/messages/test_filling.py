"""Addresses with places to fill: the server is fixed, and values stand for themselves alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.target import parse_target
from engine.errors import Invalid
from engine.messages.lookups.fetched.filling import Unfillable, check_places, fill_url, list_places

URL = "https://api.example.com/v1/{region}/now?city={city}&units=metric"


def test_places_are_filled_and_values_encoded_whole():
    assert list_places(URL) == ["region", "city"]
    filled = fill_url(URL, {"region": "a/b?c#d", "city": "Köln & Bonn%"})
    assert filled == (
        "https://api.example.com/v1/a%2Fb%3Fc%23d/now?city=K%C3%B6ln%20%26%20Bonn%25&units=metric"
    )
    assert fill_url("https://x.example/{n}?b={b}", {"n": 7, "b": True}) == (
        "https://x.example/7?b=true"
    )


@given(st.text(min_size=1, max_size=40))
def test_no_value_changes_where_it_leads(value):
    try:
        filled = fill_url(URL, {"region": value, "city": value})
    except Unfillable:
        return
    target, parts = parse_target(filled), urlsplit(filled)
    assert target.origin == "https://api.example.com:443"
    assert parts.path.split("/")[1] == "v1" and parts.path.endswith("/now")
    assert parse_qs(parts.query, keep_blank_values=True) == {"city": [value], "units": ["metric"]}
    assert not parts.fragment


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"region": "eu"}, "there is no value for city"),
        ({"region": "eu", "city": None}, "there is no value for city"),
        ({"region": "eu", "city": ""}, "1 to 200"),
        ({"region": "eu", "city": "x" * 201}, "1 to 200"),
        ({"region": "eu", "city": "a\nb"}, "1 to 200"),
        ({"region": "eu", "city": ["a"]}, "neither text nor number"),
        ({"region": "..", "city": "x"}, "may not be . or .."),
        ({"region": ".", "city": "x"}, "may not be . or .."),
        ({"region": "eu", "city": "x", "hots": "y"}, "has no place hots"),
    ],
)
def test_what_does_not_fit_is_told(values, words):
    with pytest.raises(Unfillable, match=words):
        fill_url(URL, values)


@pytest.mark.parametrize(
    "url",
    [
        "https://{host}/x",
        "https://{host}.example.com/x",
        "https://api.example.com:{port}/x",
        "{scheme}://api.example.com/x",
        "https://api.example.com/{City}",
        "https://api.example.com/{city",
        "https://api.example.com/{source}",
        "https://api.example.com/{default}",
        "https://api.example.com/" + "/".join(f"{{p{number}}}" for number in range(11)),
        "api.example.com/{x}",
    ],
)
def test_an_address_whose_places_are_not_as_they_must_be_is_refused(url):
    with pytest.raises(Invalid):
        check_places(url)
