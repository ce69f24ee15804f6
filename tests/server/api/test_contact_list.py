"""Contacts over HTTP: searched by the beginning of what is known, and filtered."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from engine.contacts.identify import Directory
from engine.contacts.naming import find_name_keys
from engine.models.contact import Contact, Identity
from engine.models.segment import Segment, SegmentMember
from engine.rules.conditions import parse_condition
from engine.segments import choosing
from engine.segments.choosing import Choosing, Wanted
from tests.server import rows
from tests.server.conftest import START, log_in

ROOT = "/api/v1/contacts"
PRO = {"attribute": "plan", "op": "is", "value": "pro"}


def add(session, name, *, external=None, email=None, **attributes):
    attributes |= {"name": name}
    name_key, surname_key = find_name_keys(attributes)
    contact = rows.add_contact(
        session,
        START,
        email=email,
        attributes=attributes,
        name_key=name_key,
        surname_key=surname_key,
    )
    for kind, value in (("external", external), ("email", email and email.casefold())):
        if value:
            session.add(Identity(kind=kind, value=value, contact_id=contact.id, created_at=START))
    session.flush()
    return contact


@pytest.fixture
def owner(app, house):
    with house.database.transaction() as session:
        add(session, "Ann  Lee", external="u-1", email="Ann@example.com", plan="pro")
        add(session, "Ännchen Ørsted", external="u-2", email="aennchen@example.com", plan="free")
        add(session, "Ben %_Lee", external="U-3", email="ben@example.com", plan="pro")
    return log_in(app, "owner")


def find(browser, sought):
    answer = browser.get(ROOT, query_string={"search": sought})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return sorted(one["name"].split()[0] for one in answer.json["items"])


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("ann", ["Ann"]),
        ("ANN L", ["Ann"]),
        ("ann  lee ", ["Ann"]),
        ("lee", ["Ann"]),
        ("%_lee", ["Ben"]),
        ("än", ["Ännchen"]),
        ("ÄNNCHEN Ø", ["Ännchen"]),
        ("ørs", ["Ännchen"]),
        ("u-", ["Ann", "Ben", "Ännchen"]),
        ("U-3", ["Ben"]),
        ("ANN@EX", ["Ann"]),
        ("example.com", []),
        ("%", ["Ben"]),
        ("_", []),
        ("'; DROP TABLE contact; --", []),
        ("\\", []),
        ("\U0010ffff", []),
        ("😀", []),
        ("x" * 200, []),
        ("  ", ["Ann", "Ben", "Ännchen"]),
    ],
)
def test_whoever_begins_so_is_found_and_nothing_is_taken_for_a_pattern(owner, sought, found):
    assert find(owner, sought) == found


def test_a_character_that_no_database_keeps_is_refused(owner):
    assert owner.get(f"{ROOT}?search=a%00nn").status_code == 400
    assert owner.post(f"{ROOT}/search", json={"search": "a\x00nn"}).status_code == 400


def test_our_own_id_is_found_whole(owner):
    [ann] = owner.get(f"{ROOT}?search=u-1").json["items"]
    assert find(owner, ann["id"]) == ["Ann"]
    assert find(owner, ann["id"][:8]) == []


def test_a_name_that_a_call_or_a_colleague_gives_is_found(owner, house):
    made = owner.post(ROOT, json={"external_id": "u-9", "attributes": {"first_name": "Zoë"}})
    assert made.status_code == 201
    assert find(owner, "zoë") == ["Zoë"]
    path = f"{ROOT}/{made.json['id']}"
    assert owner.patch(path, json={"set": {"last_name": "Quist"}}).status_code == 200
    assert find(owner, "quis") == ["Zoë"]
    assert owner.patch(path, json={"unset": ["first_name", "last_name"]}).status_code == 200
    assert find(owner, "zoë") == []


def test_the_search_is_read_off_indexes(postgres_database):
    with postgres_database.transaction() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        asked = choosing.select_found(session, "ann")
        plan = session.scalars(
            text(
                "EXPLAIN "
                + str(asked.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
            )
        ).all()
    said = "\n".join(plan)
    for index in ("identity_value", "contact_email", "contact_name_key", "contact_surname_key"):
        assert f"ix_{index}" in said
    assert "Seq Scan" not in said


def test_pages_follow_one_another_while_others_come(owner, house):
    with house.database.transaction() as session:
        for number in range(120):
            add(session, f"Many {number}", external=f"m-{number}")
    first = owner.get(f"{ROOT}?search=many").json
    assert (len(first["items"]), first["total"]) == (50, {"count": 120, "exact": True})
    with house.database.transaction() as session:
        for number in range(120, 130):
            add(session, f"Many {number}", external=f"m-{number}")
    names, before = [one["name"] for one in first["items"]], first["next"]
    while before is not None:
        page = owner.get(f"{ROOT}?search=many&before={before}").json
        names += [one["name"] for one in page["items"]]
        assert page["total"] is None
        before = page["next"]
    assert names == [f"Many {number}" for number in reversed(range(120))]


def test_those_for_whom_a_condition_is_true_are_listed(owner):
    found = owner.post(f"{ROOT}/search", json={"condition": PRO}).json
    assert [one["name"] for one in found["items"]] == ["Ben %_Lee", "Ann  Lee"]
    found = owner.post(f"{ROOT}/search", json={"condition": PRO, "search": "ben"}).json
    assert (len(found["items"]), found["total"], found["is_cut"]) == (
        1, {"count": 1, "exact": True}, False,
    )  # fmt: skip


def test_a_segment_s_members_are_listed(owner, house):
    with house.database.transaction() as session:
        session.add(
            Segment(key="pro", name="Pro", condition=PRO, created_at=START, updated_at=START)
        )
        session.flush()
        ann = session.query(Contact).filter_by(name_key="ann lee").one()
        session.add(SegmentMember(segment="pro", contact_id=ann.id, since=START))
    assert [one["name"] for one in owner.get(f"{ROOT}?segment=pro").json["items"]] == ["Ann  Lee"]
    assert owner.get(f"{ROOT}?segment=none").json["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"condition": {"trigger": "properties.total", "op": "gt", "value": 1}},
        {"condition": {"attribute": "plan", "op": "resembles", "value": 1}},
        {"before": 0},
        {"search": "x" * 201},
        {"why": 1},
    ],
)
def test_what_cannot_be_asked_is_refused(owner, body):
    assert owner.post(f"{ROOT}/search", json=body).status_code in {400, 422}


def test_where_everybody_cannot_be_asked_at_once_the_newest_are(owner, house, monkeypatch):
    monkeypatch.setattr(choosing, "SLICE", 2)
    with house.database.reading() as session:
        wanted = Wanted(condition=parse_condition(PRO))
        found = Choosing(session, wanted, START + timedelta(days=1), "UTC")
        pages, before = [], None
        while True:
            page = found._list_slices(before, 1)
            pages.append(len(page.ids))
            if page.next is None:
                break
            before = page.next
    assert (sum(pages), max(pages)) == (2, 1)


@pytest.mark.parametrize("role", ["editor", "analyst", "viewer"])
def test_r135_who_may_see_no_contacts_lists_none(app, owner, role):
    browser = log_in(app, role)
    assert browser.get(ROOT).status_code == 403
    assert browser.post(f"{ROOT}/search", json={}).status_code == 403
    assert app.test_client().get(ROOT).status_code == 401


def test_a_merged_contact_is_found_no_more(house, owner):
    with house.database.transaction() as session:
        ann = session.query(Contact).filter_by(name_key="ann lee").one()
        ben = session.query(Contact).filter_by(name_key="ben %_lee").one()
        ann.merged_into = ben.id
        assert Directory(session, [], [ann.id], now=START).find_by_id(ann.id).contact_id == ben.id
    assert find(owner, "ann") == []
