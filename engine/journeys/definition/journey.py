"""A journey: the one document that a marketer draws and a developer writes."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, Union

from pydantic import Discriminator, Field, Tag, ValidationError, model_validator
from typing_extensions import TypeAliasType

from engine.actions import ACTIONS
from engine.document.base import Document, FieldPath, Maybe
from engine.document.durations import Elapsed
from engine.journeys.definition.refusals import refuse, refuse_parts
from engine.language.say import say
from engine.parts.conditions import Checked
from engine.parts.entering import TriggerBase
from engine.parts.matching import Filtered, KeyedEventMatch
from engine.parts.paths import NodeBase, NodeKey, choose_event_or_when
from engine.parts.times import LocalTime
from engine.triggers import TRIGGERS
from engine.when.holidays import NO_HOLIDAYS, HolidayCalendar

MAX_BYTES: Final = 1_000_000
MAX_NODES: Final = 500
MAX_PATHS: Final = 2000

if TYPE_CHECKING:
    Node = NodeBase
    Trigger = TriggerBase
else:  # the tables are the one list of kinds, so the unions are made of them
    Node = TypeAliasType(
        "Node",
        Annotated[
            Union[tuple(action.model for action in ACTIONS.values())],  # noqa: UP007
            Field(discriminator="kind"),
        ],
    )
    Trigger = TypeAliasType(
        "Trigger",
        Annotated[Union[tuple(TRIGGERS.values())], Field(discriminator="kind")],  # noqa: UP007
    )


class EnterOnce(Document):
    """A subject enters once, ever; with an entry key, once per key."""

    mode: Literal["never"]


class EnterAgain(Document):
    """A subject may enter again after it has left."""

    mode: Literal["after_exit"]
    not_within: Maybe[Elapsed] = Field(
        default=None, description="Nor sooner than so long after its last entry."
    )


Reentry = TypeAliasType("Reentry", Annotated[EnterOnce | EnterAgain, Field(discriminator="mode")])


class Entry(Document):
    """Who may enter, and how often."""

    when: Maybe[Checked] = None
    grace: Maybe[Elapsed] = Field(
        default=None,
        description="Where only 'when' is not true at the trigger, it is asked again for so long.",
    )
    reentry: Reentry = EnterOnce(mode="never")
    at_most: Maybe[Annotated[int, Field(ge=0)]] = Field(
        default=None, description="Entries into this journey in all; 0 is none."
    )
    allow_own_effects: bool = Field(
        default=False,
        description="What this journey itself causes may let its contact in again; chains of more "
        "than 10 are stopped all the same.",
    )

    @model_validator(mode="after")
    def _grace_asks_when(self) -> Self:
        if self.grace is not None and self.when is None:
            msg = say("'grace' is for how long 'when' is asked again, so say 'when'")
            raise ValueError(msg)
        return self


class EventExit(KeyedEventMatch):
    """This event takes the subject out, wherever it is.

    `any` is whatever the contact does itself.
    """

    reason: str = Field(default="exit event", min_length=1, max_length=60)


class StateExit(Document):
    """This becoming true takes the subject out, wherever it is."""

    when: Checked
    reason: str = Field(default="exit condition", min_length=1, max_length=60)


Exit = TypeAliasType(
    "Exit",
    Annotated[
        Annotated[EventExit, Tag("event")] | Annotated[StateExit, Tag("when")],
        Discriminator(
            choose_event_or_when,
            custom_error_type="exit",
            custom_error_message="an exit has either 'event' or 'when'",
        ),
    ],
)


class Goal(Filtered):
    """What counts as success. Reaching it does not end the enrollment; an exit would.

    Without an event it is reached only by arriving at a goal node.
    """

    name: str = Field(min_length=1, max_length=60)
    event: Maybe[Annotated[str, Field(max_length=128)]] = None
    match_key: Maybe[FieldPath] = Field(
        default=None, description="Where the event carries the entry key; as for an exit."
    )
    value: Maybe[FieldPath] = Field(
        default=None, description="What it is worth, in the event: properties.total."
    )
    within: Maybe[Elapsed] = Field(
        default=None, description="So long after entry, also after leaving."
    )

    @model_validator(mode="after")
    def _event_fields_need_event(self) -> Self:
        if self.event is None and (self.where or self.match_key or self.value):
            msg = say("'where', 'match_key' and 'value' speak of an event, so name the 'event'")
            raise ValueError(msg)
        return self


class QuietHours(Document):
    """No message leaves in these hours of the contact's zone."""

    begins: LocalTime = Field(alias="from")
    ends: LocalTime = Field(alias="to")
    policy: Literal["hold", "skip"] = "hold"


class Holidays(Document):
    """Days on which waits that skip holidays do not end."""

    calendar: Maybe[Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]] = Field(
        default=None,
        description="Public holidays of a country or region: DE, or DE-BY (ISO 3166).",
    )
    dates: tuple[date, ...] = Field(default=(), max_length=400, description="Further days.")


class Utm(Document):
    """By what the site's own statistics know who came by a letter of this journey.

    It stands on followed links that lead to the sender's own sites, beside the key of the node.
    """

    source: str = Field(min_length=1, max_length=100, description="utm_source, such as sojourn.")
    medium: str = Field(default="email", min_length=1, max_length=100, description="utm_medium.")
    campaign: Maybe[Annotated[str, Field(min_length=1, max_length=100)]] = Field(
        default=None, description="utm_campaign; the journey's key without it."
    )


class Settings(Document):
    """How the whole journey behaves."""

    timezone: str = Field(
        default="contact",
        max_length=64,
        description="contact: each in their own; or an IANA name.",
    )
    quiet_hours: Maybe[QuietHours] = None
    holidays: Maybe[Holidays] = Field(
        default=None, description="For waits with skip_holidays, and nothing else."
    )
    holdout_percent: int = Field(
        default=0, ge=0, le=100, description="So many get no marketing from this journey."
    )
    priority: Literal["high", "normal", "low"] = Field(
        default="normal",
        description="Whose message goes first to a contact whom sending limits leave only some.",
    )
    utm: Maybe[Utm] = Field(default=None, description="Campaign parameters on links of letters.")
    exit_on_unsubscribe: bool = False
    visit_limit: int = Field(
        default=100, ge=1, le=10_000, description="Visits of one enrollment to one node."
    )

    @cached_property
    def holiday_calendar(self) -> HolidayCalendar:
        """The holidays as waits ask them."""
        if self.holidays is None:
            return NO_HOLIDAYS
        return HolidayCalendar(self.holidays.calendar, frozenset(self.holidays.dates))


class Position(Document):
    """Where a node is drawn."""

    x: float = Field(ge=-1e6, le=1e6)
    y: float = Field(ge=-1e6, le=1e6)


class Journey(Document):
    """A plan, being edited or published."""

    schema_url: Maybe[Annotated[str, Field(max_length=500)]] = Field(
        default=None, alias="$schema", description="For editors."
    )
    format: Literal[1]
    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")
    name: str = Field(min_length=1, max_length=120)
    description: Maybe[Annotated[str, Field(max_length=2000)]] = None
    subject: Literal["contact", "record"] = Field(
        default="contact",
        description="What it is about: contacts; or records, with the trigger record.",
    )
    trigger: Trigger
    entry: Entry = Entry()
    exits: tuple[Exit, ...] = Field(default=(), max_length=20)
    goals: tuple[Goal, ...] = Field(default=(), max_length=20)
    settings: Settings = Settings()
    start: NodeKey | None = Field(
        default=None, description="Where everybody begins; must be there when publishing."
    )
    nodes: Mapping[NodeKey, Node] = Field(default={}, max_length=MAX_NODES)
    layout: Mapping[NodeKey, Position] = Field(
        default={}, description="For the canvas; never changes meaning."
    )

    @model_validator(mode="after")
    def _not_too_many_paths(self) -> Self:
        if sum(len(node.paths()) for node in self.nodes.values()) > MAX_PATHS:
            msg = say("a journey has at most {max_paths} paths", max_paths=MAX_PATHS)
            raise ValueError(msg)
        return self


def parse_journey(text: str) -> Journey:
    """Return the journey that a text is, read strictly: no key twice, nothing bent to fit.

    A key given twice would silently drop a node that somebody wrote, so it is refused.

    Raises:
        InvalidJourney: too long, not JSON, or not a journey; its problems say where.
    """
    if len(text.encode(errors="replace")) > MAX_BYTES:
        refuse(f"a journey has at most {MAX_BYTES:,} bytes")
    try:
        json.loads(text, object_pairs_hook=_refuse_repeated_keys, parse_constant=_refuse_constant)
    except RecursionError:
        refuse("this is nested too deep for a journey")
    except json.JSONDecodeError as error:
        refuse(f"this is not JSON: {error}")
    try:
        return Journey.model_validate_json(text)
    except ValidationError as error:
        refuse_parts(error)


def dump_journey(journey: Journey) -> str:
    """Return a journey for people: two spaces, as written, no defaults added; ends the line."""
    document = journey.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            refuse(f"the key '{key}' stands twice in one object; the first would be lost")
        found[key] = value
    return found


def _refuse_constant(name: str) -> None:
    refuse(f"{name} is not JSON")
