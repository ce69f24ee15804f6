"""The gallery over HTTP: drafts made of starting points, with all they need."""

import json

import pytest
from sqlalchemy import select

from engine.errors import NotFound
from engine.journeys import by_key
from engine.journeys.publishing import publish
from engine.models.account import AuditEntry
from engine.models.contact import Topic
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Endpoint, Template, TemplateVersion
from engine.models.segment import Segment
from server.gallery import load_gallery
from tests.engine.journeys.samples import GALLERY
from tests.server.conftest import START, bearer, log_in, make_key

ROOT = "/api/v1/gallery"
JOURNEYS = "/api/v1/journeys"


@pytest.fixture
def editor(app):
    return log_in(app, "editor")


def use(browser, which, /, status=201, **body):
    answer = browser.post(f"{ROOT}/{which}/use", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer


def keys_of(house, row):
    with house.database.reading() as session:
        return set(session.scalars(select(row.key)))


def test_all_are_listed_with_what_lets_in_and_their_documents(app):
    shown = {each["key"]: each for each in log_in(app, "viewer").get(ROOT).json["journeys"]}
    assert list(shown) == list(load_gallery())
    birthday = shown["birthday"]
    assert birthday["name"] == "Birthday"
    assert birthday["description"].startswith("Every year at nine in the morning")
    assert birthday["trigger"] == "the date birthday comes round"
    assert birthday["steps"] == 5
    written = json.loads((GALLERY / "birthday.json").read_text(encoding="utf-8"))
    assert birthday["document"] == written


def test_a_draft_is_made_and_shown_as_the_journey_is(house, editor):
    made = use(editor, "birthday")
    shown = editor.get(f"{JOURNEYS}/birthday")
    assert made.json == shown.json
    assert made.headers["ETag"] == shown.headers["ETag"]
    assert (made.json["state"], made.json["revision"], made.json["version"]) == ("draft", 1, None)
    assert keys_of(house, Template) == {
        "birthday-wishes",
        "birthday-present",
        "birthday-reminder",
    }
    assert keys_of(house, Topic) == {"offers"}
    assert keys_of(house, Segment) == keys_of(house, Endpoint) == set()


def test_a_segment_is_made_with_the_topic_it_asks_about(house, editor):
    use(editor, "newsletter-broadcast")
    assert keys_of(house, Segment) == {"newsletter-readers"}
    assert keys_of(house, Topic) == {"newsletter"}


@pytest.mark.parametrize("key", load_gallery())
def test_every_one_can_be_published_as_it_comes_without_a_warning(house, editor, key):
    use(editor, key)
    with house.database.transaction() as session:
        published = publish.publish(session, key, by="test", now=START)
    assert published.warnings == ()


def test_it_may_be_called_otherwise(house, editor):
    use(editor, "birthday")
    made = use(editor, "birthday", key="name-day", name="Name day").json
    assert (made["key"], made["name"]) == ("name-day", "Name day")
    assert (made["draft"]["key"], made["draft"]["name"]) == ("name-day", "Name day")
    assert keys_of(house, Journey) == {"birthday", "name-day"}


def test_what_is_there_already_stays_as_it_is(house, editor):
    with house.database.transaction() as session:
        session.add(Topic(key="offers", name="Ours", opt_in="implied", created_at=START))
        session.add(Template(key="birthday-wishes", channel="email", name="W", created_at=START))
    use(editor, "birthday")
    with house.database.reading() as session:
        assert session.get_one(Topic, "offers").name == "Ours"
        versions = session.scalars(
            select(Template.key).join(TemplateVersion, TemplateVersion.template_id == Template.id)
        ).all()
        assert sorted(versions) == ["birthday-present", "birthday-reminder"]


def test_a_key_that_a_journey_has_is_refused_and_nothing_is_made(house, editor):
    draft = use(editor, "birthday", name="Ours").json
    refused = use(editor, "birthday", status=409)
    assert refused.json["code"] == "conflict"
    assert editor.get(f"{JOURNEYS}/birthday").json == draft
    before = keys_of(house, Template)
    use(editor, "onboarding", key="birthday", status=409)
    assert keys_of(house, Template) == before


def test_what_is_no_key_or_no_name_and_what_is_not_there_are_refused(house, editor):
    refused = use(editor, "birthday", key="Name day", status=422).json
    assert refused["problems"][0]["message"].startswith("key: ")
    use(editor, "birthday", key="", status=422)
    use(editor, "birthday", name="", status=422)
    use(editor, "birthday", colour="red", status=422)
    use(editor, "nothing", status=404)
    assert keys_of(house, Journey) == keys_of(house, Template) == set()


def test_nothing_is_published_and_the_book_says_who_began_what(house, editor):
    use(editor, "birthday", key="name-day")
    with house.database.reading() as session:
        assert session.query(JourneyVersion).count() == 0
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "journey.begun"))
    assert (entry.target, entry.details) == ("name-day", {"gallery": "birthday"})


def test_who_may_only_look_begins_nothing(app, house):
    assert log_in(app, "viewer").post(f"{ROOT}/birthday/use", json={}).status_code == 403
    assert app.test_client().get(ROOT).status_code == 401
    key = make_key(house, "server", scopes=["journeys:read"])
    reader = app.test_client()
    assert reader.get(ROOT, headers=bearer(key)).status_code == 200
    refused = reader.post(f"{ROOT}/birthday/use", json={}, headers=bearer(key))
    assert refused.status_code == 403
    with house.database.reading() as session, pytest.raises(NotFound):
        by_key.get_journey(session, "birthday")
