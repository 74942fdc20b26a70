# SPDX-License-Identifier: Apache-2.0
"""A watch-tower that acts, and channels that are frozen before they are closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ends of closes are intents from here on; one that is on its way is sent anew, and the contract ends once."""
    op.drop_table("channel_ends")
    op.add_column("channels", sa.Column("frozen", sa.String(6), nullable=False, server_default=""))
    op.create_table(
        "watch_marks",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("block", WHOLE, nullable=False),
    )
    op.create_table(
        "watched_closes",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("block", WHOLE, nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("config", sa.Text(), nullable=True),
    )
    op.create_index("ix_watched_closes_over", "watched_closes", ["over"])
    op.create_table(
        "mirror_days",
        sa.Column("hub", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("signer", sa.String(42), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """The version before hands nothing in and may sign for a frozen channel again."""
    for table in ("mirror_days", "watched_closes", "watch_marks"):
        op.drop_table(table)
    op.drop_column("channels", "frozen")
    op.create_table(
        "channel_ends",
        sa.Column("id", sa.String(66), sa.ForeignKey("channels.id"), primary_key=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )
