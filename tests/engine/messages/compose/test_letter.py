import json
from pathlib import Path

import pytest

from engine.messages.compose.compile_template import CompileOptions
from engine.messages.compose.letter import (
    LONGEST_TEXT,
    compile_text,
    dump_compiled,
    load_compiled,
    read_letter,
)
from engine.messages.compose.render_environment import FILTERS
from engine.messages.compose.render_pool import Rendered, RenderFailed, RenderPool
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library.templates import load_partials
from engine.messages.lookups.asking import render_answered, resolve_nothing
from engine.messages.making.previewing import Reader, build_parcel
from engine.resources import find_resource

LETTERS = sorted(
    [
        *find_resource("examples").glob("*/templates/*.mjml"),
        *find_resource("templates/email/system").glob("*.mjml"),
    ]
)
TEXTS = sorted(find_resource("examples").glob("*/templates/*.txt"))
TRANSACTIONAL = {
    "welcome-1", "ticket-survey", "confirm", "confirm.de", "lead-call", "lead-received", "lead-sorry",
    "onboarding-first-step", "onboarding-trial-ends", "order-thanks", "review-thanks",
    "shipping-letter",
}  # fmt: skip
CONTEXT = {
    "contact": {},
    "data": {},
    "trigger": {},
    "context": {},
    "items": [{"name": "Larch jacket & hood", "quantity": 2, "price": "€ 149"}, {"name": "Mug"}],
    "topic": "Newsletter",
    "sender": {"name": "Meadow", "address": "a@shop.example", "postal_address": "Linden Lane 12"},
    "base_url": "https://shop.example",
    "unsubscribe_url": "https://shop.example/u/token",
    "preferences_url": "https://shop.example/p/token",
    "confirm_url": "https://shop.example/c/token",
    "_open": "",
    "_track": "",
}
OPTIONS = CompileOptions(require_unsubscribe=False, track_links=False, track_opens=False)


@pytest.fixture(scope="module")
def pool():
    made = RenderPool(1)
    yield made
    made.close()


def show_text(pool, source, **values):
    return pool.render(compile_text(source), [values])[0]


def test_the_title_is_the_subject_and_lines_keep_their_numbers():
    source = read_letter(
        "<mjml><mj-head>\n<mj-title>Hi\n  {{ name }}</mj-title>\n<mj-preview>Soon</mj-preview>"
        "</mj-head>\n<mj-foo/></mjml>",
        {},
    )
    assert (source.subject, source.preheader) == ("Hi {{ name }}", "Soon")
    assert source.mjml.count("\n") == 4
    assert "mj-title" not in source.mjml


@pytest.mark.parametrize("head", ["", "<mj-title> </mj-title>"])
def test_a_letter_without_a_title_has_no_subject_and_is_refused(head):
    with pytest.raises(TemplateRefused, match="mj-title"):
        read_letter(f"<mjml><mj-head>{head}</mj-head><mj-body/></mjml>", {})


def test_what_is_compiled_comes_back_from_json_as_it_was(pool):
    words = (find_resource("examples/journeys/templates") / "cart-nudge.mjml").read_text()
    compiled = pool.compile(read_letter(words, load_partials()), OPTIONS)
    assert load_compiled(json.loads(json.dumps(dump_compiled(compiled)))) == compiled


def test_a_text_is_trimmed_escapes_nothing_and_loses_control_characters(pool):
    shown = show_text(
        pool, "\n Hi {{ name }}, {% if n %}{{ n }} left{% endif %} \n", name="A\x1b\x00<b>\r&", n=2
    )
    assert shown.text.decode() == "Hi A<b>&, 2 left"


def test_a_text_has_a_longest_length_and_the_language_of_letters():
    with pytest.raises(TemplateRefused, match="at most"):
        compile_text("a" * (LONGEST_TEXT + 1))
    with pytest.raises(TemplateRefused, match="underscore") as caught:
        compile_text("Hi\n{{ name.__class__ }}")
    assert caught.value.position.line == 2


def test_a_missing_value_is_named_with_the_line_that_reads_it(pool):
    words = "<mjml><mj-head><mj-title>S</mj-title></mj-head><mj-body><mj-section><mj-column>\n<mj-text>x</mj-text>\n<mj-text>{{ contact.first_name }}</mj-text></mj-column></mj-section></mj-body></mjml>"
    compiled = pool.compile(read_letter(words, {}), OPTIONS)
    below, whole = pool.render(compiled, [{**CONTEXT, "contact": {"plan": "pro"}}, {"_open": ""}])
    assert "contact.first_name (line 3)" in below.detail
    assert "contact.first_name (line 3)" in whole.detail


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("1999|money('EUR')", "19.99 EUR"),
        ("5|money", "0.05"),
        ("0|money('EUR')", "0.00 EUR"),
        ("1500|money('JPY', 0)", "1500 JPY"),
        ("day|date", "24 November 2026"),
        ("day|date('short')", "24 Nov 2026"),
        ("instant|date('weekday')", "Tuesday, 24 November"),
        ("instant|date('time')", "23:30"),
        ("instant|date('iso')", "2026-11-24"),
    ],
)
def test_amounts_and_dates_are_shown_in_words(pool, expression, shown):
    values = {"day": "2026-11-24", "instant": "2026-11-24T23:30:00Z"}
    assert show_text(pool, "{{ " + expression + " }}", **values).text.decode() == shown


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("1.5|money", "minor units"),
        ("'12'|money", "minor units"),
        ("true|money", "minor units"),
        ("'soon'|date", "takes a date"),
        ("nothing|date", "takes a date"),
        ("'2026-11-24'|date('%Y')", "forms"),
    ],
)
def test_what_is_no_amount_and_no_date_fails_the_message(pool, expression, reason):
    failed = show_text(pool, "{{ " + expression + " }}", nothing=None)
    assert isinstance(failed, RenderFailed)
    assert reason in failed.detail


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_every_letter_that_comes_with_the_product_renders_for_a_contact_we_know_nothing_of(
    pool, path: Path
):
    compiled = pool.compile(read_letter(path.read_text(encoding="utf-8"), load_partials()), OPTIONS)
    (letter,) = render_answered(
        compiled,
        [build_parcel("email", Reader())],
        [CONTEXT],
        pool=pool,
        resolve=resolve_nothing,
    )
    assert isinstance(letter, Rendered), letter
    assert letter.subject
    assert not compiled.warnings
    has_link = b"https://shop.example/u/token" in letter.html
    assert has_link == (path.stem not in TRANSACTIONAL)
    assert (b"https://shop.example/u/token" in letter.text) == has_link


def test_the_cart_shows_each_thing_with_what_is_known_of_it(pool):
    words = (find_resource("examples/journeys/templates") / "cart-nudge.mjml").read_text()
    letter = pool.render(pool.compile(read_letter(words, load_partials()), OPTIONS), [CONTEXT])[0]
    page = letter.html.decode()
    assert "Larch jacket &amp; hood" in page
    assert page.index("Larch jacket") < page.index("€ 149") < page.index("Mug")
    assert "Larch jacket & hood" in letter.text.decode()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_text_that_comes_with_the_product_is_one_part(pool, path: Path):
    from engine.messages.compose.sms_parts import count_sms_parts

    shown = show_text(
        pool,
        path.read_text(encoding="utf-8"),
        contact={"first_name": "Maximilian"},
        sender=CONTEXT["sender"],
        order="1042",
    )
    assert count_sms_parts(shown.text.decode()).count == 1


def test_the_page_on_templates_names_every_filter_and_partial():
    page = (Path(__file__).parents[4] / "docs" / "templates.md").read_text(encoding="utf-8")
    filters = {name for name in FILTERS if not name.startswith("_")}
    assert [
        name for name in sorted(filters | set(load_partials())) if f"`{name}`" not in page
    ] == []
