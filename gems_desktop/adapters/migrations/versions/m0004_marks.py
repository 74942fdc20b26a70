# SPDX-License-Identifier: Apache-2.0
"""The exact place of a fault: that I marked as a verifier, or that was marked in my work."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """What was judged before has no mark."""
    op.add_column("items", sa.Column("mark", sa.Text, nullable=False, server_default=""))
