"""Faults planted in the engine, each as somebody might make it: the suite has to find them all."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta

from sqlalchemy import select, update

from engine.actions import ACTIONS, consent, wait
from engine.db import insert_into
from engine.decision import Advance, Decision, UpdateContact
from engine.events import ingest
from engine.ids import new_id
from engine.journeys import records
from engine.journeys.deciding import gates, matching, reacting, turns, walk
from engine.journeys.deciding.states import JourneyState
from engine.journeys.entering import enroll
from engine.journeys.publishing import moving, stopping
from engine.journeys.responding import joining, reaction
from engine.journeys.running import effects, inside, live, runner, throttles
from engine.journeys.watching import watches
from engine.messages.gates import passing, policy
from engine.messages.gates.passing import Stops
from engine.messages.handover import delivery, outbox
from engine.messages.states import MessageState
from engine.messages.texts import inbound
from engine.models.journey import Journey, Watch
from engine.models.message import Message
from engine.when.zones import get_zone

Patch = Callable[[object, str, object], None]
NO_STOPS = Stops(frozenset(), (), frozenset())


@contextmanager
def plant(fault: Callable[[Patch], None]) -> Iterator[None]:
    """Plant a fault; take it out again at the end."""
    kept: list[tuple[object, str, object]] = []

    def patch(place, name, value):
        kept.append((place, name, getattr(place, name)))
        setattr(place, name, value)

    fault(patch)
    try:
        yield
    finally:
        for place, name, value in reversed(kept):
            setattr(place, name, value)


def duplicates_are_not_dropped(patch: Patch):
    patch(ingest, "_drop_duplicates", lambda _session, entries, **_: entries)


def an_exit_is_ignored_while_waiting(patch: Patch):
    right = reacting.Reaction._touch

    def touch(self, held, one):
        if held.is_waiting:
            wake = reacting.find_wake(one, held)
            return wake and held.wake(wake.signal, rank=wake.rank)
        return right(self, held, one)

    patch(reacting.Reaction, "_touch", touch)


def messages_are_not_cancelled_on_exit(patch: Patch):
    patch(inside, "cancel", lambda *_, **__: 0)
    patch(runner, "cancel", lambda *_, **__: 0)


def leases_are_not_honoured(patch: Patch):
    def take_back(session, stream, *, now):
        session.execute(
            update(Message)
            .where(*stream.select(), Message.state == MessageState.SENDING)
            .values(state=MessageState.QUEUED, due_at=now, lease_owner=None, started_at=None)
            .execution_options(synchronize_session=False)
        )

    patch(delivery, "_take_back", take_back)


def a_lost_answer_is_always_sent_again(patch: Patch):
    right = outbox._build_row

    def build_row(draft, now):
        row = right(draft, now)
        return row | {"data": row["data"] | {"resends": True}}

    patch(outbox, "_build_row", build_row)


def the_gates_are_asked_once_only(patch: Patch):
    right = delivery.start

    def start(session, parcels, **options):
        gates, delivery.pass_gates = delivery.pass_gates, lambda _, parcels, *__, **___: parcels
        try:
            return right(session, parcels, **options)
        finally:
            delivery.pass_gates = gates

    patch(delivery, "start", start)


def what_was_claimed_leaves_in_a_pause(patch: Patch):
    right = delivery.start

    def start(session, parcels, **options):
        return right(session, parcels, **options | {"stops": NO_STOPS})

    patch(delivery, "start", start)


def the_tally_of_a_way_is_forgotten(patch: Patch):
    right = runner.add_tallies

    def add_tallies(session, counts, *, now):
        kept = {key: n for key, n in counts.items() if key[2] != "way:1"}
        right(session, kept, now=now)

    patch(runner, "add_tallies", add_tallies)


def visits_are_not_counted(patch: Patch):
    patch(walk, "_count_visit", lambda *_: None)


def a_wake_is_lost(patch: Patch):
    right = inside.write_held

    def write_held(session, several, *, now):
        right(session, [held for held in several if held.signal is None], now=now)

    patch(reaction, "write_held", write_held)


def a_silence_is_released_twice(patch: Patch):
    right = watches.release_due

    def release_due(session, *, now, limit, default_zone):
        due = list(session.execute(select(Watch.__table__).where(Watch.due_at <= now)).mappings())
        done = right(session, now=now, limit=limit, default_zone=default_zone)
        for row in due:
            later = dict(row) | {"due_at": now + timedelta(hours=2)}
            session.execute(insert_into(session, Watch).on_conflict_do_nothing(), [later])
        return done

    patch(watches, "release_due", release_due)


def time_is_read_off_the_wall(patch: Patch):
    def add_span(instant, span, zone):
        there = instant.astimezone(zone.info)
        moved = there.replace(tzinfo=None) + span.shortest
        return moved.replace(tzinfo=zone.info).astimezone(UTC)

    patch(wait, "add_span", add_span)


def joining_forgets_enrollments(patch: Patch):
    patch(joining, "_move_enrollments", lambda *_, **__: None)


def who_is_inside_is_not_asked(patch: Patch):
    patch(enroll, "_load_inside", lambda *_: set())


def past_entries_are_forgotten(patch: Patch):
    patch(enroll, "_load_entries", lambda *_: {})


def pauses_stop_nobody(patch: Patch):
    patch(runner, "list_paused", lambda _: [])


def the_number_of_a_pass_is_not_raised(patch: Patch):
    right = runner._write_enrollments

    def write_enrollments(session, rows, passages, *, now):
        right(session, rows, passages, now=now)
        ids = [row.id for row in rows]
        session.execute(
            update(runner.Enrollment)
            .where(runner.Enrollment.id.in_(ids))
            .values(seq=runner.Enrollment.seq - 1)
        )

    patch(runner, "_write_enrollments", write_enrollments)


def quiet_hours_are_read_in_utc(patch: Patch):
    right = policy._judge_hours

    def judge_hours(standing, now):
        return right(dataclasses.replace(standing, zone=get_zone("UTC")), now)

    patch(policy, "_judge_hours", judge_hours)


def a_no_is_not_recorded(patch: Patch):
    patch(passing, "judge", lambda standing, *, now: policy.judge(_say_yes(standing), now=now))


def _say_yes(standing):
    return dataclasses.replace(standing, choice="subscribed")


def nobody_waits_at_a_throttle(patch: Patch):
    def call_up(_line, travellers, *, now):
        for traveller in travellers:
            traveller.turn_at = now

    patch(throttles, "call_up", call_up)


def missed_turns_are_made_up_for(patch: Patch):
    right = turns._derive_pace
    patch(turns, "_derive_pace", lambda traveller: (timedelta(days=1), right(traveller)[1]))


def who_left_is_still_asked_about(patch: Patch):
    patch(inside, "close_questions", lambda *_, **__: None)
    patch(runner, "close_questions", lambda *_, **__: None)


def who_was_late_may_answer_all_the_same(patch: Patch):
    patch(effects, "close_questions", lambda *_, **__: None)


def a_score_has_no_ceiling(patch: Patch):
    right = ACTIONS["score"]

    def decide(node, facts):
        return right.decide(node.model_copy(update={"ceiling": None}), facts)

    patch(walk, "ACTIONS", {**ACTIONS, "score": dataclasses.replace(right, decide=decide)})


def a_score_begins_anew(patch: Patch):
    right = ACTIONS["score"]

    def decide(node, _facts):
        value = node.to if node.to is not None else node.by
        return Decision(Advance(), (UpdateContact(set={f"scores.{node.score}": value}),))

    patch(walk, "ACTIONS", {**ACTIONS, "score": dataclasses.replace(right, decide=decide)})


def a_journey_says_yes_for_its_contact(patch: Patch):
    patch(consent, "_may_grant", lambda *_: True)


def who_asks_others_is_not_heard(patch: Patch):
    right = effects.append_own

    def append_own(session, events, *, now):
        right(session, events[:1], now=now)

    patch(effects, "append_own", append_own)


def a_journey_cannot_be_stopped_by_another(patch: Patch):
    patch(matching, "_is_stopped", lambda *_: False)


def a_chain_never_ends(patch: Patch):
    patch(gates, "DEEPEST_CHAIN", 1_000)


def paused_entries_let_in(patch: Patch):
    def load_live(session):
        return live._load_plans_of(session, Journey.state == JourneyState.LIVE)

    patch(reaction, "load_live", load_live)
    patch(reaction, "load_closed", lambda _: {})


def stopping_now_forgets_somebody(patch: Patch):
    right = stopping.load_held
    patch(stopping, "load_held", lambda session, inside: right(session, sorted(inside)[1:]))


def those_who_are_moved_forget_where_they_were(patch: Patch):
    patch(moving, "carry_visits", lambda _passed, visits, **_: dict(visits))


def those_who_stay_keep_their_old_place(patch: Patch):
    right = moving._stay
    patch(moving, "_stay", lambda row, *rest: right(row, *rest) | {"node": row.node})


def a_ticket_leaves_its_enrollments_behind(patch: Patch):
    patch(records, "_hand_over", lambda *_: None)


def nobody_sees_that_a_date_has_moved(patch: Patch):
    patch(reacting, "find_moved_anchor", lambda *_: None)
    patch(walk, "find_moved_anchor", lambda *_: None)


def a_reply_reported_twice_is_two(patch: Patch):
    patch(inbound, "derive_id", lambda *_: new_id())


FAULTS = (
    duplicates_are_not_dropped,
    an_exit_is_ignored_while_waiting,
    messages_are_not_cancelled_on_exit,
    leases_are_not_honoured,
    a_lost_answer_is_always_sent_again,
    the_gates_are_asked_once_only,
    what_was_claimed_leaves_in_a_pause,
    the_tally_of_a_way_is_forgotten,
    visits_are_not_counted,
    a_wake_is_lost,
    a_silence_is_released_twice,
    time_is_read_off_the_wall,
    joining_forgets_enrollments,
    who_is_inside_is_not_asked,
    past_entries_are_forgotten,
    pauses_stop_nobody,
    the_number_of_a_pass_is_not_raised,
    quiet_hours_are_read_in_utc,
    a_no_is_not_recorded,
    nobody_waits_at_a_throttle,
    missed_turns_are_made_up_for,
    who_left_is_still_asked_about,
    who_was_late_may_answer_all_the_same,
    a_score_has_no_ceiling,
    a_score_begins_anew,
    a_journey_says_yes_for_its_contact,
    who_asks_others_is_not_heard,
    a_journey_cannot_be_stopped_by_another,
    a_chain_never_ends,
    paused_entries_let_in,
    stopping_now_forgets_somebody,
    those_who_are_moved_forget_where_they_were,
    those_who_stay_keep_their_old_place,
    a_ticket_leaves_its_enrollments_behind,
    nobody_sees_that_a_date_has_moved,
    a_reply_reported_twice_is_two,
)
