import os
import time

import pytest

from engine.language.say import ENGLISH, speak
from engine.messages.compose.compile_template import CompiledTemplate, TemplateSource
from engine.messages.compose.letter import dump_compiled, load_compiled
from engine.messages.compose.render_pool import (
    FailureReason,
    Rendered,
    RenderFailed,
    RenderLimits,
    RenderPool,
)
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library.templates import compile_source
from tests.engine.messages.compose.test_compile_template import CONTEXT, END


def version(html: str, subject: str = "S") -> CompiledTemplate:
    """A version that never passed the compiler: the renderer must hold on its own."""
    return CompiledTemplate(html, "t", subject, "", (), (), (), str(hash((html, subject))))


@pytest.fixture(scope="module")
def pool():
    made = RenderPool(1, RenderLimits(memory_bytes=256 << 20, message_seconds=0.7))
    yield made
    made.close()


def one(pool, html, context=CONTEXT):
    return pool.render(version(html), [context])[0]


def test_what_is_wrong_is_said_in_the_readers_language(pool):
    speak("de")
    try:
        with pytest.raises(TemplateRefused, match="Zeile 1, Spalte 7: <blink> gibt es") as caught:
            pool.compile(TemplateSource("<mjml><blink></blink></mjml>", "Hi"))
        with pytest.raises(TemplateRefused, match="es gibt den Filter 'uper' nicht; meinten Sie"):
            pool.compile(TemplateSource(f"<mjml><mj-body>{END}</mj-body></mjml>", "{{ a|uper }}"))
        failed = one(pool, "{{ 'a' + 1 }}")
    finally:
        speak(ENGLISH)
    assert "is not available" in caught.value.reason
    assert failed.detail == "+ rechnet mit Zahlen; Texte verbindet ~"


def test_a_letter_is_compiled_and_rendered_in_a_child(pool):
    compiled = pool.compile(
        TemplateSource(
            f"<mjml><mj-body>{END}</mj-body></mjml>", "Hi {{ contact.name }}\u2028x", "{{ b }}"
        )
    )
    done = pool.render(compiled, [CONTEXT] * 3)
    assert all(isinstance(each, Rendered) for each in done)
    assert (
        done[0].subject == "Hi Zoë <b> x"
        and done[0].sender_name == "2"
        and b"https://t.example/u/T" in done[2].html
    )


def test_a_refused_template_is_refused_across_the_process_border_with_its_place(pool):
    with pytest.raises(TemplateRefused) as caught:
        pool.compile(TemplateSource("<mjml>\n <mj-foo/></mjml>", "S"))
    assert (caught.value.position.line, caught.value.position.column) == (2, 2)


POISON = {
    "endless": ("{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{% endfor %}{% endfor %}", {"timeout"}),
    "doubling": ("{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 40, {"memory", "crash", "timeout"}),
    "output": ("{% for a in range(999) %}{{ 'a' ~ range(999)|join }}{% endfor %}", {"too_large"}),
    "times": ("{{ 'a' * 1000000000 }}", {"template"}), "power": ("{{ 9 ** 9 ** 9 }}", {"template", "timeout"}),
    "center": ("{{ 'a'|center(1000000000) }}", {"template"}), "format": ("{{ '%1000000000d'|format(1) }}", {"template"}),
    "recursion": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", {"template", "crash", "memory", "timeout"}),
    "range": ("{% for a in range(10 ** 9) %}{% endfor %}", {"template"}), "missing": ("{{ nothing }}", {"template"}),
}  # fmt: skip


@pytest.mark.parametrize("name", POISON)
def test_a_poison_template_fails_alone_quickly_and_the_next_letter_is_fine(pool, name):
    source, reasons = POISON[name]
    before, started = pool.deaths, time.monotonic()
    failed = one(pool, source)
    assert isinstance(failed, RenderFailed) and failed.reason.value in reasons
    assert time.monotonic() - started < 3 and pool.deaths - before <= 2
    assert isinstance(one(pool, "ok"), Rendered)


def test_one_poison_context_in_a_chunk_touches_no_other():
    pool = RenderPool(1, RenderLimits(message_seconds=0.7))
    endless = "{% if bad %}{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{% endfor %}{% endfor %}{% endif %}{{ n }}"
    contexts = [{"bad": n in (20, 70), "n": n} for n in range(100)]
    done = pool.render(version(endless), contexts)
    pool.close()
    assert [n for n, each in enumerate(done) if isinstance(each, RenderFailed)] == [20, 70]
    assert done[20].reason is FailureReason.TIMEOUT and pool.deaths == 4
    assert all(done[n].html == str(n).encode() for n in range(100) if n not in (20, 70))


def test_a_child_killed_from_outside_loses_nothing():
    pool = RenderPool(1)
    pool.render(version("{{ n }}"), [{"n": 1}])
    pool._idle.queue[0].process.kill()
    assert [
        each.html for each in pool.render(version("{{ n }}"), [{"n": n} for n in range(50)])
    ] == [str(n).encode() for n in range(50)]
    pool.close()


ESCAPES = [
    "{{ ''.__class__ }}", "{{ ''['__class__'] }}", "{{ ''|attr('__class__') }}", "{{ cycler.__init__.__globals__ }}", "{{ lipsum }}",
    "{{ self._TemplateReference__context }}", "{{ namespace() }}", "{{ '{0.__class__}'.format(1) }}", "{{ loop }}", "{{ config }}", "{{ request }}",
    "{% for a in cart %}{{ loop.__class__ }}{% endfor %}", "{% for a in cart %}{{ loop._iterator }}{% endfor %}", "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{{ range.__self__ }}", "{{ _link.__call__ }}", "{{ _link.targets }}", "{{ cart|map(attribute='__class__')|list }}", "{{ contact|tojson }}",
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{{ x|safe }}", "{{ contact.keys() }}", "{{ cart.append(1) }}",
]  # fmt: skip


@pytest.mark.parametrize("source", ESCAPES)
def test_no_python_object_can_be_reached(pool, source):
    assert isinstance(one(pool, source), RenderFailed)


PROBE = """
import os, sys, socket, signal
sys.path.insert(0, {root!r})
from engine.messages.compose.render_sandbox import enter_sandbox
import errno
level = enter_sandbox(512 << 20)
out = [level, str(len(os.environ))]
for attempt in (lambda: open("/etc/passwd"), lambda: open("/tmp/x", "w"), lambda: socket.socket(), lambda: os.fork(), lambda: os.kill(os.getppid(), 0),
                lambda: os.unlink("/tmp/canary"), lambda: os.execv("/bin/true", ["true"]), lambda: os.pipe(), lambda: os.chmod("/tmp", 0o777)):
    try: attempt(); out.append("ALLOWED")
    except OSError as error: out.append(errno.errorcode[error.errno])
os.write(1, " ".join(out).encode())
"""


def test_a_confined_process_has_no_files_network_processes_or_environment():
    import subprocess
    import sys
    from pathlib import Path

    probe = PROBE.format(root=str(Path(__file__).parents[4]))
    said = (
        subprocess.run([sys.executable, "-I", "-c", probe], env={}, capture_output=True, check=True)
        .stdout.decode()
        .split()
    )
    assert "ALLOWED" not in said and said[1] in {"0", "1"}  # LC_CTYPE is set by Python itself
    assert said[0] == "seccomp" or os.uname().machine not in {"x86_64", "aarch64"}


def test_lenient_and_strict_do_not_mix_in_a_child(pool):
    html = "<p>Hello {{ contact.nowhere }}</p>"
    for _ in range(2):
        assert isinstance(one(pool, html), RenderFailed)
        (shown,) = pool.render(version(html), [CONTEXT], lenient=True)
        assert isinstance(shown, Rendered)
        assert b"<p>Hello </p>" in shown.html


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("", "Tuesday, 24 November/24 November 2026/24 Nov 2026/19.99 EUR"),
        ("de-AT", "Dienstag, 24. November/24. November 2026/24.11.2026/19,99 EUR"),
        ("fr", "mardi 24 novembre/24 novembre 2026/24 nov. 2026/19,99 EUR"),
        ("ja", "11月24日火曜日/2026年11月24日/2026/11/24/19.99 EUR"),
        ("hu", "november 24., kedd/2026. november 24./2026. nov. 24./19,99 EUR"),
        ("tlh", "Tuesday, 24 November/24 November 2026/24 Nov 2026/19.99 EUR"),
    ],
)
def test_dates_and_amounts_are_written_as_the_language_does(pool, language, shown):
    words = (
        "{{ day|date('weekday') }}/{{ day|date }}/{{ day|date('short') }}/{{ 1999|money('EUR') }}"
    )
    compiled = compile_source("sms", words, language=language)
    done = pool.render(compiled, [{"day": "2026-11-24T09:30:00Z"}])
    assert done[0].text.decode() == shown
    assert load_compiled(dump_compiled(compiled)) == compiled


def test_a_letter_names_its_language_and_a_variant_has_its_own(pool):
    letter = f"<mjml lang='de'><mj-head><mj-title>{{{{ d|date }}}}</mj-title></mj-head><mj-body>{END}</mj-body></mjml>"
    subjects = [
        pool.render(
            compile_source("email", letter, language=language), [{**CONTEXT, "d": "2026-01-02"}]
        )[0].subject
        for language in ("", "fr")
    ]
    assert subjects == ["2. Januar 2026", "2 janvier 2026"]
