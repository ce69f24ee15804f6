"""The truth table on both databases, and the disagreements worth remembering, each by name."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine.rules.compile_sql import CannotCompile, compile_condition, group_zones
from engine.rules.conditions import parse_condition
from engine.rules.counters import Event, RawHistory
from engine.rules.evaluate import ContactState
from engine.rules.truth_table import COLUMNS, NOW, build_state, list_rows, render_truth_table
from engine.rules.values import to_fixed
from tests.engine.rules.world import World, ask_memory, ask_sql, both, having, store, totals


def test_the_published_truth_table_is_the_one_the_code_makes():
    assert (
        Path(__file__).parents[3].joinpath("docs/truth_table.md").read_text()
        == render_truth_table()
    )


def test_the_truth_table_holds_on_both_databases(database):
    world = World({n: build_state(value) for n, value in enumerate(COLUMNS.values(), 1)})
    store(database, world)
    for _name, condition in list_rows():
        assert ask_sql(database, condition, NOW, "UTC") == ask_memory(world, condition, NOW, "UTC")


def test_r049_null_empty_missing_and_false_can_be_told_apart(database):
    states = [build_state(value) for value in (None, "", False)] + [ContactState()]
    assert both(database, {"attribute": "x", "op": "is", "value": None}, states) == [
        True,
        False,
        False,
        False,
    ]
    assert both(database, {"attribute": "x", "op": "is", "value": ""}, states) == [
        False,
        True,
        False,
        False,
    ]
    assert both(database, {"attribute": "x", "op": "is_false"}, states) == [
        False,
        False,
        True,
        False,
    ]
    assert both(database, {"attribute": "x", "op": "missing"}, states) == [
        False,
        False,
        False,
        True,
    ]


def test_true_is_not_one_and_text_is_not_a_number(database):
    states = having(1, True, "1", 1.0, [1])
    assert both(database, {"attribute": "x", "op": "is", "value": 1}, states) == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert both(database, {"attribute": "x", "op": "in", "value": ["1", True]}, states) == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_text_that_looks_like_a_list_is_not_a_list(database):
    states = having("[1]", [1], '{"a":1}', {"a": 1}, "true", True)
    assert (
        both(database, {"attribute": "x", "op": "in", "value": ["[1]", '{"a":1}', "true"]}, states)
        == [True, False] * 3
    )


def test_an_attribute_name_with_letters_beyond_ascii_is_found(database):
    """SQLite before 3.45 compares keys undecoded: the engine must write JSON with them as they are."""
    assert both(
        database, {"attribute": "größe", "op": "is", "value": "m"}, [ContactState({"größe": "m"})]
    ) == [True]


@pytest.mark.parametrize(
    "name",
    [
        "it's",
        "a'); drop table contact; --",
        "100%",
        "%(x)s",
        ":y",
        "?",
        "$",
        "[0]",
        "a->>b",
        "`",
        "*",
        " ",
    ],
)
def test_a_hostile_attribute_name_is_only_a_name(database, name):
    assert both(
        database,
        {"attribute": name, "op": "is", "value": "it's; --"},
        [ContactState({name: "it's; --"}), ContactState()],
    ) == [True, False]


def test_a_dot_descends_into_objects_and_never_into_lists(database):
    states = [
        ContactState({"a": {"0": "x"}}),
        ContactState({"a": ["x"]}),
        ContactState({"a": "x"}),
        ContactState({"a.0": "x"}),
    ]
    assert both(database, {"attribute": "a.0", "op": "is", "value": "x"}, states) == [
        True,
        False,
        False,
        False,
    ]


def test_like_wildcards_are_plain_characters(database):
    assert both(
        database, {"attribute": "x", "op": "contains", "value": "%"}, having("100%", "100")
    ) == [True, False]
    assert both(
        database, {"attribute": "x", "op": "starts_with", "value": "a_"}, having("a_b", "axb")
    ) == [True, False]


def test_case_counts_unless_ignored_and_then_only_a_to_z_is_folded(database):
    states = having("MÜNCHEN", "münchen", "mÜnchen")
    assert both(database, {"attribute": "x", "op": "is", "value": "münchen"}, states) == [
        False,
        True,
        False,
    ]
    assert both(
        database, {"attribute": "x", "op": "is", "value": "mÜnchen", "ignore_case": True}, states
    ) == [True, False, True]


def test_an_end_longer_than_the_text_is_not_its_end(database):
    assert both(
        database, {"attribute": "x", "op": "ends_with", "value": "xpro"}, having("pro", "xpro")
    ) == [False, True]


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-31",
        "2026-03-29T10:00:00+02:00",
        "1970-01-01",
        "",
        "0",
        0,
        1774785600,
        "٢٠٢٦-03-29",
        "2026-03-29\n",
    ],
)
def test_r036_what_is_no_date_answers_no_date_question(database, value):
    for op, operand in (
        ("after", "1900-01-01"),
        ("before", "9000-01-01"),
        ("within_last", "P3000D"),
        ("anniversary_within", "P366D"),
    ):
        assert both(database, {"attribute": "x", "op": op, "value": operand}, having(value)) == [
            False
        ]


def test_today_is_the_day_where_the_contact_lives(database):
    now = datetime(2026, 3, 29, 10, 30, tzinfo=UTC)
    assert len(group_zones(now)) == 3
    states = [
        ContactState({"x": "1990-03-30"}, zone)
        for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago", "No/Such", None)
    ]
    assert (
        both(database, {"attribute": "x", "op": "within_last", "value": "P1D"}, states, now)
        == [False] * 5
    )
    tomorrow = [ContactState({"x": "2026-03-30"}, state.timezone) for state in states]
    assert both(
        database, {"attribute": "x", "op": "within_last", "value": "P1D"}, tomorrow, now
    ) == [True, False, False, False, False]


def test_a_sum_does_not_depend_on_the_order_of_its_parts(database):
    """0.1 + 0.2 + 0.3 is 0.6 in ten-thousandths; as doubles it is, or is not, by order."""
    states = [totals(0.1, 0.2, 0.3), totals(0.3, 0.2, 0.1)]
    assert both(
        database, {"event": "A", "measure": "sum", "of": "total", "op": "is", "value": 0.6}, states
    ) == [True, True]


def test_a_tie_at_the_fifth_decimal_goes_away_from_zero(database):
    assert (to_fixed(0.00005), to_fixed(-0.00005)) == (1, -1)
    states = [totals(0.00005), totals(-0.00005), totals(0.00004)]
    assert both(
        database,
        {"event": "A", "measure": "sum", "of": "total", "op": "is_not", "value": 0},
        states,
    ) == [True, True, False]


def test_a_number_too_large_to_count_is_left_out_and_breaks_nothing(database):
    states = [totals(1e12, 5), totals("7", None, True)]
    assert both(
        database, {"event": "A", "measure": "sum", "of": "total", "op": "is", "value": 5}, states
    ) == [True, False]


def test_nothing_has_no_average_and_a_sum_of_zero(database):
    states = [ContactState(), totals("x"), totals(0)]
    assert both(
        database,
        {"event": "A", "measure": "average", "of": "total", "op": "lte", "value": 0},
        states,
    ) == [False, False, True]
    assert both(
        database, {"event": "A", "measure": "sum", "of": "total", "op": "lte", "value": 0}, states
    ) == [True, True, True]
    assert both(
        database,
        {"event": "A", "measure": "average", "of": "total", "op": "is_not", "value": 0},
        states,
    ) == [True, True, False]


def test_a_negative_leaf_in_an_any_group_finds_contacts_without_events(database):
    condition = {
        "any": [{"event": "A", "op": "not_done"}, {"attribute": "x", "op": "is", "value": 1}]
    }
    assert both(
        database,
        condition,
        [ContactState(), totals(1), ContactState({"x": 1}, history=totals(1).history)],
    ) == [True, False, True]


def test_an_event_a_moment_ahead_has_happened(database):
    ahead = ContactState(history=RawHistory.of([Event("A", NOW + timedelta(minutes=3))]))
    assert both(database, {"event": "A", "op": "done", "within": "P1D"}, [ahead]) == [True]


def test_a_none_group_around_null_is_true(database):
    assert both(
        database,
        {"none": [{"attribute": "x", "op": "gt", "value": 1}]},
        [*having(None, 1, 2), ContactState()],
    ) == [True, True, False, True]


def test_trigger_context_and_subject_become_constants_in_sql(database):
    store(database, World({1: ContactState({"x": 1})}))
    parsed = parse_condition(
        {
            "all": [
                {"trigger": "properties.total", "op": "gte", "value": 100},
                {"attribute": "x", "op": "is", "value": 1},
            ]
        }
    )
    name: Any = database.dialect.name
    with pytest.raises(CannotCompile):
        compile_condition(parsed, now=NOW, dialect=name)
    known = ContactState(trigger={"properties": {"total": 100}})
    with database.connect() as db:
        assert list(db.scalars(compile_condition(parsed, now=NOW, dialect=name, known=known))) == [
            1
        ]


def test_the_expression_index_is_used(database):
    if database.dialect.name == "sqlite":
        index, explain = (
            "create index ix_plan on contact (json_extract(attributes, '$.\"plan\"'))",
            "explain query plan ",
        )
    else:
        index, explain = (
            "create index ix_plan on contact ((attributes ->> 'plan') collate \"C\")",
            "explain ",
        )
    rows = {n: ContactState({"plan": f"plan{n}"}) for n in range(1, 3000)}
    store(database, World(rows))
    for condition in (
        {"op": "is", "value": "plan7"},
        {"op": "in", "value": ["plan7", "plan8"]},
        {"op": "starts_with", "value": "plan77"},
    ):
        statement = compile_condition(
            parse_condition({"attribute": "plan", **condition}),
            now=NOW,
            dialect=database.dialect.name,
        )
        with database.begin() as db:
            db.execute(text("drop index if exists ix_plan"))
            db.execute(text(index))
            db.execute(text("analyze"))
            shown = (
                str(statement.compile(database, compile_kwargs={"literal_binds": True}))
                .replace("%%", "%")
                .replace(":", "\\:")
            )
            plan = " ".join(str(row) for row in db.execute(text(explain + shown)))
            db.execute(text("drop index ix_plan"))
        assert "ix_plan" in plan, plan
