"""Notices in administrators' inboxes: once each, bundled, by an account that is well, in no circle."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from channels.base import Receipt, Verdict
from engine.accounts import users
from engine.accounts.notices import OWNER, NewNotice, add_notices, mark_read
from engine.accounts.permissions import Role
from engine.contacts.suppression import HARD_BOUNCE, suppress
from engine.language.say import Sentence
from engine.messages.carriers import accounts
from engine.messages.carriers.routing import NEW
from engine.messages.handover.notice_mails import APART, GATHERED, MOST_ATTEMPTS, OLDEST
from engine.models.journey import Notice, NoticeMail
from engine.models.message import Message
from server.app import create_app
from server.chatting import tell_admins
from server.notice_mailing import mail_notices
from tests.server.conftest import build_house, log_in
from tests.server.test_accounts import GONE, REFUSED, TAKEN, Provider

ONE = "smtp://own.example?account=own"
TWO = f"{ONE} smtp://bulk.example?account=bulk&serves=marketing"
AWAY = "The account {account} has taken nothing for {n} minutes."
BY_MAIL = "/api/v1/notices/by-mail"


@pytest.fixture
def open_with(database, tmp_path, wall):
    """Opens an instance with these accounts and an owner; answers it and the providers by name."""
    houses = []

    def build(setting=ONE):
        house = build_house(database, tmp_path, wall=wall, email_url=setting)
        houses.append(house)
        providers = {}
        for account in house.outgoing.accounts["email"]:
            providers[account.name] = Provider(account.name, wall)
            house.outgoing._opened["email", account.name] = providers[account.name]
        add_user(house, "olga@example.com")
        return house, providers

    yield build
    for house in houses:
        house.outgoing.close()


def add_user(house, email, role=Role.OWNER, **values):
    with house.database.transaction() as session:
        user = users.create(
            session, email=email, name="Olga", role=role, password_hash="x", now=house.wall.now()
        )
        for name, value in values.items():
            setattr(user, name, value)


def add(house, *words, to=OWNER, enrollment_id=None):
    with house.database.transaction() as session:
        news = [NewNotice(f"{one}:{to}", to, one, enrollment_id) for one in words]
        add_notices(session, news, now=house.clock.now())


def tick(house, wall, after=GATHERED):
    """Run what the scheduler runs, now and after a while."""
    tell_admins(house)
    wall.advance(after)
    tell_admins(house)
    mail_notices(house)


def list_mails(provider):
    return [item for _, item in provider.asked]


def test_a_notice_is_mailed_once_to_each_administrator_who_wants_it(open_with, wall):
    house, providers = open_with()
    add_user(house, "adam@example.com", Role.ADMIN)
    add_user(house, "off@example.com", Role.ADMIN, wants_notices=False)
    add_user(house, "gone@example.com", Role.ADMIN, disabled_at=wall.now())
    add_user(house, "pat@example.com", Role.PUBLISHER)
    add(house, "The journey welcome was paused.")
    tell_admins(house)
    mail_notices(house)
    assert providers["own"].asked == []  # others may come to go with it
    for _ in range(3):
        tick(house, wall, APART)
    letters = list_mails(providers["own"])
    assert sorted(one.recipient.address for one in letters) == [
        "adam@example.com",
        "olga@example.com",
    ]
    letter = letters[0]
    assert letter.subject == "The journey welcome was paused."
    assert b"http://127.0.0.1:8000/settings" in letter.text and letter.html is None
    assert ("Auto-Submitted", "auto-generated") in letter.headers
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_what_comes_together_goes_together_and_the_next_mail_waits_a_while(open_with, wall):
    house, providers = open_with()
    add(house, "One.", "Two.")
    tick(house, wall)
    add(house, "Three.")
    tick(house, wall)
    (letter,) = list_mails(providers["own"])
    assert letter.subject == "One. (and 1 more)"
    assert b"One." in letter.text and b"Two." in letter.text
    add(house, "Four.")
    tick(house, wall, APART)
    second = list_mails(providers["own"])[1].text
    assert b"Three." in second and b"Four." in second and b"One." not in second


def test_what_is_for_others_of_people_or_read_already_is_not_mailed(open_with, wall):
    house, providers = open_with()
    add(house, "For the team.", to="team:sales")
    add(house, "Ann is unclear.", enrollment_id=1)
    add(house, "Read before.", "Read meanwhile.")
    with house.database.transaction() as session:
        ids = dict(session.execute(select(Notice.words, Notice.id)).all())
        mark_read(session, [ids["Read before."]], now=wall.now())
    tell_admins(house)
    with house.database.transaction() as session:
        assert session.scalars(select(NoticeMail.notice_id)).all() == [ids["Read meanwhile."]]
        mark_read(session, [ids["Read meanwhile."]], now=wall.now())
    tick(house, wall)
    assert providers["own"].asked == []


def test_it_is_said_in_the_language_of_who_reads_it(open_with, wall):
    house, providers = open_with()
    add_user(house, "gerd@example.com", Role.ADMIN, language="de")
    add(house, Sentence("it refuses us"))
    tick(house, wall)
    by = {one.recipient.address: one for one in list_mails(providers["own"])}
    assert by["olga@example.com"].subject == "it refuses us"
    german = by["gerd@example.com"]
    assert german.subject == "es weist uns ab" and b"Sie erhalten dies" in german.text


@pytest.mark.parametrize("trouble", [REFUSED, GONE])
def test_an_account_that_is_down_does_not_carry_the_news_of_it(open_with, wall, trouble):
    house, providers = open_with(TWO)
    own = house.outgoing.accounts["email"][0]
    for _ in range(14):
        with house.database.transaction() as session:
            state = accounts.load_states(session, "email").get("own", NEW)
            told = accounts.HandedOver(own, state, [trouble] * 20)
            accounts.note_receipts(session, "email", told, wall=wall.now())
        tick(house, wall, timedelta(minutes=1))
    assert providers["own"].asked == []
    (letter,) = list_mails(providers["bulk"])
    assert "The account own" in letter.subject


def test_where_it_is_the_only_one_an_account_that_is_away_is_tried(open_with, wall):
    house, providers = open_with()
    own = house.outgoing.accounts["email"][0]
    with house.database.transaction() as session:
        told = accounts.HandedOver(own, NEW, [GONE] * 20)
        accounts.note_receipts(session, "email", told, wall=wall.now())
    add(house, "One.")
    tick(house, wall)
    assert len(providers["own"].asked) == 1


def test_where_no_account_carries_anything_mails_wait_and_yesterdays_news_is_no_news(
    open_with, wall
):
    house, providers = open_with()
    with house.database.transaction() as session:
        accounts.pause_account(session, "email", "own", by="user:1", wall=wall.now())
    add(house, "One.")
    for _ in range(3):
        tick(house, wall)
    assert providers["own"].asked == []
    with house.database.transaction() as session:
        accounts.resume_account(session, "email", "own")
    mail_notices(house)
    assert len(providers["own"].asked) == 1
    with house.database.transaction() as session:
        accounts.pause_account(session, "email", "own", by="user:1", wall=wall.now())
    add(house, "Two.")
    tick(house, wall, OLDEST)
    with house.database.transaction() as session:
        accounts.resume_account(session, "email", "own")
    mail_notices(house)
    assert len(providers["own"].asked) == 1


@pytest.mark.parametrize(
    ("receipt", "tries"),
    [
        (Receipt(Verdict.UNCERTAIN, text="no answer"), 1),  # it may have arrived: not once more
        (Receipt(Verdict.PERMANENT, code="550"), 1),
        (REFUSED, MOST_ATTEMPTS),
        (GONE, MOST_ATTEMPTS),
    ],
)
def test_a_mail_that_fails_is_tried_again_in_vain_and_makes_no_notice(
    open_with, wall, receipt, tries
):
    house, providers = open_with()
    providers["own"].answer = receipt
    add(house, "One.")
    for _ in range(20):
        tick(house, wall, timedelta(hours=1))
    assert len(providers["own"].asked) == tries
    assert len({one.id for one in list_mails(providers["own"])}) == tries
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 1
        assert accounts.list_accounts(session) == {}
        (mail,) = session.scalars(select(NoticeMail))
        assert (mail.due_at, mail.mailed_at) == (None, None) and mail.trouble


def test_a_mail_that_was_refused_for_now_arrives_later(open_with, wall):
    house, providers = open_with()
    providers["own"].answer = GONE
    add(house, "One.")
    tick(house, wall)
    providers["own"].answer = TAKEN
    for _ in range(2):
        tick(house, wall)
    assert len(providers["own"].asked) == 2


def test_an_address_that_takes_nothing_is_left_alone(open_with, wall):
    house, providers = open_with()
    with house.database.transaction() as session:
        suppress(session, "email", "olga@example.com", reason=HARD_BOUNCE, now=wall.now())
    add(house, "One.")
    tick(house, wall)
    assert providers["own"].asked == []


def test_without_an_account_that_sends_nothing_is_planned(open_with, wall):
    house, _ = open_with("mailbox:")
    add(house, "One.")
    tick(house, wall)
    with house.database.reading() as session:
        assert session.scalars(select(NoticeMail.notice_id)).all() == []


def test_everybody_chooses_for_themselves(house):
    app = create_app(house)
    owner, admin = log_in(app, "owner"), log_in(app, "admin")
    assert owner.get(BY_MAIL).json["wanted"] and admin.get(BY_MAIL).json["wanted"]
    answer = admin.put(BY_MAIL, json={"wanted": False}, headers={"Accept-Language": "de"})
    assert (answer.status_code, answer.json["wanted"], answer.json["leaves"]) == (200, False, False)
    assert owner.get(BY_MAIL).json["wanted"] and not admin.get(BY_MAIL).json["wanted"]
    with house.database.reading() as session:
        kept = users.get_user(session, admin.get(BY_MAIL).json["to"])
        assert (kept.wants_notices, kept.language) == (False, "de")
