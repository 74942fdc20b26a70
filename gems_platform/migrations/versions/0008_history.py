# SPDX-License-Identifier: Apache-2.0
"""What a lost laptop needs back: every debit as it was signed, and an order in which to read one's own work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Debits from before are known by their sum alone: their signatures were not kept."""
    op.create_table(
        "debits",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False),
        sa.Column("debited", sa.String(40), nullable=False),
        sa.Column("root", sa.String(66), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_debits_worker", "debits", ["worker", "id"])
    op.create_index("ix_assignments_history", "assignments", ["miner", "leased_at", "hash"])
    op.create_index("ix_seats_history", "seats", ["verifier", "due_at", "hash"])


def downgrade() -> None:
    """The version before reads the sums alone."""
    op.drop_index("ix_seats_history", "seats")
    op.drop_index("ix_assignments_history", "assignments")
    op.drop_table("debits")
