# SPDX-License-Identifier: Apache-2.0
"""Work that was under way before 0003: it is not final before it is judged, and its audit was drawn without a seed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ASSIGNMENTS = sa.table(
    "assignments",
    sa.column("final", sa.Boolean()),
    sa.column("judged_at", WHOLE),
    sa.column("submitted_at", WHOLE),
    sa.column("waits_for_day", WHOLE),
    sa.column("seed", sa.String(66)),
)


def upgrade() -> None:
    """Mend what 0003 left, in stores that it has run in and in those where it has only just run.

    0003 gave every row `final`. Verdicts that wait were marked by what came later and have a `judged_at`.
    """
    rows = _ASSIGNMENTS
    op.execute(rows.update().where(rows.c.judged_at.is_(None)).values(final=sa.false()))
    waits = rows.c.submitted_at.is_not(None) & rows.c.judged_at.is_(None)
    drawn = waits & rows.c.waits_for_day.is_(None) & rows.c.seed.is_(None)
    op.execute(rows.update().where(drawn).values(seed="0x" + "00" * 32))


def downgrade() -> None:
    """The version before reads these rows as well."""
