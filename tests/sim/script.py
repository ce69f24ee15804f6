"""What happens in one seed: a list of steps, drawn beforehand, each with what goes wrong in it.

A step draws nothing while it is done, so that any of them can be left out and the others stay as
they are: that is how a failure is made small.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random
from typing import Any

from engine.journeys.deciding.retiming import ResumePolicy
from engine.tasks import Lane
from tests.sim.documents import (
    PLANS,
    STATES,
    ZONES,
    make_document,
    make_edition,
    make_moves,
    make_other,
)
from tests.sim.nodes import ANSWERS, EVENTS

LANES = (
    *(Lane.INGEST,) * 3,
    *(Lane.ADVANCE,) * 3,
    Lane.SEGMENTS,
    Lane.EMAIL,
    Lane.EMAIL,
    Lane.SMS,
    Lane.WEBHOOK,
)
HANDING = (Lane.EMAIL, Lane.SMS, Lane.PUSH, Lane.WEBHOOK)
PAUSES = (1, 20, 90, 130, 700, 3_600, 20_000, 90_000)
STEPS = (
    ("say", 28),
    ("work", 40),
    ("bell", 10),
    ("pass", 9),
    ("due", 6),
    ("again", 3),
    ("unsubscribe", 2),
    ("alias", 2),
    ("enter", 2),
    ("replay", 1),
    ("erase", 0.5),
    ("pause", 1.5),
    ("resume", 2.5),
    ("republish", 2),
    ("stop", 0.4),
    ("record", 0.5),
    ("reply", 0.7),
    ("answer", 0.2),
    ("escalate", 0.2),
)
OFTEN = {
    "manual": {"enter": 20},
    "api": {"enter": 20},
    "record": {"record": 20, "due": 12},
    "message": {"reply": 14},
    "date": {"due": 14},
    "inactivity": {"due": 10},
    "absence": {"due": 10},
    "schedule": {"pass": 22},
    "segment": {"say": 50},
}
"""What happens more often where a trigger of this kind asks for it."""
PARTS = ("all", "all", "all", "entries", "sends")
TICKETS = ("t1", "t2", "t3", "t4")
HELD_UP = ("pass", "say", *("unsubscribe",) * 4, "work", "work", "pause", "ingest")


@dataclass(frozen=True)
class Step:
    """One thing that happens.

    Attributes:
        dies_at: at which point, counted from 1, its process dies; 0: at none.
        fails_at: at which commit the database says no, or says nothing though it has committed.
        meanwhile: (point, step): what happens while its process is held up there.
    """

    kind: str
    what: dict[str, Any] = field(default_factory=dict)
    dies_at: int = 0
    fails_at: int = 0
    meanwhile: tuple[tuple[int, "Step"], ...] = ()

    def __str__(self):
        words = [self.kind, *(f"{name}={value}" for name, value in self.what.items())]
        words += [f"dies at point {self.dies_at}"] * bool(self.dies_at)
        words += [f"commit {self.fails_at} fails"] * bool(self.fails_at)
        words += [f"meanwhile at point {point} ({step})" for point, step in self.meanwhile]
        return " ".join(words)


@dataclass(frozen=True)
class Script:
    """All of one seed.

    Attributes:
        editions: the journey as it is edited later.
        other: the journey beside it, if they have to do with each other.
    """

    seed: int
    document: dict[str, Any]
    contacts: tuple[dict[str, Any], ...]
    chunk: int
    steps: tuple[Step, ...]
    editions: tuple[dict[str, Any], ...] = ()
    other: dict[str, Any] | None = None

    @property
    def documents(self) -> tuple[dict[str, Any], ...]:
        """All journeys, in all editions."""
        return self.document, *self.editions, *([self.other] if self.other else [])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of node in any of them."""
        return frozenset(
            node["kind"] for document in self.documents for node in document["nodes"].values()
        )


def write_script(seed: int) -> Script:
    """Return what happens in a seed."""
    rng = Random(seed)
    document = make_document(rng)
    editions = tuple(make_edition(rng, document, number) for number in (2, 3))
    other = make_other(rng, (document, *editions))
    count = rng.choice((3, 5, 8, 12)) if rng.random() < 0.95 else rng.randint(20, 200)
    contacts = tuple(make_contact(rng, number) for number in range(count))
    script = Script(seed, document, contacts, rng.choice((1, 3, 10, 50)), (), editions, other)
    drawing = _Drawing(rng, script, is_rough=rng.random() < 0.8)
    return replace(script, steps=tuple(drawing.draw_step() for _ in range(rng.randint(20, 90))))


def make_contact(rng: Random, number: int) -> dict[str, Any]:
    traits: dict[str, Any] = {"email": f"c{number}@shop.example", "plan": rng.choice(PLANS[:2])}
    if rng.random() < 0.9:
        traits["phone"] = f"+4915112345{number:03}"
    if zone := rng.choice(ZONES):
        traits["timezone"] = zone
    if rng.random() < 0.6:
        traits["nick"] = f"N{number}"
    if rng.random() < 0.5:
        traits["renewal"] = f"2026-03-{rng.randint(24, 31)}"
    if rng.random() < 0.8:
        traits["consents"] = {"news": rng.random() < 0.95}
    return traits


class _Drawing:
    def __init__(self, rng: Random, script: Script, *, is_rough: bool):
        self.rng, self.script, self.is_rough = rng, script, is_rough
        self.count = len(script.contacts)
        self.said = 0
        trigger = script.document["trigger"]["kind"]
        self.asks_plan = trigger in ("segment", "attribute", "schedule")
        self.asks_renewal = trigger == "date"
        weights = dict(STEPS) | OFTEN.get(trigger, {})
        if "ask" in script.kinds:
            weights |= {"answer": 14, "escalate": 2}
        self.kinds, self.weights = list(weights), list(weights.values())

    def draw_step(self) -> Step:
        kind = self.rng.choices(self.kinds, self.weights)[0]
        step = self.draw(kind)
        if not self.is_rough or kind in ("pass", "due"):
            return step
        rng = self.rng
        meanwhile = self.draw_meanwhile(step) if kind == "work" and rng.random() < 0.5 else ()
        return Step(
            kind,
            step.what,
            dies_at=rng.randint(1, 10) if rng.random() < 0.08 else 0,
            fails_at=rng.randint(1, 3) if rng.random() < 0.05 else 0,
            meanwhile=meanwhile,
        )

    def draw_meanwhile(self, step: Step) -> tuple[tuple[int, Step], ...]:
        rng = self.rng
        lane, point = step.what["lane"], rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 7, 9))
        if lane in (None, *HANDING) and rng.random() < 0.4:  # so long that its lease is over
            seconds = rng.choice((1, 31, 130))
            again = Step("work", {"lane": lane, "pick": step.what["pick"]})
            return (point, Step("pass", {"seconds": seconds})), (point, again)
        return tuple((point, self.draw(rng.choice(HELD_UP))) for _ in range(rng.randint(1, 2)))

    def draw(self, kind: str) -> Step:
        rng = self.rng
        match kind:
            case "say":
                return Step(kind, self.draw_call())
            case "work":
                lane = rng.choice(LANES) if rng.random() < 0.25 else None
                pick = rng.randrange(6)
                return Step(kind, {"lane": lane, "pick": pick, "behind": self.draw_behind()})
            case "ingest":
                return Step("work", {"lane": Lane.INGEST, "behind": 0})
            case "bell":
                return Step(kind, {"fate": rng.choices(("heard", "lost", "doubled"), (8, 1, 1))[0]})
            case "pass":
                return Step(kind, {"seconds": rng.choice(PAUSES)})
            case "again":
                return Step(kind, {"number": rng.randrange(self.said + 1)})
            case "unsubscribe":
                return Step(kind, {"number": rng.randrange(20)})
            case "alias":
                one, other = rng.randrange(self.count), rng.randrange(self.count)
                return Step(kind, {"previous": one, "current": other, "number": self.count_said()})
            case "erase":
                return Step(kind, {"contact": rng.randrange(self.count)})
            case "enter":
                return Step(kind, {"contact": rng.randrange(self.count)})
            case "republish":
                return Step(kind, self.draw_edition())
            case "pause":
                return Step(kind, {"journey": self.draw_journey(), "what": rng.choice(PARTS)})
            case "resume":
                waits = rng.choice(tuple(ResumePolicy)).value
                what = {"journey": self.draw_journey(), "what": rng.choice(PARTS)}
                return Step(kind, {"waits": waits, **what})
            case "stop":
                journey = self.draw_journey()
                return Step(kind, {"journey": journey, "ends_all": rng.random() < 0.5})
            case "record":
                return Step(kind, self.draw_record())
            case "reply":
                channel, number = rng.choice(("email", "email", "sms")), self.count_said()
                if rng.random() < 0.15:  # reported once more
                    number = rng.randint(1, number)
                contact = rng.randrange(self.count)
                return Step(kind, {"contact": contact, "channel": channel, "number": number})
            case "answer":
                label = rng.choices((*ANSWERS, "perhaps"), (8, 8, 1))[0]
                why = rng.choice(("so", None))
                return Step(kind, {"number": rng.randrange(9), "label": label, "why": why})
            case _:
                return Step(kind)

    def draw_journey(self) -> str:
        return self.rng.choice(("j", "j", self.script.other["key"] if self.script.other else "j"))

    def draw_edition(self) -> dict[str, Any]:
        rng, script = self.rng, self.script
        if rng.random() < 0.25:
            return {"renames": rng.random() < 0.7}
        number = rng.choice((1, 2, 2, 3, 3))
        documents = (script.document, *script.editions)
        moves: dict[str, str] = {}
        for document in documents:
            moves |= make_moves(rng, document, documents[number - 1])
        return {"edition": number, "moves": moves if rng.random() < 0.75 else None}

    def draw_record(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "key": rng.choice(TICKETS),
            "contact": rng.randrange(min(self.count, 4)),
            "state": rng.choice(STATES),
            "size": rng.randint(1, 3),
        }

    def draw_call(self) -> dict[str, Any]:
        rng = self.rng
        contact = rng.randrange(self.count)
        call: dict[str, Any] = {"contact": contact, "number": self.count_said()}
        call["ago"] = rng.choices((0, rng.randint(1, 9_000), 400_000, -3_600), (80, 14, 3, 3))[0]
        if self.asks_renewal and rng.random() < 0.4:
            day = rng.choice((f"2026-03-{rng.randint(24, 31)}", f"2026-04-0{rng.randint(1, 9)}"))
            return call | {"traits": {"renewal": day}}
        if rng.random() < (0.5 if self.asks_plan else 0.15):
            traits = rng.choice(
                (
                    {"plan": rng.choice(PLANS)},
                    {"plan": rng.choice(PLANS[:2])},
                    {"timezone": rng.choice(ZONES[:-1])},
                    {"consents": {"news": rng.random() < 0.5}},
                    {"renewal": f"2026-04-0{rng.randint(1, 9)}"},
                )
            )
            return call | {"traits": traits}
        call["event"] = rng.choices(EVENTS, (12, 3, 5, 2))[0]
        if rng.random() < 0.8:
            call["k"] = rng.choice(("a", "b"))
        return call

    def draw_behind(self) -> int:
        """Draw how far the clock of a worker is behind, in seconds."""
        return self.rng.randint(1, 600) if self.is_rough and self.rng.random() < 0.05 else 0

    def count_said(self) -> int:
        self.said += 1
        return self.said
