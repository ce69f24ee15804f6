"""Accounts at providers, from the lease to the page: shares, trouble, rates, and who goes first."""

import threading
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from channels.base import Receipt, Verdict
from engine.ids import new_id
from engine.messages.carriers import accounts
from engine.messages.carriers.breaker import FEWEST, REST
from engine.messages.carriers.routing import NEW
from engine.messages.handover.delivery import GROUP
from engine.messages.states import MessageState
from engine.models.account import AuditEntry
from engine.models.contact import Consent, Contact
from engine.models.journey import Notice
from engine.models.message import Message
from server.app import create_app
from server.chatting import tell_admins
from server.delivering import deliver
from tests.channels.servers import Response, http_server
from tests.server.conftest import OWN, build_house, log_in
from tests.shop import Shop

TWO = "smtp://own.example?account=own smtp://bulk.example?account=bulk&serves=marketing"
REFUSED = Receipt(Verdict.NOT_SENT, code="535", text="bad login", is_account_problem=True)
GONE = Receipt(Verdict.NOT_SENT, text="no connection")
TAKEN = Receipt(Verdict.ACCEPTED, provider_id="x")


class Provider:
    """A provider that answers as it is told, and keeps what it took and when."""

    keeps_content = False

    def __init__(self, name, wall):
        self.name, self.wall, self.answer, self.asked = name, wall, TAKEN, []

    def send(self, items, on_result, *, now, begin_within=None):
        for place, item in enumerate(items):
            self.asked.append((self.wall.now(), item))
            on_result(place, self.answer)

    def close(self):
        pass


@pytest.fixture
def open_with(database, tmp_path, wall):
    """Opens an instance with these accounts; answers it and the providers by their names."""
    Shop(database)
    houses = []

    def build(setting, **settings):
        house = build_house(database, tmp_path, wall=wall, email_url=setting, **settings)
        houses.append(house)
        providers = {}
        for account in house.outgoing.accounts["email"]:
            providers[account.name] = Provider(account.name, wall)
            house.outgoing._opened["email", account.name] = providers[account.name]
        house.closing.wait = lambda seconds: wall.advance(timedelta(seconds=seconds))
        return house, providers

    yield build
    for house in houses:
        house.outgoing.close()


def intend(house, n, message_class="transactional"):
    now = house.clock.now()
    with house.database.transaction() as session:
        people = [
            Contact(
                uid=new_id(),
                attributes={},
                email=f"{new_id().hex}@example.com",
                email_confirmed=True,
                created_at=now,
            )
            for _ in range(n)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            Message(
                uid=new_id(),
                channel="email",
                message_class=message_class,
                topic="news" if message_class == "marketing" else None,
                contact_id=person.id,
                template="hello",
                data={"data": {}},
                state=MessageState.QUEUED,
                created_at=now,
                due_at=now,
            )
            for person in people
        )
        if message_class == "marketing":
            allow(session, people, now)


def allow(session, people, now):
    session.add_all(
        Consent(
            contact_id=person.id, topic="news", channel="email", choice="subscribed", changed_at=now
        )
        for person in people
    )


def read_states(house):
    with house.database.reading() as session:
        return Counter(MessageState(state) for state in session.scalars(select(Message.state)))


def work(house, rounds=20):
    """Deliver until nothing is left to do just now."""
    for _ in range(rounds):
        if not deliver(house, "email"):
            return
    raise AssertionError("there is always more to deliver")


def test_each_class_goes_by_an_account_that_serves_it(open_with):
    house, providers = open_with(TWO)
    intend(house, 8)
    intend(house, 30, "marketing")
    work(house)
    assert read_states(house) == {MessageState.SENT: 38}
    assert len(providers["own"].asked) >= 8
    assert 0 < len(providers["bulk"].asked) < 30
    with house.database.reading() as session:
        classes = session.execute(select(Message.provider, Message.message_class)).all()
    assert ("bulk", "transactional") not in [tuple(row) for row in classes]


def test_what_somebody_waits_for_leaves_before_marketing(open_with):
    house, providers = open_with("smtp://own.example?account=own")
    intend(house, 100, "marketing")
    intend(house, 3)
    deliver(house, "email")
    assert len(providers["own"].asked) == 3
    with house.database.reading() as session:
        sent = select(Message.message_class).where(Message.state == MessageState.SENT)
        assert set(session.scalars(sent)) == {"transactional"}


def test_marketing_never_takes_the_last_thread(open_with):
    house, providers = open_with("smtp://own.example?account=own", worker_threads=2)
    intend(house, 2, "marketing")
    began, may_end = threading.Event(), threading.Event()

    def hang(items, on_result, **_):
        began.set()
        may_end.wait(10)
        for place, _ in enumerate(items):
            on_result(place, TAKEN)

    calm = providers["own"].send
    providers["own"].send = hang
    mailing = threading.Thread(target=deliver, args=(house, "email"))
    mailing.start()
    assert began.wait(10)
    providers["own"].send = calm
    intend(house, 5, "marketing")
    assert deliver(house, "email") == 0  # the one place for marketing is taken
    intend(house, 1)
    assert deliver(house, "email") == 1
    may_end.set()
    mailing.join()
    work(house)
    assert read_states(house) == {MessageState.SENT: 8}


def test_an_account_that_does_not_let_us_in_is_paused_at_once_and_the_other_takes_over(open_with):
    house, providers = open_with("smtp://a.example?account=a smtp://b.example?account=b")
    providers["a"].answer = REFUSED
    intend(house, 60)
    work(house)
    assert len(providers["a"].asked) <= 16
    house.wall.advance(timedelta(minutes=2))
    work(house)
    assert read_states(house) == {MessageState.SENT: 60}
    with house.database.reading() as session:
        assert session.scalars(select(Message.attempts)).all() == [1] * 60
        (notice,) = session.scalars(select(Notice.words))
    assert "The account a does not let us in" in notice and "535 bad login" in notice


def test_nothing_goes_while_the_only_account_is_paused_and_all_goes_once_it_is_resumed(open_with):
    house, providers = open_with("smtp://a.example?account=a")
    owner = log_in(create_app(house), "owner")
    providers["a"].answer = REFUSED
    intend(house, 3)
    work(house)
    asked = len(providers["a"].asked)
    house.wall.advance(timedelta(hours=1))
    work(house)
    assert len(providers["a"].asked) == asked
    shown, *_ = owner.get("/api/v1/accounts").json["items"]
    assert (shown["name"], shown["state"], shown["reason"]) == ("a", "paused", "535 bad login")
    providers["a"].answer = TAKEN
    assert owner.post("/api/v1/accounts/email/a/resume", json={}, headers=OWN).status_code == 204
    work(house)
    assert read_states(house) == {MessageState.SENT: 3}


def test_an_outage_opens_the_breaker_spends_no_attempt_and_ends_with_one_probe(open_with):
    house, providers = open_with("smtp://a.example?account=a")
    provider = providers["a"]
    provider.answer = GONE
    intend(house, 64)
    work(house)
    assert len(provider.asked) <= 32
    provider.asked.clear()
    for _ in range(20):  # ten minutes
        house.wall.advance(REST)
        work(house)
    assert len(provider.asked) <= 20
    assert all(
        one[0] != two[0] for one, two in zip(provider.asked, provider.asked[1:], strict=False)
    )
    provider.answer, begun = TAKEN, house.wall.now()
    while read_states(house)[MessageState.SENT] < 64:
        house.wall.advance(timedelta(seconds=5))
        work(house)
        assert house.wall.now() - begun < timedelta(minutes=3)
    with house.database.reading() as session:
        assert set(session.scalars(select(Message.attempts))) == {1}


def test_r093_a_rate_holds_over_all_workers_together(open_with):
    house, providers = open_with("smtp://a.example?account=a&rate=14")
    intend(house, 60)
    for _ in range(40):
        deliver(house, "email")
    moments = sorted(at for at, _ in providers["a"].asked)
    assert len(moments) == 60
    for begins in moments:
        within = [at for at in moments if begins <= at < begins + timedelta(seconds=1)]
        assert len(within) <= 14 * 1.05
    assert moments[-1] - moments[0] <= timedelta(seconds=60 / 14 + 1)


def test_a_warm_up_lets_so_many_go_today_and_twice_as_many_tomorrow(open_with):
    house, providers = open_with("smtp://a.example?account=a&warm_up=5")
    intend(house, 20)
    work(house)
    assert len(providers["a"].asked) == 5
    house.wall.advance(timedelta(days=1))
    work(house)
    assert len(providers["a"].asked) == 15


def test_pausing_by_hand_is_on_record_and_for_who_may(open_with):
    house, _ = open_with("smtp://user:secret-word@a.example?account=a")
    app = create_app(house)
    owner, editor = log_in(app, "owner"), log_in(app, "editor")
    answer = editor.get("/api/v1/accounts")
    assert answer.json["items"][0]["host"] == "a.example:587"
    assert "secret-word" not in answer.get_data(as_text=True)
    path = "/api/v1/accounts/email/a"
    assert editor.post(f"{path}/pause", json={}, headers=OWN).status_code == 403
    assert owner.post(f"{path}/pause", json={}, headers=OWN).status_code == 204
    assert owner.get("/api/v1/accounts").json["items"][0]["reason"] == "Owner"
    assert owner.post(f"{path}/resume", json={}, headers=OWN).status_code == 204
    assert owner.post(f"{path}/resume", json={}, headers=OWN).status_code == 404
    assert owner.post("/api/v1/accounts/email/x/pause", json={}, headers=OWN).status_code == 404
    with house.database.reading() as session:
        done = set(session.scalars(select(AuditEntry.action)))
    assert {"account.paused", "account.resumed"} <= done


def test_an_account_without_rate_warm_up_and_trouble_writes_nothing_of_itself(open_with):
    house, _ = open_with("smtp://a.example?account=a")
    intend(house, 5)
    work(house)
    with house.database.reading() as session:
        assert accounts.list_accounts(session) == {}


def test_an_account_that_is_away_for_long_is_told_of_once_for_each_outage(database, wall, tmp_path):
    house = build_house(database, tmp_path, wall=wall, email_url=TWO)

    def fail(at, minutes):
        """Let an account be away for so long, probed all the time."""
        account = house.outgoing.accounts["email"][0]
        for minute in range(minutes + 1):
            wall.moment = at + timedelta(minutes=minute)
            with database.transaction() as session:
                state = accounts.load_states(session, "email").get("own", NEW)
                told = accounts.HandedOver(account, state, [GONE] * 20)
                accounts.note_receipts(session, "email", told, wall=wall.now())
            tell_admins(house)
        with database.reading() as session:
            return session.scalars(select(Notice.words)).all()

    begun = wall.now()
    assert fail(begun, 9) == []
    (words,) = fail(begun + timedelta(minutes=10), 30)
    assert "account own has taken nothing for 10 minutes" in words
    with database.transaction() as session:
        accounts.resume_account(session, "email", "own")
    assert len(fail(begun + timedelta(hours=2), 15)) == 2


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("account", "said"),
    [
        ("resend://key?base={base}", b'{"name": "application_error", "message": "unexpected"}'),
        ("ses://AKID:key@eu-central-1?base={base}", b'{"__type": "InternalServiceErrorException"}'),
        ("postmark://key?base={base}", b'{"ErrorCode": 100, "Message": "Maintenance"}'),
    ],
)
def test_r093_f24_a_provider_that_fails_in_its_own_words_is_left_alone_too(
    open_with, account, said
):
    failing = Response(500, said, {"Content-Type": "application/json"})
    with http_server(lambda _: failing) as (base, requests):
        house, _ = open_with(account.format(base=base))
        house.outgoing._opened.clear()
        intend(house, 60)
        for _ in range(5):
            deliver(house, "email")
    (name,) = (one.name for one in house.outgoing.accounts["email"])
    with house.database.reading() as session:
        state = accounts.load_states(session, "email")[name]
    assert state.breaker.is_open
    assert FEWEST <= len(requests) <= FEWEST + GROUP


@pytest.mark.parametrize(
    ("account", "status", "said"),
    [
        ("sendgrid://key?base={base}", 429, b'{"errors": [{"message": "too many requests"}]}'),
        ("mailgun://key@shop.example?base={base}", 420, b'{"message": "limit reached"}'),
    ],
)
def test_r093_one_that_takes_no_more_and_names_no_time_is_let_rest_and_spends_no_attempt(
    open_with, account, status, said
):
    throttled = Response(status, said, {"Content-Type": "application/json"})
    with http_server(lambda _: throttled) as (base, requests):
        house, _ = open_with(account.format(base=base))
        house.outgoing._opened.clear()
        (one,) = house.outgoing.accounts["email"]
        intend(house, 200)
        began, asked = house.wall.now(), []
        while house.wall.now() - began < timedelta(minutes=5):
            for _ in range(5):
                deliver(house, "email")
            asked.append(len(requests))
            house.wall.advance(timedelta(seconds=1))
    with house.database.reading() as session:
        state = accounts.load_states(session, "email")[one.name]
        tried = sum(session.scalars(select(Message.attempts)))
    assert tried == len(requests)
    turns = [later for before, later in pairwise(asked) if later > before]
    assert len(turns) < 10  # after 1, 3, 7, 15 … seconds
    assert len(requests) <= GROUP * (len(turns) + 1)
    assert read_states(house) == {MessageState.QUEUED: 200}
    assert not state.breaker.is_open and state.breaker.closed_until > began + timedelta(minutes=4)
    with house.database.reading() as session:
        assert session.scalars(select(Notice)).all() == []


LOST = Receipt(Verdict.UNCERTAIN, text="answered 504")
HELD_BACK = Receipt(Verdict.NOT_SENT, text="not tried, for the one before", is_untried=True)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("first", "is_away"), [([LOST] + [TAKEN] * 7, False), ([LOST] * 8, True)])
def test_r093_what_was_not_tried_does_not_make_an_account_away_that_takes_others(
    open_with, first, is_away
):
    """Of sixteen letters eight leave at once, and one lost answer holds back the other eight."""
    house, providers = open_with("smtp://own.example?account=own")
    said = [*first, *[HELD_BACK] * 8]

    def send(items, on_result, *, now, begin_within=None):
        for place, _ in enumerate(items):
            on_result(place, said[place])

    providers["own"].send = send
    intend(house, 32)
    deliver(house, "email")
    with house.database.reading() as session:
        state = accounts.load_states(session, "email")["own"]
    assert state.breaker.failures == (2 if not is_away else 0)
    assert state.breaker.is_open == is_away
