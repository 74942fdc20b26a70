# SPDX-License-Identifier: Apache-2.0
"""Events are numbered for each account apart, so that those of different accounts never wait for each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
_EVENTS = sa.table("events", sa.column("account", sa.String(42)), sa.column("seq", WHOLE))
# SQLite does not name a primary key; one given here is what the batch looks for.
_NAMES = {"pk": "pk_%(table_name)s"}


def upgrade() -> None:
    """The key is the account and its number."""
    _key(["account", "seq"])
    op.drop_index("ix_events_account", "events")


def downgrade() -> None:
    """The number alone again: those that accounts share are set apart, in the order in which they came."""
    rows = op.get_bind().execute(sa.select(_EVENTS).order_by(_EVENTS.c.seq, _EVENTS.c.account)).all()
    moved: list[tuple[str, int, int]] = []
    last = 0
    for account, seq in rows:
        last = max(last + 1, seq)
        if last != seq:
            moved.append((account, seq, last))
    for account, seq, other in reversed(moved):
        here = (_EVENTS.c.account == account) & (_EVENTS.c.seq == seq)
        op.execute(_EVENTS.update().where(here).values(seq=other))
    _key(["seq"])
    op.create_index("ix_events_account", "events", ["account", "seq"])


def _key(columns: list[str]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("events_pkey", "events", type_="primary")
        op.create_primary_key("events_pkey", "events", columns)
        return
    with op.batch_alter_table("events", recreate="always", naming_convention=_NAMES) as batch:
        batch.drop_constraint("pk_events", type_="primary")
        batch.create_primary_key("pk_events", columns)
