# SPDX-License-Identifier: Apache-2.0
"""Watch-tower: the newest vouchers of channels of any hub; relayed transfers; the daily voucher file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables; amounts are text, as everywhere, since SQLite's integers end at 64 bits."""
    op.create_table(
        "tower_vouchers",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("chain_id", WHOLE, nullable=False),
        sa.Column("contract", sa.String(42), nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", WHOLE, nullable=False, index=True),
    )
    op.create_table(
        "voucher_days",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "relayed_transfers",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("owner", sa.String(42), nullable=False, index=True),
        sa.Column("raw_fee", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, index=True),
        sa.Column("at", WHOLE, nullable=False),
    )


def downgrade() -> None:
    """All three are made anew from what workers send."""
    op.drop_table("relayed_transfers")
    op.drop_table("voucher_days")
    op.drop_table("tower_vouchers")
