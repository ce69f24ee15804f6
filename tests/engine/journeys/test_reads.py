"""What deciding a journey needs is listed wholly, and no more."""

import json

from engine.journeys.deciding.reads import JourneyReads, list_journey_reads
from engine.journeys.definition.journey import parse_journey
from tests.engine.journeys.samples import load

EMAIL = {"attribute": "email", "op": "exists"}


def reads_of(**changes):
    return list_journey_reads(parse_journey(json.dumps(load("welcome") | changes)))


def wait_for(*paths, **fields):
    node = {"kind": "wait_for", "paths": list(paths), "timeout": {"after": "P1D"}, **fields}
    return {"start": "here", "nodes": {"here": node}, "layout": {}}


def branch(when):
    node = {"kind": "branch", "paths": [{"label": "yes", "when": when}], "otherwise": {}}
    return {"start": "here", "nodes": {"here": node}, "layout": {}}


def test_a_journey_that_asks_nothing_needs_nothing():
    quiet = {"exits": [], "goals": [], "start": None, "nodes": {}, "layout": {}}
    assert reads_of(**quiet) == JourneyReads()


def test_conditions_of_every_place_are_read():
    reads = reads_of(
        trigger={
            "kind": "schedule",
            "cron": "0 9 * * 1",
            "audience": {"segment": "a", "op": "member"},
        },
        entry={"when": {"consent": "news", "channel": "email", "op": "subscribed"}},
        exits=[{"when": {"template": "t", "op": "bounced"}}],
        **branch({"all": [{"message": "here", "op": "sent"}, {"none": [EMAIL]}]}),
    )
    assert reads.segments == {"a"}
    assert reads.consents == {("news", "email")}
    assert reads.templates == {"t"}
    assert reads.node_messages == {"here"}
    assert reads.attributes == {"email"}


def test_counters_answer_for_counts_and_raw_events_for_the_rest():
    def raw(**leaf):
        asked = {"event": "E", "op": "gte", "value": 3, "measure": "count"} | leaf
        return reads_of(**branch(asked)).raw_events

    assert raw() == raw(within="P30D") == set()
    assert raw(within="PT720H") == {"E"}
    assert raw(measure="sum", of="total") == {"E"}
    assert raw(where={"property": "a", "op": "exists"}) == {"E"}


def test_events_are_looked_back_for_only_where_that_is_asked():
    path = {"label": "e", "event": "E"}
    assert reads_of(**wait_for(path)).past_events == set()
    for since in ("entry", "P7D"):
        reads = reads_of(**wait_for(path, since=since))
        assert (reads.past_events, reads.raw_events) == ({"E"}, {"E"})


def test_what_is_watched_is_what_exits_goals_and_waits_look_at():
    counted = {"event": "Counted", "op": "done"}
    reads = reads_of(
        exits=[{"event": "any"}, {"when": {"event": "Exited", "op": "done"}}],
        goals=[{"name": "g", "event": "Won"}],
        **wait_for({"label": "e", "event": "E"}, {"label": "c", "when": counted}),
    )
    assert reads.watched == {"any", "Exited", "Won", "E", "Counted"}
    assert not reads.rechecks


def test_a_condition_that_is_asked_once_is_not_watched():
    reads = reads_of(exits=[], goals=[], **branch({"event": "E", "op": "done"}))
    assert (reads.watched, reads.rechecks) == (set(), False)


def test_what_more_than_events_may_change_is_asked_again():
    for when in (EMAIL, {"segment": "a", "op": "member"}, {"message": "x", "op": "opened"}):
        assert reads_of(**wait_for({"label": "c", "when": when})).rechecks
        assert reads_of(exits=[{"when": when}]).rechecks
        assert not reads_of(exits=[], **branch(when)).rechecks


def test_salts_are_those_that_arms_are_kept_under():
    def split(**fields):
        node = {"kind": "split", "paths": [{"label": "a", "weight": 100}], **fields}
        return reads_of(start="s", nodes={"s": node}, layout={}).salts

    assert split() == {"welcome/s"}
    assert split(salt="mine") == {"mine"}
    assert split(rerandomize="each_run") == set()


def test_what_several_journeys_need_is_what_each_needs():
    one, other = (
        reads_of(**branch(EMAIL)),
        reads_of(exits=[{"when": {"segment": "a", "op": "member"}}]),
    )
    both = JourneyReads()
    both.add(one)
    both.add(other)
    assert both.attributes == {"email", "plan"}
    assert both.segments == {"a"}
    assert both.rechecks
    assert one.segments == set()
