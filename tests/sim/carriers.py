"""Providers that keep the one book we trust: what was handed over, when, and what they answered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from channels.base import Receipt, Verdict, WebhookAnswer

BEGIN_WITHIN = timedelta(seconds=30)
FATES = (
    ("accepted", 70),
    ("temporary", 5),
    ("lost", 5),
    ("unsure", 3),
    ("permanent", 4),
    ("not_sent", 4),
    ("account", 3),
    ("dead", 3),
)


@dataclass
class Handed:
    """One hand-over.

    Attributes:
        lease_until: until when nobody else may hand the message over.
        is_taken: the provider took it.
        is_doubtful: we cannot know: the worker died or was too late, or the answer was lost.
        is_told: the worker has come to the end and had time to write it down.
    """

    at: object
    lease_until: object
    is_taken: bool
    is_doubtful: bool = False
    is_told: bool = False


class Carrier:
    """Carries one channel. How it answers depends on the seed, the message and the attempt alone."""

    name = "carrier"
    keeps_content = False

    def __init__(self, world, channel):
        self._world, self._channel = world, channel

    def send(self, items, on_result, *, now, begin_within=BEGIN_WITHIN):
        world = self._world
        mine: list[Handed] = []
        world.under_way.append(mine)
        begun = world.now
        for place, item in enumerate(items):
            world.at("hand over")
            if world.now - begun > begin_within:
                on_result(place, Receipt(Verdict.NOT_SENT))
                continue
            fate = world.draw_fate(item.id)
            if fate == "dead" and self._channel in ("webhook", "push"):
                fate = "permanent"
            takes = fate in ("accepted", "lost")
            handed = world.ledger.note(item.id, world.now, takes=takes)
            handed.is_doubtful = fate in ("lost", "unsure")
            mine.append(handed)
            if fate == "dead":
                world.eyes.note_dead(item.id, self._channel, item.recipient)
            world.tell(f"{self._channel} {world.name(item.id)} handed over: {fate}")
            world.at("handed over")
            on_result(place, self._answer(fate))

    def _answer(self, fate):
        answer = WebhookAnswer(200, {}, {"tier": 1}) if self._channel == "webhook" else None
        match fate:
            case "accepted":
                return Receipt(Verdict.ACCEPTED, answer=answer)
            case "temporary":
                return Receipt(Verdict.TEMPORARY, code="503", is_outage=True)
            case "lost" | "unsure":
                return Receipt(Verdict.UNCERTAIN)
            case "permanent":
                return Receipt(Verdict.PERMANENT, code="550")
            case "not_sent":
                return Receipt(Verdict.NOT_SENT)
            case "account":
                return Receipt(Verdict.TEMPORARY, is_account_problem=True)
            case _:
                return Receipt(Verdict.PERMANENT, code="5.1.1", is_dead_address=True)


class Ledger:
    """What providers were handed, by message."""

    def __init__(self, world):
        self._world = world
        self.handed: dict[object, list[Handed]] = defaultdict(list)

    def note(self, uid, now, *, takes) -> Handed:
        """Note a hand-over; complain of one that should not have been."""
        start = self._world.frames[-1].starts.get(uid)
        if start is None:
            self._world.complain("handed_over", f"{uid} was handed over and never started")
        is_late = now >= start["lease_until"]  # held up so long that another has taken over
        for before in [] if is_late else self.handed[uid]:
            if not before.is_taken:
                continue
            if not start["resends"]:
                self._world.complain(
                    "asked_not_to_resend", f"{start['where']} was handed over twice"
                )
            if not before.is_doubtful and (before.is_told or now < before.lease_until):
                self._world.complain("handed_over_once", f"{start['where']} was handed over twice")
        one = Handed(now, start["lease_until"], takes)
        self.handed[uid].append(one)
        return one

    def end(self, several, *, died, now):
        """Note that a worker has died, or has come to the end of its work."""
        for one in several:
            if died or one.lease_until <= now:
                one.is_doubtful = True
            else:
                one.is_told = True


def draw_fate(seed, uid, tries):
    """Return how a provider answers one try of one message."""
    rng = Random(f"{seed}:{uid}:{tries}")
    return rng.choices([fate for fate, _ in FATES], [weight for _, weight in FATES])[0]
