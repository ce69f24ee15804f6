"""Texts: how many parts they take, what they cost, and what is answered to STOP, START and HELP."""

from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.db import OutOfTime
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.compose.letter import load_compiled
from engine.messages.compose.render_pool import Rendered
from engine.messages.library.listing import get_template
from engine.messages.making.items import build_context
from engine.messages.making.previewing import Reader, build_parcel
from engine.messages.texts import part_samples, sms_words
from engine.messages.texts.costs import Price, sum_journey_costs
from engine.messages.texts.part_samples import Spread
from engine.messages.texts.sms_words import SmsWords
from engine.segments.counting import list_private
from server.api.conditions import read_condition
from server.api.previews import compile_one
from server.api.recording import record
from server.api.reports import TextCosts
from server.auth import requires
from server.delivering import build_desk
from server.endpoints import Answer, Given, endpoint
from server.hooks.sms import name_brand
from server.wiring import get_house

LONGEST: Final = 10_000
Key = Annotated[str, Field(min_length=1, max_length=128)]
Word = Annotated[str, Field(min_length=1, max_length=40)]

blueprint = Blueprint("texts", __name__, url_prefix="/api/v1/texts")


class AskParts(Given):
    """A text that stands in an editor, or one that is in use; for everybody, or an audience."""

    source: Annotated[str | None, Field(min_length=1, max_length=LONGEST)] = None
    template: Key | None = None
    audience: dict[str, Any] | None = None
    data: Annotated[dict[str, Any], Field(default_factory=dict)]


class PartsShown(Answer):
    """The parts of a text with up to 100 of the people whom it is for.

    `unmade`: for so many it could not be made, since a value is missing. `counts`: how many texts
    take so many parts. `costly`: signs that the cheap alphabet lacks, and in how many texts. `price`
    of a part, as the setting says.
    """

    people: int
    unmade: int
    least: int
    median: int
    most: int
    mean: float
    counts: dict[int, int]
    costly: dict[str, int]
    price: float | None
    currency: str | None


class Answers(Given):
    """What is answered in one language; `{brand}` stands for the brand."""

    stop: Annotated[str, Field(min_length=1, max_length=sms_words.LONGEST)]
    start: Annotated[str, Field(min_length=1, max_length=sms_words.LONGEST)]
    help: Annotated[str, Field(min_length=1, max_length=sms_words.LONGEST)]


class SaveWords(Given):
    """How STOP, START and HELP are answered. `answers` false: the provider does so itself."""

    answers: bool
    brand: Annotated[str, Field(max_length=60)] = ""
    words: Annotated[dict[str, Answers], Field(min_length=1, max_length=sms_words.MOST_LANGUAGES)]
    stop_words: Annotated[list[Word], Field(max_length=sms_words.MOST_WORDS)]


class WordsShown(Answer):
    """How they are answered; `usual_brand` where no brand is given."""

    answers: bool
    brand: str
    usual_brand: str
    words: dict[str, dict[str, str]]
    stop_words: list[str]


@blueprint.post("/parts")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="texts")
def show_parts(body: AskParts) -> PartsShown:
    """Say how many parts a text takes with the people whom it is for, before it is sent."""
    house = get_house()
    audience = None if body.audience is None else read_condition(body.audience)
    if audience is not None and list_private(audience):
        raise Invalid(say("an audience reads nothing of a journey"))
    with house.database.reading() as session:
        try:
            readers = part_samples.list_readers(
                session,
                audience,
                now=house.clock.now(),
                default_zone=house.settings.timezone,
            )
        except OutOfTime:
            raise Invalid(say("these people cannot be found in so short a time")) from None
        kept = get_template(session, body.template).version if body.template else None
        stored = None if kept is None else kept.compiled
    if stored is not None:
        compiled = load_compiled(stored)
    elif body.source is not None:
        compiled = compile_one("sms", body.source)
    else:
        raise Invalid(say("a text is needed, or the key of a template that has words"))
    desk = build_desk(house)
    parcels = [build_parcel("sms", Reader(contact=one, data=body.data)) for one in readers]
    contexts = [build_context(one, desk) for one in parcels]
    made = desk.render(compiled, parcels, contexts) if contexts else []
    texts = [one.text.decode() for one in made if isinstance(one, Rendered)]
    return _show(part_samples.spread_parts(texts), len(readers), house.settings.sms_price)


@blueprint.get("/costs/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="texts")
def show_costs(key: str) -> TextCosts:
    """Say what the texts of a journey have cost so far, billed and estimated."""
    house = get_house()
    price = Price.read(house.settings.sms_price)
    with house.database.reading() as session:
        return TextCosts(**sum_journey_costs(session, key, price))


@blueprint.get("/words")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="texts")
def show_words() -> WordsShown:
    """Show how STOP, START and HELP are answered."""
    with get_house().database.reading() as session:
        return _show_words(sms_words.load_sms_words(session))


@blueprint.put("/words")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="texts")
def save_words(body: SaveWords) -> WordsShown:
    """Answer like this from now on."""
    words = SmsWords(
        answers=body.answers,
        brand=body.brand.strip(),
        words={language: said.model_dump() for language, said in body.words.items()},
        stop_words=tuple(body.stop_words),
    )
    with get_house().database.transaction() as session:
        sms_words.keep_sms_words(session, words)
        record(session, "sms_words.changed", "sms", {"answers": words.answers})
    return _show_words(words)


def _show(spread: Spread, people: int, price: str) -> PartsShown:
    amount, _, currency = price.partition(" ")
    return PartsShown(
        people=people,
        unmade=people - spread.texts,
        least=spread.least,
        median=spread.median,
        most=spread.most,
        mean=round(spread.mean, 2),
        counts=dict(spread.counts),
        costly=dict(spread.costly),
        price=float(amount) if amount else None,
        currency=currency or None,
    )


def _show_words(words: SmsWords) -> WordsShown:
    return WordsShown(
        answers=words.answers,
        brand=words.brand,
        usual_brand=name_brand(get_house()),
        words={language: dict(said) for language, said in words.words.items()},
        stop_words=list(words.stop_words),
    )
