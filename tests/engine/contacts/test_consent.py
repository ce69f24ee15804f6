"""Choices for topics and channels: by whom, when, with what proof."""

from datetime import timedelta

import pytest
from sqlalchemy import func

from engine.contacts.choices import EVERYTHING, ConsentChange, Stated, read_choices
from engine.contacts.consent import record_consents
from engine.events.incoming import Trust
from engine.models.contact import ConsentProof, Contact
from tests.engine.events.site import NOW

YES, NO = "subscribed", "unsubscribed"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "stated"),
    [
        ({"news": True}, [Stated("news", "email", YES), Stated("news", "sms", YES)]),
        ({"news": {"sms": False}}, [Stated("news", "sms", NO)]),
        ({"news": {"email": "unsubscribed"}}, [Stated("news", "email", NO)]),
        ({"news": {"email": True, "chosen_at": "x"}}, [Stated("news", "email", YES, "x")]),
        ({"news": {"push": True}}, [Stated("news", "push", YES)]),
        ({"news": {"pigeon": True}}, []),
        ({"news": 1, "b": "yes", "c": None, "": True, "x" * 65: True}, []),
        ([], []),
        (None, []),
        ("news", []),
    ],
)
def test_choices_are_read_in_both_shapes(given, stated):
    assert list(read_choices(given)) == stated


def state(site, choices, *, at=None, trust=Trust.WRITE, source="key:1", **given):
    call = {"type": "identify", "userId": "ann", "traits": {"consents": choices}}
    stamp = {"timestamp": (at or site.now).isoformat()}
    site.say(call | stamp | given, trust=trust, source=source)
    site.ingest()


def now_says(site):
    return site.consents(site.user("ann").id)


def count_proofs(site):
    return site.ask(func.count(ConsentProof.id))[0][0]


def refuse_by_link(site, topic="news", at=None):
    with site.database.transaction() as session:
        change = ConsentChange(
            site.user("ann").id, topic, "email", NO, at or site.now, "unsubscribe_link"
        )
        record_consents(session, [change], now=site.now)


@pytest.mark.parametrize("trust", [Trust.WRITE, Trust.SIGNED, Trust.SYSTEM])
def test_a_trusted_call_states_choices_with_their_proof(site, trust):
    state(site, {"news": True, "offers": {"sms": False}}, trust=trust, messageId="m")
    assert now_says(site) == {
        ("news", "email"): YES,
        ("news", "sms"): YES,
        ("offers", "sms"): NO,
    }
    assert site.ask(
        ConsentProof.choice, ConsentProof.occurred_at, ConsentProof.source, ConsentProof.proof,
        topic="offers",
    ) == [(NO, NOW, "tracking", {"key": "key:1", "message_id": "m"})]  # fmt: skip


def test_segments_consent_standard_is_understood_on_every_kind_of_call(site):
    context = {"consent": {"categoryPreferences": {"news": True, "offers": False}}}
    site.say(userId="ann", context=context)
    site.ingest()
    assert now_says(site)["news", "email"] == YES
    assert now_says(site)["offers", "sms"] == NO


def test_a13_a_page_chooses_for_nobody(site):
    state(site, {"news": True}, trust=Trust.BROWSER)
    site.say(userId="ann", trust=Trust.BROWSER,
             context={"consent": {"categoryPreferences": {"news": True}}})  # fmt: skip
    site.ingest()
    assert now_says(site) == {}
    assert count_proofs(site) == 0


def test_what_is_stated_with_every_call_is_one_choice(site):
    for _ in range(3):
        state(site, {"news": {"email": True}})
        site.now += DAY
    assert count_proofs(site) == 1


def test_a_change_of_mind_counts(site):
    for choice in (True, False, True):
        state(site, {"news": {"email": choice}})
        site.now += DAY
    assert now_says(site) == {("news", "email"): YES}
    assert count_proofs(site) == 3


@pytest.mark.parametrize("is_known_to_the_site", [True, False])
def test_a_standing_yes_does_not_lift_a_no_said_by_the_link_in_a_letter(site, is_known_to_the_site):
    state(site, {"news": {"email": True}} if is_known_to_the_site else {})
    site.now += DAY
    refuse_by_link(site)
    site.now += DAY
    state(site, {"news": {"email": True}})
    assert now_says(site) == {("news", "email"): NO}


def test_a_site_that_has_learnt_of_the_no_can_lift_it(site):
    state(site, {"news": {"email": True}})
    refuse_by_link(site, at=site.now + DAY)
    for choice in (False, True):
        site.now += 2 * DAY
        state(site, {"news": {"email": choice}})
    assert now_says(site) == {("news", "email"): YES}


def test_a_dated_yes_speaks_for_itself(site):
    state(site, {"news": {"email": True}})
    refuse_by_link(site, at=site.now + DAY)
    site.now += 3 * DAY
    before, after = site.now - 3 * DAY, site.now - DAY
    state(site, {"news": {"email": True, "chosen_at": before.isoformat()}})
    assert now_says(site) == {("news", "email"): NO}
    for _ in range(2):
        state(site, {"news": {"email": True, "chosen_at": after.isoformat()}})
    assert now_says(site) == {("news", "email"): YES}
    assert count_proofs(site) == 3


def test_a_choice_is_not_made_in_the_future(site):
    state(site, {"news": {"email": True, "chosen_at": (site.now + 9 * DAY).isoformat()}})
    refuse_by_link(site, at=site.now + DAY)
    assert now_says(site) == {("news", "email"): NO}


def test_the_later_choice_wins_whenever_it_arrives(site):
    state(site, {"news": {"email": False}}, at=site.now)
    state(site, {"news": {"email": True}}, at=site.now - DAY)
    assert now_says(site) == {("news", "email"): NO}
    assert count_proofs(site) == 2


def test_r074_an_old_list_does_not_bring_back_who_said_no(site):
    state(site, {"news": {"email": True}})
    refuse_by_link(site, at=site.now + DAY)
    site.now += 2 * DAY
    state(
        site, {"news": {"email": True}, "offers": {"email": True}}, source="import:x", history=True
    )
    assert now_says(site) == {("news", "email"): NO, ("offers", "email"): YES}
    assert site.ask(ConsentProof.source, topic="offers") == [("import",)]


def test_several_choices_of_one_chunk_are_taken_in_the_order_of_their_times(site):
    site.say(
        *(
            {
                "type": "identify",
                "userId": "ann",
                "traits": {"consents": {"news": {"email": choice}}},
                "timestamp": (NOW - hours * timedelta(hours=1)).isoformat(),
            }
            for choice, hours in ((True, 1), (False, 2), (True, 3))
        )
    )
    site.ingest()
    assert now_says(site) == {("news", "email"): YES}
    assert count_proofs(site) == 3


def leave_everything(site, user="ann"):
    """Ann wants nothing at all any more, of topics to come neither."""
    with site.database.transaction() as session:
        change = ConsentChange(
            site.user(user).id, EVERYTHING, "email", NO, site.now, "preference_page"
        )
        record_consents(session, [change], now=site.now)


@pytest.mark.parametrize("source", ["key:1", "import:file"])
def test_r074_no_file_and_no_standing_yes_lifts_the_no_to_everything(site, source):
    state(site, {})
    leave_everything(site)
    site.now += DAY
    state(site, {"later": {"email": True}}, source=source)
    assert now_says(site) == {(EVERYTHING, "email"): NO}
    said = {"email": True, "chosen_at": site.now.isoformat()}
    state(site, {"later": said}, source=source)
    assert now_says(site).get(("later", "email")) == (YES if source == "key:1" else None)


@pytest.mark.parametrize("is_lost", [True, False])
def test_r069_the_no_to_everything_of_either_is_a_no_to_what_the_other_chose(site, is_lost):
    for user in ("ann", "eve"):
        state(site, {}, userId=user)
    leave_everything(site, "eve" if is_lost else "ann")
    chooser = "ann" if is_lost else "eve"
    state(site, {"news": {"email": True}, "offers": {"sms": True}}, userId=chooser)
    site.say({"type": "alias", "previousId": "eve", "userId": "ann"})
    site.ingest()
    assert now_says(site) == {
        (EVERYTHING, "email"): NO,
        ("news", "email"): NO,
        ("offers", "sms"): YES,
    }


@pytest.mark.parametrize(
    ("kept", "lost", "left"), [(None, 30, 30), (30, 60, 60), (60, 30, 60), (30, None, 30)]
)
def test_r069_the_longer_rest_of_two_that_are_joined_goes_on(site, kept, lost, left):
    for user, days in (("ann", kept), ("eve", lost)):
        state(site, {}, userId=user)
        with site.database.transaction() as session:
            contact = session.get_one(Contact, site.user(user).id)
            contact.paused_until = None if days is None else site.now + days * DAY
    site.say({"type": "alias", "previousId": "eve", "userId": "ann"})
    site.ingest()
    assert site.user("ann").paused_until == site.now + left * DAY
