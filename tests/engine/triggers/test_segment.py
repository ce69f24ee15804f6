from engine.triggers.segment import matches
from tests.engine.triggers.making import trigger_of


def test_r017_one_change_of_one_segment_lets_in():
    trigger = trigger_of("segment", segment="vip", change="entered")
    assert matches(trigger, "vip", "entered")
    assert not matches(trigger, "vip", "left")
    assert not matches(trigger, "new", "entered")
