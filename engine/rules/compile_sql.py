"""Answers a condition for every contact, in SQL: the same answer as `evaluate`.

Every leaf that reads another table becomes one LEFT JOIN to at most one row a contact, and the
leaf asks whether that row is there. So any nesting of groups stays a plan of hash joins (PostgreSQL
turns those at the top into semi- and anti-joins), and a negative leaf costs what a positive does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias, assert_never

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy import false as never

from engine.models.base import Instant
from engine.models.contact import Consent as ConsentRow
from engine.models.contact import Contact
from engine.models.event import Event as EventRow
from engine.models.message import Message as MessageRow
from engine.models.segment import SegmentMember
from engine.rules.aggregates import EventTest, build_ask, build_event_test
from engine.rules.conditions import (
    All,
    AnyOf,
    Attribute,
    Condition,
    Consent,
    Context,
    EventCount,
    EventDone,
    EventLeaf,
    EventNumber,
    EventTime,
    Message,
    NoneOf,
    Segment,
    Subject,
    Template,
    Trigger,
)
from engine.rules.counters import Ask
from engine.rules.evaluate import ContactState, evaluate
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere, Property, Where
from engine.rules.operators import OPERATORS
from engine.rules.predicates import Moment, NumberRange
from engine.rules.sql_predicates import write_instant, write_predicate
from engine.rules.sql_values import VALUES, DialectName, JsonValueSql, Sql, is_not_true
from engine.rules.values import list_zones, local_date, parse_duration, split_path

contact, consent = Contact.__table__, ConsentRow.__table__
event, message, segment_member = EventRow.__table__, MessageRow.__table__, SegmentMember.__table__

Join: TypeAlias = tuple[FromClause, Sql]


class CannotCompile(Exception):
    """The condition reads an enrollment's own facts, and none were given."""


@dataclass(slots=True)
class _Writer:
    now: datetime
    dialect: DialectName
    default_zone: str
    known: ContactState | None
    only: Sequence[int] | None
    joins: list[Join] = field(default_factory=list)

    def join(self, source: FromClause, on: Sql) -> None:
        self.joins.append((source, on))

    def value(self, column: ColumnElement[Any], path: str) -> JsonValueSql:
        return VALUES[self.dialect](column, split_path(path))


def compile_condition(
    condition: Condition,
    *,
    now: datetime,
    dialect: DialectName,
    default_zone: str = "UTC",
    known: ContactState | None = None,
    only: Sequence[int] | None = None,
) -> Select[tuple[int]]:
    """Return the SELECT of the ids of all contacts for which the condition holds at `now`.

    Args:
        condition: What is asked.
        now: The instant at which it is asked, aware, UTC.
        dialect: Which database it is for.
        default_zone: The zone of contacts that have none.
        known: Trigger, context and subject, where the leaves read them; they become constants.
        only: Look at these contacts alone.

    Raises:
        CannotCompile: a leaf reads trigger, context or subject, and `known` is None.
    """
    writer = _Writer(now, dialect, default_zone, known, only)
    holds = _write(condition, writer)
    source: FromClause = contact
    for other, on in writer.joins:
        source = source.outerjoin(other, on)
    is_there = and_(contact.c.merged_into.is_(None), contact.c.erased_at.is_(None))
    statement = select(contact.c.id).select_from(source).where(holds, is_there)
    return statement if only is None else statement.where(contact.c.id.in_(only))


def _write(condition: Condition, writer: _Writer) -> Sql:
    match condition:
        case All(all=items):
            return and_(*(_write(item, writer) for item in items))
        case AnyOf(any=items):
            return or_(*(_write(item, writer) for item in items))
        case NoneOf(none=items):
            return and_(*(_negate(_write(item, writer)) for item in items))
        case Attribute():
            return _write_attribute(condition, writer)
        case Trigger() | Context() | Subject() | Message():
            if writer.known is None:
                msg = f"{type(condition).__name__.lower()} is known only inside an enrollment"
                raise CannotCompile(msg)
            holds = evaluate(
                condition, writer.known, now=writer.now, default_zone=writer.default_zone
            )
            return true() if holds else never()
        case EventDone() | EventCount() | EventNumber() | EventTime():
            return _write_event(condition, writer)
        case Segment():
            return _write_segment(condition, writer)
        case Consent():
            return _write_consent(condition, writer)
        case Template():
            return _write_template(condition, writer)
        case _:
            assert_never(condition)


def _negate(expression: Sql) -> Sql:
    return is_not_true(expression)


def _write_attribute(leaf: Attribute, writer: _Writer) -> Sql:
    row = OPERATORS[leaf.op]
    value = writer.value(contact.c.attributes, leaf.attribute)

    def build(today: date) -> Sql:
        return write_predicate(
            row.build(leaf.value, Moment(writer.now, today), leaf.ignore_case), value
        )

    usual = local_date(writer.now, writer.default_zone)
    if not row.moves:
        return build(usual)
    others = [
        (contact.c.timezone.in_(zones), build(day))
        for day, zones in group_zones(writer.now).items()
        if day != usual
    ]
    return case(*others, else_=build(usual)) if others else build(usual)


def group_zones(now: datetime) -> dict[date, list[str]]:
    """Return the calendar days it is somewhere at `now`, at most three, and the zones of each."""
    days: dict[date, list[str]] = {}
    for zone in sorted(list_zones()):
        days.setdefault(local_date(now, zone), []).append(zone)
    return days


def _write_event(leaf: EventLeaf, writer: _Writer) -> Sql:
    """Join the contacts for whom the answer differs from that of a contact without the event."""
    ask = build_ask(leaf, now=writer.now)
    test = build_event_test(leaf, now=writer.now)
    rows = select(event.c.contact_id).where(event.c.name == leaf.event)
    if ask.start is not None:
        start = literal(ask.start, Instant)
        rows = rows.where(
            event.c.occurred_at >= start if ask.included else event.c.occurred_at > start
        )
    if leaf.where is not None:
        rows = rows.where(_write_where(leaf.where, writer))
    if writer.only is not None:
        rows = rows.where(event.c.contact_id.in_(writer.only))
    rows = rows.group_by(event.c.contact_id)
    holds_for_none = test.holds_for_none
    if test.aggregate != "count" or test.test != NumberRange(low=1):
        figure = _write_test(test, ask, writer)
        turned = test.negated is not holds_for_none
        rows = rows.having(is_not_true(figure) if turned else figure)
    found = rows.subquery()
    writer.join(found, found.c.contact_id == contact.c.id)
    there = found.c.contact_id.is_not(None)
    return found.c.contact_id.is_(None) if holds_for_none else there


def _write_test(test: EventTest, ask: Ask, writer: _Writer) -> Sql:
    """Write the test of a figure, before `negated`."""
    if test.aggregate in ("first", "last"):
        pick = func.min if test.aggregate == "first" else func.max
        return write_instant(test.test, pick(event.c.occurred_at), writer.dialect)
    assert isinstance(test.test, NumberRange)  # noqa: S101 - `build_event_test` makes no other
    if ask.path is None:
        return _write_ends(test.test, func.count(), literal(1))
    fixed = writer.value(event.c.properties, ask.path).fixed()
    match test.aggregate:
        case "sum":
            return _write_ends(test.test, func.coalesce(func.sum(fixed), 0), literal(1))
        case "average":
            number = func.count(fixed)
            return and_(number > 0, _write_ends(test.test, func.sum(fixed), number))
        case "minimum":
            return _write_ends(test.test, func.min(fixed), literal(1))
        case _:
            return _write_ends(test.test, func.max(fixed), literal(1))


def _write_ends(ends: NumberRange, figure: ColumnElement[Any], scale: ColumnElement[Any]) -> Sql:
    parts: list[Sql] = []
    for end, is_open, is_low in (
        (ends.low, ends.low_open, True),
        (ends.high, ends.high_open, False),
    ):
        if end is None:
            continue
        bound = (literal(end, BigInteger) if isinstance(end, int) else literal(end)) * scale
        if is_low:
            parts.append(figure > bound if is_open else figure >= bound)
        else:
            parts.append(figure < bound if is_open else figure <= bound)
    return and_(true(), *parts)


def _write_where(where: Where, writer: _Writer) -> Sql:
    match where:
        case Property():
            row = OPERATORS[where.op]
            moment = Moment(writer.now, writer.now.date())
            test = row.build(where.value, moment, where.ignore_case)
            return write_predicate(test, writer.value(event.c.properties, where.property))
        case AllWhere(all=items):
            return and_(*(_write_where(item, writer) for item in items))
        case AnyWhere(any=items):
            return or_(*(_write_where(item, writer) for item in items))
        case NoneWhere(none=items):
            return and_(*(_negate(_write_where(item, writer)) for item in items))
        case _:
            assert_never(where)


def _write_segment(leaf: Segment, writer: _Writer) -> Sql:
    found = segment_member.alias()
    writer.join(found, and_(found.c.contact_id == contact.c.id, found.c.segment == leaf.segment))
    here = found.c.contact_id
    return here.is_not(None) if leaf.op == "member" else here.is_(None)


def _write_consent(leaf: Consent, writer: _Writer) -> Sql:
    found = consent.alias()
    on = and_(
        found.c.contact_id == contact.c.id,
        found.c.topic == leaf.consent,
        found.c.channel == leaf.channel,
    )
    writer.join(found, on)
    match leaf.op:
        case "unanswered":
            return found.c.choice.is_(None)
        case "not_subscribed":
            return is_not_true(found.c.choice == "subscribed")
        case _:
            return found.c.choice == leaf.op


def _write_template(leaf: Template, writer: _Writer) -> Sql:
    mark, negated = leaf.mark
    at = message.c[f"{mark}_at"]
    rows = select(message.c.contact_id).where(message.c.template == leaf.template, at.is_not(None))
    if leaf.within is not None:
        start, included = parse_duration(leaf.within).window_start(writer.now)
        edge = literal(start, Instant)
        rows = rows.where(at >= edge if included else at > edge)
    if writer.only is not None:
        rows = rows.where(message.c.contact_id.in_(writer.only))
    found = rows.distinct().subquery()
    writer.join(found, found.c.contact_id == contact.c.id)
    here = found.c.contact_id
    return here.is_(None) if negated else here.is_not(None)
