"""How amounts and dates are shown: the filters `money` and `date`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from engine.language.say import Sentence
from engine.messages.compose.template_errors import CannotRender

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
)  # fmt: skip
_FORMS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "long": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    "short": lambda day: f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}",
    "weekday": lambda day: f"{_WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]}",
    "iso": lambda day: day.date().isoformat(),
    "time": lambda day: f"{day:%H:%M}",
}


def show_money(value: Any, currency: str = "", decimals: int = 2) -> str:
    """Return integer minor units as an amount: ``1999|money("EUR")`` is "19.99 EUR".

    Raises:
        CannotRender: the value is no whole number.
    """
    if type(value) is not int or not 0 <= decimals <= 4:
        raise CannotRender(Sentence("money takes integer minor units, such as 1999 for 19.99"))
    sign, whole = ("-" if value < 0 else ""), f"{abs(value):0{decimals + 1}d}"
    amount = f"{sign}{whole[:-decimals]}.{whole[-decimals:]}" if decimals else sign + whole
    return f"{amount} {currency}".rstrip()


def show_date(value: Any, form: str = "long") -> str:
    """Return an ISO 8601 date or instant in words, in the zone it is written in.

    The words are ours and not the machine's, so every worker writes the same.

    Args:
        value: "2026-11-24" or "2026-11-24T09:30:00Z".
        form: long "24 November 2026", short "24 Nov 2026", weekday "Tuesday, 24 November", iso, time "09:30".

    Raises:
        CannotRender: the value is no date, or there is no such form.
    """
    if form not in _FORMS:
        raise CannotRender(Sentence("date knows the forms {forms}", forms=", ".join(_FORMS)))
    try:
        day = datetime.fromisoformat(str(value))
    except ValueError:
        raise CannotRender(
            Sentence("date takes a date such as {date}", date="2026-11-24")
        ) from None
    return _FORMS[form](day)
