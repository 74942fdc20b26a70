# SPDX-License-Identifier: Apache-2.0
"""Verdicts and silent claims on chain that the hub answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reading begins a day before the oldest campaign."""
    op.create_table(
        "dispute_marks",
        sa.Column("contract", sa.String(42), primary_key=True),
        sa.Column("block", WHOLE, nullable=False),
    )
    op.create_table(
        "disputes",
        sa.Column("task_key", sa.String(66), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("campaign_id", sa.String(66), nullable=False, index=True),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("over_at", WHOLE, nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False, index=True),
    )
    op.create_table(
        "dispute_standings",
        sa.Column("task_key", sa.String(66), primary_key=True),
        sa.Column("digest", sa.String(48), primary_key=True),
        sa.Column("standing", sa.Text(), nullable=False),
    )
    op.create_table("collateral_orders", sa.Column("name", sa.String(6), primary_key=True))


def downgrade() -> None:
    """The version before answers nothing on chain."""
    for table in ("collateral_orders", "dispute_standings", "disputes", "dispute_marks"):
        op.drop_table(table)
