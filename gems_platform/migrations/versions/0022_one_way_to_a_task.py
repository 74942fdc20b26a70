# SPDX-License-Identifier: Apache-2.0
"""Only the key leads from a campaign's id to its tasks and attempts.

PostgreSQL knows nothing of a campaign that is newer than its last ANALYZE. It took the whole campaign's part of an
index for as cheap as the one row of the key: each submission read all of it, and on account of that was in the way
of every other one. The two indexes of such queries hold only the rows for which they are there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BEFORE = (
    ("ix_tasks_order", "tasks", ["campaign_id", "state", "known", "place", "idx"]),
    ("ix_assignments_times", "assignments", ["campaign_id", "submitted_at"]),
)
_AFTER = (
    ("ix_tasks_order", "tasks", ["campaign_id", "known", "place", "idx"], "state = 'open'"),
    ("ix_assignments_times", "assignments", ["campaign_id", "submitted_at"], "submitted_at IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, columns, rows in _AFTER:
        op.drop_index(name, table)
        op.create_index(name, table, columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name, table, columns in _BEFORE:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
