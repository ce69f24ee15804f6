from engine.decision import Advance
from tests.engine.actions.making import decide, facts_of, node_of

PLANS = [
    {"label": "team", "when": {"attribute": "plan", "op": "is", "value": "team"}, "next": "a"},
    {"label": "paying", "when": {"attribute": "plan", "op": "in", "value": ["pro", "team"]}},
]


def test_r048_the_first_path_that_is_true_is_taken_in_the_order_written():
    def taken(paths, plan):
        node = node_of("branch", paths=paths, otherwise={})
        return decide(node, facts_of(attributes={"plan": plan}))

    assert taken(PLANS, "team").outcome == Advance("team")
    assert taken(PLANS[::-1], "team").outcome == Advance("paying")
    assert taken(PLANS, "pro").outcome == Advance("paying")


def test_r048_where_nothing_is_true_it_is_otherwise():
    node = node_of("branch", paths=PLANS, otherwise={"next": "b"})
    assert decide(node, facts_of(attributes={})).outcome == Advance("otherwise")
    assert [(way.label, way.next) for way in node.paths()] == [
        ("team", "a"),
        ("paying", None),
        ("otherwise", "b"),
    ]
