# SPDX-License-Identifier: Apache-2.0
"""The record of work that this wallet did on another computer, and which events were refused."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What was refused before is looked at again at the next start."""
    op.add_column("events", sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE events SET refused = 1 WHERE problem != ''")
    op.create_table(
        "former",
        sa.Column("item_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("campaign_id", sa.Text, nullable=False, index=True),
        sa.Column("index", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Integer, nullable=False),
        sa.Column("judged", sa.Boolean, nullable=False),
        sa.Column("judged_at", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Integer, nullable=False),
        sa.Column("fee", sa.Text, nullable=False),
        sa.Column("poor", sa.Boolean, nullable=False),
    )
