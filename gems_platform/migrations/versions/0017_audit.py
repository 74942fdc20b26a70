# SPDX-License-Identifier: Apache-2.0
"""The audit log; the newest events, and campaigns in the order of their list, are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("network", sa.String(50), nullable=False),
        sa.Column("subject", sa.String(66), nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_events_at", "events", ["at"])
    op.create_index("ix_campaigns_listed", "campaigns", ["created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_campaigns_listed", "campaigns")
    op.drop_index("ix_events_at", "events")
    op.drop_table("audit")
