"""`sojourn contacts import`, in a process of its own."""

from engine.db import Database
from engine.models.contact import Consent, ConsentProof, Contact, Identity, Suppression
from engine.models.event import Event
from engine.models.journey import Enrollment
from tests.server.test_commands import run

FILE = """user_id,email,first_name,score:number,suppressed,consent.newsletter
u1,ann@example.com,Ann,41,false,yes
u2,not an address,Bob,5,false,yes
,cem@example.com,Cem,,false,
"""


def read(data, *rows):
    database = Database(f"sqlite:///{data / 'sojourn.db'}")
    with database.reading() as session:
        found = [session.query(row).all() for row in rows]
    database.close()
    return found


def bring_in(tmp_path, text, *, code=0, name="contacts.csv", encoding="utf-8"):
    file = tmp_path / name
    file.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return run("contacts", "import", file, "--data", tmp_path / "d", code=code)


def test_contacts_come_in_with_their_consents_and_mistakes_are_named(tmp_path):
    said = bring_in(tmp_path, FILE)
    assert "2 contacts brought in, 1 rows refused." in said
    contacts, consents, proofs, identities = read(
        tmp_path / "d", Contact, Consent, ConsentProof, Identity
    )
    by_email = {each.email: each for each in contacts}
    assert sorted(by_email) == ["ann@example.com", "cem@example.com"]
    ann = by_email["ann@example.com"]
    assert ann.attributes["first_name"] == "Ann"
    assert ann.attributes["score"] == 41
    assert "suppressed" not in ann.attributes
    assert ann.email_confirmed
    assert {(each.topic, each.choice) for each in consents} == {("newsletter", "subscribed")}
    assert {each.contact_id for each in consents} == {ann.id}
    assert all(each.proof["key"].startswith("import:") for each in proofs)
    assert ("external", "u1") in {(each.kind, each.value) for each in identities}


def test_bringing_a_file_in_again_changes_nothing(tmp_path):
    for _ in range(2):
        bring_in(tmp_path, FILE)
    contacts, proofs, events = read(tmp_path / "d", Contact, ConsentProof, Event)
    assert (len(contacts), len(events)) == (2, 2)
    assert len(proofs) == 2  # one for each channel


def test_who_comes_in_from_a_file_enters_no_journey(tmp_path):
    bring_in(tmp_path, FILE)
    (events, enrollments) = read(tmp_path / "d", Event, Enrollment)
    assert {each.mode for each in events} == {"history"}
    assert enrollments == []


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path):
    text = FILE.replace("\n", "\r\n")
    assert "2 contacts" in bring_in(tmp_path, text, encoding="utf-8-sig")


def test_a_file_that_cannot_be_read_says_where(tmp_path):
    cases = {
        "latin.csv": ("email\nann@exämple.com\n".encode("latin-1"), "latin.csv:2"),
        "open.csv": (b'email\n"ann@example.com\n', "line 2"),
        "empty.csv": (b"", "the first line names the columns"),
        "columns.csv": (b"plan\npro\n", "whom a row is about"),
    }
    for name, (content, words) in cases.items():
        assert words in bring_in(tmp_path, content, code=2, name=name)
    assert "there is no such file" in run(
        "contacts", "import", tmp_path / "no.csv", "--data", tmp_path / "d", code=2
    )


def test_a_file_of_nothing_but_mistakes_is_wrong_input(tmp_path):
    said = bring_in(tmp_path, "email\n" + "nobody\n" * 30, code=2)
    assert "0 contacts brought in, 30 rows refused." in said
    assert "… and 10 more" in said


def suppress(tmp_path, text, *options, code=0, encoding="utf-8"):
    file = tmp_path / "suppressed.csv"
    file.write_bytes(text.encode(encoding))
    return run("contacts", "suppress", file, "--data", tmp_path / "d", *options, code=code)


def test_r074_a_list_of_another_product_is_never_written_to_whoever_brings_it_in(tmp_path):
    text = '"Email Address","Name"\r\n" Ann@EXAMPLE.com ","Ann, Ms."\r\nnobody,x\r\n"ANN@example.com",\r\n'
    for _ in range(2):
        said = suppress(tmp_path, text, encoding="utf-8-sig")
        assert "2 addresses suppressed, 1 rows without one." in said
    suppress(tmp_path, "phone,E-Mail\n+49 30 901820,bob@example.com\n", "--because", "complained")
    (rows,) = read(tmp_path / "d", Suppression)
    assert sorted((row.channel, row.reason) for row in rows) == [
        ("email", "complained"),
        ("email", "imported"),
        ("sms", "complained"),
    ]  # however they were spelt


def test_a_list_without_addresses_is_wrong_input(tmp_path):
    assert "one of them email, or phone" in suppress(tmp_path, "name\nAnn\n", code=2)
    assert "0 addresses suppressed" in suppress(tmp_path, "email\nnobody\n", code=2)
    assert "Invalid value" in suppress(tmp_path, "email\n", "--because", "erased", code=2)
