"""What is answered to STOP, START and HELP, and which further words opt out: of the instance."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.library.locales import find_locale, look_up
from engine.messages.texts.keywords import GERMAN_STOP_WORDS, simplify
from engine.models.account import InstanceFact

FACT: Final = "sms_words"
BRAND: Final = "{brand}"
LONGEST: Final = 320
MOST_WORDS: Final = 50
MOST_LANGUAGES: Final = 30
Kind = Literal["stop", "start", "help"]
KINDS: Final[tuple[Kind, ...]] = ("stop", "start", "help")
USUAL: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "stop": "{brand}: You are unsubscribed and get no more texts. Reply START to get them again.",
        "start": "{brand}: You get our texts again. Reply HELP for help, STOP to stop them.",
        "help": "{brand}: Reply STOP to get no more texts. Msg & data rates may apply.",
    },
    "de": {
        "stop": "{brand}: Sie sind abgemeldet und erhalten keine SMS mehr. Wieder anmelden: START.",
        "start": "{brand}: Sie erhalten wieder SMS von uns. Hilfe: HELP. Abmelden: STOP.",
        "help": "{brand}: Antworten Sie STOP, um keine SMS mehr zu erhalten.",
    },
}


@dataclass(frozen=True, slots=True)
class SmsWords:
    """How an instance answers.

    Attributes:
        answers: it answers by itself; off where the provider does, as Twilio does unless it is told.
        brand: in whose name; "": in that of the sender of letters.
        words: by language, then by what was asked; `{brand}` stands for the brand.
        stop_words: that opt out, besides those of the law.
    """

    answers: bool = True
    brand: str = ""
    words: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {name: dict(said) for name, said in USUAL.items()}
    )
    stop_words: tuple[str, ...] = tuple(sorted(GERMAN_STOP_WORDS))

    def choose(self, kind: Kind, *, wish: str | None, brand: str) -> str:
        """Return the words for somebody who wishes for a language."""
        language = look_up(wish, self.words) or look_up("en", self.words) or next(iter(self.words))
        return self.words[language][kind].replace(BRAND, self.brand or brand)


def load_sms_words(session: Session) -> SmsWords:
    """Return how the instance answers; as usual, unless somebody said otherwise."""
    value = session.scalar(select(InstanceFact.value).where(InstanceFact.name == FACT))
    return SmsWords() if value is None else _read(value)


def keep_sms_words(session: Session, words: SmsWords) -> None:
    """Answer like this from now on.

    Raises:
        Invalid: a language or a word is missing, or too long.
    """
    _check(words)
    value = asdict(words) | {"stop_words": list(words.stop_words)}
    statement = insert_into(session, InstanceFact).values(name=FACT, value=value)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[InstanceFact.name], set_={"value": statement.excluded.value}
        )
    )


def _read(value: dict[str, Any]) -> SmsWords:
    return SmsWords(
        answers=bool(value["answers"]),
        brand=value["brand"],
        words=value["words"],
        stop_words=tuple(value["stop_words"]),
    )


def _check(words: SmsWords) -> None:
    if not 1 <= len(words.words) <= MOST_LANGUAGES:
        raise Invalid(say("answers are needed in at least one language"))
    for language, said in words.words.items():
        if find_locale(language) != language:
            raise Invalid(say("{language!r} is no language tag", language=language))
        for kind in KINDS:
            text = said.get(kind, "").strip()
            if not text or len(text) > LONGEST:
                raise Invalid(
                    say(
                        "the answer to {kind} in {language} has 1 to {most} characters",
                        kind=kind.upper(),
                        language=language,
                        most=LONGEST,
                    )
                )
    if len(words.stop_words) > MOST_WORDS or any(not simplify(one) for one in words.stop_words):
        raise Invalid(say("at most {most} further words, each with a letter", most=MOST_WORDS))
