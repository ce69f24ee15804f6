"""Who is this? Found, made, promoted and joined by external and anonymous ids and addresses."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.events.accepting import OwnEvent
from engine.events.incoming import Trust
from engine.models.contact import Contact, Identity

SECRET, PAGE, SIGNED = Trust.WRITE, Trust.BROWSER, Trust.SIGNED


def test_r008_whoever_is_unknown_is_made(site):
    site.say({"userId": "ann"}, {"anonymousId": "a"})
    site.ingest()
    assert site.user("ann").id != site.find("anonymous", "a").id


def test_a_visitor_who_says_who_he_is_stays_the_same_contact(site):
    site.say(anonymousId="a", event="Looked")
    site.ingest()
    visitor = site.find("anonymous", "a")
    site.identify("ann", anonymous="a", plan="pro")
    site.ingest()
    assert site.user("ann").uid == visitor.uid
    assert site.list_events(visitor.id) == ["Looked", "Contact Identified"]


@pytest.mark.parametrize("trust", [SECRET, PAGE, SIGNED])
def test_a_visitor_who_turns_out_to_be_known_is_joined_with_all_he_did(site, trust):
    site.identify("ann", plan="pro")
    site.ingest()
    site.say(anonymousId="a", event="Looked", trust=trust)
    site.ingest()
    site.identify("ann", anonymous="a", trust=trust)
    ingested = site.ingest()
    ann = site.user("ann")
    assert site.find("anonymous", "a").id == ann.id
    assert site.list_events(ann.id) == ["Contact Identified", "Looked", "Contact Identified"]
    assert site.count_events(ann.id) == {"Looked": 1, "Contact Identified": 2}
    assert [winner for _, winner in ingested.merges] == [ann.id]
    assert len(site.list_contacts()) == 1


def test_r009_what_a_visitor_did_before_lets_nobody_in_again(site):
    site.identify("ann")
    site.say(anonymousId="a", event="Looked")
    site.ingest()
    site.identify("ann", anonymous="a")
    assert [one.name for one in site.ingest().arrived] == ["Contact Identified"]


def test_in_one_chunk_a_visitor_joined_at_its_end_leaves_no_row_behind(site):
    site.identify("ann")
    site.ingest()
    site.say(anonymousId="a", event="Looked")
    site.identify("ann", anonymous="a")
    site.ingest()
    assert len(site.ask(Contact.id)) == 1
    assert site.find("anonymous", "a").id == site.user("ann").id


@pytest.mark.parametrize("trust", [SECRET, PAGE, SIGNED])
def test_two_users_at_one_device_stay_two(site, trust):
    for user in ("ann", "bob"):
        site.identify(user, anonymous="shared", trust=trust)
        site.ingest()
    assert site.user("ann").id != site.user("bob").id
    assert site.find("anonymous", "shared").id == site.user("ann").id


def test_a_subscriber_known_by_address_is_who_signs_up_with_it(site):
    site.identify(anonymous="import", email="ann@example.com", plan="none")
    site.ingest()
    subscriber = site.find("email", "ann@example.com")
    site.identify("ann", email="Ann@Example.com")
    site.ingest()
    assert site.user("ann").uid == subscriber.uid


def test_a_subscriber_is_joined_when_a_known_user_gives_the_address(site):
    site.identify(anonymous="import", email="ann@example.com", city="Wien")
    site.identify("ann", plan="pro")
    site.ingest()
    site.identify("ann", email="ann@example.com")
    site.ingest()
    ann = site.user("ann")
    assert ann.attributes == {"email": "ann@example.com", "city": "Wien", "plan": "pro"}
    assert [one.id for one in site.list_contacts()] == [ann.id]


def test_a_visitor_who_gives_a_known_users_address_to_a_server_is_that_user(site):
    site.identify("ann", email="ann@example.com")
    site.say(anonymousId="a")
    site.ingest()
    site.identify(anonymous="a", email="ann@example.com")
    site.ingest()
    assert site.find("anonymous", "a").id == site.user("ann").id


def test_two_users_with_one_address_stay_two(site):
    for user in ("ann", "bob"):
        site.identify(user, email="family@example.com")
    site.ingest()
    assert site.user("ann").id != site.user("bob").id
    assert site.find("email", "family@example.com").id == site.user("ann").id


def test_a_phone_number_is_known_in_every_spelling(site):
    site.identify(anonymous="import", phone="+49 30 901820")
    site.ingest()
    site.identify("ann", phone="+4930901820")
    site.ingest()
    assert len(site.list_contacts()) == 1


@pytest.mark.parametrize("trust", [PAGE, SIGNED])
def test_a_page_finds_nobody_by_address(site, trust):
    site.identify(anonymous="import", email="ann@example.com", plan="pro")
    site.ingest()
    site.identify("eve", email="ann@example.com", trust=trust)
    site.ingest()
    assert site.find("email", "ann@example.com").id != site.user("eve").id
    assert "plan" not in site.user("eve").attributes


def test_an_address_that_was_changed_leads_to_its_next_owner(site):
    site.identify("ann", email="first@example.com")
    site.ingest()
    site.identify("ann", email="second@example.com")
    site.ingest()
    assert site.find("email", "first@example.com") is None
    site.identify("bob", email="first@example.com")
    site.ingest()
    assert site.find("email", "first@example.com").id == site.user("bob").id


def alias(site, previous, current, trust=SECRET):
    site.say({"type": "alias", "previousId": previous, "userId": current}, trust=trust)


def test_an_alias_under_a_secret_key_joins_two_users(site):
    site.identify("old", city="Wien")
    site.identify("new", plan="pro")
    site.ingest()
    alias(site, "old", "new")
    site.ingest()
    assert site.user("old").id == site.user("new").id
    assert site.user("new").attributes == {"city": "Wien", "plan": "pro"}


@pytest.mark.parametrize("trust", [PAGE, SIGNED])
def test_a17_a_page_joins_no_two_users(site, trust):
    site.identify("victim", plan="pro")
    site.identify("eve")
    site.ingest()
    alias(site, "victim", "eve", trust=trust)
    site.ingest()
    assert site.user("victim").id != site.user("eve").id


@pytest.mark.parametrize("trust", [SECRET, PAGE, SIGNED])
def test_an_alias_of_a_visitor_is_a_promotion(site, trust):
    site.say(anonymousId="a", trust=trust)
    site.ingest()
    alias(site, "a", "ann", trust=trust)
    site.ingest()
    assert site.user("ann").id == site.find("anonymous", "a").id


def test_a17_a_circle_of_aliases_ends(site):
    for user in ("a", "b"):
        site.identify(user)
    site.ingest()
    for previous, current in (("a", "b"), ("b", "a"), ("a", "b"), ("b", "b")):
        alias(site, previous, current)
    site.ingest()
    assert site.user("a").id == site.user("b").id


def test_a17_a_long_chain_of_aliases_ends(site):
    length = 400
    site.say(*({"userId": f"u{number}"} for number in range(length)))
    site.ingest()
    site.say(
        *(
            {"type": "alias", "previousId": f"u{number}", "userId": f"u{number + 1}"}
            for number in range(length - 1)
        )
    )
    site.ingest()
    (last,) = site.list_contacts()
    assert {row[0] for row in site.ask(Identity.contact_id)} == {last.id}
    assert site.count_events(last.id)["Seen"] == length


def test_an_event_of_our_own_about_a_lost_contact_finds_the_one_that_stayed(site):
    site.say(anonymousId="a")
    site.identify("ann")
    site.ingest()
    lost = site.find("anonymous", "a").id
    site.identify("ann", anonymous="a")
    site.record(OwnEvent(lost, "Message Settled", site.now, "own"))
    site.ingest()
    site.record(OwnEvent(lost, "Unsubscribed", site.now, "own2"))
    assert [one.contact_id for one in site.ingest().arrived] == [site.user("ann").id]
    assert site.count_events(lost) == {}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["track", "identify", "alias"]),
        st.sampled_from([None, "u1", "u2", "u3"]),
        st.sampled_from([None, "a1", "a2"]),
        st.sampled_from([None, "x@example.com", "y@example.com"]),
        st.sampled_from([SECRET, PAGE, SIGNED]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_is_said_every_event_has_one_living_contact_and_is_counted_there(site, steps):
    prefix = str(len(site.ask(Contact.id)))  # other names in every example: one database
    said = 0
    for kind, user, visitor, email, trust, is_cut in steps:
        call = {
            "type": kind,
            "userId": user and prefix + user,
            "anonymousId": visitor and prefix + visitor,
        }
        if kind == "alias":
            call |= {"userId": prefix + (user or "u1"), "previousId": prefix + (visitor or "u3")}
        if email:
            call["traits"] = {"email": prefix + email}
        if not call["userId"] and not call["anonymousId"]:
            continue
        site.say(call, trust=trust)
        said += 1
        if is_cut:
            site.ingest()
    site.ingest()
    assert site.count_waiting() == 0
    living = {one.id for one in site.list_contacts()}
    identities = {(kind, value): owner for kind, value, owner in site.ask(
        Identity.kind, Identity.value, Identity.contact_id
    )}  # fmt: skip
    assert set(identities.values()) <= living
    for contact_id in living:
        assert sum(site.count_events(contact_id).values()) == len(site.list_events(contact_id))
    for lost, into in site.ask(Contact.id, Contact.merged_into):
        if into is not None:
            assert into in living
            assert site.list_events(lost) == []
