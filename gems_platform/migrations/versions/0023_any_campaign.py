# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL counts nothing of which campaign a row is of: any campaign is to be planned for like any other.

Where statistics know every campaign but the newest, that one is taken for a single row, and a question about ten of
its tasks read all of it, until enough had changed for the next ANALYZE; and each lease was in the way of every other.
"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TABLES = ("tasks", "assignments", "seats")


def upgrade() -> None:
    _count(0)
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:  # the type that it has: nothing is written anew, what was counted is forgotten
            op.execute(f"ALTER TABLE {table} ALTER COLUMN campaign_id TYPE VARCHAR(66)")


def downgrade() -> None:
    _count(-1)


def _count(target: int) -> None:
    store = op.get_bind()
    if store.dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN campaign_id SET STATISTICS {target}")
