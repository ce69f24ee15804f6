"""Rule 7: in whatever order, and in whatever portions, the same events arrive, the end is the same."""

import threading
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.events.ingest import ingest_pending
from engine.models.contact import Contact, ContactState
from engine.models.segment import Segment, SegmentMember
from engine.segments.membership import update_members
from tests.engine.events.site import NOW

HOUR = timedelta(hours=1)
SEGMENTS = {
    "pro": {"attribute": "plan", "op": "is", "value": "pro"},
    "buyers": {"event": "Bought", "measure": "count", "op": "gte", "value": 2, "within": "P1D"},
    "gone": {"consent": "news", "channel": "email", "op": "unsubscribed"},
}


def build_calls():
    """What one person says and does within a few hours; every time is another."""
    said = [
        ("identify", {"traits": {"plan": "free", "email": "a@example.com"}}),
        ("identify", {"traits": {"plan": "pro", "consents": {"news": {"email": True}}}}),
        ("identify", {"traits": {"plan": "free", "city": "Wien"}}),
        ("identify", {"traits": {"plan": "pro", "email": "b@example.com"}}),
        ("track", {"event": "Bought", "properties": {"total": 1}}),
        ("track", {"event": "Looked"}),
        ("track", {"event": "Bought", "anonymousId": "device"}),
        ("identify", {"anonymousId": "device", "traits": {"consents": {"news": {"email": False}}}}),
        ("identify", {"traits": {"city": None}}),
    ]
    return [
        {"type": kind, "userId": "ann", "timestamp": (NOW - (9 - n) * HOUR).isoformat(), **call}
        for n, (kind, call) in enumerate(said)
    ]


CALLS = build_calls()
EXPECTED = {
    "attributes": {"plan": "pro", "email": "b@example.com", "city": None},
    "email": "b@example.com",
    "counts": {"Bought": 2, "Looked": 1, "Contact Identified": 6},
    "active_at": NOW - 3 * HOUR,
    "segments": {"pro", "buyers", "gone"},
}


def look(site, user):
    contact = site.user(user)
    ((active_at,),) = site.ask(ContactState.active_at, contact_id=contact.id)
    return {
        "attributes": {
            name: value.removeprefix(user) if name == "email" else value
            for name, value in contact.attributes.items()
        },
        "email": contact.email.removeprefix(user),
        "counts": site.count_events(contact.id),
        "active_at": active_at,
        "segments": {key for (key,) in site.ask(SegmentMember.segment, contact_id=contact.id)},
    }


def prepare(site):
    with site.database.transaction() as session:
        for key, condition in SEGMENTS.items():
            if session.get(Segment, key) is None:
                session.add(
                    Segment(key=key, name=key, condition=condition, created_at=NOW, updated_at=NOW,
                            refreshed_at=NOW)
                )  # fmt: skip


def ingest(site):
    with site.database.transaction() as session:
        arrived = ingest_pending(session, now=NOW, limit=100, trigger_age=72 * HOUR).arrived
        update_members(session, {one.contact_id for one in arrived}, now=NOW, default_zone="UTC")


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.permutations(range(len(CALLS))), cuts=st.sets(st.integers(0, len(CALLS) - 1)))
def test_r007_the_order_of_arrival_does_not_matter(site, order, cuts):
    prepare(site)
    user = f"u{len(site.ask(Contact.id))}"  # another one in every example: one database
    for step, place in enumerate(order):
        call = CALLS[place] | {"userId": user}
        if "anonymousId" in call:
            call["anonymousId"] = f"{user}-device"
        if "email" in call.get("traits", {}):
            call["traits"] = call["traits"] | {"email": user + call["traits"]["email"]}
        site.say(call)
        if step in cuts:
            ingest(site)
    ingest(site)
    assert look(site, user) == EXPECTED


def test_r070_what_two_threads_ingest_of_one_contact_never_interleaves(site):
    """Each counter is read, changed and written under the contact's row: none is lost."""

    def work():
        while site.count_waiting():
            site.ingest(limit=3)

    for number in range(60):
        site.say(userId="ann", event=f"E{number % 3}")
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.count_events(site.user("ann").id) == {"E0": 20, "E1": 20, "E2": 20}
