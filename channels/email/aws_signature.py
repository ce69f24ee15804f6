"""Signs requests to Amazon's APIs (Signature Version 4).

Written out rather than taken from botocore, which is 32 MB for the sixty lines that one call needs,
brings an HTTP client of its own and reads credentials from the environment. The tests hold it to
Amazon's published example and to botocore itself.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

_ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class AwsKey:
    """An access key, and what it is used for."""

    key_id: str
    secret: str = field(repr=False)
    region: str
    service: str


def format_instant(now: datetime) -> str:
    """Return an instant as the header ``X-Amz-Date`` has it."""
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def authorize(
    key: AwsKey, method: str, path: str, headers: Sequence[tuple[str, str]], body: bytes
) -> str:
    """Return the value of the header ``Authorization``.

    Args:
        key: of the account.
        method: upper case.
        path: as the request line has it, of unreserved characters, with the query in order.
        headers: all that are signed: Host, X-Amz-Date and any other.
        body: of the request.
    """
    plain_path, _, query = path.partition("?")
    lines = sorted((name.lower(), re.sub(r" +", " ", value.strip())) for name, value in headers)
    names = ";".join(name for name, _ in lines)
    instant = dict(lines)["x-amz-date"]
    scope = f"{instant[:8]}/{key.region}/{key.service}/aws4_request"
    request = "\n".join(
        [
            method,
            plain_path,
            query,
            *(f"{name}:{value}" for name, value in lines),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(request.encode()).hexdigest()
    content = f"{_ALGORITHM}\n{instant}\n{scope}\n{digest}"
    signature = hmac.digest(_derive(key, instant[:8]), content.encode(), "sha256").hex()
    credential = f"{key.key_id}/{scope}"
    return f"{_ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}"


def _derive(key: AwsKey, day: str) -> bytes:
    derived = f"AWS4{key.secret}".encode()
    for part in (day, key.region, key.service, "aws4_request"):
        derived = hmac.digest(derived, part.encode(), "sha256")
    return derived
