"""One row for each way to spoil a good journey: what, which, how, and the codes it yields."""

from tests.engine.journeys.samples import both, drop, put

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
        "a best hour among none",
        "welcome",
        put(
            "nodes",
            "morning",
            "until",
            value={"best_hour": "contact", "from": "08:10", "to": "08:50", "fallback": "08:10"},
        ),
        ["window_never_opens"],
    ),
    (
        "a best hour whose fallback lies outside",
        "welcome",
        put(
            "nodes",
            "morning",
            "until",
            value={"best_hour": "contact", "from": "12:00", "to": "20:00"},
        ),
        ["fallback_outside"],
    ),
    (
        "holidays of nowhere",
        "welcome",
        put("settings", value={"holidays": {"calendar": "XX"}}),
        ["holidays_unknown"],
    ),
    (
        "holidays skipped that nobody named",
        "welcome",
        put("nodes", "morning", "until", "skip_holidays", value=True),
        ["holidays_unknown"],
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
