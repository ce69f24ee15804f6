import pytest

from engine.errors import Invalid
from engine.parts.forms import FormField, read_form

FORM = [
    FormField(name="reason", kind="text", required=True),
    FormField(name="percent", kind="number"),
    FormField(name="vip", kind="yes_no"),
    FormField(name="plan", kind="choice", choices=("basic", "pro")),
    FormField(name="until", kind="date"),
]


def test_what_is_filled_in_as_asked_is_kept():
    given = {"reason": "x", "percent": 12.5, "vip": False, "plan": "pro", "until": "2026-02-28"}
    assert read_form(FORM, given) == given


def test_null_and_empty_text_are_nothing():
    assert read_form(FORM, {"reason": "x", "percent": None, "plan": ""}) == {"reason": "x"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "'reason' is required"),
        ({"reason": ""}, "'reason' is required"),
        ({"reason": None}, "'reason' is required"),
        ({"reason": 5}, "'reason' is to be text of at most 2000 characters"),
        ({"reason": "x" * 2001}, "'reason' is to be text of at most 2000 characters"),
        ({"reason": "a\0b"}, "'reason' is to be text of at most 2000 characters"),
        ({"reason": "x", "percent": "5"}, "'percent' is to be a number"),
        ({"reason": "x", "percent": True}, "'percent' is to be a number"),
        ({"reason": "x", "percent": 2**53 + 1}, "'percent' is to be a number"),
        ({"reason": "x", "percent": float("nan")}, "'percent' is to be a number"),
        ({"reason": "x", "vip": "yes"}, "'vip' is to be true or false"),
        ({"reason": "x", "vip": 1}, "'vip' is to be true or false"),
        ({"reason": "x", "plan": "gold"}, "'plan' is to be one of basic, pro"),
        ({"reason": "x", "plan": ["pro"]}, "'plan' is to be one of basic, pro"),
        ({"reason": "x", "until": "2026-02-30"}, "'until' is to be a date such as 2026-03-25"),
        ({"reason": "x", "until": "2026-W09-6"}, "'until' is to be a date such as 2026-03-25"),
        ({"reason": "x", "until": 20260228}, "'until' is to be a date such as 2026-03-25"),
        ({"reason": "x", "colour": "red"}, "the form does not ask for 'colour'"),
    ],
)
def test_what_is_wrong_is_said(given, words):
    with pytest.raises(Invalid) as refused:
        read_form(FORM, given)
    assert str(refused.value) == words
