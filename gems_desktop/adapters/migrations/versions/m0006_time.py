# SPDX-License-Identifier: Apache-2.0
"""The time that the window was in use, by day and task: what the wage per hour is reckoned from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing is known of the time before."""
    op.create_table(
        "time_spent",
        sa.Column("spent_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("day", sa.Text, nullable=False, index=True),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("millis", sa.Integer, nullable=False),
    )
