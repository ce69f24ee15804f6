"""Bringing contacts in by the app: read, checked, worked in piece by piece, reported."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.accounts import audit
from engine.contacts.choices import ConsentChange
from engine.contacts.consent import record_consents
from engine.contacts.suppression import find_reasons
from engine.events import imports
from engine.models.contact import Consent, ConsentProof, Contact, Topic
from engine.models.event import EventBatch
from engine.models.importing import ContactImport, ImportPiece
from engine.models.journey import Enrollment
from server import importing, lanes
from server.api.imports import guard_cell
from server.app import create_app
from server.importing import work
from tests.server.conftest import bearer, log_in, make_key

ROOT = "/api/v1/imports"
FILE = """Nr;E-Mail;Vorname;Umsatz;Geburtstag;Newsletter;Seit
k1;ann@example.com;Ann;1.234,50;31.12.1990;ja;01.02.2024
k2;kein;Bob;;;ja;
;cem@example.com;"Cem
Zwei";12;;nein;
;cem@example.com;Cem;13;;vielleicht;
"""
COLUMNS = [
    {"what": "user_id"},
    {"what": "email"},
    {"what": "attribute", "name": "first_name"},
    {"what": "attribute", "name": "revenue", "kind": "comma"},
    {"what": "attribute", "name": "birthday", "kind": "date"},
    {"what": "consent", "topic": "news", "channel": "email"},
    {"what": "chosen_at"},
]
PLAN = {"mode": "contacts", "columns": COLUMNS, "yes": ["Ja"], "no": ["nein"], "proof": "the form"}


@pytest.fixture
def anna(app, house):
    with house.database.transaction() as session:
        for key in ("news", "offers"):
            about = {"name": key.title(), "opt_in": "explicit", "created_at": house.wall.now()}
            session.add(Topic(key=key, description="", revision=1, **about))
    return log_in(app, "publisher")


def send(browser, text=FILE, *, status=201, query=""):
    body = text if isinstance(text, bytes) else text.encode()
    answer = browser.post(
        f"{ROOT}?name=people.csv{query}", data=body, headers={"Content-Type": "text/csv"}
    )
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def check(browser, house, sent, plan=PLAN):
    body = plan | {"revision": sent["revision"]}
    answer = browser.put(f"{ROOT}/{sent['id']}/plan", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    while work(house):
        pass
    return look(browser, sent)


def start(browser, checked, status=200):
    answer = browser.post(f"{ROOT}/{checked['id']}/start", json={"revision": checked["revision"]})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def look(browser, sent):
    return browser.get(f"{ROOT}/{sent['id']}").json


def settle(house):
    for _ in range(50):
        if not lanes.keep_segments(house) + lanes.ingest(house):
            return
    raise AssertionError("the lanes do not come to rest")


def count(house, row):
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(row))


def refuse(browser, text, words, plan=None, status=422):
    if plan is None:
        said = send(browser, text, status=status)
    else:
        sent = send(browser, text)
        body = plan | {"revision": sent["revision"]}
        answer = browser.put(f"{ROOT}/{sent['id']}/plan", json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        said = answer.json
    assert words in said["title"], said


def test_a_file_is_read_checked_brought_in_and_reported(house, anna):
    sent = send(anna)
    assert (sent["state"], sent["delimiter"], sent["encoding"]) == ("ready", "semicolon", "utf-8")
    assert (sent["rows"], sent["header"][1]) == (4, "E-Mail")
    assert sent["sample"][2][2] == "Cem\nZwei"
    checked = check(anna, house, sent)
    counts = checked["counts"]
    assert checked["state"] == "checked" and checked["done"] == 4
    assert (counts["new"], counts["refused"], counts["yes"], counts["no"]) == (2, 2, 1, 1)
    assert [(one["line"], one["words"]) for one in checked["refused"]] == [
        (3, "email is not an e-mail address"),
        (6, "consent.news is neither yes nor no"),
    ]
    assert {one["words"]: one["rows"] for one in checked["reasons"]} == {
        "email is not an e-mail address": 1,
        "consent.news is neither yes nor no": 1,
    }
    assert (count(house, Contact), count(house, EventBatch)) == (0, 0), "a check writes nothing"
    start(anna, checked)
    settle(house)
    done = look(anna, sent)
    assert (done["state"], done["done"], done["waiting"], done["sample"]) == ("done", 4, 0, [])
    with house.database.reading() as session:
        ann, cem = session.scalars(select(Contact).order_by(Contact.email))
        assert ann.attributes["revenue"] == 1234.5
        assert ann.attributes["birthday"] == "1990-12-31"
        assert cem.attributes["first_name"] == "Cem\nZwei"
        choices = {row.contact_id: row.choice for row in session.scalars(select(Consent))}
        assert choices == {ann.id: "subscribed", cem.id: "unsubscribed"}
        proofs = {row.contact_id: row for row in session.scalars(select(ConsentProof))}
        assert proofs[ann.id].proof["words"] == "the form"
        assert proofs[ann.id].proof["key"].startswith("import:")
        assert proofs[ann.id].occurred_at.date().isoformat() == "2024-02-01"
        said = {row.action: row for row in audit.list_entries(session, limit=9)}
        assert said["contacts.imported"].details == {"taken": 2, "refused": 2}
        assert said["contacts.imported"].actor == said["contacts.import_started"].actor
    assert count(house, Enrollment) == 0
    assert count(house, ImportPiece) == 1, "of the rows only refused ones are kept"
    report = anna.get(f"{ROOT}/{sent['id']}/refused.csv")
    assert report.mimetype == "text/csv" and "attachment" in report.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(report.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0][:3] == ["line", "why it is refused", "Nr"]
    assert rows[1][:4] == ["3", "email is not an e-mail address", "k2", "kein"]


def test_once_more_it_finds_everybody_the_same_and_says_whose_no_it_keeps(house, anna):
    start(anna, check(anna, house, send(anna)))
    settle(house)
    counts = check(anna, house, send(anna))["counts"]
    assert (counts["new"], counts["same"], counts["changed"]) == (0, 2, 0)
    other = FILE.replace(";Ann;", ";Anna;").replace(";nein;", ";ja;")
    sent = send(anna, other)
    checked = check(anna, house, sent)
    counts = checked["counts"]
    assert (counts["changed"], counts["same"], counts["kept_no"]) == (1, 1, 1)
    start(anna, checked)
    settle(house)
    with house.database.reading() as session:
        said = {row.email: row for row in session.scalars(select(Contact))}
        assert said["ann@example.com"].attributes["first_name"] == "Anna"
        cem = session.scalar(
            select(Consent).where(Consent.contact_id == said["cem@example.com"].id)
        )
        assert cem.choice == "unsubscribed"


def test_a_dated_yes_of_a_file_lifts_no_no_either(house, anna, wall):
    start(anna, check(anna, house, send(anna, "E-Mail\nann@example.com\n"), ONLY))
    settle(house)
    with house.database.transaction() as session:
        who = session.scalar(select(Contact.id))
        before = wall.now() - timedelta(days=900)
        change = ConsentChange(who, "news", "email", "unsubscribed", before, "unsubscribe_link")
        record_consents(session, [change], now=before)
    text = "E-Mail;Newsletter;Seit\nann@example.com;ja;2025-01-01\n"
    plan = PLAN | {"columns": [COLUMNS[1], *COLUMNS[5:]]}
    checked = check(anna, house, send(anna, text), plan)
    assert checked["counts"]["kept_no"] == 1
    start(anna, checked)
    settle(house)
    with house.database.reading() as session:
        assert session.scalar(select(Consent.choice)) == "unsubscribed"


ONLY = {"mode": "contacts", "columns": [{"what": "email"}]}
LIST = {"mode": "suppressions", "columns": [{"what": "email"}], "because": "hard_bounce"}


def test_a_list_of_addresses_is_never_written_to_again(house, anna):
    text = "email\nann@example.com\nANN@example.com\nnobody\n"
    checked = check(anna, house, send(anna, text), LIST)
    assert [checked["counts"][name] for name in ("new", "repeated", "refused")] == [1, 1, 1]
    start(anna, checked)
    settle(house)
    with house.database.reading() as session:
        one = ("email", "ann@example.com")
        assert find_reasons(session, [one])[one].reason == "hard_bounce"
        said = audit.list_entries(session, limit=1)[0]
        assert (said.action, said.details["refused"]) == ("contacts.suppressed", 1)
    assert check(anna, house, send(anna, text), LIST)["counts"]["same"] == 2
    assert count(house, Contact) == 0


@pytest.fixture
def small(monkeypatch):
    """Pieces of two rows."""
    monkeypatch.setattr(importing, "MOST_ITEMS", 2)


MANY = "email\n" + "".join(f"p{n}@example.com\n" for n in range(7)) + "p1@example.com\n"


def test_somebody_twice_in_a_file_is_new_once_and_empty_lines_are_none(house, anna, small):
    sent = send(anna, MANY.replace("p3", "\n,\np3"))
    counts = check(anna, house, sent, ONLY)["counts"]
    assert (sent["rows"], counts["new"], counts["repeated"]) == (8, 7, 1)


def test_whoever_dies_over_a_piece_has_done_nothing_and_another_goes_on(
    house, anna, small, monkeypatch
):
    sent = send(anna, MANY)
    start(anna, check(anna, house, sent, ONLY))
    assert work(house) == 2
    with monkeypatch.context() as dying:
        dying.setattr("engine.events.import_work._go_on", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(house)
    assert look(anna, sent)["done"] == 2
    assert count(house, EventBatch) == 1
    settle(house)
    assert (look(anna, sent)["state"], count(house, Contact)) == ("done", 7)


def test_it_is_cancelled_between_pieces_and_what_is_in_stays(house, anna, small):
    sent = send(anna, MANY)
    start(anna, check(anna, house, sent, ONLY))
    work(house)
    assert anna.post(f"{ROOT}/{sent['id']}/cancel").json == {"had_begun": True}
    settle(house)
    ended = look(anna, sent)
    assert (ended["state"], ended["done"], count(house, Contact)) == ("cancelled", 2, 2)
    assert anna.post(f"{ROOT}/{sent['id']}/cancel").status_code == 409
    send(anna, MANY)  # there is room for the next one


def test_it_leaves_room_for_what_happens_now(house, anna, small):
    text = "email\n" + "".join(f"p{n}@example.com\n" for n in range(40))
    start(anna, check(anna, house, send(anna, text), ONLY))
    while work(house):
        pass
    assert count(house, EventBatch) == 8
    lanes.ingest(house)
    assert work(house) == 2


def test_windows_characters_and_what_separates_cells_are_found_or_said(house, anna):
    text = "E-Mail\tName\nann@example.com\tJürgen €\n"
    sent = send(anna, text.encode("cp1252"))
    assert (sent["encoding"], sent["delimiter"]) == ("windows-1252", "tab")
    assert sent["sample"] == [["ann@example.com", "Jürgen €"]]
    assert send(anna, b"\xef\xbb\xbf" + text.encode())["header"] == ["E-Mail", "Name"]
    as_said = send(anna, text, query="&delimiter=comma&encoding=windows-1252")
    assert as_said["sample"] == [["ann@example.com\tJÃ¼rgen â‚¬"]]


def test_of_headings_only_the_beginning_is_kept(anna):
    assert [len(one) for one in send(anna, "x" * 100_000 + ",email\n1,2\n")["header"]] == [200, 5]


def test_what_is_no_such_file_is_refused_and_leaves_nothing(house, anna):
    refuse(anna, b"PK\x03\x04....", "workbook")
    refuse(anna, "a,b\nc,d\n".encode("utf-16"), "UTF-16")
    refuse(anna, b"", "the file is empty")
    refuse(anna, "email\n", "no rows")
    refuse(anna, "email\nann\0@example.com\n", "line 2 holds the character NUL")
    refuse(anna, ",".join(f"c{n}" for n in range(5_000)) + "\n1\n", "at most 200 columns")
    refuse(anna, "email\n" + "x" * 10_000_000 + "\n", "line 2 has more than")
    refuse(anna, 'email,bio\na@example.com,"' + "x\n" * 100_000 + '"\n', "no CSV")
    refuse(anna, 'email\n"open\n', "no CSV")
    refuse(anna, b"email\n\x81\xff\n", "line 2 is not Windows-1252")
    assert count(house, ContactImport) == count(house, ImportPiece) == 0


def test_a_file_has_its_bounds(house, anna, monkeypatch):
    monkeypatch.setattr(importing, "MOST_ROWS", 3)
    assert "sojourn contacts import" in send(anna, MANY, status=413)["title"]
    assert count(house, ContactImport) == 0
    monkeypatch.setattr("server.api.imports.MOST_FILE", 10)
    send(anna, MANY, status=413)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": COLUMNS[:3]}, "7 columns, and 3"),
        ({"columns": [{"what": "ignored"}] * 7}, "whom a row is about"),
        ({"columns": [{"what": "email"}] * 7}, "twice"),
        ({"columns": [*COLUMNS[:5], {"what": "proof"}, {"what": "proof"}]}, "twice"),
        ({"columns": [*COLUMNS[:6], {"what": "attribute", "name": "role"}]}, "'role'"),
        ({"columns": [*COLUMNS[:6], {"what": "attribute", "name": " "}]}, "name has 1 to"),
        ({"columns": [*COLUMNS[:6], {"what": "consent", "topic": "none"}]}, "no topic 'none'"),
        ({"yes": []}, "what counts as yes"),
        ({"no": ["JA"]}, "both yes and no"),
        ({"proof": " "}, "how these consents are known"),
        ({"chosen_at": "yesterday"}, "no date"),
        ({"mode": "suppressions", "columns": [{"what": "ignored"}] * 7}, "list of addresses"),
    ],
)
def test_a_plan_that_cannot_be_done_is_refused(anna, change, words):
    refuse(anna, FILE, words, PLAN | change)


def test_only_what_was_checked_and_looked_at_is_brought_in(house, anna):
    sent = send(anna)
    start(anna, sent, status=409)
    checked = check(anna, house, sent)
    check(anna, house, checked, PLAN | {"proof": "another"})
    start(anna, checked, status=409)
    start(anna, look(anna, sent))
    body = PLAN | {"revision": look(anna, sent)["revision"]}
    assert anna.put(f"{ROOT}/{sent['id']}/plan", json=body).status_code == 409


def test_roles_and_other_peoples_imports(house, app, anna, wall):
    sent = send(anna)
    for role in ("editor", "analyst", "viewer"):
        assert log_in(app, role).get(ROOT).status_code == 403
    admin = log_in(app, "admin")
    assert look(admin, sent)["by_name"] == "Publisher" and not look(admin, sent)["is_mine"]
    body = PLAN | {"revision": 1}
    assert admin.put(f"{ROOT}/{sent['id']}/plan", json=body).status_code == 409
    checked = check(anna, house, sent)
    start(admin, checked, status=409)
    assert "another import" in send(admin, status=409)["title"]
    blind = create_app(house).test_client()
    key = bearer(make_key(house, scopes=["contacts:write"]))
    seen = blind.get(f"{ROOT}/{sent['id']}", headers=key).json
    assert (seen["sample"], seen["refused"], seen["rows"]) == ([], [], 4)
    assert blind.get(f"{ROOT}/{sent['id']}/refused.csv", headers=key).status_code == 403
    wall.advance(imports.ABANDONED + timedelta(minutes=1))
    assert send(admin)["is_mine"], "who went away gives the turn away"


def test_reports_are_forgotten_after_a_week(house, anna, wall):
    start(anna, check(anna, house, send(anna)))
    settle(house)
    for days, left in ((6, 1), (2, 0)):
        wall.advance(timedelta(days=days))
        with house.database.transaction() as session:
            imports.prune(session, wall=wall.now())
        assert count(house, ContactImport) == left
    assert count(house, ImportPiece) == 0


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("+49 30 901820", "+49 30 901820"),
        ("-12,50", "-12,50"),
        ("ann@example.com", "ann@example.com"),
    ],
)
def test_no_cell_of_the_report_is_a_formula(cell, written):
    assert guard_cell(cell) == written


def test_reasons_are_said_in_the_language_of_whoever_looks(house, anna):
    sent = send(anna)
    check(anna, house, sent)
    shown = anna.get(f"{ROOT}/{sent['id']}", headers={"Accept-Language": "de"}).json
    assert shown["refused"][0]["words"] == "email ist keine E-Mail-Adresse"
