"""Files that go with a letter: in MIME, by two parsers, and as every API is given them."""

import dataclasses
import email
import email.policy
import json
import re
from base64 import b64decode

import dkim
import fast_mail_parser
import pytest

from channels.base import Attachment, EmailAddress, Verdict
from channels.email.header_gates import HeaderRefused
from channels.email.mime import build_letter
from channels.email.smtp import SmtpEmail, _list_slices
from channels.email.smtp_settings import Security, SmtpSettings
from tests.channels.email.api_cases import LETTER, NOW, PROVIDERS, send
from tests.channels.email.test_dkim import SIGNERS, dns
from tests.channels.servers import http_server, smtp_server

TERMS = Attachment("AGB & Preise – März.pdf", "application/pdf", b"%PDF-1.7\n\x00\xff\r\n." * 50)
LOGO = Attachment("logo (1).png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
FILES = (TERMS, LOGO)
WITH_FILES = dataclasses.replace(LETTER, attachments=FILES)
AS_TOLD = [(one.name, one.media_type, one.content) for one in FILES]


def check_mime(raw):
    assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 998
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert not mail.defects and mail.get_content_type() == "multipart/mixed"
    files = list(mail.iter_attachments())
    assert [
        (one.get_filename(), one.get_content_type(), one.get_content()) for one in files
    ] == AS_TOLD
    assert mail.get_body(("html",)).get_content().strip() == "<p>Grüße</p>"
    tree = fast_mail_parser.parse_email_tree(raw)
    words, *others = tree.children
    assert [one.content_type for one in words.children] == ["text/plain", "text/html"]
    assert [(one.filename, one.content_type, one.content) for one in others] == AS_TOLD
    assert {one.disposition for one in others} == {"attachment"}
    assert fast_mail_parser.parse_email(raw).warnings == []


def test_both_parsers_find_the_words_and_every_file():
    check_mime(build_letter(WITH_FILES, now=NOW))


@pytest.mark.parametrize("kind", ["text/plain", "text/calendar", "text/vcard"])
def test_a_file_of_text_says_its_encoding(kind):
    def read(content):
        file = Attachment("a.txt", kind, content)
        raw = build_letter(dataclasses.replace(LETTER, attachments=(file,)), now=NOW)
        (part,) = email.message_from_bytes(raw, policy=email.policy.default).iter_attachments()
        return part.get_content(), part.get_content_charset()

    assert read("SUMMARY:Größe 👟\r\n".encode()) == ("SUMMARY:Größe 👟\r\n", "utf-8")
    assert read("Größe".encode("latin-1"))[1] is None


def test_a_letter_of_plain_text_can_have_files():
    raw = build_letter(dataclasses.replace(WITH_FILES, html=None), now=NOW)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "text/plain",
        "application/pdf",
        "image/png",
    ]


def test_without_files_a_letter_is_built_as_ever():
    assert b"multipart/mixed" not in build_letter(LETTER, now=NOW)


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_api_is_given_the_files_as_it_documents(name):
    with http_server(PROVIDERS[name][1]()) as (base, requests):
        (receipt,) = send(name, base, WITH_FILES)
    assert receipt.verdict is Verdict.ACCEPTED
    body = requests[0].body
    if name == "mailgun":
        check_mime(re.search(rb"message/rfc822\r\n\r\n(.*)\r\n--sojourn", body, re.DOTALL)[1])
        return
    asked = json.loads(body)
    if name == "ses":
        check_mime(b64decode(asked["Content"]["Raw"]["Data"]))
        return
    keys = {
        "sendgrid": ("attachments", "filename", "type", "content"),
        "postmark": ("Attachments", "Name", "ContentType", "Content"),
        "resend": ("attachments", "filename", "content_type", "content"),
    }
    field, called, kind, content = keys[name]
    given = [(one[called], one[kind], b64decode(one[content])) for one in asked[field]]
    assert given == AS_TOLD
    if name == "sendgrid":
        assert {one["disposition"] for one in asked[field]} == {"attachment"}


HOSTILE = [
    ("a\r\nBcc: x@y.example", "text/plain"),
    ("../../etc/passwd", "text/plain"),
    ("C:\\boot.ini", "text/plain"),
    ('a".exe', "text/plain"),
    ("a\u2028b", "text/plain"),
    ("", "text/plain"),
    (" ", "text/plain"),
    ("ü" * 121, "text/plain"),
    ("a.txt", "text/plain\r\nX: y"),
    ("a.eml", "message/rfc822"),
    ("a", "multipart/mixed"),
    ("a", 'text/plain; name="b"'),
]


@pytest.mark.parametrize(("called", "kind"), HOSTILE)
def test_no_name_or_type_of_a_file_changes_the_letters_structure(called, kind):
    letter = dataclasses.replace(LETTER, attachments=(Attachment(called, kind, b"x"),))
    with pytest.raises(HeaderRefused):
        build_letter(letter, now=NOW)
    with http_server(PROVIDERS["postmark"][1]()) as (base, requests):
        (receipt,) = send("postmark", base, letter)
    assert receipt.verdict is Verdict.PERMANENT and requests == []


def test_large_files_are_built_a_few_letters_at_a_time():
    large = Attachment("a.pdf", "application/pdf", bytes(9 << 20))
    many = [
        dataclasses.replace(LETTER, recipient=EmailAddress("a@b.example"), attachments=(large,))
    ] * 3
    assert list(_list_slices([LETTER, *many, LETTER])) == [(0, 2), (2, 3), (3, 5)]
    assert list(_list_slices([LETTER] * 16)) == [(0, 16)]
    assert list(_list_slices([])) == []


def test_a_real_smtp_server_gets_the_files_and_the_signature_covers_them():
    with smtp_server() as controller:
        settings = SmtpSettings(
            "127.0.0.1",
            controller.port,
            security=Security.NONE,
            signers=(SIGNERS["rsa"], SIGNERS["ed25519"]),
        )
        provider, told = SmtpEmail(settings), []
        provider.send([WITH_FILES, LETTER], lambda *pair: told.append(pair), now=NOW)
        provider.close()
        with_files, without = (one.original_content for one in controller.handler.envelopes)
    assert [receipt.verdict for _, receipt in told] == [Verdict.ACCEPTED] * 2
    check_mime(with_files)
    assert b"multipart/mixed" not in without
    signed = dkim.DKIM(with_files)
    assert signed.verify(0, dnsfunc=dns) and signed.verify(1, dnsfunc=dns)
    changed = with_files.replace(b"AGB", b"ABC", 1)
    assert changed != with_files and not dkim.verify(changed, dnsfunc=dns)
