# SPDX-License-Identifier: Apache-2.0
"""Verdicts that wait, appeals, blind reviews, and how audits were drawn."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXTS = ("standing", "appeal_by", "appeal_state", "appeal_reason", "answered", "draw")
_NUMBERS = ("appeal_until", "appeal_round", "appeal_seats", "judge_by")
_AMOUNTS = ("appeal_bond", "fee")
_FLAGS = ("final", "poor", "blind")


def upgrade() -> None:
    """Every verdict that was taken before was final."""
    columns: list[sa.Column[Any]] = [
        sa.Column(name, sa.Text, nullable=False, server_default="") for name in _TEXTS
    ]
    columns += [sa.Column(name, sa.Text, nullable=False, server_default="0") for name in _AMOUNTS]
    columns += [sa.Column(name, sa.Integer, nullable=False, server_default="0") for name in _NUMBERS]
    columns += [sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()) for name in _FLAGS]
    for column in columns:
        op.add_column("items", column)
    op.execute("UPDATE items SET final = 1 WHERE outcome != 0")
    op.create_table(
        "appeals",
        sa.Column("item_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("redo_id", sa.Text, nullable=False),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
