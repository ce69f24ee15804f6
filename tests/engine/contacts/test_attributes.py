"""Attributes: the last writer wins, and whose word counts for an address."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contacts.attributes import MOST_ATTRIBUTES, Dossier, apply_traits, merge_dossiers

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def dossier(**traits):
    fresh = Dossier(1, {}, {})
    apply_traits(fresh, traits, said_at=NOW, speaker="trusted")
    return fresh


def say(held, *, minutes=1, by="trusted", **traits):
    return apply_traits(held, traits, said_at=NOW + timedelta(minutes=minutes), speaker=by)


def test_what_changed_is_told_with_what_was_before():
    held = dossier(plan="free", city="Wien")
    applied = say(held, plan="pro", city="Wien", age=41)
    assert applied.changes == {"plan": ("free", "pro"), "age": (None, 41)}


def test_r006_an_older_word_changes_nothing():
    held = dossier(plan="pro")
    assert say(held, minutes=-1, plan="free").changes == {}
    assert held.attributes == {"plan": "pro"}


@given(st.permutations([(1, "a"), (2, "b"), (3, "a"), (4, "c"), (5, "b")]))
def test_r006_the_order_of_arrival_does_not_matter(said):
    held = Dossier(1, {}, {})
    for minutes, value in said:
        say(held, minutes=minutes, plan=value)
    assert held.attributes == {"plan": "b"}


@pytest.mark.parametrize("order", list(permutations([("a", 1), ("b", 2), ("a", 3)])))
def test_the_same_said_again_later_counts_as_said_later(order):
    held = Dossier(1, {}, {})
    for value, minutes in order:
        say(held, minutes=minutes, plan=value)
    assert held.attributes == {"plan": "a"}


@pytest.mark.parametrize(
    ("before", "after"), [(1, True), (1, 1.0), (0, False), ("", None), (None, False), ([], {})]
)
def test_r049_values_of_other_kinds_are_other_values(before, after):
    held = dossier(x=before)
    assert say(held, x=after).changes == {"x": (before, after)}


def test_nothing_is_a_value_too():
    held = dossier(plan="pro")
    assert say(held, plan=None).changes == {"plan": ("pro", None)}
    assert held.attributes == {"plan": None}


def test_segments_names_are_kept_in_our_form_too():
    held = dossier(firstName="Ann", lastName="Lee", createdAt="2020-01-01")
    assert held.attributes["first_name"] == "Ann"
    assert held.attributes["created_at"] == held.attributes["createdAt"]


@pytest.mark.parametrize(
    "name",
    ["id", "uid", "consent", "unsubscribed", "suppressed", "role", "owner_id", "email_confirmed"],
)
@pytest.mark.parametrize("by", ["trusted", "page", "stranger"])
def test_a13_protected_names_are_not_taken_whoever_says_them(name, by):
    held = dossier()
    applied = say(held, by=by, **{name: True})
    assert (applied.changes, applied.ignored, held.attributes) == ({}, [name], {})


def test_consents_of_a_page_are_ignored_and_those_of_a_server_are_read_elsewhere():
    assert say(dossier(), by="page", consents={"news": True}).ignored == ["consents"]
    assert say(dossier(), consents={"news": True}).ignored == []


def test_a9_names_have_an_end():
    held = dossier(**{f"n{number}": 1 for number in range(MOST_ATTRIBUTES)})
    assert say(held, more=1, n1=2).ignored == ["more"]
    assert held.attributes["n1"] == 2


def test_an_address_goes_to_the_columns_that_sending_reads():
    held = dossier(email="Ann@Example.com", phone="+49 30 901820", timezone="Europe/Vienna")
    assert (held.email, held.phone) == ("Ann@example.com", "+4930901820")
    assert (held.email_confirmed, held.phone_confirmed, held.timezone) == (
        True,
        True,
        "Europe/Vienna",
    )


def test_what_is_no_address_takes_the_old_one_away():
    held = dossier(email="ann@example.com", phone="+4930901820", timezone="Europe/Vienna")
    say(held, email="none", phone=None, timezone="Mars/Olympus")
    assert (held.email, held.phone, held.timezone) == (None, None, None)
    assert (held.email_confirmed, held.phone_confirmed) == (False, False)


@pytest.mark.parametrize("name", ["email", "phone"])
def test_a12_a_page_changes_no_address_that_is_known(name):
    known = {"email": "ann@example.com", "phone": "+4930901820"}
    held = dossier(**known)
    applied = say(held, by="page", **{name: {"email": "eve@example.com", "phone": "+4930"}[name]})
    assert (applied.ignored, applied.changes) == ([name], {})
    assert {"email": held.email, "phone": held.phone} == known


def test_a_page_may_repeat_an_address_that_is_known():
    held = dossier(email="ann@example.com")
    applied = say(held, by="stranger", email="ann@example.com")
    assert (applied.ignored, applied.changes, held.email_confirmed) == ([], {}, True)


def test_a14_what_a_page_says_first_is_kept_and_not_written_to():
    held = dossier()
    assert say(held, by="page", email="ann@example.com").changes
    assert (held.email, held.email_confirmed) == ("ann@example.com", False)


def test_a12_a_page_gives_no_address_to_somebody_whom_a_server_knows():
    held = dossier(plan="pro")
    assert say(held, by="stranger", email="eve@example.com", plan="x").ignored == ["email"]
    assert (held.email, held.attributes) == (None, {"plan": "x"})


@pytest.mark.parametrize("minutes", [-5, 5])
@pytest.mark.parametrize("address", ["ann@example.com", "other@example.com"])
def test_a_trusted_word_settles_an_address_that_a_page_gave_whenever_it_was_said(minutes, address):
    held = dossier()
    say(held, minutes=0, by="page", email="ann@example.com")
    say(held, minutes=minutes, email=address)
    assert (held.email, held.email_confirmed) == (address, True)
    assert held.attributes == {"email": address}


def test_among_trusted_words_the_later_address_stays():
    held = dossier(email="new@example.com")
    say(held, minutes=-1, email="old@example.com")
    assert held.email == "new@example.com"


def merge(kept, lost, *, vouched=True):
    merge_dossiers(kept, lost, is_kept_vouched=vouched)
    return kept


def test_of_two_dossiers_each_name_keeps_what_was_said_last():
    kept, lost = dossier(plan="pro", city="Wien"), Dossier(2, {}, {})
    say(lost, minutes=1, plan="free", timezone="Asia/Tokyo")
    say(lost, minutes=-1, city="Graz", age=41)
    assert merge(kept, lost).attributes == {
        "plan": "free",
        "city": "Wien",
        "age": 41,
        "timezone": "Asia/Tokyo",
    }
    assert (kept.timezone, kept.is_changed) == ("Asia/Tokyo", True)


def test_the_contact_that_stays_keeps_its_address():
    kept, lost = dossier(email="a@example.com"), Dossier(2, {}, {})
    say(lost, email="b@example.com", phone="+4930901820")
    merge(kept, lost)
    assert (kept.email, kept.attributes["email"]) == ("a@example.com", "a@example.com")
    assert (kept.phone, kept.phone_confirmed) == ("+4930901820", True)


def test_a_confirmed_address_beats_one_that_a_page_gave():
    kept, lost = Dossier(1, {}, {}), dossier(email="sure@example.com")
    say(kept, by="page", email="maybe@example.com")
    merge(kept, lost)
    assert (kept.email, kept.email_confirmed) == ("sure@example.com", True)


@pytest.mark.parametrize("vouched", [True, False])
def test_stitching_smuggles_no_address_to_somebody_whom_a_server_knows(vouched):
    kept, lost = dossier(plan="pro"), Dossier(2, {}, {})
    say(lost, by="page", email="eve@example.com")
    merge(kept, lost, vouched=vouched)
    assert kept.email == (None if vouched else "eve@example.com")
    assert not kept.email_confirmed
