import os
import re
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.messages.compose.compile_template import (
    CompiledTemplate,
    CompileOptions,
    TemplateSource,
    compile_template,
)
from engine.messages.compose.render_child import RenderedSet
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.compose.template_language import list_unknown_variables

END = '<mj-section><mj-column><mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text></mj-column></mj-section>'
CONTEXT = {
    "_track": "https://t.example/c/T", "_open": "https://t.example/o/T", "unsubscribe_url": "https://t.example/u/T",
    "a": 1, "b": 2, "c": 4, "d": 3, "contact": {"name": "Zoë <b>", "id": "7 &x", "vip": True, "none": None},
    "cart": [{"name": f"Item{n}", "price": 1999, "quantity": n, "url": f"https://shop.example/{n}"} for n in (1, 2, 3)],
}  # fmt: skip


def compile_body(
    body: str, head: str = "", partials: dict[str, str] | None = None, **options: bool
) -> CompiledTemplate:
    source = TemplateSource(
        f"<mjml><mj-head>{head}</mj-head><mj-body>{body}{END}</mj-body></mjml>",
        "S",
        partials=partials or {},
    )
    return compile_template(source, CompileOptions(**options))


def text(content: str) -> str:
    return f"<mj-section><mj-column><mj-text>{content}</mj-text></mj-column></mj-section>"


def render(compiled: CompiledTemplate, context: dict = CONTEXT) -> tuple[str, str, dict]:
    names = ("html", "text", "subject", "sender_name")
    parts = RenderedSet({name: getattr(compiled, name) for name in names}, lenient=False).render(
        context
    )
    import json

    return parts[3].decode(), parts[2].decode(), json.loads(parts[4] or b"{}")


PLACES = {
    "in text": text("X {% if a < b and c > d %}YES{% else %}NO{% endif %}"),
    "around a section": "{% if a < b and c > d %}" + text("YES") + "{% else %}" + text("NO") + "{% endif %}",
    "around sections in mj-raw": "<mj-raw>{% if a < b %}</mj-raw>" + text("YES") + "<mj-raw>{% else %}</mj-raw>" + text("NO") + "<mj-raw>{% endif %}</mj-raw>",
    "around a column": "<mj-section>{% if a < b %}<mj-column><mj-text>YES</mj-text></mj-column>{% else %}<mj-column><mj-text>NO</mj-text></mj-column>{% endif %}</mj-section>",
    "around mj-text": "<mj-section><mj-column>{% if a < b %}<mj-text>YES</mj-text>{% else %}<mj-text>NO</mj-text>{% endif %}</mj-column></mj-section>",
    "in a button": '<mj-section><mj-column><mj-button href="https://x.example/">{% if a < b %}YES{% else %}NO{% endif %}</mj-button></mj-column></mj-section>',
    "in mj-raw": "<mj-raw>{% if a < b %}<p>YES</p>{% else %}<p>NO</p>{% endif %}</mj-raw>",
    "in mj-raw in a column": "<mj-section><mj-column><mj-raw>{% if a < b %}<p>YES</p>{% else %}<p>NO</p>{% endif %}</mj-raw></mj-column></mj-section>",
    "in a wrapper": "<mj-wrapper>{% if a < b %}" + text("YES") + "{% else %}" + text("NO") + "{% endif %}</mj-wrapper>",
    "around rows": "<mj-section><mj-column><mj-table>{% if a < b %}<tr><td>YES</td></tr>{% else %}<tr><td>NO</td></tr>{% endif %}</mj-table></mj-column></mj-section>",
    "in a macro": "{% macro m(x) %}{% if x %}" + text("YES") + "{% else %}" + text("NO") + "{% endif %}{% endmacro %}{{ m(a < b) }}",
    "in an alt text": '<mj-section><mj-column><mj-image src="https://x.example/i.png" alt="{% if a < b %}YES{% else %}NO{% endif %}"/></mj-column></mj-section>',
}  # fmt: skip


@pytest.mark.parametrize(
    "inline",
    ["", '<mj-style inline="inline">td { color: #123456 }</mj-style>'],
    ids=["plain", "css-inline"],
)
@pytest.mark.parametrize("place", PLACES)
def test_a_condition_works_wherever_marketers_put_it(place, inline):
    compiled = compile_body(PLACES[place], inline)
    for a, shown, hidden in ((1, "YES", "NO"), (9, "NO", "YES")):
        letter, plain, _ = render(compiled, {**CONTEXT, "a": a})
        assert re.search(rf"\b{shown}\b", letter) and not re.search(rf"\b{hidden}\b", letter), place
        assert shown in plain and not re.search(rf"\b{hidden}\b", plain)


LOOPS = {
    "sections": "{% for item in cart %}" + text("{{ item.name }}") + "{% endfor %}",
    "columns": "<mj-section>{% for item in cart %}<mj-column><mj-text>{{ item.name }}</mj-text></mj-column>{% endfor %}</mj-section>",
    "rows": "<mj-section><mj-column><mj-table>{% for item in cart %}<tr><td>{{ item.name }}</td></tr>{% endfor %}</mj-table></mj-column></mj-section>",
    "list items": text("<ul>{% for item in cart %}<li>{{ item.name }}</li>{% endfor %}</ul>"),
    "texts": "<mj-section><mj-column>{% for item in cart %}<mj-text>{{ item.name }}</mj-text>{% endfor %}</mj-column></mj-section>",
    "in a partial": '{% for item in cart %}{% include "line" %}{% endfor %}',
    "a macro": "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}" + text("{% for item in cart %}{{ m(item.name) }} {% endfor %}"),
}  # fmt: skip


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_over_the_cart_shows_every_item_once_and_leaves_the_tables_whole(loop):
    compiled = compile_body(
        LOOPS[loop],
        '<mj-style inline="inline">b { color: red }</mj-style>',
        {"line": text("{{ item.name }}")},
    )
    letter, plain, _ = render(compiled)
    for part in (letter, plain):
        assert [part.count(f"Item{n}") for n in (1, 2, 3)] == [1, 1, 1]
    conditional = re.findall(r"<!--\[if mso \| IE\]>(.*?)<!\[endif\]-->", letter)
    for tag in ("table", "tr", "td"):
        for source in (re.sub(r"<!--.*?-->", "", letter, flags=re.DOTALL), "".join(conditional)):
            assert len(re.findall(rf"<{tag}\b", source)) == source.count(f"</{tag}>"), tag


def test_quotes_and_ampersands_inside_expressions_survive():
    letter, plain, _ = render(
        compile_body(text('{{ missing|default("a & b < \'c\'") }} {{ "}}" }} {{ "%}" }}'))
    )
    assert "a &amp; b &lt; &#39;c&#39; }} %}" in letter
    assert "a & b < 'c' }} %}" in plain


def test_contact_data_is_never_read_as_template_or_markup():
    evil = "{{ 7*7 }}{% raw %}</mj-text><script>&lt;x"
    letter, plain, _ = render(
        compile_body(text("Hi {{ contact.name }}")), {**CONTEXT, "contact": {"name": evil}}
    )
    assert "<script>" not in letter and "49" not in re.sub(
        r"<style.*?</style>|<[^>]*>", "", letter, flags=re.DOTALL
    )
    assert "&amp;lt;x" in letter and evil in plain


def test_braces_written_as_entities_stay_text_even_through_the_css_inliner():
    compiled = compile_body(
        text("&#123;&#123; contact.name &#125;&#125;"),
        '<mj-style inline="inline">b { color: red }</mj-style>',
    )
    for part in render(compiled)[:2]:
        assert "{{ contact.name }}" in part


def test_a_brace_written_as_an_entity_before_a_tag_stays_text():
    compiled = compile_body(
        text("&#123;{{ a }}"), '<mj-style inline="inline">b { color: red }</mj-style>'
    )
    assert all("{1" in part for part in render(compiled)[:2])


def test_a_fixed_link_is_followed_by_id_and_keeps_it_when_the_letter_changes():
    first = compile_body(text('<a href="https://shop.example/a?x=1&amp;y=2">a</a>'))
    second = compile_body(
        text('new <a href="https://z.example/">z</a>')
        + text('<a href="https://shop.example/a?x=1&y=2">a</a>')
    )
    assert first.links[0].target == "https://shop.example/a?x=1&y=2" and first.links[0].id in {
        link.id for link in second.links
    }
    letter, plain, targets = render(first)
    assert (
        f'href="https://t.example/c/T/{first.links[0].id}"' in letter
        and first.links[0].id in plain
        and not targets
    )


def test_equal_links_get_ordinals_and_loops_get_one_target_each():
    assert [
        x.id[10:]
        for x in compile_body(
            text('<a href="https://x.example/">1</a><a href="https://x.example/">2</a>')
        ).links
    ] == ["", "-2"]
    _, plain, targets = render(
        compile_body(
            text(
                '{% for i in cart %}<a href="https://s.example/{{ i.name }}?u={{ contact.id }}">x</a>{% endfor %}'
            )
        )
    )
    assert list(targets.values()) == [f"https://s.example/Item{n}?u=7%20%26x" for n in (1, 2, 3)]
    assert all(key in plain for key in targets)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil",
        "https:\\\\evil",
        " \tjavascript:x",
    ],
)
def test_contact_data_cannot_make_a_script_link(url):
    compiled = compile_body(text('<a href="{{ url }}">x</a>'), allow_dynamic_hosts=True)
    with pytest.raises(Exception, match="a link must be"):
        render(compiled, {**CONTEXT, "url": url})
    with pytest.raises(TemplateRefused, match="decides to which site"):
        compile_body(text('<a href="{{ url }}">x</a>'))


def test_a_condition_in_a_link_cannot_hide_a_script_link():
    compiled = compile_body(
        text('<a href="{% if a == 9 %}https://x.example/{% endif %}{{ b }}">x</a>'),
        allow_dynamic_hosts=True,
    )
    with pytest.raises(Exception, match="a link must be"):
        render(compiled, {**CONTEXT, "b": "javascript:x"})


def test_no_third_party_is_asked_for_fonts_or_icons():
    compiled = compile_body(
        '<mj-section><mj-column><mj-text font-family="Ubuntu">x</mj-text><mj-social>'
        '<mj-social-element name="facebook" href="https://fb.example/us">us</mj-social-element></mj-social></mj-column></mj-section>'
    )
    assert (
        "googleapis" not in compiled.html
        and "mailjet" not in compiled.html
        and "facebook.com/sharer" not in compiled.html
    )
    assert "https://assets.invalid/social/facebook.png" in compiled.html


REFUSED = {
    text("{% if a %}<b>x{% endif %}</b>"): (1, "not closed in"),
    "{% if a %}<mj-section>{% endif %}<mj-column/></mj-section>": (1, "if"),
    "\n<mj-section><mj-column><mj-text>\n  {% endif %}</mj-text></mj-column></mj-section>": (3, "not opened in"),
    text('<a {% if a %}class="x"{% endif %}>x</a>'): (1, "inside an attribute's quotes"),
    text("<b>x</i>"): (1, "was expected"), text("<script>x</script>"): (1, "not available"),
    text("<img src='https://x.example/i.png' onerror='x'>"): (1, "onerror"), "<mj-foo/>": (1, "not available"),
    '<mj-include path="/etc/passwd"/>': (1, "mj-include"), text("<!DOCTYPE x [<!ENTITY y 'z'>]>"): (1, "DOCTYPE"),
    text("<div>" * 70 + "</div>" * 70): (1, "nest deeper"), text("{{ ''.__class__ }}"): (1, "underscore"),
    text("{{ x|attr('y') }}"): (1, "no filter"), text("{{ x|safe }}"): (1, "no filter"), text("{{ cycler() }}"): (1, "not a macro"),
    text("{{ contact.name.upper() }}"): (1, "only macros"), text("{{ 2**99 }}"): (1, "power"), text("{% autoescape false %}{% endautoescape %}"): (1, "autoescape"),
    text("{% macro m() %}{{ m() }}{% endmacro %}"): (1, "not a macro"), text("{% import 'x' as y %}"): (1, "import"),
    text("{% include '/etc/passwd' %}"): (1, "plain name"), text("{% include 'nowhere' %}"): (1, "no partial"),
    text("{% raw %}<script>{% endraw %}"): (1, "plain text"), text("{% for x in y recursive %}{% endfor %}"): (1, "recursive"),
    text('<a href="javascript:x">x</a>'): (1, "a link begins"), text('<p style="background:u\\72l(http://x)">x</p>'): (1, "styles"),
    "{{ contact.name }}": (1, "macro calls"), text("a < b"): (1, "&lt;"), text("{{ x"): (1, ""), text("{% if a %}x"): (1, ""),
    '<mj-section padding="{{ x }}"><mj-column/></mj-section>': (1, "layout is fixed"), text("\x00"): (1, "control"),
}  # fmt: skip


@pytest.mark.parametrize("body", REFUSED, ids=lambda body: body[-60:].strip())
def test_what_cannot_be_carried_or_is_hostile_is_refused_with_its_place(body):
    line, reason = REFUSED[body]
    with pytest.raises(TemplateRefused, match=re.escape(reason) or None) as caught:
        compile_body(body)
    assert caught.value.position.line == line


def test_places_are_reported_in_the_partial_where_they_are_with_columns():
    with pytest.raises(TemplateRefused) as caught:
        compile_body(
            '{% include "foot" %}',
            partials={"foot": text("x") + "\n  <mj-section><mj-foo/></mj-section>"},
        )
    assert (
        caught.value.position.source,
        caught.value.position.line,
        caught.value.position.column,
    ) == ("foot", 2, 15)


def test_partials_in_a_circle_are_named():
    with pytest.raises(TemplateRefused, match="a → b → a"):
        compile_body(
            '{% include "a" %}', partials={"a": '{% include "b" %}', "b": '{% include "a" %}'}
        )


def test_a_letter_must_let_everybody_unsubscribe():
    with pytest.raises(TemplateRefused, match="everybody must be able"):
        compile_template(TemplateSource(f"<mjml><mj-body>{text('x')}</mj-body></mjml>", "S"))
    with pytest.raises(TemplateRefused, match="outside of conditions"):
        compile_template(
            TemplateSource(f"<mjml><mj-body>{{% if a %}}{END}{{% endif %}}</mj-body></mjml>", "S")
        )


def test_unknown_variables_are_listed_with_what_was_meant():
    compiled = compile_body(
        text(
            "{{ contact.frist_name }} {% for i in cart %}{{ i.nam }}{{ loop.index }}{% endfor %}{{ contact.extra.x }}"
        )
    )
    unknown = list_unknown_variables(
        compiled.variables,
        ["contact.first_name", "cart[].name", "contact.extra.*", "unsubscribe_url"],
    )
    assert [(each.variable.path, each.suggestion) for each in unknown] == [
        ("contact.frist_name", "contact.first_name"), ("cart[].nam", "cart[].name")]  # fmt: skip


def test_preheader_is_escaped_and_renders_per_contact():
    source = TemplateSource(
        f"<mjml><mj-body>{END}</mj-body></mjml>", "S", preheader="Hi {{ contact.name }} <script>"
    )
    letter, plain, _ = render(compile_template(source))
    assert "Hi Zoë &lt;b&gt; &lt;script&gt;" in letter and "script" not in plain


def test_null_and_missing_values_fail_instead_of_being_sent():
    for expression in ("contact.none", "contact.nothing", "nobody.name"):
        with pytest.raises(Exception, match="null|undefined|no attribute"):
            render(compile_body(text("Hello {{ " + expression + " }}")))
        kind = text("Hello {{ " + expression + "|default('you') }}")
        assert "Hello you" in render(compile_body(kind))[1]


def test_compiling_opens_no_socket_and_no_file(monkeypatch):
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("a socket"))
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("a file"))
    compile_body(text("x"), '<mj-style inline="inline">b { color: red }</mj-style>')


FRAGMENTS = st.lists(st.sampled_from([
    "{% if a %}", "{% endif %}", "{% else %}", "{% for i in cart %}", "{% endfor %}", "{{ a }}", "{{", "}}", "{%", "<b>", "</b>", "<mj-text>",
    "</mj-text>", "<mj-section>", "</mj-section>", "<mj-column>", "</mj-column>", "<mj-raw>", "</mj-raw>", "&", '"', "<", "x", "<!--", "-->",
    "{#", "#}", "<br/>", '<a href="', '">', "</a>", "&#123;", "{% raw %}", "{% endraw %}", "{% set q = 1 %}", "\n", "<table>", "<tr>", "</tr>",
    "</table>", "<td>", "</td>"]), max_size=14).map("".join)  # fmt: skip


@settings(max_examples=int(os.environ.get("COMPOSE_EXAMPLES", "1500")), deadline=None)
@given(FRAGMENTS, st.booleans())
def test_any_source_compiles_to_something_that_renders_or_is_refused(fragment, in_text):
    try:
        compiled = compile_body(text(fragment) if in_text else fragment)
    except TemplateRefused as refused:
        assert refused.position.line >= 1
        return
    letter, _, _ = render(compiled)
    assert "zq" not in letter.replace(fragment, "")
    assert "{%" not in letter.replace("{{", "") or "raw" in fragment  # raw text is meant
