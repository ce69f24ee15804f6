"""As `broken`, of nodes that change the contact or link journeys."""

from tests.engine.journeys.samples import both, put

BROKEN_LINKS = [
    (
        "a topic that is gone, in a consent",
        "nurturing",
        put("nodes", "yes", "topic", value="gone"),
        ["topic_unknown"],
    ),
    (
        "a yes confirmed by a letter that nobody sends",
        "nurturing",
        put("nodes", "yes", "confirmed_by", value="click"),
        ["message_unknown"],
    ),
    (
        "a yes confirmed by a later letter",
        "nurturing",
        put("nodes", "yes", "confirmed_by", value="tip"),
        ["nothing_sent_before"],
    ),
    (
        "a score without a name",
        "lead-score",
        put("nodes", "points", "score", value=""),
        ["reference_missing"],
    ),
    (
        "a score that stays",
        "lead-score",
        put("nodes", "points", "by", value=0),
        ["nothing_to_do"],
    ),
    (
        "an event without a name",
        "lead-score",
        put("nodes", "said", "event", value=""),
        ["reference_missing"],
    ),
    (
        "an event that only the product may say",
        "lead-score",
        put("nodes", "said", "event", value="Message Settled"),
        ["event_reserved"],
    ),
    (
        "an attribute nobody has, in an event",
        "lead-score",
        put("nodes", "said", "properties", "demo", value={"$": "contact.nickname"}),
        ["attribute_unknown"],
    ),
    (
        "context that nothing sets, handed over",
        "lead-score",
        put("nodes", "hand", "data", "demo_id", value={"$": "context.demo"}),
        ["context_unset"],
    ),
    (
        "context that nothing sets, as the key of what is stopped",
        "lead-score",
        put("nodes", "quiet", "entry_key", value={"$": "context.demo"}),
        ["context_unset"],
    ),
    (
        "starting a journey that is gone",
        "lead-score",
        put("nodes", "hand", "journey", value="gone"),
        ["journey_unknown"],
    ),
    (
        "no journey chosen to stop",
        "lead-score",
        put("nodes", "quiet", "journey", value=""),
        ["reference_missing"],
    ),
    (
        "stopping a journey that is gone",
        "lead-score",
        put("nodes", "quiet", "journey", value="gone"),
        ["journey_unknown"],
    ),
    (
        "starting a journey that others do not start",
        "lead-score",
        put("nodes", "hand", "journey", value="newsletter"),
        ["journey_not_startable"],
    ),
    (
        "starting a journey that does not want it from here",
        "lead-score",
        put("key", value="other-score"),
        ["journey_not_startable"],
    ),
    (
        "a journey that starts itself",
        "nurturing",
        both(
            put("nodes", "again", value={"kind": "start_journey", "journey": "nurturing"}),
            put("nodes", "no", "next", value="again"),
            put("trigger", "from", value=["nurturing"]),
        ),
        ["starts_itself"],
    ),
]
