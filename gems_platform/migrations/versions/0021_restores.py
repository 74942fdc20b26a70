# SPDX-License-Identifier: Apache-2.0
"""When the store came out of a backup, and the channels in which newer vouchers may be about since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restores",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("taken_at", WHOLE, nullable=False),
    )
    op.add_column("channels", sa.Column("doubted_at", WHOLE, nullable=False, server_default="0"))


def downgrade() -> None:
    """The version before signs at once in every channel."""
    op.drop_column("channels", "doubted_at")
    op.drop_table("restores")
