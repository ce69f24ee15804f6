"""What a route has done, for the audit table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.accounts import audit
from server.auth import get_actor
from server.wiring import get_house


def record(
    session: Session, action: str, target: str, details: Mapping[str, Any] | None = None
) -> None:
    """Write down that the caller of this request has done `action` to `target`."""
    audit.record(
        session,
        actor=get_actor().name,
        action=action,
        target=target,
        details=details,
        now=get_house().wall.now(),
    )
