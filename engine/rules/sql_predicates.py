"""Writes a predicate as SQL, on top of what `sql_values` knows about each database."""

from typing import Any, assert_never

from sqlalchemy import ColumnElement, DateTime, and_, false, func, literal, or_, true

from engine.models.base import Instant
from engine.rules.predicates import (
    DateRange,
    ListHas,
    Matches,
    MonthDays,
    Not,
    NumberRange,
    OneOf,
    Predicate,
    Present,
    TextHas,
    instant_bounds,
)
from engine.rules.sql_values import DialectName, JsonValueSql, Sql, is_not_true
from engine.rules.values import NO_DATE, NO_SUCH_DAYS, fold_case


def write_predicate(test: Predicate, value: JsonValueSql) -> Sql:
    """Return the predicate as SQL."""
    match test:
        case Present():
            return value.is_kind("null", "boolean", "number", "text", "list", "object")
        case OneOf():
            return _write_one_of(test, value)
        case NumberRange():
            return and_(value.is_kind("number"), *_write_ends(test, value))
        case TextHas():
            return _write_text(test, value)
        case Matches(pattern=pattern):
            return value.matches(pattern)
        case DateRange():
            return and_(_write_range(test, value), _write_is_date(value))
        case MonthDays(days=days):
            return and_(func.substr(value.text, 6, 5).in_(sorted(days)), _write_is_date(value))
        case ListHas(quantity=quantity, values=values):
            join = and_ if quantity == "all" else or_
            return join(*(value.holds(item) for item in values))
        case Not(test=inner):
            return is_not_true(write_predicate(inner, value))
        case _:
            assert_never(test)


def _write_ends(test: NumberRange, value: JsonValueSql) -> list[Sql]:
    ends: list[Sql] = []
    if test.low is not None:
        ends.append(value.compare(">" if test.low_open else ">=", test.low))
    if test.high is not None:
        ends.append(value.compare("<" if test.high_open else "<=", test.high))
    return ends


def _looks_otherwise(text: str) -> bool:
    """Return whether `text` could be how the database shows a number, boolean, list or object."""
    return text in ("", "true", "false", "0", "1") or text[0] in "-0123456789[{"


def _write_one_of(test: OneOf, value: JsonValueSql) -> Sql:
    texts = [fold_case(v) if test.ignore_case else v for v in test.values if isinstance(v, str)]
    numbers = [v for v in test.values if isinstance(v, int | float) and not isinstance(v, bool)]
    parts: list[Sql] = [value.is_boolean(value=v) for v in test.values if isinstance(v, bool)]
    if texts:
        found: Sql = value.folded(fold=test.ignore_case).in_(texts)
        if any(map(_looks_otherwise, texts)) or test.ignore_case:
            found = and_(found, value.is_kind("text"))
        parts.append(found)
    if numbers:
        parts.append(value.equals_any(numbers))
    if None in test.values:
        parts.append(value.is_kind("null"))
    return or_(false(), *parts) if len(parts) != 1 else parts[0]


def _write_text(test: TextHas, value: JsonValueSql) -> Sql:
    needle = fold_case(test.needle) if test.ignore_case else test.needle
    text = value.folded(fold=test.ignore_case)
    is_text = value.is_kind("text")
    match test.where:
        case "anywhere":
            return and_(is_text, value.find(needle, fold=test.ignore_case))
        case "start":
            exact = func.substr(text, 1, len(needle)) == needle
            return and_(is_text, text >= needle, exact)
        case "end":
            length = func.length(text)
            tail = func.substr(text, length - len(needle) + 1, len(needle))
            return and_(is_text, length >= len(needle), tail == needle)
        case _:
            assert_never(test.where)


def _write_is_date(value: JsonValueSql) -> Sql:
    text = value.text
    return and_(
        value.is_date(),
        func.substr(text, 6, 5).not_in(NO_SUCH_DAYS),
        func.substr(text, 1, 10) != NO_DATE,
        func.substr(text, 1, 4) >= "1000",
        func.substr(text, 1, 4) < "9999",
    )


def _write_range(test: DateRange, value: JsonValueSql) -> Sql:
    """Write the range of days or of seconds, with the bounds of both for an index to use."""
    text = value.text
    second = func.substr(text, 1, 19)
    day_part: list[Sql] = [func.length(text) == 10]
    second_part: list[Sql] = [func.length(text) > 10]
    both: list[Sql] = []
    if test.first_day is not None and test.first_second is not None:
        day_part.append(text >= test.first_day)
        second_part.append(second >= test.first_second)
        both.append(text >= min(test.first_day, test.first_second))
    if test.last_day is not None and test.last_second is not None:
        day_part.append(text <= test.last_day)
        second_part.append(second <= test.last_second)
        both.append(text <= max(test.last_day, test.last_second + "~"))
    return and_(*both, or_(and_(*day_part), and_(*second_part)))


def write_instant(test: Predicate, instant: ColumnElement[Any], dialect: DialectName) -> Sql:
    """Return a date predicate about an instant of ours as SQL."""
    match test:
        case DateRange():
            first, before = instant_bounds(test)
            ends: list[Sql] = []
            if first is not None:
                ends.append(instant >= literal(first, Instant))
            if before is not None:
                ends.append(instant < literal(before, Instant))
            return and_(true(), *ends)
        case MonthDays(days=days):
            if dialect == "sqlite":
                return func.strftime("%m-%d", instant).in_(sorted(days))
            shown = func.to_char(func.timezone("UTC", instant, type_=DateTime), "MM-DD")
            return shown.in_(sorted(days))
        case _:
            msg = f"{type(test).__name__} is no question about an instant"
            raise TypeError(msg)
