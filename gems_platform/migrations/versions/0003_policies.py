# SPDX-License-Identifier: Apache-2.0
"""What every policy needs: standings, blind answers, verdicts that wait, appeals, commissions, seeds of days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns with what they would have held, and the new tables."""
    op.add_column("tasks", sa.Column("settle_at", WHOLE, nullable=True))
    op.create_index("ix_tasks_settle_at", "tasks", ["settle_at"])
    op.add_column("assignments", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("final", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("assignments", sa.Column("waits_for_day", WHOLE, nullable=True))
    op.add_column("assignments", sa.Column("day", WHOLE, nullable=False, server_default="0"))
    op.add_column("assignments", sa.Column("seed", sa.String(66), nullable=True))
    op.add_column("assignments", sa.Column("adopted", sa.Text(), nullable=True))
    op.create_index("ix_assignments_waits", "assignments", ["waits_for_day"])
    op.add_column("seats", sa.Column("blind", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("seats", sa.Column("note_of_verifier", sa.Text(), nullable=True))
    op.add_column("seats", sa.Column("answer", sa.Text(), nullable=True))
    op.add_column("seats", sa.Column("number", WHOLE, nullable=False, server_default="0"))
    op.create_table(
        "appeals",
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("party", sa.String(9), nullable=False),
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("bond", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", WHOLE, nullable=False),
        sa.Column("won", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        sa.PrimaryKeyConstraint("campaign_id", "idx", "attempt"),
    )
    op.create_index("ix_appeals_account", "appeals", ["account", "made_at"])
    op.create_table(
        "commissions",
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("fee", sa.String(40), nullable=False),
        sa.Column("made_at", WHOLE, nullable=False),
        sa.Column("poor", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        sa.PrimaryKeyConstraint("campaign_id", "idx", "attempt"),
    )
    op.create_table(
        "seeds",
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("day", WHOLE, nullable=False),
        sa.Column("seed", sa.String(66), nullable=False),
        sa.Column("revealed_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("campaign_id", "day"),
    )


def downgrade() -> None:
    """Back to one verdict for each assignment; what waits or is disputed would be lost, so refuse."""
    raise NotImplementedError("verdicts that wait cannot be expressed in the version before")
