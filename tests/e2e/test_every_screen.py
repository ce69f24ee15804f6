"""Every screen, with some days of life in it: usable by everybody, on a phone, and nobody else asked."""

from pathlib import Path

import pytest

from tests.e2e.conftest import is_complaint
from tests.e2e.life import live
from tests.e2e.screens import SCREENS, list_routes, open_screen
from tests.e2e.shots import THEMES, running_demo

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("screens"),
]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })"
names = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)


@pytest.fixture(scope="module")
def lively(tmp_path_factory, browser):
    """A demo of its own in which some days have passed: where it runs, and how to come in."""
    with running_demo(tmp_path_factory.mktemp("lively")) as (url, entrance):
        context = browser.new_context()
        context.new_page().goto(entrance)
        live(context, url)
        context.close()
        yield url, entrance


@pytest.fixture(scope="module")
def look(browser, lively):
    """Open a screen in a theme, at a width; what the console complains of, or asks elsewhere, fails."""
    contexts = {}

    def enter(theme, width):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=theme,
            reduced_motion="reduce",
            locale="de" if width < 800 else "en",  # German has the longer words
        )
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.goto(lively[1])
        return page

    def open_it(screen, theme="light", width=1440):
        page = contexts.setdefault((theme, width), None) or enter(theme, width)
        contexts[theme, width] = page
        complaints = []
        own = (lively[0], "data:", "blob:")
        page.on("console", lambda said: is_complaint(said) and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: one.url.startswith(own) or complaints.append(one.url))
        open_screen(page, lively[0], screen)
        return page, complaints

    yield open_it
    for page in contexts.values():
        page.context.close()


@pytest.mark.parametrize("theme", THEMES)
@names
def test_whoever_hears_or_types_can_use_it(look, screen, theme):
    page, complaints = look(screen, theme)
    found = page.evaluate(ASK_AXE, RULES)["violations"]
    assert [describe(one) for one in found] == []
    assert complaints == []


@names
def test_a_phone_shows_it_whole_in_german(look, screen):
    page, complaints = look(screen, "dark", 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []


def test_no_screen_is_left_out():
    assert list_routes() == {screen.route for screen in SCREENS}


def describe(violation):
    nodes = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} ({len(violation['nodes'])}: {'; '.join(nodes)})"
