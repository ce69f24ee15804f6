"""The first schema.

Append-only logs are cut by month on PostgreSQL; their default partition takes what has no month
yet, so that no insert can fail for want of one.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine.models.base import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute("CREATE SEQUENCE event_id_seq CACHE 1")

    op.create_table(
        "api_key",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("origins", JSON, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('write', 'browser', 'server')", name=op.f("ck_api_key_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_api_key_public_id")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("details", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("attributes", JSON, nullable=False),
        sa.Column("attribute_times", JSON, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("email_confirmed", sa.Boolean(), nullable=False),
        sa.Column("phone_confirmed", sa.Boolean(), nullable=False),
        sa.Column("is_vouched", sa.Boolean(), nullable=False),
        sa.Column("merged_into", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["contact.id"], name=op.f("fk_contact_merged_into_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
    )
    op.create_index(op.f("ix_contact_created_at"), "contact", ["created_at"], unique=False)
    op.create_index("ix_contact_email", "contact", ["email"], unique=False)
    op.create_index(
        "ix_contact_merged_into",
        "contact",
        ["merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NOT NULL"),
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_table(
        "endpoint",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("secret", sa.String(length=120), nullable=False),
        sa.Column("headers", JSON, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_endpoint")),
    )
    op.create_table(
        "event",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("message_id", sa.String(length=128), nullable=True),
        sa.Column("properties", JSON, nullable=False),
        sa.Column("context", JSON, nullable=True),
        sa.Column("actor", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("cause_id", sa.BigInteger(), nullable=True),
        sa.Column("root_id", sa.BigInteger(), nullable=True),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", "received_at", name=op.f("pk_event")),
        postgresql_partition_by="RANGE (received_at)",
    )
    op.create_index(
        "ix_event_contact", "event", ["contact_id", "name", "occurred_at"], unique=False
    )
    op.create_index(
        "ix_event_name_at", "event", ["name", "occurred_at", "contact_id"], unique=False
    )
    op.create_table(
        "event_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("trust", sa.String(length=10), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("set_aside_at", Instant(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_batch")),
    )
    op.create_index(
        "ix_event_batch_waiting",
        "event_batch",
        ["id"],
        unique=False,
        postgresql_where=sa.text("set_aside_at IS NULL"),
        sqlite_where=sa.text("set_aside_at IS NULL"),
    )
    op.create_table(
        "event_seen",
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_event_seen")),
    )
    op.create_index(op.f("ix_event_seen_seen_at"), "event_seen", ["seen_at"], unique=False)
    op.create_table(
        "instance_fact",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_instance_fact")),
    )
    op.create_table(
        "journey",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("draft_revision", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("schedule_mark_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey")),
        sa.UniqueConstraint("key", name=op.f("uq_journey_key")),
    )
    op.create_table(
        "lane_minute",
        sa.Column("lane", sa.String(length=12), nullable=False),
        sa.Column("minute", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "minute", name=op.f("pk_lane_minute")),
    )
    op.create_table(
        "login_try",
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=False),
        sa.Column("blocked_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_login_try")),
    )
    op.create_index(op.f("ix_login_try_tried_at"), "login_try", ["tried_at"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("addressee", sa.String(length=128), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=True),
        sa.Column("read_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_at"), "notice", ["at"], unique=False)
    op.create_table(
        "pass_log",
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("enrollment_id", "seq", "at", name=op.f("pk_pass_log")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_table(
        "process",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
    )
    op.create_table(
        "segment",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("condition", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("refreshed_at", Instant(), nullable=True),
        sa.Column("size", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_segment")),
    )
    op.create_table(
        "suppression",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "template",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("key", name=op.f("uq_template_key")),
    )
    op.create_table(
        "topic",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("opt_in", sa.String(length=10), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_topic")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "assignment",
        sa.Column("salt", sa.String(length=160), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("assigned_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_assignment_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("salt", "contact_id", name=op.f("pk_assignment")),
    )
    op.create_table(
        "consent",
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("choice", sa.String(length=12), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "choice IN ('subscribed', 'unsubscribed')", name=op.f("ck_consent_choice")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_consent_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", "topic", "channel", name=op.f("pk_consent")),
    )
    op.create_table(
        "consent_proof",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("choice", sa.String(length=12), nullable=False),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("proof", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_consent_proof_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_proof")),
    )
    op.create_index(
        op.f("ix_consent_proof_contact_id"), "consent_proof", ["contact_id"], unique=False
    )
    op.create_table(
        "contact_state",
        sa.Column("contact_id", ID, autoincrement=False, nullable=False),
        sa.Column("counters", sa.LargeBinary(), nullable=False),
        sa.Column("active_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_contact_state_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_state")),
        postgresql_with={"fillfactor": "80"},
    )
    op.create_table(
        "identity",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('external', 'anonymous', 'email', 'phone')", name=op.f("ck_identity_kind")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_identity_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_contact_id"), "identity", ["contact_id"], unique=False)
    op.create_table(
        "journey_entry",
        sa.Column("journey_id", ID, nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_key", sa.String(length=200), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_journey_entry_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "journey_id", "subject_kind", "subject_id", "entry_key", name=op.f("pk_journey_entry")
        ),
    )
    op.create_table(
        "journey_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("journey_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_journey_version_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_version")),
        sa.UniqueConstraint(
            "journey_id", "number", name=op.f("uq_journey_version_journey_id_number")
        ),
    )
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("message_class", sa.String(length=13), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("journey_id", sa.BigInteger(), nullable=True),
        sa.Column("version_id", sa.BigInteger(), nullable=True),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=True),
        sa.Column("node", sa.String(length=64), nullable=True),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("cause_id", sa.BigInteger(), nullable=True),
        sa.Column("template", sa.String(length=128), nullable=True),
        sa.Column("template_version_id", sa.BigInteger(), nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("crashes", sa.SmallInteger(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=True),
        sa.Column("provider_id", sa.String(length=200), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("clicked_at", Instant(), nullable=True),
        sa.Column("bounced_at", Instant(), nullable=True),
        sa.Column("replied_at", Instant(), nullable=True),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_message_direction")),
        sa.CheckConstraint(
            "visibility IN ('public', 'internal')", name=op.f("ck_message_visibility")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_message_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
    )
    op.create_index(
        "ix_message_aside",
        "message",
        ["channel"],
        unique=False,
        postgresql_where=sa.text("state IN (4, 6, 7)"),
        sqlite_where=sa.text("state IN (4, 6, 7)"),
    )
    op.create_index("ix_message_contact", "message", ["contact_id", "id"], unique=False)
    op.create_index(
        "ix_message_due",
        "message",
        ["channel", "due_at"],
        unique=False,
        postgresql_where=sa.text("state IN (0, 1)"),
        sqlite_where=sa.text("state IN (0, 1)"),
    )
    op.create_index(op.f("ix_message_enrollment_id"), "message", ["enrollment_id"], unique=False)
    op.create_index("ix_message_provider", "message", ["provider_id"], unique=False)
    op.create_index("ix_message_template", "message", ["template", "contact_id"], unique=False)
    op.create_index("ix_message_version", "message", ["version_id", "node", "state"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("journey_id", ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_occurrence_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "key", name=op.f("pk_occurrence")),
    )
    op.create_table(
        "segment_member",
        sa.Column("segment", sa.String(length=64), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_segment_member_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["segment"],
            ["segment.key"],
            name=op.f("fk_segment_member_segment_segment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segment", "contact_id", name=op.f("pk_segment_member")),
    )
    op.create_index(
        op.f("ix_segment_member_contact_id"), "segment_member", ["contact_id"], unique=False
    )
    op.create_table(
        "segment_recheck",
        sa.Column("segment", sa.String(length=64), nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_segment_recheck_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["segment"],
            ["segment.key"],
            name=op.f("fk_segment_recheck_segment_segment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segment", "contact_id", name=op.f("pk_segment_recheck")),
    )
    op.create_index(op.f("ix_segment_recheck_due_at"), "segment_recheck", ["due_at"], unique=False)
    op.create_table(
        "template_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("compiled", JSON, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["template.id"],
            name=op.f("fk_template_version_template_id_template"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_version")),
        sa.UniqueConstraint(
            "template_id", "number", name=op.f("uq_template_version_template_id_number")
        ),
    )
    op.create_table(
        "user_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_user_session_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_user_session")),
    )
    op.create_index(op.f("ix_user_session_user_id"), "user_session", ["user_id"], unique=False)
    op.create_table(
        "watch",
        sa.Column("journey_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("data", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_watch_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_watch_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "contact_id", "key", name=op.f("pk_watch")),
    )
    op.create_index(op.f("ix_watch_due_at"), "watch", ["due_at"], unique=False)
    op.create_table(
        "enrollment",
        sa.Column("id", ID, nullable=False),
        sa.Column("journey_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_key", sa.String(length=200), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("node", sa.SmallInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.Column("wake_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("signal", JSON, nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_enrollment_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_enrollment_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["journey_version.id"],
            name=op.f("fk_enrollment_version_id_journey_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        postgresql_with={"fillfactor": "90", "autovacuum_vacuum_scale_factor": "0.02"},
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrollment_contact", "enrollment", ["contact_id"], unique=False)
    op.create_index(
        "ix_enrollment_due",
        "enrollment",
        ["wake_at"],
        unique=False,
        postgresql_where=sa.text("status IN (0, 1)"),
        sqlite_where=sa.text("status IN (0, 1)"),
    )
    op.create_index("ix_enrollment_version", "enrollment", ["version_id", "node"], unique=False)
    op.create_index(
        "uq_enrollment_active",
        "enrollment",
        ["journey_id", "subject_kind", "subject_id", "entry_key"],
        unique=True,
        postgresql_where=sa.text("status IN (0, 1)"),
        sqlite_where=sa.text("status IN (0, 1)"),
    )
    op.create_table(
        "message_content",
        sa.Column("message_id", ID, autoincrement=False, nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("recipient", sa.String(length=2000), nullable=False),
        sa.Column("subject", sa.String(length=998), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("html", sa.LargeBinary(), nullable=True),
        sa.Column("headers", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_message_content_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_content")),
    )
    op.create_table(
        "tally",
        sa.Column("version_id", ID, nullable=False),
        sa.Column("node", sa.SmallInteger(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["journey_version.id"],
            name=op.f("fk_tally_version_id_journey_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "node", "label", name=op.f("pk_tally")),
    )
    op.create_table(
        "goal_reached",
        sa.Column("enrollment_id", ID, nullable=False),
        sa.Column("goal", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
            name=op.f("fk_goal_reached_enrollment_id_enrollment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrollment_id", "goal", name=op.f("pk_goal_reached")),
    )
    if is_postgresql:
        for table in ("event", "pass_log"):
            op.execute(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")


def downgrade() -> None:

    op.drop_table("goal_reached")
    op.drop_table("tally")
    op.drop_table("message_content")
    op.drop_index(
        "uq_enrollment_active",
        table_name="enrollment",
        postgresql_where=sa.text("status IN (0, 1)"),
        sqlite_where=sa.text("status IN (0, 1)"),
    )
    op.drop_index("ix_enrollment_version", table_name="enrollment")
    op.drop_index(
        "ix_enrollment_due",
        table_name="enrollment",
        postgresql_where=sa.text("status IN (0, 1)"),
        sqlite_where=sa.text("status IN (0, 1)"),
    )
    op.drop_index("ix_enrollment_contact", table_name="enrollment")
    op.drop_table("enrollment")
    op.drop_index(op.f("ix_watch_due_at"), table_name="watch")
    op.drop_table("watch")
    op.drop_index(op.f("ix_user_session_user_id"), table_name="user_session")
    op.drop_table("user_session")
    op.drop_table("template_version")
    op.drop_index(op.f("ix_segment_recheck_due_at"), table_name="segment_recheck")
    op.drop_table("segment_recheck")
    op.drop_index(op.f("ix_segment_member_contact_id"), table_name="segment_member")
    op.drop_table("segment_member")
    op.drop_table("occurrence")
    op.drop_index("ix_message_version", table_name="message")
    op.drop_index("ix_message_template", table_name="message")
    op.drop_index("ix_message_provider", table_name="message")
    op.drop_index(op.f("ix_message_enrollment_id"), table_name="message")
    op.drop_index(
        "ix_message_due",
        table_name="message",
        postgresql_where=sa.text("state IN (0, 1)"),
        sqlite_where=sa.text("state IN (0, 1)"),
    )
    op.drop_index("ix_message_contact", table_name="message")
    op.drop_index(
        "ix_message_aside",
        table_name="message",
        postgresql_where=sa.text("state IN (4, 6, 7)"),
        sqlite_where=sa.text("state IN (4, 6, 7)"),
    )
    op.drop_table("message")
    op.drop_table("journey_version")
    op.drop_table("journey_entry")
    op.drop_index(op.f("ix_identity_contact_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_table("contact_state")
    op.drop_index(op.f("ix_consent_proof_contact_id"), table_name="consent_proof")
    op.drop_table("consent_proof")
    op.drop_table("consent")
    op.drop_table("assignment")
    op.drop_table("user_account")
    op.drop_table("topic")
    op.drop_table("template")
    op.drop_table("suppression")
    op.drop_table("segment")
    op.drop_table("process")
    op.drop_table("pass_log")
    op.drop_index(op.f("ix_notice_at"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_login_try_tried_at"), table_name="login_try")
    op.drop_table("login_try")
    op.drop_table("lane_minute")
    op.drop_table("journey")
    op.drop_table("instance_fact")
    op.drop_index(op.f("ix_event_seen_seen_at"), table_name="event_seen")
    op.drop_table("event_seen")
    op.drop_index(
        "ix_event_batch_waiting",
        table_name="event_batch",
        postgresql_where=sa.text("set_aside_at IS NULL"),
        sqlite_where=sa.text("set_aside_at IS NULL"),
    )
    op.drop_table("event_batch")
    op.drop_index("ix_event_name_at", table_name="event")
    op.drop_index("ix_event_contact", table_name="event")
    op.drop_table("event")
    op.drop_table("endpoint")
    op.drop_index(
        "ix_contact_merged_into",
        table_name="contact",
        postgresql_where=sa.text("merged_into IS NOT NULL"),
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.drop_index("ix_contact_email", table_name="contact")
    op.drop_index(op.f("ix_contact_created_at"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("api_key")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE event_id_seq")
