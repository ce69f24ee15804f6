"""Finds contacts by the beginning of whatever is known of them, read off indexes."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, and_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.contacts.addresses import find_phone
from engine.contacts.naming import fold_name
from engine.db import is_postgresql
from engine.models.contact import Contact, Identity

HIGHEST: Final = "\U0010ffff"
"""What comes behind every text that begins alike."""


def select_found(session: Session, sought: str) -> CompoundSelect[int]:
    """Return the SELECT of the ids of contacts of whom something begins like this.

    That is an external or anonymous id, an e-mail address, a telephone number, the name, or the
    last word of the name; our own id is found whole. Some may have been merged or erased.
    """
    text = sought.strip()
    folded = fold_name(text)
    phone = find_phone(text)
    spellings = {text, text.casefold(), text.upper(), *([phone] if phone else [])}
    identities = [
        select(Identity.contact_id.label("id")).where(begins(session, Identity.value, one))
        for one in sorted(spellings)
    ]
    addresses = [
        select(Contact.id).where(begins(session, Contact.email, one)) for one in sorted(spellings)
    ]
    names = [
        select(Contact.id).where(begins(session, column, folded))
        for column in (Contact.name_key, Contact.surname_key)
    ]
    own = [select(Contact.id).where(Contact.uid == uid) for uid in _read_uid(text)]
    return union(*identities, *addresses, *names, *own)


def begins(
    session: Session, column: InstrumentedAttribute[Any], prefix: str
) -> ColumnElement[bool]:
    """Return the condition that a text begins with these characters, as an index answers it.

    By code points on both databases: `LIKE` is served by an index on neither if the pattern is a
    parameter, and PostgreSQL's plain comparison follows the database's language.
    """
    if is_postgresql(session):
        return and_(column.op("~>=~")(prefix), column.op("~<~")(prefix + HIGHEST))
    return and_(column >= prefix, column < prefix + HIGHEST)


def _read_uid(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
