# SPDX-License-Identifier: Apache-2.0
"""Messages about tasks between requesters and workers, and reports of abuse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0015a"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was said or reported before."""
    op.create_table(
        "worker_aliases",
        sa.Column("campaign_id", sa.String(66), sa.ForeignKey("campaigns.id"), primary_key=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("alias", sa.String(16), nullable=False),
        sa.UniqueConstraint("campaign_id", "alias"),
    )
    op.create_table(
        "threads",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("last_at", WHOLE, nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        sa.UniqueConstraint("campaign_id", "idx", "worker"),
    )
    op.create_index("ix_threads_worker", "threads", ["worker", "last_at", "id"])
    op.create_index("ix_threads_campaign", "threads", ["campaign_id", "last_at", "id"])
    op.create_table(
        "messages",
        sa.Column("thread_id", sa.String(66), sa.ForeignKey("threads.id"), primary_key=True),
        sa.Column("seq", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("author", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("ix_messages_author", "messages", ["author", "at"])
    op.create_table(
        "abuse_reports",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("reporter", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("thing", sa.String(80), nullable=False),
        sa.Column("campaign_id", sa.String(66), sa.ForeignKey("campaigns.id"), nullable=False),
        sa.Column("idx", WHOLE, nullable=True),
        sa.Column("thread_id", sa.String(66), sa.ForeignKey("threads.id"), nullable=True),
        sa.Column("seq", WHOLE, nullable=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("resolved_at", WHOLE, nullable=True),
        sa.Column("resolved_by", sa.String(42), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.UniqueConstraint("reporter", "thing"),
    )
    op.create_index("ix_abuse_state", "abuse_reports", ["state", "at", "id"])
    op.create_index("ix_abuse_campaign", "abuse_reports", ["campaign_id", "state"])
    op.create_index("ix_abuse_reporter", "abuse_reports", ["reporter", "at"])


def downgrade() -> None:
    """Forget what was said and reported."""
    for name in ("abuse_reports", "messages", "threads", "worker_aliases"):
        op.drop_table(name)
