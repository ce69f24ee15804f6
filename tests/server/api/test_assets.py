"""Files for letters over HTTP: kept by content, served for ever, unable to do anything."""

from base64 import b64encode

import pytest

from engine.messages.library.assets import LARGEST
from server.api import assets as api
from tests.server.api import test_partials as partials
from tests.server.api.test_templates import PLAIN, save
from tests.server.conftest import log_in

ROOT = "/api/v1/assets"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x08\x08\x06\x00\x00\x00"
    + b"x" * 40
)
GIF = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;"
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03" + b"\x00" * 12
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def editor(app):
    return log_in(app, "editor")


def add(browser, name="logo.png", content=PNG, status=201):
    body = {"name": name, "content": b64encode(content).decode()}
    answer = browser.post(ROOT, json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_a_picture_is_kept_measured_listed_and_served_to_anybody(app, editor):
    kept = add(editor)
    assert (kept["media_type"], kept["width"], kept["height"]) == ("image/png", 16, 8)
    assert kept["is_picture"] and kept["size"] == len(PNG)
    listed = editor.get(ROOT).json
    assert listed["items"] == [kept] and listed["octets"] == len(PNG) and listed["next"] is None
    path = kept["in_template"].removeprefix("{{ base_url }}")
    assert kept["url"].endswith(path)
    shown = app.test_client().get(path)
    assert shown.data == PNG and shown.mimetype == "image/png"
    headers = shown.headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert "Content-Disposition" not in headers and "Set-Cookie" not in headers
    again = app.test_client().get(path, headers={"If-None-Match": headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    assert app.test_client().get(path + "x").status_code == 404
    assert app.test_client().get("/assets/0123/logo.png").status_code == 404


def test_what_is_no_picture_is_saved_and_not_opened(app, editor):
    kept = add(editor, "AGB März", PDF)
    assert (kept["name"], kept["media_type"]) == ("AGB März.pdf", "application/pdf")
    shown = app.test_client().get(kept["in_template"].removeprefix("{{ base_url }}"))
    assert shown.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''AGB%20M%C3%A4rz.pdf"
    )
    assert shown.data == PDF


@pytest.mark.parametrize(
    ("name", "content", "called", "kind", "size"),
    [
        ("a.png", GIF, "a.png.gif", "image/gif", (3, 2)),
        ("a.JPG", JPEG, "a.JPG", "image/jpeg", (64, 32)),
        ("a.exe", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.exe.webp", "image/webp", (None, None)),
        ("a.html", b"BEGIN:VCALENDAR\r\n", "a.html.ics", "text/calendar", (None, None)),
        ("a", "Preise in €".encode(), "a.txt", "text/plain", (None, None)),
        ("a.csv", b"a;b\n1;2\n", "a.csv", "text/plain", (None, None)),
    ],
)
def test_the_content_says_what_a_file_is(editor, name, content, called, kind, size):
    kept = add(editor, name, content)
    assert (kept["name"], kept["media_type"]) == (called, kind)
    assert (kept["width"], kept["height"]) == size


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b" \n<html><script>alert(1)</script>"),
        ("a.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"),
        ("a.pdf", b"MZ\x90\x00\x03"),
        ("a.txt", b"#!/bin/sh\nrm"),
        ("a.txt", b"a\x00b"),
        ("a.txt", b""),
        ("a/b.png", PNG),
        ("..\\b.png", PNG),
        ("a\u202egnp.exe", PNG + b"?"),
        ("x" * 150, PNG),
        ("a.png", PNG + bytes(LARGEST)),
    ],
)
def test_what_a_letter_must_not_carry_is_refused(editor, name, content):
    body = {"name": name, "content": b64encode(content).decode()}
    assert editor.post(ROOT, json=body).status_code in (413, 422)
    assert editor.get(ROOT).json["items"] == []


def test_the_same_content_is_kept_once_and_a_name_belongs_to_one(editor):
    first = add(editor)
    assert add(editor, "other.png")["digest"] == first["digest"]
    add(editor, "logo.png", PNG + b"!", status=409)
    assert len(editor.get(ROOT).json["items"]) == 1
    assert editor.post(ROOT, json={"name": "a", "content": "?"}).status_code == 422


def test_a_file_in_use_stays_and_one_that_is_not_goes(app, editor):
    shown, sent, free = add(editor), add(editor, "a.pdf", PDF), add(editor, "b.gif", GIF)
    source = PLAIN.replace("</mj-text>", f'<img src="{shown["in_template"]}" alt="" /></mj-text>')
    envelope = {"files": [sent["digest"]]}
    save(editor, "letter", source, "email", envelope=envelope)
    for one in (shown, sent):
        assert editor.delete(f"{ROOT}/{one['digest']}").status_code == 409
        assert editor.get(f"{ROOT}/{one['digest']}/uses").json["items"] == [
            {"key": "letter", "name": "Letter"}
        ]
    assert editor.delete(f"{ROOT}/{free['digest']}").status_code == 204
    assert editor.delete(f"{ROOT}/{free['digest']}").status_code == 404
    path = free["in_template"].removeprefix("{{ base_url }}")
    assert app.test_client().get(path).status_code == 404


def test_a_version_says_what_goes_along_and_other_words_keep_it(editor):
    kept = add(editor, "a.pdf", PDF)
    envelope = {"files": [kept["digest"], kept["digest"]]}
    shown = save(editor, "letter", PLAIN, "email", envelope=envelope)
    assert shown["files"] == [kept] and shown["version"] == 1
    shown = save(editor, "letter", PLAIN.replace("Dear", "Hello"), "email", edits=1)
    assert shown["files"] == [kept] and shown["version"] == 2
    shown = save(editor, "letter", shown["source"], "email", edits=2, envelope={})
    assert shown["files"] == [] and shown["version"] == 3
    save(editor, "letter", PLAIN, "email", edits=3, status=422, envelope={"files": ["gone"]})


def test_what_goes_along_is_not_too_large_together(editor):
    digests = [
        add(editor, f"{n}.pdf", PDF + bytes([n]) + bytes(LARGEST - 1024))["digest"]
        for n in range(3)
    ]
    save(editor, "letter", PLAIN, "email", envelope={"files": digests}, status=422)
    save(editor, "letter", PLAIN, "email", envelope={"files": digests[:2]})


def test_who_may_only_look_adds_nothing(app):
    viewer = log_in(app, "viewer")
    add(viewer, status=403)
    assert viewer.get(ROOT).status_code == 200


def test_a_list_goes_on_where_its_page_ended_also_among_those_of_one_instant(editor, monkeypatch):
    monkeypatch.setattr(api, "PAGE", 2)
    kept = {add(editor, f"{n}.gif", GIF + bytes([n]))["digest"] for n in range(5)}
    seen, behind = [], ""
    while behind is not None:
        page = editor.get(ROOT + (f"?behind={behind}" if behind else "")).json
        seen += [one["digest"] for one in page["items"]]
        behind = page["next"]
    assert len(seen) == 5 and set(seen) == kept
    assert editor.get(f"{ROOT}?behind=gone").status_code == 404


def test_a_file_that_a_partial_brings_stays_too(editor):
    shown = add(editor)
    image = f'<mj-image src="{shown["in_template"]}" alt="Logo" />'
    partials.put(editor, source=f"<mj-section><mj-column>{image}</mj-column></mj-section>")
    partials.save(editor)
    assert editor.delete(f"{ROOT}/{shown['digest']}").status_code == 409
