import pytest

from engine.messages.tracking.utm import add_utm, build_utm

SPRING = {"utm_source": "letters", "utm_medium": "email", "utm_campaign": "spring & more"}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (
            "https://shop.example/a",
            (
                "https://shop.example/a?utm_source=letters&utm_medium=email"
                "&utm_campaign=spring%20%26%20more"
            ),
        ),
        (
            "https://shop.example/a?b=1&c=%C3%A9#top",
            (
                "https://shop.example/a?b=1&c=%C3%A9&utm_source=letters&utm_medium=email"
                "&utm_campaign=spring%20%26%20more#top"
            ),
        ),
        (
            "https://shop.example/?utm_source=own&utm_medium=",
            "https://shop.example/?utm_source=own&utm_medium=&utm_campaign=spring%20%26%20more",
        ),
        ("mailto:help@shop.example", "mailto:help@shop.example"),
        ("tel:+4312345", "tel:+4312345"),
    ],
)
def test_what_an_address_lacks_is_added_and_all_else_stays(target, expected):
    assert add_utm(target, SPRING) == expected


def test_the_campaign_is_the_journey_and_the_content_the_step():
    built = build_utm({"source": "letters"}, journey="welcome", node="hello")
    assert built == {
        "utm_source": "letters",
        "utm_medium": "email",
        "utm_campaign": "welcome",
        "utm_content": "hello",
    }
    named = build_utm({"source": "a", "medium": "b", "campaign": "c"}, journey="j", node=None)
    assert named == {"utm_source": "a", "utm_medium": "b", "utm_campaign": "c"}
