"""Ways to spoil questions and experiments: what, which, how, and the codes it yields."""

from tests.engine.journeys.samples import both, drop, put

BROKEN_APPROVALS = [
    (
        "a question without end",
        "discount-approval",
        both(
            drop("nodes", "boss", "due"), drop("nodes", "boss", "escalate"), drop("nodes", "tell")
        ),
        ["due_missing"],
    ),
    (
        "a question without answers",
        "discount-approval",
        both(
            put("nodes", "boss", "paths", value=[]),
            put("start", value="boss"),
            put("nodes", "boss", "due", "next", value="half"),
            drop("nodes", "tell"),
            drop("nodes", "mail", "data"),
        ),
        ["paths_missing"],
    ),
    (
        "a question whose words lack a value",
        "discount-approval",
        put("nodes", "boss", "text", value="Offer {{ what }}?"),
        ["value_unknown"],
    ),
    (
        "what a form asks for, on a way without an answer",
        "discount-approval",
        both(put("nodes", "boss", "due", "next", value="half"), drop("nodes", "tell")),
        ["context_unset"],
    ),
    (
        "a question to nobody, in the end",
        "discount-approval",
        put("nodes", "boss", "escalate", "to", value=""),
        ["reference_missing"],
    ),
    (
        "a winner by a goal that is not there",
        "discount-approval",
        put("nodes", "half", "winner", "goal", value="rich"),
        ["goal_unknown"],
    ),
    (
        "a winner that falls back to no arm",
        "discount-approval",
        put("nodes", "half", "winner", "fallback", value="both"),
        ["arm_unknown"],
    ),
]
