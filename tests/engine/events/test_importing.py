"""Contacts from CSV: columns, cells, and rows that cannot be taken."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.events.importing import (
    LONGEST_LINE,
    MOST_COLUMNS,
    BadRow,
    Column,
    list_ignored,
    read_columns,
    read_contact,
    read_rows,
)
from engine.events.incoming import Incoming

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def read(header, *cells, line=2):
    return read_contact(
        cells, read_columns(header.split(",")), line=line, source="import:x", now=NOW
    )


def test_a_row_becomes_what_a_server_would_have_said():
    call = read(
        "user_id,email,first_name,age:number,score:number,vip:boolean,consent.news",
        *("u1", "ann@example.com", "Ann", "41", "2.5", "Yes", "no"),
    )
    assert isinstance(call, Incoming)
    assert (call.kind, call.external, call.anonymous) == ("identify", "u1", None)
    assert call.data == {
        "email": "ann@example.com",
        "first_name": "Ann",
        "age": 41,
        "score": 2.5,
        "vip": True,
        "consents": {"news": False},
    }
    assert (call.is_history, call.message_id, call.occurred_at) == (True, "import:x:2", NOW)


def test_text_stays_text_so_that_no_leading_zero_is_lost():
    call = read("email,zip,plan", "ann@example.com", "01067", "1e3")
    assert call.data == {"email": "ann@example.com", "zip": "01067", "plan": "1e3"}


def test_an_empty_cell_says_nothing():
    call = read("external_id,email,age:number,consent.news", "u1", "", " ", "")
    assert call.data == {}


def test_one_without_an_id_is_known_by_its_address_in_every_file():
    first = read("email", "Ann@Example.com", line=2)
    again = read("email,plan", "ann@example.com", "pro", line=9)
    other = read("email", "bob@example.com")
    assert first.external is None
    assert first.anonymous == again.anonymous != other.anonymous
    assert read("phone", "+493090182020").anonymous != first.anonymous


@pytest.mark.parametrize(
    ("header", "cells", "consents"),
    [
        ("email,consent.news", ("yes",), {"news": True}),
        ("email,consent.news.sms", ("no",), {"news": {"sms": False}}),
        (
            "email,consent.news,consent.news.sms",
            ("yes", "no"),
            {"news": {"email": True, "sms": False}},
        ),
        (
            "email,consent.news.sms,consent.news",
            ("no", "yes"),
            {"news": {"email": True, "sms": False}},
        ),
        ("email,consent.news,consent.news.sms", ("", "yes"), {"news": {"sms": True}}),
        ("email,consent.a,consent.b", ("subscribed", "Unsubscribed"), {"a": True, "b": False}),
    ],
)
def test_consents_are_read_per_topic_and_channel(header, cells, consents):
    assert read(header, "ann@example.com", *cells).data["consents"] == consents


@pytest.mark.parametrize(
    ("header", "cells", "words"),
    [
        ("email", ("ann",), "email is not"),
        ("email", ("ann@example.com\nBcc: x@example.com",), "email is not"),
        ("email", ('"><script>@x.y',), "email is not"),
        ("email,phone", ("ann@example.com", "12"), "phone is not"),
        ("email,timezone", ("ann@example.com", "Berlin"), "timezone is not"),
        ("email,age:number", ("ann@example.com", "old"), "age is not a number"),
        ("email,age:number", ("ann@example.com", "nan"), "age is not a number"),
        ("email,age:number", ("ann@example.com", "1" * 40), "age is not a number"),
        ("email,vip:boolean", ("ann@example.com", "maybe"), "neither yes nor no"),
        ("email,consent.news", ("ann@example.com", "maybe"), "neither yes nor no"),
        ("email,plan", ("ann@example.com",), "1 cells, and 2 columns"),
        ("email", ("ann@example.com", "more"), "2 cells, and 1 columns"),
        ("email,plan", ("", "pro"), "whom this is about"),
        ("user_id", ("x" * 129,), "at most 128"),
        ("email,bio", ("ann@example.com", "x" * 40_000), "at most"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(header, cells, words):
    row = read(header, *cells, line=7)
    assert isinstance(row, BadRow)
    assert row.line == 7
    assert words in row.reason


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("plan,first_name", "whom a row is about"),
        ("email,email", "twice"),
        ("user_id,external_id", "twice"),
        ("email,", "1 to 128"),
        ("email,age:integer", ":number or :boolean"),
        ("email,consent.", "consent.TOPIC"),
        ("email,consent.news.fax", "consent.TOPIC"),
        (",".join(f"c{each}" for each in range(MOST_COLUMNS + 1)), "at most"),
        ("email," + "x" * 129, "1 to 128"),
    ],
)
def test_columns_that_cannot_be_are_refused(header, words):
    with pytest.raises(Invalid, match=words):
        read_columns(header.split(","))


def test_columns_that_belong_to_the_product_are_not_taken():
    header = ["email", "suppressed", "owner_id", "role"]
    assert list_ignored(header) == ["suppressed", "owner_id", "role"]
    call = read(",".join(header), "ann@example.com", "false", "1", "owner")
    assert call.data == {"email": "ann@example.com"}


def test_columns_are_told_by_their_names():
    assert read_columns(["userId", "n:number", "consent.a.sms"]) == [
        Column("external", ""),
        Column("number", "n"),
        Column("consent", "a", "sms"),
    ]


def test_rows_come_with_the_line_they_end_on():
    lines = ["email,bio\n", 'a@example.com,"two\n', 'lines"\n', "\n", "b@example.com,\n"]
    assert list(read_rows(lines)) == [
        (1, ["email", "bio"]),
        (3, ["a@example.com", "two\nlines"]),
        (5, ["b@example.com", ""]),
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["email\n", '"open\n'], "this is no CSV"),
        (["email\n", '"a"b\n'], "this is no CSV"),
        (["email\n", "a\0b\n"], "NUL"),
        (["email\n", "x" * (LONGEST_LINE + 1)], "line 2 has more than"),
        (["email\n", "x" * 200_000], "this is no CSV"),
    ],
)
def test_a_file_that_is_no_csv_says_where(lines, words):
    with pytest.raises(Invalid, match=words):
        list(read_rows(lines))


@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_whatever_the_cells_hold_the_answer_is_a_call_or_a_reason(cells):
    columns = read_columns(["external_id", "email", "score:number"])
    answer = read_contact(cells, columns, line=2, source="import:x", now=NOW)
    assert isinstance(answer, Incoming | BadRow)
