"""Sends letters by Amazon SES (API v2, SendEmail with the raw letter).

SES knows no idempotency key. It writes Message-ID and Date anew; all other headers of ours reach the
recipient. Our id travels as an e-mail tag, which feedback by a configuration set gives back.
Sources: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html,
https://docs.aws.amazon.com/ses/latest/dg/header-fields.html,
…/APIReference/CommonErrors.html.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import orjson

from channels.base import BadAddress, Letter
from channels.email.aws_signature import AwsKey, authorize, format_instant
from channels.email.header_gates import encode_address
from channels.email.letter_api import MESSAGE_KEY, read_id
from channels.email.mime import build_letter
from channels.http_client import Answer
from channels.provider_api import ApiCall, Meaning, Refusal, read_object
from channels.provider_url import parse_provider_url, read_base, read_key
from channels.target import parse_target

_FORM: Final = "ses://KEY_ID:SECRET@REGION?configuration_set=NAME"
_REGION: Final = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]{1,2}")
_SET: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")

#: The account, its sender, or its configuration set.
_OF_US: Final = frozenset(
    {
        "AccountSuspendedException",
        "SendingPausedException",
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "AccessDeniedException",
        "UnrecognizedClientException",
        "InvalidSignatureException",
        "InvalidClientTokenId",
        "IncompleteSignature",
        "NotAuthorized",
        "RequestExpired",  # our clock
        "SignatureDoesNotMatch",
        "ExpiredTokenException",
        "OptInRequired",
    }
)
_BUSY: Final = frozenset(
    {
        "LimitExceededException",
        "TooManyRequestsException",
        "ThrottlingException",
        "Throttling",
        "RequestTimeoutException",
    }
)
_NOT_VERIFIED: Final = "not verified"  # of MessageRejected: the sender, or in the sandbox anybody


@dataclass(frozen=True, slots=True)
class SesAccount:
    """Whose account, and where."""

    key_id: str
    secret: str = field(repr=False)
    region: str
    configuration_set: str
    base: str


def read_ses_url(url: str) -> SesAccount:
    """Return the account that ``ses://KEY_ID:SECRET@REGION?configuration_set=NAME`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"configuration_set", "base"}))
    key_id, secret = read_key(parts.user, _FORM), read_key(parts.password, _FORM)
    if not _REGION.fullmatch(parts.host) or parts.port or not key_id.isalnum():
        raise BadAddress(f"the address is written {_FORM}, the region like eu-central-1")
    name = parts.options.get("configuration_set", "")
    if not _SET.fullmatch(name):
        raise BadAddress("configuration_set: letters, digits, - and _ only")
    end = "amazonaws.com.cn" if parts.host.startswith("cn-") else "amazonaws.com"
    base = read_base(parts.options, f"https://email.{parts.host}.{end}")
    return SesAccount(key_id, secret, parts.host, name, base)


class Ses:
    """Amazon SES."""

    name = "ses"
    knows_repetitions = False

    def __init__(self, account: SesAccount) -> None:
        self._key = AwsKey(account.key_id, account.secret, account.region, "ses")
        self._configuration_set = account.configuration_set
        self.secrets: tuple[str, ...] = (account.secret,)
        self.target = parse_target(f"{account.base}/v2/email/outbound-emails")

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:
        """Return the signed request: see `channels.email.letter_api.Dialect`."""
        asked = {
            "FromEmailAddress": encode_address(letter.sender.address),
            "Destination": {"ToAddresses": [encode_address(letter.recipient.address)]},
            "Content": {"Raw": {"Data": b64encode(build_letter(letter, now=now)).decode("ascii")}},
            "EmailTags": [{"Name": MESSAGE_KEY, "Value": str(letter.id)}],
        }
        if self._configuration_set:
            asked["ConfigurationSetName"] = self._configuration_set
        body = orjson.dumps(asked)
        signed = [("Content-Type", "application/json"), ("X-Amz-Date", format_instant(now))]
        named = [("Host", self.target.authority), *signed]
        authorization = authorize(self._key, "POST", self.target.path, named, body)
        return ApiCall((("Authorization", authorization), *signed), body)

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return the MessageId."""
        return read_id(read_object(answer).get("MessageId"))

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:  # noqa: ARG002
        """Return what the error says; its type stands in a header or in the body."""
        said = read_object(answer)
        written = answer.headers.get("x-amzn-errortype") or said.get("__type") or said.get("code")
        kind = str(written or "").partition(":")[0].rpartition("#")[2]
        words = said.get("message") or said.get("Message") or ""
        meaning = None
        if kind in _OF_US or (kind == "MessageRejected" and _NOT_VERIFIED in str(words)):
            meaning = Meaning.US
        elif kind in _BUSY:
            meaning = Meaning.BUSY
        return Refusal(kind, words, meaning)
