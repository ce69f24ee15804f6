"""Hypothesis strategies for conditions about the contacts of `world`."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from engine.rules.conditions import parse_condition
from engine.rules.operators import MOVING_OPS, OPERATORS, Op, check_operand
from engine.rules.values import MISSING
from tests.engine.rules.world import DATES, MARKS, NAMES, NOON, NUMBERS, SPANS, TEXTS, VALUES

patterns = st.recursive(
    st.sampled_from(
        [
            "pro",
            "P",
            ".",
            "[a-z]",
            "[^0-9]",
            r"\d",
            r"\w",
            r"\s",
            r"\.",
            "ü",
            "m",
            "x",
            "[Pp]",
            r"[\w-]",
            "^",
            "$",
            "😀",
            "[ä-ü]",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        inner.map(lambda p: f"({p})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}"])).map(
            lambda t: f"({t[0]}){t[1]}"
        ),
    ),
    max_leaves=5,
)
scalars = st.sampled_from(
    [v for v in VALUES if v is not MISSING and not isinstance(v, list | dict)]
)
texts = st.sampled_from([t for t in [*TEXTS, *DATES] if t]) | st.sampled_from(
    ["r", "p", "P", "ü", "20", "5", "\n", "%", "_", "T", "tr", "a"]
)
numbers = st.sampled_from(NUMBERS)
OPERANDS = {
    "nothing": st.none(),
    "scalar": scalars,
    "scalars": st.lists(scalars, min_size=1, max_size=4),
    "text": texts,
    "pattern": patterns,
    "number": numbers,
    "numbers": st.tuples(numbers, numbers).map(sorted),
    "duration": st.sampled_from(SPANS),
    "date": st.sampled_from([d for d in DATES if d != "2025-02-29"])
    | st.sampled_from(["2026-03-29T12:00:00+02:00", "2026-03-29T01:00:00+05:30"]),
}


@st.composite
def asked(draw: st.DrawFn, ops: Sequence[Op]) -> dict[str, Any]:
    row = OPERATORS[draw(st.sampled_from(list(ops)))]
    value = draw(OPERANDS[row.takes].filter(lambda v: row.op is not Op.ON or len(v) == 10))
    made: dict[str, Any] = {"op": row.op.value}
    if row.takes != "nothing":
        check_operand(row, value)
        made["value"] = value
    if row.folds and draw(st.booleans()):
        made["ignore_case"] = True
    return made


NUMBER_ASKED = st.one_of(
    st.tuples(
        st.sampled_from(["is", "is_not", "gt", "gte", "lt", "lte"]),
        st.sampled_from([0, 1, 2, 3, 5, -3, 2.5, 50, 99.9999, 50.0001, 1e11, 55]),
    ).map(lambda t: {"op": t[0], "value": t[1]}),
    st.sampled_from([[0, 1], [1, 5], [-3, 0], [2, 60.5]]).map(
        lambda v: {"op": "between", "value": v}
    ),
)
properties = st.tuples(
    st.sampled_from(["plan", "total", "address.city"]),
    asked([op for op in Op if op not in MOVING_OPS]),
).map(lambda t: {"property": t[0], **t[1]})


def grouped(
    leaf: st.SearchStrategy[dict[str, Any]], leaves: int
) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaf,
        lambda inner: st.tuples(
            st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3)
        ).map(lambda t: {t[0]: t[1]}),
        max_leaves=leaves,
    )


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    made: dict[str, Any] = {"event": draw(st.sampled_from("ABC"))}
    if draw(st.booleans()):
        made["within"] = draw(st.sampled_from(SPANS))
    if draw(st.integers(0, 2)) == 0:
        made["where"] = draw(grouped(properties, 3))
    match draw(st.sampled_from(["done", "count", "number", "number", "time"])):
        case "done":
            return {**made, "op": draw(st.sampled_from(["done", "not_done"]))}
        case "count":
            return {**made, "measure": "count", **draw(NUMBER_ASKED)}
        case "number":
            return {
                **made,
                "measure": draw(st.sampled_from(["sum", "average", "minimum", "maximum"])),
                "of": draw(st.sampled_from(["total", "plan"])),
                **draw(NUMBER_ASKED),
            }
        case _:
            dates = asked([Op.BEFORE, Op.AFTER, Op.ON, *MOVING_OPS])
            return {**made, "measure": draw(st.sampled_from(["first", "last"])), **draw(dates)}


attributes = st.tuples(st.sampled_from(NAMES), asked(list(Op))).map(
    lambda t: {"attribute": t[0], **t[1]}
)
others = st.one_of(
    st.sampled_from(
        [{"segment": s, "op": o} for s in ("vip", "gone") for o in ("member", "not_member")]
    ),
    st.sampled_from(
        [
            {"consent": t, "channel": c, "op": o}
            for t in ("news", "shop")
            for c in ("email", "sms")
            for o in ("subscribed", "not_subscribed", "unsubscribed", "unanswered")
        ]
    ),
    st.tuples(
        st.sampled_from([f"{n}{m}" for m in MARKS for n in ("", "not_")]),
        st.sampled_from([None, *SPANS]),
    ).map(lambda t: {"template": "w1", "op": t[0], **({"within": t[1]} if t[1] else {})}),
)
conditions = grouped(st.one_of(attributes, attributes, events(), events(), others), 5).map(
    parse_condition
)
nows = st.one_of(
    st.just(NOON),
    st.sampled_from(
        [
            datetime(2026, 3, 29, tzinfo=UTC),
            datetime(2026, 3, 28, 23, 59, 59, 999999, tzinfo=UTC),
            datetime(2026, 2, 28, 10, tzinfo=UTC),
        ]
    ),
    st.integers(-24 * 20, 24 * 5).map(lambda h: NOON + timedelta(hours=h)),
)
zones = st.sampled_from(["UTC", "Pacific/Auckland", "America/Los_Angeles"])
