import re

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.accounts.public_pages import PagesLook
from engine.resources import find_resource
from server.public.words import get_words

PAGES = ["confirm.html", "unsubscribe.html"]
HEADINGS = {
    ("confirm.html", "ask"): "Shall we send you “&lt;b&gt;News”?",
    ("confirm.html", "done"): "Thank you, that is confirmed",
    ("confirm.html", "unknown"): "This link does not work",
    ("unsubscribe.html", "ask"): "Unsubscribe from “&lt;b&gt;News”?",
    ("unsubscribe.html", "done"): "You are unsubscribed",
    ("unsubscribe.html", "unknown"): "This link does not work",
}


def show(name, state):
    pages = Environment(
        loader=FileSystemLoader(find_resource("templates/pages")),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return pages.get_template(name).render(
        state=state,
        topic="<b>News",
        channel="email",
        choices_url="/p/x",
        look=PagesLook(name="Shop"),
        language="en",
        words=get_words("en"),
    )


@pytest.mark.parametrize(("name", "state"), HEADINGS)
def test_a_page_says_its_state_and_escapes_what_it_shows(name, state):
    page = show(name, state)
    assert re.findall("<h1>(.*?)</h1>", page) == [HEADINGS[name, state]]
    assert "<b>News" not in page
    assert re.search("<title>.+</title>", page)


@pytest.mark.parametrize("name", PAGES)
def test_only_asking_shows_a_button_and_it_posts(name):
    assert '<form method="post">' in show(name, "ask")
    assert all("<form" not in show(name, state) for state in ("done", "unknown"))


@pytest.mark.parametrize(("name", "state"), HEADINGS)
def test_a_page_runs_no_script_and_loads_nothing(name, state):
    assert not re.search(r"<script|\bon\w+=|https?:|url\(|@import|<link|<img", show(name, state))
