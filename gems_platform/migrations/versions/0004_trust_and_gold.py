# SPDX-License-Identifier: Apache-2.0
"""Outcomes as the profile needs them, weights, removal, known answers and their checks, practice, ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ADDRESS, _HASH, _UNITS = sa.String(42), sa.String(66), sa.String(40)


def upgrade() -> None:
    """Add the columns with what they would have held, and the new tables."""
    _outcomes()
    _weights()
    _removal()
    _gold()
    _practice()
    _ratings()


def _outcomes() -> None:
    op.add_column("outcomes", sa.Column("difficulty", sa.String(80), nullable=False, server_default=""))
    op.add_column("outcomes", sa.Column("redone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outcomes", sa.Column("poor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outcomes", sa.Column("commission", _UNITS, nullable=False, server_default="0"))
    op.add_column("outcomes", sa.Column("mr", _UNITS, nullable=False, server_default="0"))
    op.execute("UPDATE outcomes SET redone = accepted AND NOT first_try")
    op.create_index("ix_outcomes_campaign", "outcomes", ["campaign_id", "worker"])


def _weights() -> None:
    op.create_table(
        "weight_runs",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("last_outcome", WHOLE, nullable=False),
        sa.Column("unknown", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "requester_weights",
        sa.Column("requester", _ADDRESS, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("requester"),
    )
    op.create_table(
        "kind_weights",
        sa.Column("family", sa.String(80), nullable=False),
        sa.Column("difficulty", sa.String(80), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("family", "difficulty"),
    )


def _removal() -> None:
    op.create_table(
        "removal_appeals",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("worker", _ADDRESS, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", WHOLE, nullable=False),
        sa.Column("answered_at", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_removal_appeals_worker"), "removal_appeals", ["worker"])
    op.create_table(
        "reinstatements",
        sa.Column("worker", _ADDRESS, nullable=False),
        sa.Column("after", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.PrimaryKeyConstraint("worker"),
    )


def _gold() -> None:
    op.create_table(
        "gold_sets",
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("secret", _HASH, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("campaign_id"),
    )
    op.create_table(
        "gold",
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("salt", _HASH, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id", "idx"], ["tasks.campaign_id", "tasks.idx"]),
        sa.PrimaryKeyConstraint("campaign_id", "idx"),
    )
    op.create_table(
        "gold_checks",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("worker", _ADDRESS, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("family", sa.String(80), nullable=False),
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("worker", "role", "campaign_id", "idx"),
    )
    op.create_index("ix_gold_checks_worker", "gold_checks", ["worker", "family"])


def _practice() -> None:
    op.create_table(
        "practice_tasks",
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("campaign_id", "place"),
    )
    op.create_table(
        "practice_tries",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("worker", _ADDRESS, nullable=False),
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("rights", WHOLE, nullable=False),
        sa.Column("tasks", WHOLE, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_practice_tries_worker", "practice_tries", ["worker", "campaign_id"])


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("worker", _ADDRESS, nullable=False),
        sa.Column("campaign_id", _HASH, nullable=False),
        sa.Column("pay", WHOLE, nullable=False),
        sa.Column("clarity", WHOLE, nullable=False),
        sa.Column("speed", WHOLE, nullable=False),
        sa.Column("fairness", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("worker", "campaign_id"),
    )
    op.create_index(op.f("ix_ratings_campaign_id"), "ratings", ["campaign_id"])


def downgrade() -> None:
    """Back to outcomes without what the profile needs; checks and ratings would be lost, so refuse."""
    raise NotImplementedError("hidden checks and ratings cannot be expressed in the version before")
