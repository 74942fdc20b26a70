# SPDX-License-Identifier: Apache-2.0
"""What was told in notices, and marks of what must not be told twice."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing of what is there changes; what happened before is not told."""
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("seen", sa.Boolean, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
    )
    op.create_index("ix_notices_at", "notices", ["at"])
    op.create_table(
        "notice_marks",
        sa.Column("mark", sa.Text, primary_key=True, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
    )
