"""What a journey is expected to do, as a file beside it: `welcome.test.json` beside `welcome.json`."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    JsonValue,
    Tag,
    ValidationError,
    model_validator,
)
from typing_extensions import TypeAliasType

from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.durations import Elapsed
from engine.journeys.definition.refusals import refuse_parts
from engine.journeys.definition.time_texts import check_time_text
from engine.language.say import say
from engine.parts.paths import Label, NodeKey

SUFFIX: Final = ".test.json"
MOST_CASES: Final = 200

TimeText = TypeAliasType(
    "TimeText",
    Annotated[
        str,
        Field(
            max_length=40,
            description="+P1D or +PT2H after the first thing given (-P3D before it); "
            "2026-03-27T10:00, a time on the contact's own clock; or an instant, "
            "2026-03-27T10:00:00Z. Calendar days keep the wall clock.",
            examples=["+P1D", "2026-03-27T10:00", "2026-03-27T10:00:00Z"],
        ),
        AfterValidator(check_time_text),
    ],
)
Consents = TypeAliasType(
    "Consents",
    Annotated[
        Mapping[Name, bool | Mapping[Literal["email", "sms", "push"], bool]],
        Field(description='By topic: {"newsletter": true, "offers": {"sms": false}}.'),
    ],
)


class CaseContact(Document):
    """The contact of a case, as it is known before anything happens. Its addresses are confirmed."""

    id: Maybe[Annotated[UUID, Field(strict=False)]] = Field(
        default=None, description="Which splits and holdouts hash; absent: made of the case's name."
    )
    attributes: Mapping[str, JsonValue] = Field(
        default={}, description="email and phone among them, for what is sent there."
    )
    timezone: Maybe[Annotated[str, Field(max_length=64)]] = Field(
        default=None, description="IANA name."
    )
    takes_pushes: bool = Field(
        default=False,
        description="It has a browser that may be pushed to, for what send_push sends.",
    )
    consents: Consents = Field(default={})
    arms: Mapping[NodeKey, Label] = Field(
        default={}, description="Arms of splits that the contact holds already, by node."
    )


class GivenEvent(Document):
    """The contact does something."""

    at: TimeText
    event: Annotated[str, Field(min_length=1, max_length=128)]
    properties: Mapping[str, JsonValue] = {}


class GivenIdentify(Document):
    """Attributes are said of the contact."""

    at: TimeText
    identify: Mapping[str, JsonValue]


class GivenChoice(Document):
    """The contact says yes or no to a topic; a no comes with the event Unsubscribed."""

    at: TimeText
    consent: Annotated[Consents, Field(min_length=1)]


class GivenMark(Document):
    """Something becomes of the latest message of a node."""

    at: TimeText
    message: NodeKey
    becomes: Literal["delivered", "opened", "clicked", "bounced", "replied"]


class GivenLetter(Document):
    """A letter or text of the contact comes in."""

    at: TimeText
    received: Literal["email", "sms"]
    text: str = Field(default="", max_length=100_000)
    subject: str = Field(default="", max_length=998)
    answers: Maybe[NodeKey] = Field(
        default=None, description="The node whose latest message it answers."
    )


class KeptRecord(Document):
    """A ticket, deal or cart of the contact: all of it, as it is from now on."""

    type: Annotated[str, Field(min_length=1, max_length=64)]
    key: Annotated[str, Field(min_length=1, max_length=200)]
    state: Maybe[Annotated[str, Field(min_length=1, max_length=64)]] = None
    fields: Mapping[str, JsonValue] = Field(
        default={}, description="All of them: one that is left out is gone."
    )


class GivenRecord(Document):
    """An application makes a record or brings it up to date; what changes becomes an event."""

    at: TimeText
    record: KeptRecord


class GivenRequest(Document):
    """Another journey asks for the contact to be let in here, or let out."""

    at: TimeText
    journey: Name = Field(description="Key of the journey that asks.")
    asks: Literal["start", "stop"] = "start"
    data: Mapping[str, JsonValue] = Field(
        default={}, description="What is handed over, seen under trigger.properties."
    )
    entry_key: Maybe[str] = Field(
        default=None, description="Of the only enrollment to be stopped; absent: of all."
    )


class GivenAnswer(Document):
    """A colleague answers the question that a node asks."""

    at: TimeText
    question: NodeKey
    chooses: Label
    form: Mapping[str, JsonValue] = Field(
        default={}, description="What is filled in, by the names of the form's fields."
    )


class GivenEntry(Document):
    """The contact is let in: by hand, by a call, or by the clock. All gates are asked."""

    at: TimeText
    enter: Mapping[str, JsonValue] = Field(description="What is seen under trigger.properties.")


GIVEN_WORDS: Final = (
    "event",
    "identify",
    "consent",
    "message",
    "received",
    "record",
    "journey",
    "question",
    "enter",
)


def _choose_given(value: Any) -> str | None:
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    return next((word for word in GIVEN_WORDS if word in present), None)


GivenThing = TypeAliasType(
    "GivenThing",
    Annotated[
        Annotated[GivenEvent, Tag("event")]
        | Annotated[GivenIdentify, Tag("identify")]
        | Annotated[GivenChoice, Tag("consent")]
        | Annotated[GivenMark, Tag("message")]
        | Annotated[GivenLetter, Tag("received")]
        | Annotated[GivenRecord, Tag("record")]
        | Annotated[GivenRequest, Tag("journey")]
        | Annotated[GivenAnswer, Tag("question")]
        | Annotated[GivenEntry, Tag("enter")],
        Discriminator(
            _choose_given,
            custom_error_type="given",
            custom_error_message=f"what is given has an {', '.join(GIVEN_WORDS[:-1])} or enter",
        ),
    ],
)
EarlierThing = TypeAliasType(
    "EarlierThing",
    Annotated[
        Annotated[GivenEvent, Tag("event")] | Annotated[GivenRecord, Tag("record")],
        Discriminator(
            _choose_given,
            custom_error_type="given",
            custom_error_message="what was before is an event or a record",
        ),
    ],
)
Fate = TypeAliasType("Fate", Literal["sent", "delivered", "opened", "clicked", "bounced", "failed"])


class AssumedFate(Document):
    """What becomes of a node's messages or calls, and how long after the hand-over."""

    fate: Fate = "sent"
    after: Maybe[Elapsed] = Field(
        default=None, description="Absent: ten minutes for messages, at once for calls."
    )
    answer: Maybe[Mapping[Literal["status", "headers", "body"], JsonValue]] = Field(
        default=None, description='Of a call: {"status": 200, "body": {"tier": "gold"}}.'
    )


class AssumedChoice(Document):
    """What a colleague answers to a node's questions, and how long after being asked."""

    chooses: Label
    form: Mapping[str, JsonValue] = {}
    after: Maybe[Elapsed] = Field(default=None, description="Absent: ten minutes.")


def _choose_assumption(value: Any) -> str:
    if isinstance(value, str):
        return "fate"
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    return "choice" if "chooses" in present else "object"


Assumption = TypeAliasType(
    "Assumption",
    Annotated[
        Annotated[Fate, Tag("fate")]
        | Annotated[AssumedFate, Tag("object")]
        | Annotated[AssumedChoice, Tag("choice")],
        Discriminator(_choose_assumption),
    ],
)


class ExpectedMessage(Document):
    """A message or call that was handed over."""

    node: Maybe[NodeKey] = None
    template: Maybe[Name] = None
    at: Maybe[TimeText] = None
    data: Maybe[Mapping[FieldPath, JsonValue]] = Field(
        default=None, description="Values it was made with, by dotted name; others are left open."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.node is None) == (self.template is None):
            msg = say("a message is named by its 'node' or by its 'template'")
            raise ValueError(msg)
        return self


class Exited(Document):
    """Left early, for this reason."""

    exited: str


class WaitingAt(Document):
    """Still under way, at this node."""

    waiting_at: NodeKey
    until: Maybe[TimeText] = None


class Failed(Document):
    """Set aside: a node could not be decided; its reason contains this."""

    failed: str


Ends = TypeAliasType("Ends", Literal["completed"] | Exited | WaitingAt | Failed)
PathText = TypeAliasType(
    "PathText",
    Annotated[
        str,
        Field(
            min_length=1,
            max_length=130,
            description="A node, or a node and the way taken: 'plan: paying'.",
        ),
    ],
)


class ExpectedStay(Document):
    """An enrollment; what is left out is left open."""

    entry_key: Maybe[str] = None
    path: Maybe[tuple[PathText, ...]] = None
    ends: Maybe[Ends] = None
    goals: Maybe[tuple[str, ...]] = None


class Expectation(ExpectedStay):
    """What is expected. Path, ends and goals are of the only enrollment, else see enrollments."""

    messages: Maybe[tuple[ExpectedMessage, ...]] = Field(
        default=None, description="Everything handed over, in order; [] is nothing."
    )
    not_sent: tuple[NodeKey, ...] = Field(
        default=(), description="Nodes of which nothing was handed over."
    )
    skipped: Mapping[NodeKey, str] = Field(
        default={}, description="Nodes whose message a gate refused, and which: no_consent."
    )
    enrollments: Maybe[tuple[ExpectedStay, ...]] = Field(
        default=None, description="All of them, in the order of entry; [] is nobody entered."
    )
    refused: Maybe[tuple[str, ...]] = Field(
        default=None, description="Gates that did not let the contact in, in order."
    )
    notices: Maybe[tuple[str, ...]] = Field(
        default=None, description="What colleagues were told, in order."
    )
    attributes: Mapping[FieldPath, JsonValue] = Field(
        default={}, description="What the contact is like in the end, by dotted name."
    )


class Described(Document):
    """A contact, and what happens to it."""

    contact: CaseContact = CaseContact()
    before: tuple[EarlierThing, ...] = Field(
        default=(), max_length=1000, description="What was before the journey was live."
    )
    given: tuple[GivenThing, ...] = Field(
        min_length=1, max_length=1000, description="The first of them begins the case."
    )
    assume: Mapping[NodeKey, Assumption] = Field(
        default={},
        description="By node; else everything is handed over and answered well, and no colleague "
        "answers.",
    )
    until: TimeText = "+P90D"

    @model_validator(mode="after")
    def _begins_at_a_time(self) -> Self:
        if self.given[0].at[:1] in "+-":
            msg = say("the first thing given begins the case, so it needs a date: 2026-03-27T10:00")
            raise ValueError(msg)
        return self


class Case(Described):
    """Given these events at these times, expect these messages and this path."""

    name: str = Field(min_length=1, max_length=200)
    expect: Expectation


class CaseFile(Document):
    """What a journey is expected to do, case by case."""

    schema_url: Maybe[Annotated[str, Field(max_length=500)]] = Field(default=None, alias="$schema")
    cases: tuple[Case, ...] = Field(min_length=1, max_length=MOST_CASES)


def parse_described(text: str) -> Described:
    """Return the contact that a text describes.

    Raises:
        InvalidJourney: it describes none; its problems say where.
    """
    try:
        return Described.model_validate_json(text)
    except ValidationError as error:
        refuse_parts(error)


def parse_cases(text: str) -> CaseFile:
    """Return the cases that a text is.

    Raises:
        InvalidJourney: it is none; its problems say where.
    """
    try:
        return CaseFile.model_validate_json(text)
    except ValidationError as error:
        refuse_parts(error)
