"""How amounts and dates are shown: the filters `money` and `date`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from engine.language.say import Sentence
from engine.messages.compose.calendar import FORMS, Calendar
from engine.messages.compose.template_errors import CannotRender

FIXED: Final[Mapping[str, Callable[[datetime], str]]] = {
    "iso": lambda day: day.date().isoformat(),
    "time": lambda day: f"{day:%H:%M}",
}
"""Forms of a date that are alike in every language."""


def show_money(calendar: Calendar, value: Any, currency: str = "", decimals: int = 2) -> str:
    """Return integer minor units as an amount: ``1999|money("EUR")`` is "19.99 EUR", in German "19,99 EUR".

    Raises:
        CannotRender: the value is no whole number.
    """
    if type(value) is not int or not 0 <= decimals <= 4:
        raise CannotRender(Sentence("money takes integer minor units, such as 1999 for 19.99"))
    sign, whole = ("-" if value < 0 else ""), f"{abs(value):0{decimals + 1}d}"
    amount = (
        f"{sign}{whole[:-decimals]}{calendar.decimal}{whole[-decimals:]}"
        if decimals
        else sign + whole
    )
    return f"{amount} {currency}".rstrip()


def show_date(calendar: Calendar, value: Any, form: str = "long") -> str:
    """Return an ISO 8601 date or instant in words, in the zone it is written in.

    Args:
        calendar: of the letter's language.
        value: "2026-11-24" or "2026-11-24T09:30:00Z".
        form: long "24 November 2026", short "24 Nov 2026", weekday "Tuesday, 24 November", iso, time "09:30".

    Raises:
        CannotRender: the value is no date, or there is no such form.
    """
    if form not in FORMS and form not in FIXED:
        raise CannotRender(
            Sentence("date knows the forms {forms}", forms=", ".join((*FORMS, *FIXED)))
        )
    try:
        day = datetime.fromisoformat(str(value))
    except ValueError:
        raise CannotRender(
            Sentence("date takes a date such as {date}", date="2026-11-24")
        ) from None
    return FIXED[form](day) if form in FIXED else calendar.write(form, day)
