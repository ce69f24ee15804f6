import dataclasses

import pytest

from channels.email.list_headers import build_list_headers
from engine.messages.compose.render_pool import Rendered
from engine.messages.making.items import Desk, build_feedback_id, build_item, build_list_id
from engine.messages.making.previewing import Reader, build_parcel

DESK = Desk(None, "https://shop.example", "Shop <hello@shop.example>", "", b"k" * 32)


def make(**chosen):
    parcel = build_parcel("email", Reader(), address="ann@example.com")
    chosen = {"topic": "news", "template": "welcome", "journey_id": 7, **chosen}
    rendered = Rendered(subject="Hi", html=b"<p>x</p>", text=b"x", sender_name="", link_targets={})
    return dict(build_item(dataclasses.replace(parcel, **chosen), rendered, DESK).item.headers)


def test_r115_marketing_names_its_list_and_how_to_leave_it_in_one_click():
    headers = make()
    assert headers["List-Id"] == "<news.shop.example>"
    assert headers["Feedback-ID"] == "j7:welcome:marketing:shop.example"
    assert headers["List-Unsubscribe"].startswith("<https://shop.example/u/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_transactional_letter_is_of_no_list():
    assert make(message_class="transactional") == {
        "Feedback-ID": "j7:welcome:transactional:shop.example"
    }


@pytest.mark.parametrize("name", ["a" * 500, "a:b\r\nBcc: x", "größe"])
def test_no_name_spoils_an_id(name):
    parcel = dataclasses.replace(build_parcel("email", Reader()), template=name)
    sender = f"hello@{'a' * 60}.{'b' * 60}.{'c' * 60}.example"
    feedback = build_feedback_id(parcel, sender)
    assert feedback.count(":") == 3
    build_list_headers(feedback_id=feedback, list_id=build_list_id(name, sender))


@pytest.mark.parametrize(
    "domain",
    ["shop.example", "a.de", "news.a-shop.example", "mews.a-shop.example", "x" * 60 + ".de"],
)
def test_the_sender_in_a_feedback_id_has_the_length_that_google_asks_for(domain):
    parcel = build_parcel("email", Reader())
    sender = build_feedback_id(parcel, f"hello@{domain}").rpartition(":")[2]
    assert 5 <= len(sender) <= 15
    assert sender == build_feedback_id(parcel, f"other@{domain}").rpartition(":")[2]
    assert sender != build_feedback_id(parcel, f"hello@x{domain}").rpartition(":")[2]
