"""Calls through the database: turns of targets, tries written down, endpoints that are gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text

from channels.base import Receipt, Verdict, WebhookAnswer
from engine.db import is_postgresql
from engine.ids import new_id
from engine.messages.carriers.breaker import REST
from engine.messages.handover import delivery, held_calls, outbox
from engine.messages.handover.outbox import Draft
from engine.messages.making.items import make_items
from engine.messages.parcels import Result
from engine.messages.reading import call_log
from engine.messages.settling import CALL_LIFE
from engine.messages.states import FailReason, MessageState
from engine.messages.webhooks import calls
from engine.messages.webhooks.endpoints import enable_endpoint
from engine.messages.webhooks.targets import LONGEST_FAILING, MOST_SILENCES, TURN
from engine.models.call import CallAttempt, CallTarget
from engine.models.event import Event, EventBatch
from engine.models.journey import Notice
from engine.models.message import Endpoint, Message
from tests.engine.messages.test_delivery import NOW, Post

SILENT = Receipt(Verdict.UNCERTAIN, text="the server did not answer in time")


def answered(status, verdict=Verdict.ACCEPTED, **more):
    return Receipt(verdict, str(status), str(status), answer=WebhookAnswer(status, {}, {}), **more)


GOOD = answered(200)
BUSY = answered(503, Verdict.TEMPORARY)
GONE = answered(410, Verdict.PERMANENT, is_account_problem=True)


class Calls(Post):
    """A journey that calls endpoints."""

    def __init__(self, database):
        super().__init__(database)
        self.draft |= {"channel": "webhook", "template": None, "waits": True}
        self.visit = 0
        with database.transaction() as session:
            for key in ("dead", "well"):
                session.add(
                    Endpoint(key=key, url=f"https://{key}.example/", secret="s", created_at=NOW,
                             headers={"Authorization": "Bearer x"})
                )  # fmt: skip

    def call(self, key="well", count=1, at=NOW, url=None):
        drafts = []
        for _ in range(count):
            self.visit += 1
            data = {"endpoint": None if url else key, "url": url, "body": {"a": 1}}
            drafts.append(Draft(**{**self.draft, "node": "a", "visit": self.visit, "data": data}))
        with self.database.transaction() as session:
            outbox.intend(session, drafts, now=at)

    def claim(self, at=NOW, *, limit=64, doubtful=True):
        with self.database.transaction() as session:
            return delivery.claim(
                session,
                delivery.Stream("webhook", "transactional"),
                now=at,
                limit=limit,
                owner=new_id().hex,
                default_zone="UTC",
                with_doubtful=doubtful,
            )

    def settle(self, parcels, receipt, at=NOW):
        going = self.start(parcels, at=at)
        with self.database.transaction() as session:
            results = [Result(one, receipt, "http") for one in going]
            delivery.record(session, results, now=at)
        return len(going)

    def turn(self, receipt, at=NOW, **more):
        return self.settle(self.claim(at, **more), receipt, at)

    def open(self, key="dead", at=NOW):
        """Let a target be silent until it is let alone."""
        self.call(key, MOST_SILENCES, at=at)
        while not self.fares(key).opened_at:
            self.turn(SILENT, at)

    def fares(self, key):
        with self.database.reading() as session:
            return session.get(CallTarget, f"endpoint:{key}")

    def tries(self):
        with self.database.reading() as session:
            return session.scalars(select(CallAttempt).order_by(CallAttempt.id)).all()

    def run(self, do, *args, **more):
        with self.database.transaction() as session:
            return do(session, *args, **more)


@pytest.fixture
def post(database):
    return Calls(database)


def targets(parcels):
    return {one.target.removeprefix("endpoint:") for one in parcels}


def fill(post, count):
    """Add a backlog of calls for the dead endpoint, older than all others."""
    with post.database.transaction() as session:
        like = session.scalars(select(Message)).one()
        row = {
            name: getattr(like, name)
            for name in (
                "channel", "direction", "visibility", "message_class", "contact_id", "journey_id",
                "version_id", "enrollment_id", "node", "data", "target", "state", "created_at",
                "expires_at", "attempts", "crashes",
            )
        }  # fmt: skip
        early = NOW - timedelta(hours=1)
        rows = [row | {"uid": new_id(), "visit": 9 + n, "due_at": early} for n in range(count)]
        session.execute(insert(Message), rows)


def test_r094_a_dead_target_delays_only_its_own_calls(post):
    post.call("dead")
    post.change(CallTarget, opened_at=NOW, closed_until=NOW + REST)
    fill(post, 10_000)
    post.call("well", 3)
    at = NOW + timedelta(seconds=1)
    claimed = post.claim(at)
    assert (targets(claimed), len(claimed)) == ({"well"}, 3)
    post.settle(claimed, GOOD, at)
    assert post.claim(at) == []
    later = NOW + REST
    assert len(post.claim(later)) == 1  # the probe; and no second one beside it
    assert post.claim(later) == []


def test_what_is_due_of_a_target_is_found_by_its_index(post):
    post.call("dead")
    fill(post, 2_000)
    with post.database.transaction() as session:
        asked = (
            "SELECT id FROM message WHERE target = 'endpoint:dead' AND state = 0 AND due_at <= "
            "'2026-03-25 12:00:00' ORDER BY due_at LIMIT 32"
        )
        how = "EXPLAIN " if is_postgresql(session) else "EXPLAIN QUERY PLAN "
        if is_postgresql(session):
            session.execute(text("ANALYZE message"))
            session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = " ".join(str(row) for row in session.execute(text(how + asked)))
    assert "ix_message_target" in plan and "SORT" not in plan.upper()


def test_r094_one_worker_at_a_time_serves_a_target(post):
    post.call("well", TURN + 5)
    first = post.claim()
    assert len(first) == TURN and post.claim() == []
    post.settle(first, GOOD)
    assert len(post.claim()) == 5


def stand_together(post, *keys):
    """Put endpoints on one server."""
    with post.database.transaction() as session:
        for endpoint in session.scalars(select(Endpoint).where(Endpoint.key.in_(keys))):
            endpoint.url = f"https://one.example/{endpoint.key}"


def test_r094_endpoints_of_one_server_are_called_by_one_worker_together(post):
    stand_together(post, "dead", "well")
    post.call("well")
    served = post.claim()
    assert targets(served) == {"well"}
    post.call("dead")
    post.call(url="https://one.example/x")
    post.call(url="https://one.example:8443/x")
    assert {one.target for one in post.claim()} == {"https://one.example:8443"}
    post.settle(served, GOOD)
    assert {one.target for one in post.claim()} == {"endpoint:dead", "https://one.example:443"}


def test_a_target_that_may_be_silent_is_not_served_beside_others(post):
    post.call("dead", 3)
    assert post.turn(SILENT) == 3
    later = NOW + timedelta(hours=1)
    post.call("well", 1, at=later)
    assert targets(post.claim(later)) == {"well"}
    assert post.claim(later, doubtful=False) == []
    assert len(post.claim(later)) == 2  # so many find out again


def test_p13_no_attempt_is_lost_while_a_target_is_let_alone(post):
    post.open("dead")
    before = [one.attempts for one in post.read()]
    at = NOW + timedelta(hours=3)
    assert post.turn(SILENT, at) == 1
    assert [one.attempts for one in post.read()] == before
    assert post.turn(SILENT, at) == 0
    at += REST
    assert post.turn(GOOD, at) == 1
    assert post.fares("dead").opened_at is None
    assert 1 < post.turn(GOOD, at) < TURN


def test_ten_tries_over_days_and_then_the_node_is_told(post):
    post.call("well")
    at = NOW
    for attempt in range(1, 11):
        assert post.turn(BUSY, at) == 1
        (message,) = post.read()
        assert len(post.tries()) == attempt
        at = max(message.due_at, at + timedelta(seconds=31))
    assert (message.state, message.reason) == (MessageState.FAILED, FailReason.TOO_OFTEN)
    assert timedelta(hours=67) < post.tries()[-1].at - NOW < CALL_LIFE
    assert post.count(EventBatch) == 1 and post.tries()[-1].next_at is None


def test_each_try_is_written_down_with_what_left_and_what_came_back(post):
    post.call("well")
    sent = (("authorization", "Bearer x"), ("X-Node", "1"), ("webhook-id", "m"))
    post.turn(answered(500, Verdict.TEMPORARY, sent_headers=sent, took=timedelta(seconds=1.5)))
    (tried,) = post.tries()
    assert (tried.status, tried.took_ms, tried.attempt, tried.is_good) == (500, 1500, 1, False)
    assert tried.headers == [["authorization", "•••"], ["X-Node", "1"], ["webhook-id", "m"]]
    assert tried.url == "https://well.example/" and tried.next_at == post.read()[0].due_at
    assert tried.answer == "{}"
    post.run(calls.prune, now=NOW + calls.KEPT)
    assert len(post.tries()) == 1
    post.run(calls.prune, now=NOW + calls.KEPT + timedelta(seconds=1))
    assert post.tries() == []


def test_what_was_not_tried_is_no_try(post):
    post.call("well")
    post.turn(Receipt(Verdict.NOT_SENT, is_untried=True))
    assert post.tries() == [] and post.read()[0].attempts == 0


def test_410_disables_an_endpoint_and_holds_its_calls_until_it_is_enabled(post):
    post.call("dead", 3)
    assert post.settle(post.claim(limit=1), GONE) == 1
    with post.database.reading() as session:
        endpoint = session.get_one(Endpoint, "dead")
    assert (endpoint.disabled_at, endpoint.disabled_for, endpoint.revision) == (NOW, "gone", 2)
    assert post.states == ["QUEUED"] * 3 and post.count(Notice) == 1
    later = NOW + timedelta(hours=1)
    assert post.claim(later) == []
    post.run(enable_endpoint, "dead", revision=2)
    assert post.turn(GOOD, later) == 3
    assert [one.attempts for one in post.read()] == [1, 1, 1]


def test_410_of_a_bare_url_is_a_failure(post):
    post.call(url="https://x.example/hook")
    post.turn(GONE)
    assert post.states == ["FAILED"]


def test_an_endpoint_that_took_nothing_for_two_weeks_is_disabled(post):
    post.call("dead")
    post.turn(BUSY)
    late = NOW + LONGEST_FAILING + timedelta(seconds=1)
    post.call("dead", at=late)
    post.turn(BUSY, late)
    with post.database.reading() as session:
        assert session.get_one(Endpoint, "dead").disabled_for == "failing"


def test_what_is_held_for_longer_than_it_lives_fails_and_can_be_replayed(post):
    post.call("dead")
    post.change(Endpoint, disabled_at=NOW)
    assert post.run(held_calls.give_up_calls, now=NOW + CALL_LIFE - timedelta(seconds=1)) == 0
    over = NOW + CALL_LIFE
    assert post.run(held_calls.give_up_calls, now=over) == 1
    assert post.states == ["FAILED"] and post.count(EventBatch) == 1
    post.change(Endpoint, disabled_at=None)
    told = post.run(call_log.replay_failed, "dead", since=NOW, now=over)
    assert told == call_log.Replayed(1, is_more=False)
    assert post.turn(BUSY, over) == 1
    assert post.states == ["QUEUED"]  # it lives anew


def test_calls_of_before_targets_were_known_are_found(post):
    post.call("well", 2)
    post.change(Message, target=None, expires_at=None)
    assert post.claim() == []
    assert post.run(held_calls.name_targets, now=NOW) == 2
    assert post.turn(GOOD) == 2


def test_failed_calls_are_replayed_so_many_at_a_time(post, monkeypatch):
    monkeypatch.setattr(call_log, "MOST_REPLAYED", 2)
    post.call("well", 5)
    post.turn(answered(422, Verdict.PERMANENT))
    done = []
    while True:
        told = post.run(call_log.replay_failed, "well", since=NOW, now=NOW)
        done.append(told.count)
        if not told.is_more:
            break
    assert done == [2, 2, 1]
    assert post.run(call_log.replay_failed, "well", since=NOW, now=NOW).count == 0


def test_an_old_secret_goes_along_until_its_end(post):
    post.change(Endpoint, old_secret="o", old_secret_until=NOW + timedelta(hours=24))
    post.call("well", 2)
    (parcel,) = post.claim(limit=1)
    assert parcel.endpoint["old_secret"] == "o"
    post.settle([parcel], GOOD)
    (parcel,) = post.claim(NOW + timedelta(hours=24), limit=1)
    assert parcel.endpoint["old_secret"] == ""


def test_letters_have_no_target_and_ask_nothing_of_one(post):
    post.intend(channel="email", template="t", waits=False)
    assert post.read()[0].target is None
    with post.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CallTarget)) == 0


@pytest.mark.parametrize(("told", "sent"), [(None, 1), (1, 2), (2, 3), (3, None), (99, None)])
def test_b20_a_call_that_came_around_three_times_is_dropped_and_shown(post, told, sent):
    with post.database.transaction() as session:
        context = {} if told is None else {"hops": told}
        contact = post.draft["contact_id"]
        session.add(
            Event(id=77, received_at=NOW, occurred_at=NOW, contact_id=contact, name="E",
                  subject_id=contact, context=context)
        )  # fmt: skip
    post.draft["cause_id"] = 77
    post.call("well")
    claimed = post.claim()
    (made,) = make_items(claimed, None)
    if sent is not None:
        assert made.item.hops == sent
        return
    parcel, problem = made
    post.run(delivery.record, [Result(parcel, problem)], now=NOW)
    (message,) = post.read()
    assert (message.state, message.reason) == (MessageState.FAILED, FailReason.REFUSED)
    assert "loop" in message.details


def test_r094_workers_that_claim_at_once_never_share_a_target(post):
    for key in ("dead", "well"):
        post.call(key, 20)
    with ThreadPoolExecutor(6) as pool:
        claims = [each for each in pool.map(lambda _: post.claim(limit=40), range(12)) if each]
    owners = [(one.target, one.owner) for each in claims for one in each]
    assert len(owners) == 40
    assert len(set(owners)) == 2


def test_r094_workers_that_claim_at_once_never_share_a_server(post):
    stand_together(post, "dead", "well")
    for key in ("dead", "well"):
        post.call(key, 20)
    with ThreadPoolExecutor(6) as pool:
        claims = [each for each in pool.map(lambda _: post.claim(limit=20), range(12)) if each]
    assert len({one.owner for each in claims for one in each}) == 1
