import pytest

from engine.messages.compose.sms_parts import count_sms_parts

VECTORS = {
    "": 0,
    "a" * 160: 1,
    "a" * 161: 2,
    "a" * 306: 2,
    "a" * 307: 3,
    "€" * 80: 1,
    "€" * 81: 2,
    "ж" * 70: 1,
    "ж" * 71: 2,
    "😀" * 35: 1,
    "😀" * 36: 2,
    "a" * 152 + "€" + "a" * 152: 3,
    "ж" * 66 + "😀" + "ж" * 67: 3,
    "a" * 72 + "’": 2,
    "a" * 72 + "'": 1,
}


@pytest.mark.parametrize(("text", "count"), VECTORS.items(), ids=lambda value: str(value)[:12])
def test_r125_parts_are_counted_as_networks_count_them(text, count):
    assert count_sms_parts(text).count == count


def test_r125_r126_one_sign_outside_the_alphabet_changes_the_encoding_of_all():
    assert count_sms_parts("Hello^").encoding == "gsm7"
    assert count_sms_parts("Hello^").used == 7
    assert count_sms_parts("Hello’").encoding == "ucs2"
    assert count_sms_parts("😀").used == 2
