"""From queued to settled: leases, groups, verdicts, and what a crash leaves behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from channels.base import Receipt, Verdict
from engine.db import lock_contacts
from engine.events.days import Counted, count_by_day
from engine.ids import new_id
from engine.messages import delivery, outbox, settling
from engine.messages.outbox import Draft, intend
from engine.messages.parcels import Content, Problem, Result
from engine.messages.states import FailReason, MessageState
from engine.models.contact import Contact, Suppression, Topic
from engine.models.event import EventBatch
from engine.models.journey import Enrollment, Journey, JourneyVersion
from engine.models.message import Message, MessageContent, Template, TemplateVersion
from tests.claiming import claim

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
ACCEPTED = Receipt(Verdict.ACCEPTED, provider_id="p1")


@pytest.fixture
def post(database):
    return Post(database)


class Post:
    """A journey with one contact inside, and its messages."""

    def __init__(self, database):
        self.database = database
        with database.transaction() as session:
            journey = Journey(
                key="j", name="J", state="live", draft={}, created_at=NOW, updated_at=NOW
            )
            contact = Contact(
                uid=new_id(),
                created_at=NOW,
                attributes={},
                attribute_times={},
                email="ann@example.com",
                email_confirmed=True,
                phone_confirmed=False,
            )
            session.add_all([journey, contact])
            session.flush()
            version = JourneyVersion(
                journey_id=journey.id,
                number=1,
                document={},
                digest="",
                published_at=NOW,
                published_by="test",
            )
            session.add(version)
            session.flush()
            enrollment = Enrollment(
                journey_id=journey.id,
                version_id=version.id,
                contact_id=contact.id,
                subject_id=contact.id,
                status=1,
                node=0,
                entered_at=NOW,
                arrived_at=NOW,
                data={},
            )
            session.add(enrollment)
            session.flush()
            self.draft = {
                "contact_id": contact.id,
                "channel": "email",
                "journey_id": journey.id,
                "version_id": version.id,
                "enrollment_id": enrollment.id,
                "template": "t",
            }

    def intend(self, node="a", **changed):
        with self.database.transaction() as session:
            draft = Draft(**{**self.draft, "node": node, "visit": 1, **changed})
            intend(session, [draft], now=NOW)

    def claim(self, owner="w1", at=NOW):
        with self.database.transaction() as session:
            return claim(session, "email", now=at, limit=10, owner=owner, default_zone="UTC")

    def start(self, parcels, at=NOW):
        with self.database.transaction() as session:
            return delivery.start(session, parcels, now=at, default_zone="UTC")

    def record(self, parcel, outcome, at=NOW, kept=None):
        with self.database.transaction() as session:
            delivery.record(session, [Result(parcel, outcome, "smtp", kept)], now=at)

    def change(self, row, **values):
        with self.database.transaction() as session:
            for one in session.scalars(select(row)):
                for name, value in values.items():
                    setattr(one, name, value)

    def read(self):
        with self.database.reading() as session:
            return session.scalars(select(Message).order_by(Message.id)).all()

    @property
    def states(self):
        return [MessageState(one.state).name for one in self.read()]

    def count(self, row):
        with self.database.reading() as session:
            return len(session.scalars(select(row)).all())


def test_r051_the_same_intent_is_one_row(post):
    for _ in range(3):
        post.intend()
    post.intend(visit=2)
    assert len(post.read()) == 2


def test_what_is_accepted_is_sent_and_kept_where_it_is_to_be_kept(post):
    post.intend()
    (parcel,) = post.start(post.claim())
    post.record(parcel, ACCEPTED, kept=Content("us", "ann", "Hello", b"text", b"<p>"))
    (message,) = post.read()
    assert (message.state, message.provider_id, message.attempts) == (2, "p1", 1)
    assert post.count(MessageContent) == 1


def test_only_what_a_provider_took_counts_as_sent_that_day(post):
    for visit in (1, 2, 3):
        post.intend(visit=visit)
    first, second, third = post.start(post.claim())
    post.record(first, ACCEPTED)
    post.record(second, Receipt(Verdict.PERMANENT))
    post.record(third, ACCEPTED)
    post.record(third, ACCEPTED)
    with post.database.reading() as session:
        counted = count_by_day(session, NOW.date(), NOW.date())
    assert counted == {one: {NOW.date(): 2} if one is Counted.EMAIL else {} for one in Counted}


def test_r050_what_one_worker_holds_no_other_gets(post):
    post.intend()
    assert len(post.claim("w1")) == 1
    assert post.claim("w2") == []


def test_r050_a_lease_that_ran_out_before_the_hand_over_began_is_simply_taken_up(post):
    post.intend(resends=False)
    post.claim("w1")
    later = NOW + delivery.LEASE + timedelta(seconds=1)
    assert len(post.claim("w2", at=later)) == 1


@pytest.mark.parametrize(("resends", "state"), [(True, "SENDING"), (False, "UNCERTAIN")])
def test_r053_what_may_have_left_is_sent_again_or_shown_to_somebody(post, resends, state):
    post.intend(resends=resends)
    post.start(post.claim("w1"))
    post.claim("w2", at=NOW + delivery.LEASE + timedelta(seconds=1))
    assert post.states == [state]


def test_a_late_result_of_a_worker_that_lost_its_lease_changes_nothing(post):
    post.intend()
    (parcel,) = post.start(post.claim("w1"))
    later = NOW + delivery.LEASE + timedelta(seconds=1)
    (again,) = post.start(post.claim("w2", at=later), at=later)
    post.record(parcel, ACCEPTED, at=later)
    assert post.states == ["SENDING"]
    post.record(again, ACCEPTED, at=later)
    assert post.states == ["SENT"]


def test_r080_an_exit_stops_what_is_claimed_and_not_yet_started(post):
    post.intend()
    parcels = post.claim()
    post.change(Enrollment, status=3, is_recalled=True)
    assert post.start(parcels) == []
    assert post.states == ["CANCELLED"]


def test_an_exit_cancels_what_is_queued_and_leaves_what_has_begun(post):
    post.intend("a")
    post.start(post.claim())
    post.intend("b")
    with post.database.transaction() as session:
        lock_contacts(session, [post.draft["contact_id"]])
        assert outbox.cancel(session, [post.draft["enrollment_id"]], reason="left") == 1
    assert post.states == ["SENDING", "CANCELLED"]


def test_r102_a_paused_journey_hands_nothing_over(post):
    post.intend()
    post.change(Journey, state="paused")
    assert post.claim() == []
    post.change(Journey, state="live")
    assert len(post.claim()) == 1


@pytest.mark.parametrize(("message_class", "hours"), [("marketing", 72), ("transactional", 24)])
def test_r055_a_refusal_for_now_is_tried_again_for_days_and_not_for_ever(
    post, message_class, hours
):
    post.intend()
    at = NOW
    while True:
        (parcel,) = post.start(post.claim(at=at), at=at)
        parcel = replace(parcel, message_class=message_class)
        post.record(parcel, Receipt(Verdict.TEMPORARY, code="451"), at=at)
        (message,) = post.read()
        if message.state != MessageState.QUEUED:
            break
        assert at < message.due_at <= at + settling.LONGEST_PAUSE
        at = message.due_at
    assert (message.state, message.reason) == (MessageState.FAILED, FailReason.TOO_OFTEN)
    assert timedelta(hours=hours) < at - NOW <= timedelta(hours=hours + 1)


@pytest.mark.parametrize("refusal", [Verdict.TEMPORARY, Verdict.NOT_SENT])
def test_r055_what_was_kept_back_for_days_is_tried_for_days_from_then_on(post, refusal):
    """A pause, a brake or quiet hours are no tries: a server that greylists is asked again."""
    post.intend(message_class="marketing", topic="news")
    with post.database.transaction() as session:
        session.add(Topic(key="news", name="News", opt_in="implied", created_at=NOW))
    at = resumed_at = NOW + timedelta(days=5)
    while True:
        (parcel,) = post.start(post.claim(at=at), at=at)
        post.record(parcel, Receipt(refusal, code="451"), at=at)
        (message,) = post.read()
        if message.state != MessageState.QUEUED:
            break
        at = max(message.due_at, at + timedelta(hours=1))
    assert message.reason == FailReason.TOO_OFTEN
    assert timedelta(hours=72) < at - resumed_at <= timedelta(hours=73)


def test_r085_content_that_cannot_be_had_is_waited_for_also_after_a_night_of_quiet_hours(post):
    post.intend()
    at = NOW + timedelta(hours=11)
    (parcel,) = post.claim(at=at)
    post.record(parcel, Problem(FailReason.RENDER, "no answer", may_pass=True), at=at)
    (message,) = post.read()
    assert message.state == MessageState.QUEUED
    (parcel,) = post.claim(at=at + timedelta(hours=1))
    post.record(
        parcel, Problem(FailReason.RENDER, "no answer", may_pass=True), at=at + timedelta(hours=1)
    )
    assert post.states == ["FAILED"]


def test_r055_what_may_have_left_is_tried_a_dozen_times_at_most(post):
    post.intend()
    at = NOW
    for _ in range(settling.MOST_DOUBTFUL):
        (parcel,) = post.start(post.claim(at=at), at=at)
        post.record(parcel, Receipt(Verdict.UNCERTAIN), at=at)
        (message,) = post.read()
        at = message.due_at or at
    assert (message.state, message.reason) == (MessageState.FAILED, FailReason.TOO_OFTEN)
    assert message.attempts == settling.MOST_DOUBTFUL


def test_what_never_left_spends_no_attempt(post):
    post.intend()
    (parcel,) = post.start(post.claim())
    post.record(parcel, Receipt(Verdict.NOT_SENT, text="no connection"))
    (message,) = post.read()
    assert (message.state, message.attempts) == (0, 0)


def test_the_provider_may_ask_for_time(post):
    post.intend()
    (parcel,) = post.start(post.claim())
    post.record(parcel, Receipt(Verdict.TEMPORARY, retry_after=timedelta(minutes=7)))
    assert post.read()[0].due_at == NOW + timedelta(minutes=7)


def test_who_always_asks_for_a_second_is_asked_ever_less_often(post):
    post.intend()
    at = NOW
    for _ in range(20):
        (parcel,) = post.start(post.claim(at=at), at=at)
        post.record(parcel, Receipt(Verdict.TEMPORARY, retry_after=timedelta(seconds=1)), at=at)
        at = post.read()[0].due_at
    assert at - NOW > timedelta(hours=4)


def test_r119_a_dead_address_is_never_written_to_again(post):
    post.intend("a")
    (parcel,) = post.start(post.claim())
    post.record(parcel, Receipt(Verdict.PERMANENT, code="5.1.1", is_dead_address=True))
    assert post.count(Suppression) == 1
    post.intend("b")
    assert post.claim() == []
    assert post.states == ["FAILED", "SKIPPED"]


def test_a_node_that_waits_is_told_and_one_that_does_not_is_not(post):
    post.intend("a")
    post.intend("b", waits=True)
    for parcel in post.start(post.claim()):
        post.record(parcel, ACCEPTED)
    assert post.count(EventBatch) == 1


def test_r055_what_breaks_its_renderer_is_set_aside_and_can_be_replayed(post):
    post.intend(exits_on_error=True)
    (parcel,) = post.claim()
    post.record(parcel, Problem(FailReason.RENDER, "the rendering process was ended", True))
    assert post.states == ["SET_ASIDE"]
    with post.database.transaction() as session:
        assert outbox.replay(session, [post.read()[0].id], now=NOW) == 1
    assert post.states == ["QUEUED"]


def test_pauses_between_tries_double_up_to_an_hour():
    pauses = [settling.derive_pause(attempts, seed=7) for attempts in range(1, 20)]
    assert timedelta(seconds=2) < pauses[0] <= settling.FIRST_PAUSE
    assert max(pauses) <= settling.LONGEST_PAUSE
    assert settling.derive_pause(3, seed=1) != settling.derive_pause(3, seed=2)


def save_words(post, number):
    with post.database.transaction() as session:
        template = session.scalar(select(Template).where(Template.key == "t"))
        if template is None:
            template = Template(key="t", channel="email", name="T", created_at=NOW)
            session.add(template)
            session.flush()
        version = TemplateVersion(
            template_id=template.id,
            number=number,
            source=str(number),
            compiled={"words": number},
            digest=str(number),
            created_at=NOW,
            created_by="test",
        )
        session.add(version)
        session.flush()
        template.version_id = version.id
        return version.id


def test_r100_a_letter_once_made_keeps_its_words_and_others_get_the_new_ones(post):
    old = save_words(post, 1)
    post.intend("a")
    (made,) = post.claim()
    post.start([made])
    new = save_words(post, 2)
    post.record(made, Receipt(Verdict.TEMPORARY))
    post.intend("b")
    later = NOW + timedelta(hours=1)
    parcels = post.claim(at=later)
    assert {each.node: each.compiled["words"] for each in parcels} == {"a": 1, "b": 2}
    for each in post.start(parcels, at=later):
        post.record(each, ACCEPTED, at=later)
    assert {each.node: each.template_version_id for each in post.read()} == {"a": old, "b": new}


def test_r100_a_letter_replayed_by_hand_is_made_anew(post):
    save_words(post, 1)
    post.intend()
    (parcel,) = post.start(post.claim())
    post.record(parcel, Receipt(Verdict.PERMANENT))
    save_words(post, 2)
    with post.database.transaction() as session:
        outbox.replay(session, [parcel.id], now=NOW)
    (again,) = post.claim()
    assert again.compiled["words"] == 2
