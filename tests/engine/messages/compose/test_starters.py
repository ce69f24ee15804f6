"""The letters that come with the product to begin with."""

import json
from html.parser import HTMLParser

import pytest

from engine.messages.compose.compile_template import GMAIL_CLIPS_AT
from engine.messages.compose.render_environment import build_environment
from engine.messages.compose.template_lint import lint_template
from engine.messages.library.templates import compile_source, load_partials
from engine.resources import find_resource

FOLDER = find_resource("templates/email") / "starters"
FILES = sorted(FOLDER.glob("*.mjml"))
LISTED = {one["key"]: one for one in json.loads((FOLDER / "starters.json").read_text())["starters"]}
ENGINE = {
    "base_url": "https://shop.example",
    "unsubscribe_url": "https://shop.example/u/x",
    "sender": {"name": "Northwind", "address": "hello@shop.example", "postal_address": "Harbour 4"},
    "_open": "",
    "_track": "",
}
VOID = {"br", "hr", "img", "meta", "link", "input", "col"}


class _Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def test_each_stands_in_the_list_in_both_languages():
    assert {path.name.split(".")[0] for path in FILES} == set(LISTED)
    assert len(LISTED) >= 12
    assert all((FOLDER / f"{key}.de.mjml").is_file() for key in LISTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_can_be_sent_to_somebody_of_whom_nothing_is_known(path):
    source = path.read_text()
    compiled = compile_source("email", source)
    is_marketing = LISTED[path.name.split(".")[0]]["class"] == "marketing"
    assert not lint_template(
        source, load_partials(), is_marketing=is_marketing, size=len(compiled.html.encode())
    )
    context = {**ENGINE, "contact": {}, "data": {}, "trigger": {}, "context": {}}
    html = build_environment(autoescape=True).from_string(compiled.html).render(context)
    text = build_environment(autoescape=False).from_string(compiled.text).render(context)
    subject = build_environment(autoescape=False).from_string(compiled.subject).render(context)
    assert len(html.encode()) < GMAIL_CLIPS_AT
    assert subject.strip()
    assert "{{" not in html + text + subject
    assert "<" not in text
    assert len(text.split()) >= 25
    assert ("https://shop.example/u/x" in text) is is_marketing
    reader = _Balanced()
    reader.feed(html)
    assert reader.open == []
