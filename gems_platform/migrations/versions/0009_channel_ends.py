# SPDX-License-Identifier: Apache-2.0
"""Closes that the hub ends by itself: when a channel's time is over, and the transaction that ends it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Times come with the next look at the chain."""
    op.add_column("channels", sa.Column("ends_at", WHOLE, nullable=False, server_default="0"))
    op.create_table(
        "channel_ends",
        sa.Column("id", sa.String(66), sa.ForeignKey("channels.id"), primary_key=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )


def downgrade() -> None:
    """The version before ends no close; anybody may."""
    op.drop_table("channel_ends")
    op.drop_column("channels", "ends_at")
