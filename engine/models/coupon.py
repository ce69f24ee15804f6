"""Rows of coupons: pools of codes, and who drew which."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant
from engine.models.contact import Contact

OWN_CODE = "NOT is_common"
"""Codes of which each stands in its pool once; the common code is kept once for each who got it."""
LEFT = "drawn_at IS NULL"
DRAWN = "drawn_at IS NOT NULL"
UNSETTLED = "is_unsettled"
"""Codes drawn for messages of which it is not known yet whether they left."""


class CouponPool(Base):
    """Codes of one kind, of which each message draws one."""

    __tablename__ = "coupon_pool"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    low_water: Mapped[int] = mapped_column(Integer)  # told of when so few are left
    expires_at: Mapped[datetime | None] = mapped_column(Instant)  # none is drawn from then on
    common_code: Mapped[str | None] = mapped_column(
        String(64)
    )  # when none is left; NULL: a failure
    per_contact: Mapped[bool] = mapped_column()  # a contact gets the same code in every message
    told: Mapped[int] = mapped_column(
        SmallInteger, default=0
    )  # engine.messages.lookups.coupons.drawing
    revision: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CouponCode(Base):
    """One code: left, drawn, redeemed."""

    __tablename__ = "coupon_code"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey(CouponPool.id, ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(64))
    is_common: Mapped[bool] = mapped_column(default=False)  # the pool's common code
    drawn_at: Mapped[datetime | None] = mapped_column(Instant)
    message_uid: Mapped[UUID | None] = mapped_column(Uuid)  # which drew it
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id), index=True)
    is_unsettled: Mapped[bool] = mapped_column(default=False)
    redeemed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "uq_coupon_code_code",
            "pool_id",
            "code",
            unique=True,
            postgresql_where=text(OWN_CODE),
            sqlite_where=text(OWN_CODE),
        ),
        Index("uq_coupon_code_message", "pool_id", "message_uid", unique=True),
        Index("ix_coupon_code_code", "code"),
        Index(
            "ix_coupon_code_left",
            "pool_id",
            "id",
            postgresql_where=text(LEFT),
            sqlite_where=text(LEFT),
        ),
        Index(
            "ix_coupon_code_drawn",
            "pool_id",
            "id",
            postgresql_where=text(DRAWN),
            sqlite_where=text(DRAWN),
        ),
        Index(
            "ix_coupon_code_unsettled",
            "id",
            postgresql_where=text(UNSETTLED),
            sqlite_where=text(UNSETTLED),
        ),
    )
