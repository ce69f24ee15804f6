"""What letters name in their lookups is found where it stands, and held against what there is."""

import pytest

from engine.messages.compose.lookup_names import KnownLookups, list_named, look_at_names

KNOWN = KnownLookups(
    catalogs=frozenset({"products"}),
    coupon_pools=frozenset({"win-back"}),
    sources=frozenset({"weather"}),
)


def look(source, partials=None):
    return [
        (one.line, one.code, one.severity) for one in look_at_names(source, partials or {}, KNOWN)
    ]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ('{{ catalog("gone", "a").name }}', "catalog_unknown"),
        ('{% for one in catalog_list("gone") %}{{ one.name }}{% endfor %}', "catalog_unknown"),
        ('{% set liked = recommend(name="gone") %}', "catalog_unknown"),
        ("{{ coupon('gone') }}", "coupon_pool_unknown"),
        ('{{ fetched("gone", city="Ulm").text }}', "source_unknown"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_its_line(call, code):
    assert look(f"Hello\n\n{call}") == [(3, code, "error")]
    assert look(call.replace("gone", {"c": "products"}.get(code[0], "x"))) == (
        [] if code == "catalog_unknown" else [(1, code, "error")]
    )


def test_what_there_is_and_what_is_put_together_later_is_no_mistake():
    assert look('{{ coupon("win-back") }}{{ fetched("weather").text }}') == []
    assert look("{{ coupon(pool) }}{{ coupon('win-' ~ kind) }}") == []
    assert look('Write coupon("gone") {# coupon("gone") #}') == []


def test_where_a_default_stands_in_it_is_a_hint():
    [found] = look_at_names('{{ coupon("gone", default="SAVE5") }}', {}, KNOWN)
    assert (found.code, found.severity) == ("coupon_pool_unknown", "hint")
    assert found.words == "there is no coupon pool 'gone': what it gives as default stands there"


def test_a_partial_is_named_with_the_line_in_it():
    partials = {"offer": 'x\n{{ coupon("gone") }}'}
    [named] = list_named('a\nb\nc\n{% include "offer" %}', partials)
    assert (named.position.source, named.position.line) == ("offer", 2)
    [found] = look_at_names('{% include "offer" %}', partials, KNOWN)
    assert found.words == "there is no coupon pool 'gone' (in offer)"


def test_lines_that_begin_with_jinja_are_counted_once():
    assert look('{% if a %}\n{% endif %}\nb\n{{ x }}\n\n{{ coupon("gone") }}') == [
        (6, "coupon_pool_unknown", "error")
    ]


def test_of_a_broken_letter_nothing_is_said_here():
    assert look('{{ coupon("gone" }}') == []


def test_what_stands_in_a_comment_of_html_is_not_asked_for():
    assert [
        one.name for one in list_named("<!-- {{ coupon('old') }} -->{{ coupon('new') }}", {})
    ] == ["new"]
