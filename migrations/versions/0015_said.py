"""Notices are said to each in their language: the sentence stands beside its English words."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Json

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("said", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("notice", "said")
