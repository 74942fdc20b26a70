# SPDX-License-Identifier: Apache-2.0
"""What one GEM is worth in currencies, as the operator says it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is said until the operator says it."""
    op.create_table(
        "rates",
        sa.Column("code", sa.String(3), primary_key=True),
        sa.Column("per_gem", sa.String(24), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )


def downgrade() -> None:
    """Forget the rates."""
    op.drop_table("rates")
