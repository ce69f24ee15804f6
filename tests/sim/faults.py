"""Faults planted in the engine, each as somebody might make it: the suite has to find them all."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta

from sqlalchemy import select, update

from engine.actions import wait
from engine.db import insert_into
from engine.events import ingest
from engine.journeys import enroll, inside, joining, reacting, reaction, runner, walk, watches
from engine.messages import delivery, outbox, policy
from engine.messages.states import MessageState
from engine.models.journey import Watch
from engine.models.message import Message
from engine.when.zones import get_zone

Patch = Callable[[object, str, object], None]


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
    def take_back(session, channel, *, now):
        session.execute(
            update(Message)
            .where(Message.channel == channel, Message.state == MessageState.SENDING)
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
        gates, delivery._pass_gates = delivery._pass_gates, lambda _, parcels, **__: parcels
        try:
            return right(session, parcels, **options)
        finally:
            delivery._pass_gates = gates

    patch(delivery, "start", start)


def what_was_claimed_leaves_in_a_pause(patch: Patch):
    right = delivery.start

    def start(session, parcels, **options):
        silent, delivery._list_silent = delivery._list_silent, lambda _: set()
        try:
            return right(session, parcels, **options)
        finally:
            delivery._list_silent = silent

    patch(delivery, "start", start)


def the_tally_of_a_way_is_forgotten(patch: Patch):
    right = runner.add_tallies

    def add_tallies(session, counts):
        right(session, {key: n for key, n in counts.items() if key[2] != "way:1"})

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
    patch(delivery, "judge", lambda standing, *, now: policy.judge(_say_yes(standing), now=now))


def _say_yes(standing):
    return dataclasses.replace(standing, choice="subscribed")


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
)
