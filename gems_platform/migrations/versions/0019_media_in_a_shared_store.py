# SPDX-License-Identifier: Apache-2.0
"""Media in a store that several processes share: names that somebody is at, and where an upload's bytes lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, one column; uploads on disk have no parts."""
    op.create_table(
        "media_holds",
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("owner", sa.String(42), nullable=False, index=True),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("until", WHOLE, nullable=False, index=True),
    )
    op.add_column("uploads", sa.Column("parts", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Uploads under way begin again."""
    op.drop_column("uploads", "parts")
    op.drop_table("media_holds")
