"""What becomes of a message by what its provider said, or by what went wrong before. Pure."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from channels.base import Receipt, Verdict
from engine.language.say import Sentence
from engine.messages.parcels import TRIED_SINCE, Parcel, Problem, Result
from engine.messages.states import DoubtReason, FailReason, MessageState, SkipReason

MOST_DOUBTFUL: Final = 12
"""So often what may have left is tried: each further try could be one more copy."""
OLDEST: Final = {"marketing": timedelta(hours=72), "transactional": timedelta(hours=24)}
"""So long a refusal for now is no refusal: a provider may be away for a day (promise P13)."""
NO_ACCOUNT: Final = Sentence("no account took messages of its channel and class for too long")
"""What is kept as the details of what waited for longer than that for an account, and expired."""
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=1)
_DOUBLINGS: Final = 10  # by then it is the longest
ACCOUNT_PAUSE: Final = timedelta(minutes=1)
NOT_SENT_PAUSE: Final = timedelta(seconds=15)

CONTENT_PATIENCE: Final = timedelta(hours=1)
"""So long a message waits for content that cannot be had for now, before it fails (rule 85)."""
FIRST_CONTENT_PAUSE: Final = timedelta(seconds=15)
LONGEST_CONTENT_PAUSE: Final = timedelta(minutes=10)

CALL_PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between the tries of a call: ten of them in about 75 hours (Source: Standard Webhooks)."""
CALL_LIFE: Final = timedelta(hours=90)
"""So long a call is tried or held, its target's outages included."""


def settle(result: Result, now: datetime) -> dict[str, Any]:
    """Return the columns that a result sets. Every arm is a move of `MESSAGE_MOVES`."""
    match result.outcome:
        case Problem(may_pass=True) as problem if _is_patient(result.parcel, now):
            return {
                "state": MessageState.QUEUED,
                "due_at": now + _derive_content_pause(result.parcel, now),
                "reason": problem.reason,
                "details": problem.words[:2000],
                **_note_try(result.parcel, now),
            }
        case Problem(reason, words, is_poison):
            state = MessageState.SET_ASIDE if is_poison else MessageState.FAILED
            return {
                "state": state,
                "reason": reason,
                "details": words[:2000],
                **_forget_tries(result.parcel),
            }
        case Receipt() as receipt:
            return _settle_receipt(result, receipt, now)


def _is_patient(parcel: Parcel, now: datetime) -> bool:
    return now - find_tried_since(parcel, now) < CONTENT_PATIENCE


def _derive_content_pause(parcel: Parcel, now: datetime) -> timedelta:
    """Return how long to wait for what could not be had: as long as was waited already, spread."""
    waited = min(
        max(now - find_tried_since(parcel, now), FIRST_CONTENT_PAUSE), LONGEST_CONTENT_PAUSE
    )
    spread: float = random.Random(parcel.id).uniform(0.8, 1.2)
    return waited * spread


def _settle_receipt(result: Result, receipt: Receipt, now: datetime) -> dict[str, Any]:
    parcel = result.parcel
    details = " ".join(part for part in (receipt.code, receipt.text) if part)[:2000] or None
    common: dict[str, Any] = {"details": details, "provider": result.provider}
    if receipt.verdict is Verdict.ACCEPTED:
        return common | {
            "state": MessageState.SENT,
            "sent_at": now,
            "provider_id": receipt.provider_id,
            "template_version_id": parcel.template_version_id,
            "reason": None,
            **_read_costs(result, receipt),
        }
    if receipt.is_account_problem:
        return common | {
            "state": MessageState.QUEUED,
            "due_at": now + ACCOUNT_PAUSE,
            "attempts": parcel.attempts,
            "started_at": None,
            "reason": FailReason.ACCOUNT,
        }
    if receipt.verdict is Verdict.PERMANENT:
        return common | {"state": MessageState.FAILED, "reason": FailReason.REFUSED}
    if receipt.verdict is Verdict.UNCERTAIN and not parcel.settings.get("resends", True):
        return common | {"state": MessageState.UNCERTAIN, "reason": DoubtReason.NO_ANSWER}
    is_unsent = receipt.verdict is Verdict.NOT_SENT  # nobody was asked, so no attempt is spent
    attempts = parcel.attempts if is_unsent else parcel.attempts + 1
    is_old = now - find_tried_since(parcel, now) > OLDEST[parcel.message_class]
    is_copied = receipt.verdict is Verdict.UNCERTAIN and attempts >= MOST_DOUBTFUL
    if is_copied or is_old:
        failed = {"state": MessageState.FAILED, "reason": FailReason.TOO_OFTEN}
        return common | failed | _forget_tries(parcel)
    usual = NOT_SENT_PAUSE if is_unsent else derive_pause(attempts, seed=parcel.id)
    return common | {
        "state": MessageState.QUEUED,
        "due_at": now + max(receipt.retry_after or usual, usual),
        "attempts": attempts,
        "started_at": None,
        **_note_try(parcel, now),
    }


def find_tried_since(parcel: Parcel, now: datetime) -> datetime:
    """Return since when a message has been tried in vain: what kept it back before was no try.

    Quiet hours, a pause, a brake or an outage of ours may have kept it for days; a limit that
    holds it between two tries begins it anew.
    """
    tried: str | None = parcel.settings.get(TRIED_SINCE)
    held: Mapping[str, str] = parcel.settings.get("held") or {}
    since = now if tried is None else datetime.fromisoformat(tried)
    return max(since, datetime.fromisoformat(held["until"])) if held else since


def _note_try(parcel: Parcel, now: datetime) -> dict[str, Any]:
    """Return the column that keeps when it was first tried in vain."""
    if TRIED_SINCE in parcel.settings:
        return {}
    return {"data": {**parcel.settings, TRIED_SINCE: now.isoformat()}}


def _forget_tries(parcel: Parcel) -> dict[str, Any]:
    """Return the column by which what a colleague sends again is tried anew."""
    if TRIED_SINCE not in parcel.settings:
        return {}
    return {"data": {name: it for name, it in parcel.settings.items() if name != TRIED_SINCE}}


def settle_call(result: Result, now: datetime, *, is_probe: bool) -> dict[str, Any]:
    """Return the columns that a result of a call sets.

    Args:
        is_probe: its target was let alone, and this was to see whether it is back: no attempt lost.
    """
    receipt, parcel = result.outcome, result.parcel
    if isinstance(receipt, Problem):
        return settle(result, now)
    if receipt.is_account_problem and parcel.endpoint is None:  # nothing that could be disabled
        receipt = replace(receipt, is_account_problem=False)
    is_over = receipt.verdict in {Verdict.ACCEPTED, Verdict.PERMANENT}
    if is_over or receipt.is_account_problem:
        return _settle_receipt(replace(result, outcome=receipt), receipt, now)
    details = " ".join(part for part in (receipt.code, receipt.text) if part)[:2000] or None
    common: dict[str, Any] = {"details": details, "provider": result.provider}
    is_spared = is_probe or receipt.is_untried
    attempts = parcel.attempts if is_spared else parcel.attempts + 1
    expires_at = parcel.expires_at or parcel.created_at + CALL_LIFE
    if attempts > len(CALL_PAUSES) or now >= expires_at:
        return common | {"state": MessageState.FAILED, "reason": FailReason.TOO_OFTEN}
    usual = NOT_SENT_PAUSE if receipt.is_untried else derive_call_pause(attempts, seed=parcel.id)
    return common | {
        "state": MessageState.QUEUED,
        "due_at": now + max(receipt.retry_after or usual, usual),
        "attempts": attempts,
        "started_at": None,
    }


def derive_call_pause(attempts: int, *, seed: int) -> timedelta:
    """Return how long to wait before a call's next try, spread a tenth to either side."""
    spread: float = random.Random(seed * 31 + attempts).uniform(0.9, 1.1)
    return CALL_PAUSES[max(attempts, 1) - 1] * spread


def _read_costs(result: Result, receipt: Receipt) -> dict[str, Any]:
    """Return what a text costs: as the provider bills it, else as we count it; of others, nothing."""
    parts = receipt.parts or result.parts
    if parts is None:
        return {}
    costs: dict[str, Any] = {"parts": parts}
    if receipt.price_micro is not None:
        costs |= {"price_micro": receipt.price_micro, "currency": receipt.currency}
    return costs


def say_details(reason: str | None, details: str | None) -> str | None:
    """Return the details of a message; where they are ours, in the language that is spoken now."""
    is_ours = reason == SkipReason.EXPIRED and details == NO_ACCOUNT.english
    return str(NO_ACCOUNT) if is_ours else details


def derive_pause(attempts: int, *, seed: int) -> timedelta:
    """Return how long to wait before the next try: doubling, up to an hour, spread by the seed."""
    doubled: timedelta = FIRST_PAUSE * int(2 ** min(attempts - 1, _DOUBLINGS))
    longest = min(doubled, LONGEST_PAUSE)
    spread: float = random.Random(seed * 31 + attempts).uniform(0.5, 1.0)
    return longest * spread
