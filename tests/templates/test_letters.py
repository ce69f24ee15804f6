"""Every letter of the starters as it leaves, by two parsers that share no line; signed both ways."""

import email
import email.policy
from uuid import UUID

import dkim
import fast_mail_parser
import pytest

from channels.email.mime import build_letter
from engine.messages.compose.render_environment import build_environment
from engine.messages.compose.render_pool import Rendered
from engine.messages.library.starters import load_starters
from engine.messages.library.templates import compile_source
from engine.messages.making.items import Desk, build_context, build_item
from engine.messages.making.previewing import Reader, build_parcel
from tests.channels.email.test_dkim import NOW, SIGNERS, dns

DESK = Desk(None, "https://shop.example", "Café Nord <hallo@shop.example>", "Am Hafen 4", b"k" * 32)
LETTERS = [
    (one, language, source)
    for one in load_starters()
    for language, source in {"en": one.source, **one.variants}.items()
]
SHOWN = ("From", "To", "Subject", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


@pytest.fixture(params=LETTERS, ids=lambda one: f"{one[0].key}.{one[1]}")
def letter(request):
    starter, _, source = request.param
    reader = Reader(contact={"first_name": "Zoë"}, data=starter.sample)
    parcel = build_parcel(
        "email", reader, uid=UUID(int=7), address="zoe@example.org", topic="news",
        message_class=starter.message_class,
    )  # fmt: skip
    compiled, context = compile_source("email", source), build_context(parcel, DESK)

    def render(words, *, escaped=False):
        return build_environment(autoescape=escaped).from_string(words).render(context)

    rendered = Rendered(
        subject=render(compiled.subject),
        html=render(compiled.html, escaped=True).encode(),
        text=render(compiled.text).encode(),
        sender_name="",
        link_targets={},
    )
    return build_item(parcel, rendered, DESK).item


def unfold(text):
    return " ".join(str(text).split())


def test_two_parsers_find_the_same_letter_and_it_is_the_one_that_was_made(letter):
    raw = build_letter(letter, now=NOW)
    ours = email.message_from_bytes(raw, policy=email.policy.default)
    other, tree = (
        fast_mail_parser.parse_email(raw, strict=True),
        fast_mail_parser.parse_email_tree(raw),
    )
    assert not ours.defects and other.warnings == []
    assert ours.get_content_type() == tree.content_type == "multipart/alternative"
    kinds = ["text/plain", "text/html"]
    assert [part.get_content_type() for part in ours.iter_parts()] == kinds
    assert [part.content_type for part in tree.children] == kinds
    for part, again, made in zip(
        ours.iter_parts(), tree.children, (letter.text, letter.html), strict=True
    ):
        assert not part.defects and part.get_content_charset() == "utf-8"
        lines = made.decode().splitlines()
        assert part.get_content().splitlines() == lines
        assert again.content.decode().splitlines() == lines
    assert ours["Subject"] == other.subject == letter.subject
    assert (other.from_.display_name, other.from_.address) == ("Café Nord", "hallo@shop.example")
    assert [one.address for one in other.to] == ["zoe@example.org"]
    assert ours["From"].addresses[0].display_name == "Café Nord"
    names = set(ours.keys())
    assert {name.lower() for name in names} == {name.lower() for name in other.headers}
    for name in SHOWN:
        if name in names:
            assert [unfold(one) for one in other.headers[name]] == [unfold(ours[name])]
    is_marketing = "List-Unsubscribe" in names
    assert is_marketing is (b"unsubscribe" in raw.partition(b"\r\n\r\n")[0].lower())


@pytest.mark.parametrize("kind", SIGNERS)
def test_an_independent_verifier_believes_every_letter(letter, kind):
    signed = SIGNERS[kind].sign(build_letter(letter, now=NOW), now=NOW)
    assert dkim.verify(signed, dnsfunc=dns)
