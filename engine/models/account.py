"""Rows of accounts: users, their sessions, keys, and what the instance remembers of itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, true
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json, Sealed


class User(Base):
    """Someone who logs in to operate the product."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # folded to lower case
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))  # Argon2id, with its parameters
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    # Whether notices of the product reach her by e-mail, too, if she is an administrator.
    wants_notices: Mapped[bool] = mapped_column(default=True, server_default=true())
    language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")


class UserSession(Base):
    """One login. The cookie holds the token; only its SHA-256 is kept."""

    __tablename__ = "user_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    user_agent: Mapped[str] = mapped_column(String(200), default="")


class LoginTry(Base):
    """Tries to log in without success, of one account or from one network address."""

    __tablename__ = "login_try"

    subject: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # SHA-256
    misses: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime] = mapped_column(Instant, index=True)
    blocked_until: Mapped[datetime] = mapped_column(Instant)


class ApiKey(Base):
    """A key of a client: write (secret, tracking), browser (public, tracking) or server (API)."""

    __tablename__ = "api_key"
    __table_args__ = (CheckConstraint("kind IN ('write', 'browser', 'server')", name="kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)  # stands in the key itself
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # SHA-256 of the secret part
    last_four: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[str]] = mapped_column(Json, default=list)
    origins: Mapped[list[str]] = mapped_column(Json, default=list)  # of a browser key; none: any
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)  # to the hour, not to the second


class InstanceFact(Base):
    """What the instance remembers of itself, such as its clock's shift. No secrets."""

    __tablename__ = "instance_fact"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class InstanceSecret(Base):
    """What the instance must keep and nobody may read: signing secrets, the set-up token."""

    __tablename__ = "instance_secret"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Sealed)


class AuditEntry(Base):
    """One thing done by hand: who, what, when. Never changed."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str] = mapped_column(String(120))  # user:ID, key:ID or console
    action: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any] | None] = mapped_column(Json)
