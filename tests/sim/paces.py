"""Throttles: in any period at most so many went through, whatever their version."""

from collections import defaultdict

from engine.actions.throttle import ThrottleNode
from engine.journeys.deciding.plan import read_path
from tests.sim.rows import read_instant


def check_paces(world, passes, plans):
    """Complain of a throttle that let more through than it may.

    Args:
        passes: by enrollment, [seq, at, version, path].
        plans: by version.
    """
    gone = defaultdict(list)
    for several in passes.values():
        for _, at, version, path in several:
            plan = plans[version]
            for place, way in read_path(path):
                node = plan.get_node(place)
                if way is not None and isinstance(node, ThrottleNode):
                    gone[plan.key, plan.keys[place], node.at_most, node.per].append(at)
    for (journey, key, at_most, per), instants in gone.items():
        went = sorted(read_instant(at) for at in instants)
        for first, next_round in zip(went, went[at_most:], strict=False):
            if next_round - first < per:
                words = (
                    f"{at_most + 1} went through {key} of {journey} from {first} to {next_round}"
                )
                world.complain("throttle_keeps_its_pace", words)
