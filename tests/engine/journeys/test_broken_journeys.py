"""Each way to spoil a good journey is found, by exactly its codes."""

import json

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Code
from tests.engine.journeys.documents import both, check_document, drop, load, put

CLICK = {"label": "clicked", "event": "Email Link Clicked", "next": "desk"}
SUBSCRIBED = {"all": [{"consent": "newsletter", "channel": "email", "op": "subscribed"}]}
CRON = {
    "kind": "schedule",
    "cron": "0 9 * * mon",
    "audience": {"attribute": "email", "op": "exists"},
}
AGAIN = {"mode": "after_exit"}

BROKEN = [
    ("no start", "welcome", drop("start"), ["start_missing"]),
    ("a start that is not there", "welcome", put("start", value="hallo"), ["start_unknown"]),
    ("a path to nowhere", "welcome", put("nodes", "free", "next", value="more"), ["next_unknown"]),
    ("a jump to nowhere", "post-purchase", drop("nodes", "again", "next"), ["next_missing"]),
    (
        "a node nobody reaches",
        "welcome",
        put("nodes", "lost", value={"kind": "tag", "add": ["x"]}),
        ["unreachable"],
    ),
    (
        "a layout of a lost node",
        "welcome",
        put("layout", "lost", value={"x": 1, "y": 1}),
        ["layout_unknown"],
    ),
    (
        "a cycle without a wait",
        "vip",
        put("nodes", "gift", "next", value="hello"),
        ["cycle_without_wait"],
    ),
    (
        "a node that follows itself",
        "welcome",
        put("nodes", "free", "next", value="free"),
        ["cycle_without_wait"],
    ),
    (
        "a cycle whose wait is too short",
        "dunning",
        put("nodes", "later", "for", value="PT59S"),
        ["cycle_without_wait"],
    ),
    (
        "a cycle through an event path, which may be taken at once",
        "post-purchase",
        put("nodes", "written", "paths", 0, "next", value="ask"),
        ["cycle_without_wait", "unreachable"],
    ),
    (
        "a cycle through a window, which may be open",
        "vip",
        put("nodes", "gift", "next", value="office"),
        ["cycle_without_wait"],
    ),
    (
        "no way out and no exits",
        "voucher",
        both(
            put("nodes", "used", "otherwise", value={"next": "month"}),
            put("nodes", "thank", "next", value="month"),
            drop("nodes", "voucher", "on_error"),
            drop("nodes", "plain"),
        ),
        ["no_way_out"],
    ),
    ("a wait for ever", "abandoned-cart", drop("nodes", "seen", "timeout"), ["timeout_missing"]),
    (
        "a branch without otherwise",
        "vip",
        drop("nodes", "spent", "otherwise"),
        ["otherwise_missing"],
    ),
    (
        "a split without arms",
        "abandoned-cart",
        both(
            put("nodes", "offer", "paths", value=[]),
            drop("nodes", "mail10"),
            drop("nodes", "mailfs"),
            drop("layout"),
        ),
        ["paths_missing"],
    ),
    (
        "a date without on_missing",
        "onboarding",
        drop("nodes", "trial-end", "on_missing"),
        ["on_missing_missing", "unreachable"],
    ),
    (
        "two paths of one name",
        "abandoned-cart",
        put("nodes", "offer", "paths", 1, "label", value="10 %"),
        ["label_repeated"],
    ),
    (
        "a path called as the corner",
        "vip",
        put("nodes", "spent", "paths", 0, "label", value="otherwise"),
        ["label_repeated"],
    ),
    (
        "weights of 90",
        "abandoned-cart",
        put("nodes", "offer", "paths", 0, "weight", value=40),
        ["weights_not_100"],
    ),
    (
        "no weekdays",
        "welcome",
        put("nodes", "morning", "until", "weekdays", value=[]),
        ["window_never_opens"],
    ),
    (
        "a window on no weekdays",
        "vip",
        put("nodes", "office", "until", "weekdays", value=[]),
        ["window_never_opens"],
    ),
    (
        "an empty window",
        "vip",
        put("nodes", "office", "until", "to", value="09:00"),
        ["window_never_opens"],
    ),
    (
        "empty quiet hours",
        "welcome",
        put("settings", "quiet_hours", "to", value="21:00"),
        ["window_never_opens"],
    ),
    (
        "a day that never comes",
        "newsletter",
        both(
            put("trigger", value=CRON | {"cron": "0 0 31 2 *"}),
            put("entry", value={"reentry": AGAIN}),
        ),
        ["schedule_never_fires"],
    ),
    (
        "a cron that is none",
        "newsletter",
        both(
            put("trigger", value=CRON | {"cron": "a b c d e"}),
            put("entry", value={"reentry": AGAIN}),
        ),
        ["schedule_never_fires"],
    ),
    (
        "a schedule in no zone",
        "newsletter",
        put("trigger", "timezone", value="Berlin"),
        ["zone_unknown"],
    ),
    (
        "a zone that does not exist",
        "welcome",
        put("settings", "timezone", value="Europe/Ulm"),
        ["zone_unknown"],
    ),
    (
        "a tag that tags nothing",
        "win-back",
        put("nodes", "mark", "add", value=[]),
        ["nothing_to_do"],
    ),
    (
        "a change that changes nothing",
        "voucher",
        put("nodes", "thank", value={"kind": "update_contact"}),
        ["nothing_to_do"],
    ),
    (
        "words about a value nobody gave",
        "after-ticket",
        put("nodes", "owner", "text", value="Ticket {{ number }}"),
        ["value_unknown"],
    ),
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
    ("one silence only", "win-back", drop("entry", "reentry"), ["enters_only_once"]),
    ("one Monday only", "newsletter", put("trigger", value=CRON), ["enters_only_once"]),
    (
        "an exit on the way in",
        "welcome",
        put("exits", 0, "event", value="Signed Up"),
        ["exit_on_entry"],
    ),
    (
        "an exit that asks what the entry asks",
        "abandoned-cart",
        put("exits", value=[{"when": SUBSCRIBED}]),
        ["exit_on_entry"],
    ),
    (
        "a goal on the way in",
        "welcome",
        put("goals", 0, "event", value="Signed Up"),
        ["goal_on_entry"],
    ),
    (
        "two goals of one name",
        "onboarding",
        put("goals", 0, "name", value="activated"),
        ["goal_repeated"],
    ),
    (
        "a mark for no goal",
        "onboarding",
        put("nodes", "activated", "goal", value="other"),
        ["goal_never_reached", "goal_unknown"],
    ),
    (
        "a goal nobody reaches",
        "welcome",
        put("goals", 0, value={"name": "happy"}),
        ["goal_never_reached"],
    ),
]


@pytest.mark.parametrize(
    ("_name", "example", "spoil", "codes"), BROKEN, ids=[row[0] for row in BROKEN]
)
def test_a_spoilt_journey_yields_exactly_its_codes(_name, example, spoil, codes):
    document = load(example)
    spoil(document)
    problems = check_document(document)
    assert sorted(problem.code for problem in problems) == sorted(codes), [
        problem.message for problem in problems
    ]


def test_every_code_is_provoked_by_some_row():
    assert {code for *_, codes in BROKEN for code in codes} == {code.value for code in Code}


def test_a_draft_may_be_unfinished_but_not_contradictory():
    unfinished, contradictory = load("abandoned-cart"), load("welcome")
    del unfinished["nodes"]["seen"]["timeout"]
    contradictory["nodes"]["free"]["next"] = "nowhere"
    assert [p.severity for p in check_document(unfinished, stage="draft")] == ["warning"]
    assert [p.severity for p in check_document(contradictory, stage="draft")] == ["error"]


def test_what_is_unfinished_cannot_be_published_but_a_warning_stays_one():
    unfinished, unusual = load("abandoned-cart"), load("welcome")
    del unfinished["nodes"]["seen"]["timeout"]
    unusual["trigger"]["event"] = "Singed Up"
    assert [p.is_error for p in check_document(unfinished)] == [True]
    assert [p.is_error for p in check_document(unusual)] == [False]


def test_r107_a_loop_that_waits_for_a_time_of_day_is_no_hasty_one():
    document = load("welcome")
    document["nodes"]["free"]["next"] = "morning"
    assert check_document(document) == []
    document["nodes"]["morning"]["until"] = {"at": "09:00", "same_day_if_late": True}
    [problem] = check_document(document)
    assert problem.code is Code.CYCLE_WITHOUT_WAIT
    assert problem.message.startswith(
        "One can go round 'morning' → 'plan' → 'free' → 'morning' without waiting"
    )


def test_a_context_name_is_set_by_what_holds_it():
    document = load("dunning")
    document["nodes"]["status"]["save"] = {"billing": "body"}
    assert check_document(document) == []


def test_asking_whether_context_is_there_at_all_is_no_mistake():
    document = load("dunning")
    document["nodes"]["why"]["paths"][0]["when"] = {"context": "nobody.knows", "op": "missing"}
    assert check_document(document) == []


def test_names_are_not_held_against_lists_that_nobody_keeps():
    document = load("welcome")
    document["trigger"]["event"] = "Singed Up"
    document["nodes"]["plan"]["paths"][0]["when"]["attribute"] = "plam"
    known = Catalogue(
        templates=dict.fromkeys(("welcome-1", "welcome-pro", "welcome-free"), "email"),
        topics=frozenset({"tips"}),
    )
    assert check(parse_journey(json.dumps(document)), known) == []


def test_an_empty_draft_can_be_kept():
    empty = {"format": 1, "key": "new", "name": "New journey", "trigger": {"kind": "manual"}}
    problems = check_document(empty, stage="draft")
    assert [(p.code.value, p.severity) for p in problems] == [("start_missing", "warning")]


def test_a_message_says_in_plain_words_what_is_wrong_and_where():
    document = load("abandoned-cart")
    document["nodes"]["seen"]["paths"] = [
        {"label": "clicked", "event": "Email Link Clicked", "next": "value"}
    ]
    document["start"] = "seen"
    document["nodes"]["tell"]["next"] = "nudge"
    document["nodes"]["nudge"]["next"] = None
    [problem] = check_document(document)
    assert problem.to_json() == {
        "code": "nothing_sent_before",
        "severity": "error",
        "node": "seen",
        "path": "clicked",
        "message": "'seen' waits for 'Email Link Clicked' but nothing before it sends an e-mail.",
    }
