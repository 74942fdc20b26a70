# SPDX-License-Identifier: Apache-2.0
"""Attestations that were issued, and outcomes that workers brought from other platforms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables of portable trust."""
    op.create_table(
        "issued_attestations",
        sa.Column("outcome_id", WHOLE, nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("issuer", sa.String(42), nullable=False),
        sa.Column("uid", sa.String(66), nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"]),
        sa.PrimaryKeyConstraint("outcome_id"),
    )
    op.create_index(op.f("ix_issued_attestations_worker"), "issued_attestations", ["worker"], unique=False)
    op.create_table(
        "imported_outcomes",
        sa.Column("uid", sa.String(66), nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("issuer", sa.String(42), nullable=False),
        sa.Column("chain_id", WHOLE, nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("requester", sa.String(42), nullable=False),
        sa.Column("family", sa.String(80), nullable=False),
        sa.Column("difficulty", sa.String(80), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("first_try", sa.Boolean(), nullable=False),
        sa.Column("gold", sa.Boolean(), nullable=False),
        sa.Column("judged_at", WHOLE, nullable=False),
        sa.Column("imported_at", WHOLE, nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["worker"], ["accounts.address"]),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("issuer", "chain_id", "campaign_id", "idx", "attempt"),
    )
    op.create_index(op.f("ix_imported_outcomes_worker"), "imported_outcomes", ["worker"], unique=False)
