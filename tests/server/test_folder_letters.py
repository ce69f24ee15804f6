"""Letters of a folder of journeys: what they name is there, and their envelopes come in and go out."""

import json
from pathlib import Path

import pytest

from engine.errors import Invalid, InvalidJourney
from engine.messages.library.templates import read_envelope
from engine.messages.lookups.coupons.pools import PoolDraft, make_pool
from engine.models.asset import Asset, LetterSender
from engine.models.message import Template, TemplateVersion
from server.applying import apply_folder, validate_folder
from server.exporting import export_letters
from server.folder import read_folder
from tests.server.test_commands import run

LETTER = """<mjml lang="en">
  <mj-head><mj-title>An offer for you today</mj-title><mj-preview>A code that is yours until Sunday evening</mj-preview></mj-head>
  <mj-body>
    <mj-section><mj-column><mj-text font-size="16px">%s</mj-text></mj-column></mj-section>
  </mj-body>
</mjml>
"""
JOURNEY = {
    "format": 1,
    "key": "offer",
    "name": "Offer",
    "trigger": {"kind": "event", "event": "Signed Up"},
    "start": "letter",
    "nodes": {
        "letter": {"kind": "send_email", "template": "offer", "class": "transactional"},
    },
}
TERMS = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def house(house):
    yield house
    house.outgoing.close()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "journeys"
    (folder / "templates" / "files").mkdir(parents=True)
    (folder / "offer.json").write_text(json.dumps(JOURNEY))
    (folder / "templates" / "offer.mjml").write_text(LETTER % "Good day")
    return folder


def write_letter(folder, words):
    (folder / "templates" / "offer.mjml").write_text(LETTER % words)


def write_envelope(folder, **envelope):
    (folder / "templates" / "offer.json").write_text(json.dumps(envelope))


def validate(house, folder):
    found = validate_folder(house, read_folder([folder]))
    return [(Path(one.file).name, one.place, one.code) for one in found if one.is_error]


def apply(house, folder):
    return list(apply_folder(house, read_folder([folder]), by="console").lines)


def add_sender(house):
    with house.database.transaction() as session:
        now = house.clock.now()
        session.add(LetterSender(key="news", name="News", address="n@shop.test", created_at=now))


def add_pool(house, name):
    with house.database.transaction() as session:
        make_pool(session, PoolDraft(name, 0, None, None, False), now=house.clock.now())


def test_what_a_letter_names_is_there_or_it_is_not_published(house, folder):
    write_letter(folder, '{{ coupon("win-back") }}')
    assert validate(house, folder) == [("offer.mjml", "line 4", "coupon_pool_unknown")]
    with pytest.raises(InvalidJourney) as refused:
        apply(house, folder)
    [problem] = refused.value.problems
    assert (problem["code"], problem["node"], problem["about"]) == (
        "coupon_pool_unknown",
        "letter",
        "win-back",
    )
    assert "(line 4): there is no coupon pool 'win-back'." in problem["message"]
    add_pool(house, "win-back")
    assert validate(house, folder) == []
    assert "journey offer: published version 1" in apply(house, folder)


def test_a_name_that_a_partial_brings_is_found_too(house, folder):
    write_letter(folder, '\n{% include "deal" %}')
    (folder / "templates" / "partials").mkdir()
    (folder / "templates" / "partials" / "deal.mjml").write_text('Take\n{{ coupon("gone") }}')
    with pytest.raises(InvalidJourney) as refused:
        apply(house, folder)
    assert "(line 2 of deal)" in refused.value.problems[0]["message"]


def test_a_name_with_a_default_stops_nothing(house, folder):
    write_letter(folder, '{{ coupon("gone", default="SAVE5") }}')
    assert validate_folder(house, read_folder([folder])) == []
    apply(house, folder)


def test_an_envelope_comes_in_and_applying_it_again_changes_nothing(house, folder):
    add_sender(house)
    write_envelope(folder, sender="news", files=["terms.pdf"])
    assert validate(house, folder) == [("offer.json", "files", "file_unknown")]
    (folder / "templates" / "files" / "terms.pdf").write_bytes(TERMS)
    assert validate(house, folder) == []
    assert apply(house, folder)[:2] == ["file terms.pdf: added", "template offer: version 1"]
    assert apply(house, folder)[0] == "template offer: unchanged"
    with house.database.reading() as session:
        envelope = read_envelope(session.query(TemplateVersion).one())
        [row] = session.query(Asset).all()
    assert (envelope.sender, envelope.files) == ("news", (row.digest,))
    (folder / "templates" / "files" / "terms.pdf").unlink()  # the instance has it by its name
    assert apply(house, folder)[0] == "template offer: unchanged"
    write_envelope(folder, files=["terms.pdf"])
    assert apply(house, folder)[0] == "template offer: version 2"
    (folder / "templates" / "offer.json").unlink()  # without a file the one in use stays
    assert apply(house, folder)[0] == "template offer: unchanged"


def test_an_envelope_that_names_what_is_not_there_brings_nothing_in(house, folder):
    write_envelope(folder, sender="nobody")
    assert validate(house, folder) == [("offer.json", "sender", "sender_unknown")]
    with pytest.raises(Invalid, match=r"offer\.json: there is no sender 'nobody'"):
        apply(house, folder)
    with house.database.reading() as session:
        assert session.query(Template).count() == 0


@pytest.mark.parametrize(
    ("envelope", "words"),
    [
        ({"files": ["../secret.txt"]}, "files"),
        ({"from": "news"}, "from"),
    ],
)
def test_an_envelope_that_is_none_is_named(folder, envelope, words):
    write_envelope(folder, **envelope)
    with pytest.raises(InvalidJourney) as refused:
        read_folder([folder])
    message = refused.value.problems[0]["message"]
    assert "offer.json" in message
    assert words in message


def test_an_envelope_without_its_letter_is_told(folder):
    (folder / "templates" / "other.json").write_text("{}")
    with pytest.raises(Invalid, match=r"other\.mjml"):
        read_folder([folder])


def test_letters_are_written_back_with_all_that_goes_with_them(house, folder, tmp_path):
    add_sender(house)
    write_letter(folder, '{% include "deal" %}')
    (folder / "templates" / "offer.de.mjml").write_text(LETTER % "Guten Tag")
    (folder / "templates" / "partials").mkdir()
    (folder / "templates" / "partials" / "deal.mjml").write_text("A good one")
    write_envelope(folder, sender="news", files=["terms.pdf"])
    (folder / "templates" / "files" / "terms.pdf").write_bytes(TERMS)
    apply(house, folder)
    read = read_folder([folder])
    out = tmp_path / "out"
    with house.database.reading() as session:
        written = list(export_letters(session, [one for _, one in read.journeys], out))
    names = {str(path.relative_to(out / "templates")) for path in written}
    assert names == {
        "offer.mjml",
        "offer.de.mjml",
        "offer.json",
        "files/terms.pdf",
        "partials/deal.mjml",
    }
    for name in names - {"offer.json"}:
        assert (out / "templates" / name).read_bytes() == (folder / "templates" / name).read_bytes()
    assert json.loads((out / "templates" / "offer.json").read_text()) == {
        "sender": "news",
        "files": ["terms.pdf"],
    }
    (out / "offer.json").write_text(json.dumps(JOURNEY))
    assert "template offer: unchanged" in apply(house, out)


def test_the_command_writes_letters_where_it_is_told_to(tmp_path, folder):
    data = ("--data", tmp_path / "d")
    run("journeys", "apply", folder, *data)
    assert "offer.mjml" in run("journeys", "export", "--to", tmp_path / "o", "--letters", *data)
    assert "--to DIR is needed" in run("journeys", "export", "--letters", *data, code=2)
