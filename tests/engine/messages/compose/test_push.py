"""What a push says: lines as people write them, and what comes of them."""

import pytest

from engine.messages.compose.push import Action, BrokenPush, PushWords, compile_push, read_push
from engine.messages.compose.render_environment import build_environment
from engine.messages.compose.template_errors import TemplateRefused

WHOLE = """
title: Hello {{ contact.first_name|default("you") }}
body: Two things
  wait for you
url: https://shop.example/cart/{{ cart.id }}
icon: https://shop.example/icon.png
image: https://shop.example/{{ cart.id }}.jpg
tag: cart
action: Buy now -> https://shop.example/buy
action: Look -> {{ base_url }}/look
"""


def render(source, **context):
    compiled = compile_push(source)
    environment = build_environment(autoescape=False)
    title, text = (
        environment.from_string(one).render(context) for one in (compiled.subject, compiled.text)
    )
    return read_push(title, text)


def test_every_field_is_filled_and_escaped_where_it_stands():
    words = render(
        WHOLE, contact={"first_name": "Ann"}, cart={"id": "a b/c"}, base_url="https://x.example"
    )
    assert words == PushWords(
        title="Hello Ann",
        body="Two things\nwait for you",
        url="https://shop.example/cart/a%20b%2Fc",
        icon="https://shop.example/icon.png",
        image="https://shop.example/a%20b%2Fc.jpg",
        tag="cart",
        actions=(
            Action("Buy now", "https://shop.example/buy"),
            Action("Look", "https://x.example/look"),
        ),
    )


def test_a_title_alone_is_a_push():
    assert render("title: Hello") == PushWords("Hello")


def test_what_it_reads_and_where_it_leads_is_known():
    compiled = compile_push(WHOLE)
    assert {one.path for one in compiled.variables} == {"contact.first_name", "cart.id", "base_url"}
    assert [(one.is_dynamic, one.has_dynamic_host) for one in compiled.links] == [
        (True, False),
        (False, False),
        (True, True),
    ]


@pytest.mark.parametrize(
    ("source", "words", "line"),
    [
        ("", "title", 1),
        ("body: x", "title", 1),
        ("title: a\ncolour: red", "begins with one of", 2),
        ("title: a\nno colon", "begins with one of", 2),
        ("title: a\n\ntitle: b", "twice", 3),
        ("title: a\nicon: http://shop.example/i.png", "https", 2),
        ("title: a\nicon: /icon.png", "https", 2),
        ("title: a\nurl: javascript:alert(1)", "link begins", 2),
        ("title: a\nurl: https://a b.example", "blanks", 2),
        ("title: {% if x %}a\nbody: b{% endif %}", "", 1),
        ("title: a\nbody: b\n  {{ x.y.__class__ }}", "", 3),
        ("title: a\naction: Buy", "->", 2),
        ("title: a\n" + "action: A -> https://a.example\n" * 3, "at most 2", 4),
        ("title: a\nbody: a\ufdd0b", "control", 2),
        ("title: a\nbody: " + "x" * 2_001, "2000", 2),
        ("title: a\nbody: " + "x" * 6_001, "6000", 1),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_line(source, words, line):
    with pytest.raises(TemplateRefused) as refused:
        compile_push(source)
    assert words in refused.value.reason and refused.value.position.line == line


def test_contact_data_cannot_move_into_another_field():
    with pytest.raises(BrokenPush):
        render("title: a\nbody: {{ name }}", name="x\ufdd0https://evil.example")


def test_a_title_that_comes_out_empty_is_no_push():
    with pytest.raises(BrokenPush):
        render("title: {{ name }}", name="  ")


def test_what_is_longer_than_any_browser_shows_is_cut():
    words = render("title: {{ name }}\nbody: {{ name }}", name="x" * 3_000)
    assert (len(words.title), len(words.body)) == (200, 1_000)
