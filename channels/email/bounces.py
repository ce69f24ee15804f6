"""Why a letter bounced: the person's address, or a full mailbox, or they refuse *us*.

A hard bounce ends all mail to a person, so it is told from words and codes that say so plainly;
what is doubtful is counted (soft), and what speaks of us (policy) never concerns the person.

Sources: RFC 3463 and IANA's registry of enhanced status codes, RFC 5321 4.2.3, RFC 7505 4.1; the
error pages of Gmail, Outlook.com and Yahoo for the words; the bounce types of Amazon SES.
"""

import re
from typing import Final

from channels.feedback import BounceKind

_ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_BASIC: Final = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -]|\Z)")
_READ: Final = 4_000

HARD, SOFT, POLICY = BounceKind.HARD, BounceKind.SOFT, BounceKind.POLICY

#: What a permanent code says by itself: the subject and detail after the 5 (RFC 3463 3).
PERMANENT: Final = {
    "1.1": HARD,  # no such mailbox
    "1.2": HARD,  # no such domain
    "1.3": HARD,  # the address is no address
    "1.6": HARD,  # moved away, leaving no address
    "1.10": HARD,  # the domain takes no mail at all: null MX
    "1.7": POLICY,  # our address is none
    "1.8": POLICY,  # our domain is none
    "2.1": HARD,  # mailbox disabled
    "2.2": SOFT,  # mailbox full
    "2.3": POLICY,  # the letter is too large for them
    "3.4": POLICY,  # the letter is too large for their server
}
#: What a permanent code says by its subject, where the detail says nothing of its own.
PERMANENT_SUBJECTS: Final = {
    "3": SOFT,  # their server
    "4": SOFT,  # the way to it
    "5": POLICY,  # our SMTP
    "6": POLICY,  # our content
    "7": POLICY,  # their rules, our reputation
}

#: Words that speak of us. They win: "user unknown" in a sentence about a blocklist is no proof.
_OF_US: Final = re.compile(
    r"spamhaus|spamcop|barracuda|proofpoint|(?:block|black|deny)[ -]?list|\bdns?[rb]l\b|\brbl\b"
    r"|reputation|unsolicited|\bspam\b|likely spam|suspicious|phish|virus|malware|\bdmarc\b"
    r"|\bspf\b|\bdkim\b|unauthenticated|not authenticated|sender (?:is )?(?:not )?(?:verif|authori)"
    r"|rate[ -]?limit|too many (?:messages|connections|recipients)|user complaints"
    r"|temporarily deferred|\[(?:ts|tss|bl|cs)\d\d\]|(?:ip|host|server|client)\b.{0,60}\bblocked"
    r"|blocked using|message (?:content )?(?:was )?(?:rejected|blocked)|content rejected",
    re.IGNORECASE,
)
#: Words for an address that is not there.
_UNKNOWN: Final = re.compile(
    r"(?:user|recipient|mailbox|account|address)(?: is)? (?:unknown|not found|does ?n[o']t exist)"
    r"|(?:unknown|invalid|no such|nonexist[ae]nt) (?:local )?(?:user|recipient|mailbox|address|account)"
    r"|(?:account|user|mailbox|address|recipient) (?:that you tried to reach )?does not exist"
    r"|(?:account|mailbox|user)(?: that you tried to reach)?(?: is| has been)? "
    r"(?:disabled|deactivated|suspended|inactive|closed|terminated|discontinued)"
    r"|no mailbox here|not our customer|not a known user|recipient address rejected: (?:user|undel)"
    r"|unrouteable address|bad destination mailbox|does not accept mail|null ?mx",
    re.IGNORECASE,
)
#: Words for a mailbox that takes nothing more for now.
_FULL: Final = re.compile(
    r"(?:mailbox|inbox|quota|storage|account).{0,30}(?:full|exceeded|over)|over ?quota"
    r"|out of storage|insufficient (?:system )?storage|quota exceeded",
    re.IGNORECASE,
)
_BASIC_CODES: Final = {"552": SOFT, "554": POLICY, "556": HARD}  # 556: RFC 7504, RFC 7505

#: Of Amazon SES, and of Resend, which sends through it; None: the code and the words decide.
AMAZON: Final = {
    ("Permanent", "NoEmail"): HARD,
    ("Permanent", "Suppressed"): HARD,
    ("Permanent", "OnAccountSuppressionList"): HARD,
    ("Permanent", "UnsubscribedRecipient"): HARD,
    ("Transient", "MailboxFull"): SOFT,
    ("Transient", "MessageTooLarge"): POLICY,
    ("Transient", "ContentRejected"): POLICY,
    ("Transient", "AttachmentRejected"): POLICY,
    ("Transient", "CustomTimeoutExceeded"): SOFT,
}


def find_code(*texts: str | None) -> str | None:
    """Return the first enhanced status code in these, such as ``5.1.1``, else the first basic one."""
    for pattern in (_ENHANCED, _BASIC):
        for text in texts:
            if text and (found := pattern.search(text[:_READ])):
                return found[0] if pattern is _ENHANCED else found[1]
    return None


def classify(code: str | None, text: str = "", *, otherwise: BounceKind = SOFT) -> BounceKind:
    """Return why a letter bounced (rule 119).

    Args:
        code: an enhanced status code or an SMTP code, where one was given.
        text: what the other server said; codes in it count where `code` is none.
        otherwise: what it is where neither says.
    """
    text = text[:_READ]
    code = code if code and find_code(code) == code else find_code(text)
    said = _read_words(text)
    if said is POLICY:
        return POLICY
    if code is None:
        return said or otherwise
    if code.startswith("4"):
        return SOFT
    if "." not in code:
        return said or _BASIC_CODES.get(code, otherwise)
    detail = code.partition(".")[2]
    known = PERMANENT.get(detail)
    if known is not None:
        return known
    subject = detail.partition(".")[0]
    if said is HARD and subject != "6":  # "550 5.7.1 user unknown" and "5.4.1 … rejected" exist
        return HARD
    return said or PERMANENT_SUBJECTS.get(subject, otherwise)


def _read_words(text: str) -> BounceKind | None:
    if _OF_US.search(text):
        return POLICY
    if _FULL.search(text):
        return SOFT
    return HARD if _UNKNOWN.search(text) else None


def classify_amazon(kind: str, subkind: str, code: str | None, text: str) -> BounceKind:
    """Return why a letter bounced, as Amazon SES sorts bounces.

    Args:
        kind: ``Permanent``, ``Transient`` or ``Undetermined``.
        subkind: such as ``General`` or ``MailboxFull``.
        code: the status, where one was given.
        text: what the other server said.
    """
    known = AMAZON.get((kind, subkind))
    if known is not None:
        return known
    judged = classify(code, text, otherwise=HARD if kind == "Permanent" else SOFT)
    return SOFT if judged is HARD and kind != "Permanent" else judged
