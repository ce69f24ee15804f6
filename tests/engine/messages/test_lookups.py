"""What letters look up: asked for at once for a whole group, and rendered with the answers."""

import dataclasses
from uuid import UUID

import pytest

from engine.messages.compose import lookup_functions
from engine.messages.compose.letter import compile_text
from engine.messages.compose.lookup_calls import LookupFailed, Lookups, StillPending
from engine.messages.compose.lookup_functions import FUNCTIONS, LookupFunction
from engine.messages.compose.render_child import RenderedSet, _Wants
from engine.messages.compose.render_pool import Rendered, RenderFailed, RenderPool
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library.templates import compile_source
from engine.messages.lookups.asking import Failed, Found, Request, build_request, render_answered
from engine.messages.making.previewing import Reader, build_parcel

THINGS = {
    "a": {"name": "Ann & Co", "price": 1999, "next": "b", "url": "https://shop.example/a"},
    "b": {"name": "Bob", "price": 5, "next": "a", "url": "https://shop.example/b"},
}


@pytest.fixture(scope="module")
def pool():
    made = RenderPool(1)
    yield made
    made.close()


class Shelf:
    """Answers from `THINGS`, and remembers what it was asked in which round."""

    def __init__(self):
        self.asked = []

    def __call__(self, requests):
        self.asked.append([one.arguments.get("key") for one in requests])
        return {one: self.answer(one) for one in requests}

    def answer(self, request):
        thing = THINGS.get(request.arguments.get("key"))
        return Failed("there is no such thing") if thing is None else Found(thing)


def render(pool, text, contexts=({},), *, lenient=False):
    shelf = Shelf()
    parcels = [build_parcel("sms", Reader()) for _ in contexts]
    made = render_answered(
        compile_text(text), parcels, contexts, pool=pool, resolve=shelf, lenient=lenient
    )
    said = [one.text.decode() if isinstance(one, Rendered) else one.detail for one in made]
    return said, shelf.asked


def test_who_looks_nothing_up_asks_nothing(pool):
    assert render(pool, "Hi {{ name }}", [{"name": "Ann"}]) == (["Hi Ann"], [])
    assert render(pool, "catalog (2026) of {{ catalog }}", [{"catalog": "shoes"}]) == (
        ["catalog (2026) of shoes"],
        [],
    )


def test_a_group_asks_once_for_all(pool):
    text = "{{ catalog('t', key).name }} {{ catalog('t', 'a').price|money }}"
    said, asked = render(pool, text, [{"key": "a"}, {"key": "b"}, {"key": "a"}])
    assert said == ["Ann & Co 19.99", "Bob 19.99", "Ann & Co 19.99"]
    assert asked == [["a", "b"]]


LOOP = """{% for key in keys %}{% set one = catalog('t', key, default=none) %}{% if one %}
{{ one.name|upper }} {{ (one.price * 2)|money('EUR') }} {% if one.price > 10 %}dear{% endif %}
{{ 'at ' ~ one.name }}{% endif %}{% endfor %}"""


def test_a_loop_with_conditions_asks_once(pool):
    said, asked = render(pool, LOOP, [{"keys": ["a", "zzz", "b"]}])
    assert " ".join(said[0].split()) == "ANN & CO 39.98 EUR dear at Ann & Co BOB 0.10 EUR at Bob"
    assert asked == [["a", "zzz", "b"]]


LETTER = """<mjml><mj-head><mj-title>{{ catalog('t', keys[0]).name }}</mj-title></mj-head><mj-body>
<mj-section><mj-column>{% for key in keys %}{% set one = catalog("t", key) %}
<mj-image src="{{ one.url }}.png" alt="{{ one.name }}" href="{{ one.url }}"></mj-image>
<mj-text><a href="https://shop.example/p/{{ one.name }}">{{ one.name }}</a></mj-text>{% endfor %}
{% for one in catalog_list("t", where={"kind": ["x", kind]}, sort="-price") %}<mj-text>{{ one }}</mj-text>{% endfor %}
<mj-text><a href="{{ unsubscribe_url }}">No more</a></mj-text>
</mj-column></mj-section></mj-body></mjml>"""


def test_a_whole_letter_asks_once_with_its_links_and_pictures(pool):
    asked = []

    def answer(requests):
        asked.append([one.arguments for one in requests])
        given = [
            THINGS[one.arguments["key"]] if "key" in one.arguments else [5] for one in requests
        ]
        return {one: Found(value) for one, value in zip(requests, given, strict=True)}

    context = {"keys": ["a", "b"], "kind": "y", "unsubscribe_url": "https://t.example/u"}
    context |= {"_track": "https://t.example/c/", "_open": ""}
    (made,) = render_answered(
        compile_source("email", LETTER),
        [build_parcel("email", Reader())],
        [context],
        pool=pool,
        resolve=answer,
    )
    assert isinstance(made, Rendered), made
    assert asked == [
        [
            {"name": "t", "key": "a"},
            {"name": "t", "key": "b"},
            {"name": "t", "where": {"kind": ["x", "y"]}, "sort": "-price"},
        ]
    ]
    assert made.subject == "Ann & Co"
    assert b"Ann &amp; Co" in made.html
    assert b'src="https://shop.example/a.png"' in made.html
    assert "https://shop.example/p/Ann%20%26%20Co" in made.link_targets.values()
    assert "https://shop.example/b" in made.link_targets.values()


def test_one_answer_may_lead_to_the_next(pool):
    text = "{{ catalog('t', catalog('t', catalog('t', 'a').next ~ '').next).name }}"
    said, asked = render(pool, text)
    assert said == ["Ann & Co"]
    assert asked == [["a"], ["b"]]


def test_a_chain_without_an_end_fails(pool):
    text = "{{ catalog('t', catalog('t', catalog('t', catalog('t', catalog('t', n).k).k).k).k) }}"
    parcels = [build_parcel("sms", Reader())]

    def count_up(requests):
        return {one: Found({"k": one.arguments["key"] + 1}) for one in requests}

    (made,) = render_answered(compile_text(text), parcels, [{"n": 1}], pool=pool, resolve=count_up)
    assert isinstance(made, RenderFailed)
    assert "depends on one another" in made.detail


FAILING = {
    "{{ catalog('t', 'zzz').name }}": "there is no such thing",
    "{{ catalog('t', nowhere).name }}": "no value, and no |default, for nowhere (line 1)",
    "{{ catalog('t', none).name }}": "catalog() was given no key",
    "{{ catalog('t', 'a').nothing }}": "no value, and no |default, for nothing",
    "{{ [catalog('t', 'a').name][1] }}": "a list has no element 1: ask for its length first",
    "{% for n in range(60) %}{{ catalog('t', n) }}{% endfor %}": "a letter looks up at most 50 things",
}


@pytest.mark.parametrize("text", FAILING)
def test_r085_a_lookup_without_an_answer_fails_the_message_with_a_sentence(pool, text):
    assert render(pool, text)[0] == [FAILING[text]]


def test_a_default_stands_for_an_answer_that_there_is_none_of(pool):
    text = "{{ catalog('t', key, default={'name': 'nothing'}).name }}{{ catalog('t', 'z', default='!') }}"
    assert render(pool, text, [{}, {"key": "b"}])[0] == ["nothing!", "Bob!"]


def test_a_lenient_reading_shows_nothing(pool):
    assert render(pool, "x{{ catalog('t', nowhere).name }}", lenient=True)[0] == ["x"]
    assert render(pool, "x{{ catalog('t', 'zzz').name }}", lenient=True)[0] == ["x"]


REFUSED = [
    "{{ catalog('t') }}",
    "{{ catalog('t', 'a', 'b') }}",
    "{{ catalog('t', 'a', colour='b') }}",
    "{{ catalog('t', name='b') }}",
    "{{ catalog_list('t', where={a: 1}) }}",
    "{{ {'a': 1} }}",
    "{{ catalog(*names) }}",
    "{{ nothing('t') }}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_call_that_cannot_be_is_refused_when_it_is_written(text):
    with pytest.raises(TemplateRefused):
        compile_text(text)


def test_what_a_call_reads_is_known():
    compiled = compile_text("{{ catalog_list('t', where={'kind': event.kind}, limit=n).x }}")
    assert [one.path for one in compiled.variables] == ["event.kind", "n"]


DRAW = LookupFunction("draw", ("pool",), 1, of_message=True, is_exact=True)


def write(monkeypatch, text, answers=None):
    monkeypatch.setitem(lookup_functions.FUNCTIONS, "draw", DRAW)
    sources = {"html": "", "text": text, "subject": "", "sender_name": ""}
    monkeypatch.setattr(
        "engine.messages.compose.render_child._find_lookups", lambda _: {"draw", "catalog"}
    )
    try:
        return RenderedSet(sources, lenient=False).render({"_answers": answers})[2].decode()
    except _Wants as wants:
        return wants.calls


GUESSES = [
    "{% if not catalog('t', 'a').name %}{{ draw('p') }}{% endif %}{{ draw('q') }}",
    "{% if catalog('t', 'a').name == 'x' %}{% endif %}{{ draw('p') }}",
    "{{ draw('p' ~ catalog('t', 'a').name) }}",
    "{% set k %}{{ catalog('t', 'a').name }}{% endset %}{% if k != 'x' %}{{ draw('p') }}{% endif %}",
    "{{ draw(catalog('t', 'a').name|upper) }}",
]


@pytest.mark.parametrize("text", GUESSES)
def test_nothing_is_drawn_on_a_guess(monkeypatch, text):
    assert write(monkeypatch, text) == ['["catalog", {"key": "a", "name": "t"}]']


def test_several_are_drawn_at_once_and_one_drawn_may_not_name_the_next(monkeypatch):
    first, second = '["draw", {"pool": "p"}]', '["draw", {"pool": "q"}]'
    assert write(monkeypatch, "{{ draw('p') }} {{ draw('q') }}") == [first, second]
    nested = "{% set k %}{{ draw('p') }}{% endset %}{{ draw(k) }}"
    assert write(monkeypatch, nested) == [first]
    assert write(monkeypatch, nested, {first: [True, "q"], second: [True, "Z"]}) == "Z"


def test_a_request_is_a_messages_only_where_its_answer_is(monkeypatch):
    monkeypatch.setitem(lookup_functions.FUNCTIONS, "draw", DRAW)
    parcel = dataclasses.replace(build_parcel("sms", Reader(contact_id=7)), uid=UUID(int=5))
    drawn = build_request('["draw", {"pool": "p"}]', parcel)
    assert drawn == Request("draw", drawn.call, message=UUID(int=5), is_rehearsal=True)
    assert not build_request(drawn.call, dataclasses.replace(parcel, id=3)).is_rehearsal
    assert build_request('["catalog", {"name": "t"}]', parcel).message is None
    assert build_request('["recommend", {"name": "t"}]', parcel).contact_id == 7


def test_html_and_text_ask_the_same():
    lookups = Lookups(None, lenient=False)
    from markupsafe import Markup

    lookups.ask(FUNCTIONS["catalog"], {"name": "t", "key": "a&b"})
    lookups.ask(FUNCTIONS["catalog"], {"name": "t", "key": Markup("a&amp;b")})
    assert len(lookups.wanted) == 1
    with pytest.raises(LookupFailed):
        lookups.ask(FUNCTIONS["catalog"], {"name": "t", "key": object()})
    with pytest.raises(StillPending):
        lookups.ask(DRAW, {"pool": "p"})


@pytest.mark.parametrize("value", ["a\0b", "\ud800", ["x", "\udfff"], {"a\0": 1}])
def test_what_no_database_can_be_asked_for_fails_its_own_message_alone(value):
    lookups = Lookups(None, lenient=False)
    with pytest.raises(LookupFailed) as failed:
        lookups.ask(FUNCTIONS["catalog_list"], {"name": "t", "where": value})
    assert failed.value.sentence.words == "{name}() was given a character that no text can hold"
    lookups.ask(FUNCTIONS["catalog"], {"name": "größe", "key": "💶"})
    assert list(lookups.wanted) == ['["catalog", {"key": "💶", "name": "größe"}]']
