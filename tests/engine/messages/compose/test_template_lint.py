import pytest

from engine.messages.compose.template_lint import lint_template
from engine.messages.library.templates import load_partials
from engine.resources import find_resource

HEAD = '<mjml lang="en"><mj-head><mj-title>Hi {{ contact.first_name }}</mj-title><mj-preview>Look</mj-preview></mj-head><mj-body>\n<mj-section><mj-column>\n'
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
    words = f"<mj-text>{'word ' * 20}</mj-text>"
    assert lint(inside + words + LEAVE, is_marketing=True, catalogue=CATALOGUE) == []


def test_everything_wrong_is_said_at_once_with_its_line():
    inside = '<mj-foo />\n<mj-text colour="red">x</mj-text>\n<mj-image src="https://x.example/i.png" />\n<mj-text><img src="https://x.example/i.png" /></mj-text>'
    inside += f"\n<mj-text>{'word ' * 20}</mj-text>"
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
    assert lint("<mj-text>x</mj-text>", size=size) == codes


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


def look(inside, *, root='lang="en"', title="Hello there", preview="Look"):
    head = f"<mj-title>{title}</mj-title>" + (f"<mj-preview>{preview}</mj-preview>" * bool(preview))
    source = (
        f"<mjml {root}><mj-head>{head}</mj-head><mj-body>\n<mj-section><mj-column>{inside}{TAIL}"
    )
    return [(each.code, each.severity) for each in lint_template(source, {}, is_marketing=False)]


@pytest.mark.parametrize(
    ("inside", "code", "severity"),
    [
        ('<mj-text><a href="http://shop.example/">In</a></mj-text>', "insecure_link", "warning"),
        ('<mj-text><a href="https://bit.ly/x">In</a></mj-text>', "short_link", "warning"),
        ('<mj-text><a href="https://evil.example/">bank.example</a></mj-text>', "misleading_link", "warning"),
        ('<mj-text><a href="{{ contact.site }}">In</a></mj-text>', "dynamic_host", "warning"),
        ('<mj-text><a href="https://{{ contact.site }}/x">In</a></mj-text>', "dynamic_host", "warning"),
        ('<mj-text font-size="11px">Small</mj-text>', "tiny_font", "hint"),
        ('<mj-text color="#cccccc">Pale</mj-text>', "low_contrast", "warning"),
        ('<mj-text><div style="color:#ccc">Pale</div></mj-text>', "low_contrast", "warning"),
        ('<mj-button background-color="#ffe0e0" color="#fff" inner-padding="20px" href="https://shop.example/">Go</mj-button>', "low_contrast", "warning"),
        ('<mj-button background-color="#000" color="#fff" href="https://shop.example/">Go</mj-button>', "small_button", "hint"),
        ('<mj-image src="https://shop.example/a.png" alt="All" />', "images_alone", "warning"),
    ],
)  # fmt: skip
def test_what_does_harm_is_found(inside, code, severity):
    assert look(inside) == [(code, severity)]


@pytest.mark.parametrize(
    "inside",
    [
        '<mj-text><a href="mailto:a@shop.example">a@shop.example</a></mj-text>',
        '<mj-text><a href="tel:+4940123">Call</a></mj-text>',
        '<mj-text><a href="https://www.shop.example/a">shop.example</a></mj-text>',
        '<mj-text><a href="{{ base_url }}/cart">Cart</a></mj-text>',
        '<mj-text><a href="{{ confirm_url|default(base_url) }}">Yes</a></mj-text>',
        '<mj-text><a href="https://shop.example/{{ contact.id }}">Mine</a></mj-text>',
        '<mj-text container-background-color="#000000" color="#ffffff">Light on dark</mj-text>',
        '<mj-text font-size="24px" color="#888888">Large and grey</mj-text>',
        '<mj-text><a href="https://news.shop.example/a">shop.example</a></mj-text>',
        '<mj-text><a href="https://shop.example/a">invoice.pdf</a></mj-text>',
        '<mj-text><a href="https://shop.example/a">Node.js</a></mj-text>',
        '<mj-image src="https://shop.example/a.png" alt="" /><mj-text>新しいコレクションが今日から店頭に並びます。ぜひご覧ください。送料は無料です。皆様のご来店をお待ちしております。</mj-text>',
    ],
)
def test_what_is_as_it_should_be_is_not_found(inside):
    assert look(inside) == []


@pytest.mark.parametrize(
    ("chosen", "code", "severity"),
    [
        ({"title": "BUY NOW TODAY"}, "loud_subject", "warning"),
        ({"title": "Buy now!!"}, "exclaiming_subject", "warning"),
        ({"title": "word " * 20}, "long_subject", "hint"),
        ({"preview": ""}, "no_preheader", "hint"),
        ({"root": ""}, "no_language", "hint"),
    ],
)
def test_subject_preheader_and_language_are_looked_at(chosen, code, severity):
    assert look("<mj-text>Hello</mj-text>", **chosen) == [(code, severity)]


@pytest.mark.parametrize(
    "title",
    [
        "{% if contact.first_name %}Hi {{ contact.first_name }}!{% else %}Hello!{% endif %}",
        "{% if a %}" + "word " * 12 + "{% elif b %}" + "word " * 12 + "{% endif %}",
    ],
)
def test_of_what_a_subject_may_say_one_is_counted(title):
    assert look("<mj-text>Hello</mj-text>", title=title) == []


def test_a_shown_site_that_only_ends_alike_misleads():
    inside = '<mj-text><a href="https://evilbank.example/">bank.example</a></mj-text>'
    assert look(inside) == [("misleading_link", "warning")]


def test_what_stands_in_a_comment_counts_for_nothing():
    hidden = "<mj-text>x</mj-text><!-- a\n" + LEAVE + " {{ contact.nobody }} -->"
    assert lint(hidden, is_marketing=True, catalogue=CATALOGUE) == [(1, "no_unsubscribe")]
    seen = hidden + "\n" + LEAVE + "<mj-text>{{ contact.nowhere }}</mj-text>"
    assert lint(seen, is_marketing=True, catalogue=CATALOGUE) == [(7, "undefined_variable")]


def test_attributes_for_all_count_like_those_of_the_element():
    source = (
        '<mjml lang="en"><mj-head><mj-title>Hello there</mj-title><mj-preview>x</mj-preview><mj-attributes>'
        '<mj-text color="#eeeeee" /><mj-class name="dark" color="#111111" /></mj-attributes></mj-head>'
        '<mj-body><mj-section><mj-column><mj-text>Pale</mj-text><mj-text mj-class="dark">Dark</mj-text>'
        "</mj-column></mj-section></mj-body></mjml>"
    )
    assert [each.code for each in lint_template(source, {}, is_marketing=False)] == ["low_contrast"]
