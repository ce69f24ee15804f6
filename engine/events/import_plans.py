"""What somebody says the columns of a file are, judged. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from engine.contacts.attributes import PROTECTED
from engine.contacts.choices import ALIKE, LONGEST_PROOF, LONGEST_TOPIC
from engine.errors import Invalid
from engine.events.importing import (
    LONGEST_NAME,
    NO,
    YES,
    BadRow,
    Column,
    Kind,
    check_columns,
    read_addresses,
    read_contact,
)
from engine.events.incoming import Incoming, parse_time
from engine.language.say import Sentence, say

Mode = Literal["contacts", "suppressions"]
Is = Literal["email", "phone", "user_id", "attribute", "consent", "chosen_at", "proof", "ignored"]
ValueKind = Literal["text", "number", "comma", "boolean", "date"]
_KINDS: Final[Mapping[ValueKind, Kind]] = {
    "text": "attribute",
    "number": "number",
    "comma": "comma",
    "boolean": "boolean",
    "date": "date",
}
OWN_YES: Final = YES | {"ja", "j", "wahr", "x"}
OWN_NO: Final = NO | {"nein", "falsch"}
"""What counts as yes and no in an attribute."""
MOST_WORDS: Final = 20


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What one column is.

    Attributes:
        name: of the attribute.
        topic: of a consent.
        channel: of a consent; None: e-mail and SMS alike.
    """

    what: Is
    name: str = ""
    kind: ValueKind = "text"
    topic: str = ""
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a file.

    Attributes:
        yes, no: what counts as either in consents.
        chosen_at: when all its consents were given, where no column says so; empty: unknown.
        proof: what shows them, where no column says so.
        because: why the addresses of a list are never written to.
    """

    mode: Mode
    columns: tuple[ColumnPlan, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    chosen_at: str = ""
    proof: str = ""
    because: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Return what `dataclasses.asdict` gave."""
        columns = tuple(ColumnPlan(**one) for one in data["columns"])
        return cls(
            **{**data, "columns": columns, "yes": tuple(data["yes"]), "no": tuple(data["no"])}
        )


def check_plan(plan: Plan, header: Sequence[str], topics: frozenset[str]) -> None:
    """Look whether a plan can be done.

    Args:
        header: of the file.
        topics: that there are.

    Raises:
        Invalid: it cannot; says why.
    """
    if len(plan.columns) != len(header):
        about = {"columns": len(header), "said": len(plan.columns)}
        raise Invalid(say("the file has {columns} columns, and {said} are said to be", **about))
    if plan.mode == "suppressions":
        if not list_address_columns(plan):
            raise Invalid(
                say("one column of a list of addresses holds e-mail addresses, or phone numbers")
            )
        return
    for one in plan.columns:
        _check_column(one, topics)
    kinds = [one.what for one in plan.columns]
    if max(kinds.count("chosen_at"), kinds.count("proof")) > 1:
        raise Invalid(say("a column stands there twice"))
    check_columns(list_columns(plan))
    if "consent" in kinds:
        _check_consent(plan)


def list_columns(plan: Plan) -> list[Column]:
    """Return the columns as rows are read by them."""
    yes = frozenset(word.strip().casefold() for word in plan.yes)
    no = frozenset(word.strip().casefold() for word in plan.no)
    return [_build_column(one, yes, no) for one in plan.columns]


def list_address_columns(plan: Plan) -> dict[int, str]:
    """Return in which columns of a list addresses stand, and of which channel."""
    channels = {"email": "email", "phone": "sms"}
    return {at: channels[one.what] for at, one in enumerate(plan.columns) if one.what in channels}


def read_row(
    cells: Sequence[str], plan: Plan, columns: Sequence[Column], *, line: int, source: str, now: Any
) -> Incoming | BadRow:
    """Return a row of contacts as a call, or why it cannot be taken; see `read_contact`."""
    return read_contact(
        cells,
        columns,
        line=line,
        source=source,
        now=now,
        chosen_at=plan.chosen_at or None,
        proof=plan.proof or None,
    )


def read_listed(
    cells: Sequence[str], columns: Mapping[int, str], *, line: int
) -> list[tuple[str, str]] | BadRow:
    """Return the addresses of a row of a list, each as (channel, address), or why there are none."""
    found = read_addresses(cells, columns)
    return found or BadRow(line, Sentence("no e-mail address or phone number can be read"))


def _build_column(one: ColumnPlan, yes: frozenset[str], no: frozenset[str]) -> Column:
    match one.what:
        case "email" | "phone":
            return Column("attribute", one.what)
        case "user_id":
            return Column("external", "")
        case "attribute":
            return Column(_KINDS[one.kind], one.name.strip(), yes=OWN_YES, no=OWN_NO)
        case "consent":
            return Column("consent", one.topic, one.channel, yes=yes, no=no)
        case "chosen_at" | "proof":
            return Column(one.what, "")
        case _:
            return Column("ignored", "")


def _check_column(one: ColumnPlan, topics: frozenset[str]) -> None:
    if one.what == "attribute":
        name = one.name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise Invalid(say("an attribute's name has 1 to {most} characters", most=LONGEST_NAME))
        if name in PROTECTED:
            raise Invalid(
                say("{name!r} means something to the product: choose another name", name=name)
            )
    if one.what == "consent":
        if not 0 < len(one.topic) <= LONGEST_TOPIC or one.topic not in topics:
            raise Invalid(say("there is no topic {key!r}", key=one.topic))
        if one.channel is not None and one.channel not in ALIKE:
            raise Invalid(say("a consent is for e-mail or for text messages"))


def _check_consent(plan: Plan) -> None:
    yes, no = ({word.strip().casefold() for word in words} for words in (plan.yes, plan.no))
    if not yes or "" in yes | no or max(len(yes), len(no)) > MOST_WORDS:
        raise Invalid(say("say what counts as yes: 1 to {most} words", most=MOST_WORDS))
    if yes & no:
        raise Invalid(say("{word!r} cannot be both yes and no", word=min(yes & no)))
    kinds = {one.what for one in plan.columns}
    if "proof" not in kinds and not plan.proof.strip():
        raise Invalid(say("say how these consents are known, or in which column that stands"))
    if len(plan.proof) > LONGEST_PROOF:
        raise Invalid(say("a proof has at most {most:,} characters", most=LONGEST_PROOF))
    if plan.chosen_at and parse_time(plan.chosen_at) is None:
        raise Invalid(say("{value!r} is no date", value=plan.chosen_at))
