import dataclasses

import pytest

from engine.messages.compose.letter import compile_text
from engine.messages.compose.template_lint import lint_template
from engine.messages.templates import load_partials
from engine.resources import find_resource

HEAD = "<mjml><mj-head><mj-title>Hi {{ contact.first_name }}</mj-title></mj-head><mj-body>\n<mj-section><mj-column>\n"
TAIL = "\n</mj-column></mj-section></mj-body></mjml>"
LEAVE = '\n<mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>'
CATALOGUE = ["contact.first_name", "items[].name", "unsubscribe_url"]


def lint(inside, **chosen):
    chosen = {"is_marketing": False, **chosen}
    return [
        (each.line, each.code)
        for each in lint_template(HEAD + inside + TAIL, chosen.pop("partials", {}), **chosen)
    ]


def test_a_good_letter_has_no_findings():
    inside = '<mj-image src="https://x.example/i.png" alt="" /><mj-text>{% for item in items %}{{ item.name }}{% endfor %}</mj-text>'
    assert lint(inside + LEAVE, is_marketing=True, catalogue=CATALOGUE) == []


def test_everything_wrong_is_said_at_once_with_its_line():
    inside = '<mj-foo />\n<mj-text colour="red">x</mj-text>\n<mj-image src="https://x.example/i.png" />\n<mj-text><img src="https://x.example/i.png" /></mj-text>'
    assert lint(inside) == [
        (3, "unknown_tag"),
        (4, "unknown_attribute"),
        (5, "missing_alt"),
        (6, "missing_alt"),
    ]


def test_a_variable_that_nothing_offers_is_found_with_what_was_meant():
    words = lint_template(
        HEAD + "<mj-text>{{ contact.frist_name }}</mj-text>" + TAIL,
        {},
        is_marketing=False,
        catalogue=CATALOGUE,
    )
    assert [(each.line, each.code) for each in words] == [(3, "undefined_variable")]
    assert "did you mean contact.first_name?" in words[0].words


def test_a_variable_with_a_default_may_be_unknown():
    assert lint('<mj-text>{{ nickname|default("you") }}</mj-text>', catalogue=CATALOGUE) == []


def test_the_subject_is_looked_over_too():
    found = lint_template(HEAD + TAIL, {}, is_marketing=False, catalogue=["unsubscribe_url"])
    assert [each.words for each in found] == ["nothing offers contact.first_name (in subject)"]


def test_only_marketing_must_let_everybody_leave():
    assert lint("<mj-text>x</mj-text>", is_marketing=True) == [(1, "no_unsubscribe")]
    assert lint("<mj-text>x</mj-text>" + LEAVE, is_marketing=True) == []


@pytest.mark.parametrize(("size", "codes"), [(102_400, []), (102_401, [(1, "too_large")])])
def test_a_letter_that_gmail_would_cut_off_is_found(size, codes):
    compiled = dataclasses.replace(compile_text("x"), html="a" * size)
    assert lint("<mj-text>x</mj-text>", compiled=compiled) == codes


def test_what_cannot_be_read_at_all_is_one_finding_with_its_place():
    assert lint("\n<mj-text><b>x</mj-text>") == [(4, "refused")]
    assert lint("\n<mj-text>{{ x.__class__ }}</mj-text>") == [(4, "refused")]
    assert lint('\n{% include "nowhere" %}') == [(4, "refused")]


def test_a_finding_in_a_partial_names_the_partial_and_its_line():
    found = lint_template(
        HEAD + '{% include "foot" %}' + TAIL,
        {"foot": "\n<mj-text><foo>x</foo></mj-text>"},
        is_marketing=False,
    )
    assert [(each.line, each.words) for each in found] == [(2, "<foo> is not available (in foot)")]


@pytest.mark.parametrize(
    "path",
    sorted(find_resource("examples").glob("*/templates/*.mjml")),
    ids=lambda path: path.stem,
)
def test_our_own_letters_have_no_findings(path):
    source = path.read_text()
    is_marketing = '{% include "bottom" %}' not in source
    assert not lint_template(source, load_partials(), is_marketing=is_marketing)
