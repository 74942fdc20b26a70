# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads: what is on its way in, chunk by chunk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; the bytes themselves are files."""
    op.create_table(
        "uploads",
        sa.Column("owner", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("offset", WHOLE, nullable=False),
        sa.Column("sure", WHOLE, nullable=False),
        sa.Column("expires_at", WHOLE, nullable=False, index=True),
        sa.Column("answer", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Uploads under way begin again."""
    op.drop_table("uploads")
