"""The same for journeys that name what is not there: content, data, records, what came before."""

from tests.engine.journeys.samples import both, drop, put

CLICK = {"label": "clicked", "event": "Email Link Clicked", "next": "desk"}

BROKEN_REFERENCES = [
    (
        "no template chosen",
        "welcome",
        put("nodes", "pro", "template", value=""),
        ["reference_missing"],
    ),
    (
        "no recipient chosen",
        "after-ticket",
        put("nodes", "owner", "to", value=""),
        ["reference_missing"],
    ),
    (
        "a template that is gone",
        "welcome",
        put("nodes", "pro", "template", value="gone"),
        ["template_unknown"],
    ),
    (
        "a text's template in an e-mail",
        "welcome",
        put("nodes", "pro", "template", value="cart-sms"),
        ["template_wrong_channel"],
    ),
    (
        "marketing in a letter that nobody can unsubscribe from",
        "welcome",
        put("nodes", "pro", "template", value="receipt"),
        ["unsubscribe_missing"],
    ),
    ("marketing without a topic", "welcome", drop("nodes", "pro", "topic"), ["topic_missing"]),
    (
        "a topic that is gone",
        "welcome",
        put("nodes", "pro", "topic", value="gone"),
        ["topic_unknown"],
    ),
    (
        "a topic that is gone, in a condition",
        "abandoned-cart",
        put("entry", "when", "all", 0, "consent", value="gone"),
        ["topic_unknown"],
    ),
    (
        "a segment that is gone",
        "vip",
        put("exits", 0, "when", "segment", value="gone"),
        ["segment_unknown"],
    ),
    (
        "a segment that is gone, in the trigger",
        "vip",
        put("trigger", "segment", value="gone"),
        ["segment_unknown"],
    ),
    (
        "a sender that is gone",
        "welcome",
        put("nodes", "pro", "sender", value="gone"),
        ["sender_unknown"],
    ),
    (
        "an endpoint that is gone",
        "vip",
        put("nodes", "gift", "endpoint", value="gone"),
        ["endpoint_unknown"],
    ),
    (
        "an attribute nobody has",
        "welcome",
        put("nodes", "plan", "paths", 0, "when", "attribute", value="plam"),
        ["attribute_unknown"],
    ),
    (
        "an attribute nobody has, in a hole",
        "vip",
        put("nodes", "gift", "body", value={"$": "contact.nickname", "or": ""}),
        ["attribute_unknown"],
    ),
    (
        "an event nobody sent",
        "welcome",
        put("trigger", "event", value="Singed Up"),
        ["event_unknown"],
    ),
    (
        "match_key without entry_key",
        "after-ticket",
        drop("trigger", "entry_key"),
        ["match_key_without_entry_key"] * 4,
    ),
    (
        "a trigger value where no event is",
        "win-back",
        put("nodes", "offer", "data", value={"x": {"$": "trigger.properties.x"}}),
        ["trigger_has_no_event"],
    ),
    (
        "a trigger condition where no event is",
        "vip",
        put(
            "nodes",
            "spent",
            "paths",
            0,
            "when",
            value={"trigger": "properties.x", "op": "is", "value": 1},
        ),
        ["trigger_has_no_event"],
    ),
    (
        "context that nothing sets",
        "dunning",
        drop("nodes", "status", "save", "billing.reason"),
        ["context_unset"],
    ),
    (
        "context set on one way only",
        "voucher",
        put("nodes", "plain", "next", value="gift"),
        ["context_unset", "context_unset"],
    ),
    (
        "context after a webhook that may fail",
        "voucher",
        both(put("nodes", "voucher", "on_error", value="continue"), drop("nodes", "plain")),
        ["context_unset", "context_unset"],
    ),
    (
        "context asked for before there is any",
        "dunning",
        put("entry", "when", value={"context": "billing.reason", "op": "is", "value": "x"}),
        ["context_unset"],
    ),
    (
        "a click before any letter",
        "after-ticket",
        both(
            put("nodes", "answer", "paths", 0, value=CLICK),
            drop("nodes", "ask"),
            put("nodes", "day", "next", value="answer"),
            drop("layout"),
        ),
        ["nothing_sent_before"],
    ),
    (
        "a click on a later letter",
        "abandoned-cart",
        put("nodes", "seen", "paths", 0, "when", "message", value="mail10"),
        ["nothing_sent_before"],
    ),
    (
        "a letter asked about before entering",
        "abandoned-cart",
        put("entry", "when", value={"message": "nudge", "op": "sent"}),
        ["nothing_sent_before"],
    ),
    (
        "a click on no letter",
        "abandoned-cart",
        put("nodes", "seen", "paths", 0, "when", "message", value="offer"),
        ["message_unknown"],
    ),
    (
        "a question about a record",
        "welcome",
        put("nodes", "plan", "paths", 0, "when", value={"subject": "priority", "op": "exists"}),
        ["subject_mismatch"],
    ),
    (
        "a record to be filled in",
        "dunning",
        put("nodes", "new-card", "data", value={"prio": {"$": "subject.priority", "or": ""}}),
        ["subject_mismatch"],
    ),
    (
        "records without their trigger",
        "welcome",
        put("subject", value="record"),
        ["subject_mismatch"],
    ),
    (
        "a trigger without its records",
        "idle-ticket",
        drop("subject"),
        [
            "match_key_without_entry_key",
            "subject_mismatch",
            "subject_mismatch",
            "subject_mismatch",
            "subject_mismatch",
        ],
    ),
    ("a record of no type", "idle-ticket", put("trigger", "type", value=""), ["reference_missing"]),
    (
        "a date nobody has",
        "birthday",
        put("trigger", "attribute", value="birthdy"),
        ["attribute_unknown"],
    ),
]
