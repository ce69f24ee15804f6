"""Templates and contacts that mean harm: what each may not do, through the doors that everybody uses."""

import signal
import time

import pytest

from engine.messages.compose import render_pool
from engine.messages.compose.compile_template import (
    CompiledTemplate,
    CompileOptions,
    TemplateSource,
)
from engine.messages.compose.letter import compile_text, read_letter
from engine.messages.compose.render_pool import Rendered, RenderFailed, RenderLimits, RenderPool
from engine.messages.compose.template_errors import TemplateRefused

OPTIONS = CompileOptions(require_unsubscribe=False, track_links=False, track_opens=False)
LONGEST_SECONDS = 3


@pytest.fixture(scope="module")
def pool():
    made = RenderPool(1, RenderLimits(memory_bytes=256 << 20, message_seconds=1.0))
    yield made
    made.close()


def letter(inside, subject="S"):
    body = f"<mj-section><mj-column><mj-text>{inside}</mj-text></mj-column></mj-section>"
    head = f"<mj-head><mj-title>{subject}</mj-title></mj-head>"
    return f"<mjml>{head}<mj-body>{body}</mj-body></mjml>"


def compiled(pool, inside, partials=None, subject="S"):
    return pool.compile(read_letter(letter(inside, subject), partials or {}), OPTIONS)


def version(html):
    """A version that never passed the compiler: the renderer must hold on its own."""
    return CompiledTemplate(html, "t", "S", "", (), (), (), f"hostile {hash(html)}")


def is_alive(pool):
    return isinstance(pool.render(version("{{ n }}"), [{"n": 1}])[0], Rendered)


REFUSED = {
    "C1 class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "C1 attr": "{{ x|attr('__class__') }}",
    "C1 map": "{{ x|map(attribute='__class__')|join }}",
    "C1 item": "{{ x['__class__'] }}",
    "C1 cycler": "{{ cycler.__init__.__globals__ }}",
    "C1 lipsum": "{{ lipsum.__globals__ }}",
    "C1 namespace": "{{ namespace.__init__ }}",
    "C1 self": "{{ self }}",
    "C2 format": "{{ '{0.__class__}'.format(x) }}",
    "C2 percent": "{{ '%c' % 65 }}",
    "C2 format_map": "{{ x.format_map(y) }}",
    "C2 filter": "{{ '%1000000000s'|format(x) }}",
    "C3 center": "{{ x|center(1000000000) }}",
    "C3 indent": "{{ x|indent(1000000000) }}",
    "C3 replace": "{{ x|replace('a', 'aaaaaaaa') }}",
    "C3 batch": "{{ x|batch(100000000)|join }}",
    "C3 wordwrap": "{{ x|wordwrap(1) }}",
    "C4 power": "{{ 9**(9**8) }}",
    "C4 macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "C4 loop": "{% for x in y recursive %}{{ loop(x) }}{% endfor %}",
    "C4 ifs": "{% if a %}" * 2_000 + "{% endif %}" * 2_000,
    "C4 parentheses": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "C6 absolute": "{% include '/etc/passwd' %}",
    "C6 upwards": "{% include '../../pyproject' %}",
    "C6 nowhere": "{% include 'nowhere' %}",
    "C6 expression": "{% include x %}",
    "C6 import": "{% import '/etc/passwd' as x %}",
    "C6 extends": "{% extends 'base' %}",
    "C8 include": '<mj-include path="/etc/passwd" />',
    "C9 div": "<div>" * 20_000 + "</div>" * 20_000,
    "C10 doctype": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "C10 cdata": "<![CDATA[x]]>",
    "C11 source": "a" * 10_000_000,
    "C14 safe": "{{ x|safe }}",
    "C14 autoescape": "{% autoescape false %}{{ x }}{% endautoescape %}",
    "C14 markup": "{{ Markup(x) }}",
    "C18 tojson": "{{ x|tojson }}",
    "C18 dict": "{{ x.__dict__ }}",
    "C20 import": '<p style="@import url(http://127.0.0.1)">x</p>',
    "C20 iframe": '<iframe src="https://x.example/"></iframe>',
    "C20 form": '<form action="https://x.example/"></form>',
    "C20 svg": "<svg><script>x</script></svg>",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_reaches_for_more_is_refused_when_saved_and_the_pool_lives_on(pool, name):
    started = time.monotonic()
    with pytest.raises(TemplateRefused):
        compiled(pool, REFUSED[name])
    assert time.monotonic() - started < LONGEST_SECONDS
    assert is_alive(pool)


def test_c4_the_same_reach_is_refused_in_texts():
    for name, source in REFUSED.items():
        if name[:2] in {"C1", "C2", "C3", "C4"} and name[2] == " ":
            with pytest.raises(TemplateRefused):
                compile_text(source)


def test_c3_multiplying_a_text_fails_its_message_alone(pool):
    failed = pool.render(compiled(pool, "{{ 'a' * 1000000000 }}"), [{}])[0]
    assert isinstance(failed, RenderFailed)
    assert is_alive(pool)


def test_c5_doubling_in_a_loop_ends_quickly(pool):
    laughs = "{% set x = 'ha' %}" + "{% set x = x ~ x ~ x ~ x %}" * 30 + "{{ x }}"
    started = time.monotonic()
    failed = pool.render(compiled(pool, laughs), [{}])[0]
    assert isinstance(failed, RenderFailed)
    assert time.monotonic() - started < LONGEST_SECONDS
    assert is_alive(pool)


def test_c7_partials_in_a_circle_are_named_and_a_long_chain_is_refused(pool):
    with pytest.raises(TemplateRefused, match="a → b → a"):
        compiled(pool, "{% include 'a' %}", {"a": "{% include 'b' %}", "b": "{% include 'a' %}"})
    chain = {f"p{n}": f"{{% include 'p{n + 1}' %}}" for n in range(50)} | {"p50": "x"}
    with pytest.raises(TemplateRefused, match="deeper than 8"):
        compiled(pool, "{% include 'p0' %}", chain)


def test_c9_wrappers_in_wrappers_are_refused(pool):
    deep = "<mj-wrapper>" * 20_000 + "</mj-wrapper>" * 20_000
    with pytest.raises(TemplateRefused, match="nest deeper"):
        pool.compile(TemplateSource(f"<mjml><mj-body>{deep}</mj-body></mjml>", "S"), OPTIONS)
    assert is_alive(pool)


NATIVE_CRASH = """
import engine.messages.compose.compile_template as compiling
from mjml import mjml2html
from engine.messages.compose import render_child
def compile_unchecked(source, options):
    mjml2html("<mjml><mj-body>" + "<mj-wrapper>" * 200000 + "</mj-wrapper>" * 200000 + "</mj-body></mjml>")
    raise SystemExit("it held")
render_child._warm_up()
compiling.compile_template = render_child.compile_template = compile_unchecked
render_child._warm_up = lambda: None
render_child.main()
"""


def test_c9_a_child_that_dies_in_the_mjml_compiler_takes_nobody_along(monkeypatch):
    start = "import sys; sys.path.insert(0, {!r})\n" + NATIVE_CRASH
    monkeypatch.setattr(render_pool, "_START", start)
    pool = RenderPool(1)
    child = pool._idle.queue[0].process
    monkeypatch.undo()  # the next child is an honest one again
    try:
        with pytest.raises(TemplateRefused, match="too heavy"):
            pool.compile(read_letter(letter("x"), {}), OPTIONS)
        assert child.returncode == -signal.SIGSEGV
        assert pool.deaths == 1
    finally:
        pool.close()


def test_c11_twenty_thousand_columns_are_refused(pool):
    columns = "<mj-column></mj-column>" * 20_000
    source = f"<mjml><mj-body><mj-section>{columns}</mj-section></mj-body></mjml>"
    with pytest.raises(TemplateRefused):
        pool.compile(TemplateSource(source, "S"), OPTIONS)
    assert is_alive(pool)


def test_c11_a_letter_that_grows_past_a_million_characters_fails(pool):
    grows = compiled(pool, "{% for a in range(1000) %}{{ long }}{% endfor %}")
    failed = pool.render(grows, [{"long": "a" * 5_000}])[0]
    assert isinstance(failed, RenderFailed)
    assert failed.reason is render_pool.FailureReason.TOO_LARGE


@pytest.mark.parametrize(
    "name", ["{{ 7*7 }}", "{% raw %}", "</mj-text><mj-raw>", "{{ secret }}", "{# gone #}"]
)
def test_r086_c12_what_contacts_write_is_shown_as_they_wrote_it(pool, name):
    done = pool.render(
        compiled(pool, "Hi {{ name }}", subject="{{ name }}"), [{"name": name, "secret": "s3"}]
    )[0]
    escaped = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"Hi {escaped}" in done.html.decode()
    assert done.subject == name


def test_r086_c13_markup_in_contact_data_stays_words(pool):
    for name, shown in (
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ('" onmouseover="x', "&#34; onmouseover=&#34;x"),
        ("&lt;script&gt;", "&amp;lt;script&amp;gt;"),
    ):
        page = pool.render(
            compiled(
                pool, '<a href="https://x.example/?q={{ name }}" title="{{ name }}">{{ name }}</a>'
            ),
            [{"name": name}],
        )[0].html.decode()
        assert "<script" not in page
        assert f'title="{shown}"' in page
        assert f">{shown}</a>" in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", " \tjavascript:x"]
)
def test_c13_an_address_from_data_that_is_no_link_fails_the_message(pool, address):
    followed_by_nobody = compiled(pool, '<a href="{{ url }}">x</a>')
    failed = pool.render(followed_by_nobody, [{"url": address}])[0]
    assert isinstance(failed, RenderFailed)
    assert "a link must be" in failed.detail


@pytest.mark.parametrize(
    "subject",
    [
        "Hi\r\nBcc: all@x.example",
        "Hi\u2028Bcc: all@x.example",
        "Hi\x85Bcc: all@x.example",
        "Hi\x00\x0b\x0cBcc: all@x.example",
        "ä" * 5_000,
    ],
)
def test_r086_c15_a_subject_is_one_short_line_whatever_stands_in_it(pool, subject):
    done = pool.render(compiled(pool, "x", subject="{{ s }}"), [{"s": subject}])[0]
    assert done.subject.splitlines() == [done.subject]
    assert done.subject.isprintable()
    assert 0 < len(done.subject.encode()) <= 998


@pytest.mark.parametrize(
    "expression", ["name", "name.first", "number.first", "none.x", "number + 'a'", "items.nothing"]
)
def test_r085_c17_what_is_missing_or_of_the_wrong_kind_is_never_sent(pool, expression):
    context = {"number": 1, "items": []}
    failed = pool.render(compiled(pool, "Hello {{ " + expression + " }}"), [context])[0]
    assert isinstance(failed, RenderFailed)
    assert failed.reason is render_pool.FailureReason.TEMPLATE


def test_c18_only_what_is_given_exists(pool):
    for name in ("config", "settings", "request", "environ", "g", "session"):
        assert isinstance(pool.render(compiled(pool, "{{ " + name + " }}"), [{}])[0], RenderFailed)


def test_c22_a_text_longer_than_ten_parts_is_refused():
    with pytest.raises(TemplateRefused):
        compile_text("a" * 10_000)
