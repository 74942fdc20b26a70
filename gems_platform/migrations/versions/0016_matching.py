# SPDX-License-Identifier: Apache-2.0
"""Matching: wishes, rounds and draws; running counts; and indexes by which no query grows with the number of tasks."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0016"
down_revision = "0015a"
branch_labels = None
depends_on = None

_OLD = (
    ("ix_tasks_state", "tasks", ["campaign_id", "state"]),
    ("ix_tasks_seats_wanted", "tasks", ["seats_wanted"]),
    ("ix_batches_worker", "batches", ["worker"]),
    ("ix_batches_state", "batches", ["state"]),
    ("ix_batches_released", "batches", ["released"]),
    ("ix_assignments_state", "assignments", ["state"]),
    ("ix_assignments_miner", "assignments", ["miner"]),
    ("ix_seats_state", "seats", ["state"]),
    ("ix_seats_verifier", "seats", ["verifier"]),
)
_NEW = (
    ("ix_tasks_order", "tasks", ["campaign_id", "state", "known", "place", "idx"]),
    ("ix_batches_open", "batches", ["worker", "released", "created_at"]),
    ("ix_batches_due", "batches", ["state", "confirm_by"]),
    ("ix_batches_over", "batches", ["released", "state"]),
    ("ix_assignments_due", "assignments", ["state", "due_at"]),
    ("ix_assignments_of", "assignments", ["miner", "campaign_id", "state"]),
    ("ix_assignments_times", "assignments", ["campaign_id", "submitted_at"]),
    ("ix_seats_due", "seats", ["state", "due_at"]),
    ("ix_seats_of", "seats", ["verifier", "campaign_id", "state"]),
    ("ix_lines_owed", "lines", ["seq", "worker"]),
    ("ix_gold_checks_task", "gold_checks", ["campaign_id", "idx"]),
)
_PARTIAL = (
    ("ix_tasks_wanting", "tasks", ["since", "campaign_id", "idx"], "seats_wanted > 0"),
    ("ix_tasks_wanting_place", "tasks", ["place"], "seats_wanted > 0"),
    ("ix_tasks_held", "tasks", ["campaign_id", "idx"], "settle_at IS NOT NULL"),
)
_TABLES = (
    "linked", "spent", "tallies", "holds", "panel_draws", "rounds", "wishes", "pools", "matching_secret",
)  # fmt: skip


_COLUMNS = (
    ("gold_checks", "answer_hash"),
    ("gold", "retired"),
    ("gold", "shown"),
    ("tasks", "known"),
    ("tasks", "place"),
)


def upgrade() -> None:
    """Scatter the tasks that there are, and count what was counted each time before."""
    op.add_column("tasks", sa.Column("place", WHOLE, nullable=False, server_default="0"))
    op.add_column("tasks", sa.Column("known", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("gold", sa.Column("shown", WHOLE, nullable=False, server_default="0"))
    op.add_column("gold", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("gold_checks", sa.Column("answer_hash", sa.String(66), nullable=True))
    # an odd factor modulo a power of two: each place of a campaign belongs to one task
    op.execute("UPDATE tasks SET place = (CAST(idx AS BIGINT) * 1103515245 + 12345) % 2147483648")
    op.execute(
        "UPDATE tasks SET known = (1 = 1) WHERE EXISTS "
        "(SELECT 1 FROM gold WHERE gold.campaign_id = tasks.campaign_id AND gold.idx = tasks.idx)"
    )
    for name, table, _ in _OLD:
        op.drop_index(name, table)
    for name, table, columns in _NEW:
        op.create_index(name, table, columns)
    for name, table, columns, where in _PARTIAL:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    _create()
    op.execute(
        "INSERT INTO tallies (campaign_id, kind, part, n) "
        "SELECT campaign_id, state, 0, count(*) FROM tasks GROUP BY campaign_id, state"
    )
    op.execute(
        "INSERT INTO tallies (campaign_id, kind, part, n) "
        "SELECT campaign_id, 'seats', 0, count(*) FROM seats WHERE state <> 'missed' GROUP BY campaign_id"
    )
    _sum_spent()


def _create() -> None:
    op.create_table(
        "matching_secret",
        sa.Column("id", WHOLE, primary_key=True),
        sa.Column("secret", sa.String(66), nullable=False),
    )
    secret = sa.table("matching_secret", sa.column("id", WHOLE), sa.column("secret", sa.String(66)))
    op.execute(secret.insert().values(id=1, secret="0x" + secrets.token_hex(32)))
    op.create_table(
        "pools",
        sa.Column("pool", sa.String(66), primary_key=True),
        sa.Column("hot_until", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
    )
    op.create_table(
        "wishes",
        sa.Column("pool", sa.String(66), primary_key=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("count", WHOLE, nullable=False),
        sa.Column("request_id", sa.String(66), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("since", WHOLE, nullable=False),
        sa.Column("seen_at", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("won", WHOLE, nullable=False),
        sa.Column("won_until", WHOLE, nullable=False),
    )
    op.create_index("ix_wishes_order", "wishes", ["pool", "since", "worker"])
    op.create_table(
        "rounds",
        sa.Column("pool", sa.String(66), primary_key=True),
        sa.Column("number", WHOLE, primary_key=True),
        sa.Column("secret", sa.String(66), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("requests", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("supply", WHOLE, nullable=False),
        sa.Column("drawn_at", WHOLE, nullable=True),
    )
    task = (["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"])
    op.create_table(
        "panel_draws",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(*task),
    )
    op.create_index("ix_panel_draws_task", "panel_draws", ["campaign_id", "idx", "attempt", "id"])
    op.create_table(
        "holds",
        sa.Column("campaign_id", sa.String(66), primary_key=True),
        sa.Column("idx", WHOLE, primary_key=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("until", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(*task),
    )
    op.create_index("ix_holds_worker", "holds", ["worker", "until"])
    op.create_table(
        "tallies",
        sa.Column("campaign_id", sa.String(66), sa.ForeignKey("campaigns.id"), primary_key=True),
        sa.Column("kind", sa.String(12), primary_key=True),
        sa.Column("part", WHOLE, primary_key=True),
        sa.Column("n", WHOLE, nullable=False),
    )
    op.create_table(
        "spent",
        sa.Column("campaign_id", sa.String(66), sa.ForeignKey("campaigns.id"), primary_key=True),
        sa.Column("part", WHOLE, primary_key=True),
        sa.Column("units", sa.String(40), nullable=False),
    )
    op.create_table(
        "linked",
        sa.Column("one", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("other", sa.String(42), sa.ForeignKey("accounts.address"), primary_key=True),
        sa.Column("both", WHOLE, nullable=False),
        sa.Column("alike", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.UniqueConstraint("other", "one"),
    )


def _sum_spent() -> None:
    """Amounts are text of up to 39 digits, which no engine's own sum takes exactly."""
    store = op.get_bind()
    found: dict[str, int] = {}
    query = sa.text(
        "SELECT campaign_id, source, target, amount FROM transfers WHERE why <> 'unspent' ORDER BY id"
    )
    for campaign_id, source, target, amount in store.execute(query.execution_options(yield_per=10_000)):
        pot = f"escrow:{campaign_id}"
        sign = (source == pot) - (target == pot)
        found[campaign_id] = found.get(campaign_id, 0) + sign * int(amount)
    rows = [{"c": name, "u": str(units)} for name, units in found.items()]
    if rows:
        store.execute(sa.text("INSERT INTO spent (campaign_id, part, units) VALUES (:c, 0, :u)"), rows)


def downgrade() -> None:
    """Forget wishes and draws; count each time again."""
    for table in _TABLES:
        op.drop_table(table)
    for name, table, *_ in _PARTIAL:
        op.drop_index(name, table)
    for name, table, _ in _NEW:
        op.drop_index(name, table)
    for name, table, columns in _OLD:
        op.create_index(name, table, columns)
    for table, column in _COLUMNS:  # in place: a table that others refer to cannot be made anew
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
