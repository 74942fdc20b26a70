# SPDX-License-Identifier: Apache-2.0
"""Releases of paid tasks and bills of what a Spend pays; what vouchers paid so far waits for its release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from gems_platform.migrations.kinds import WHOLE

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Workers' clients are asked for the releases of earlier tasks, and sign them by themselves."""
    op.create_table(
        "release_batches",
        sa.Column("id", sa.String(66), primary_key=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False, index=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("worker", sa.String(42), sa.ForeignKey("accounts.address"), nullable=False),
        sa.Column("task_key", sa.String(66), nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("batch", sa.String(66), sa.ForeignKey("release_batches.id"), nullable=True),
        sa.Column("place", WHOLE, nullable=True),
        sa.UniqueConstraint("worker", "task_key"),
    )
    op.create_index("ix_releases_waiting", "releases", ["worker", "batch"])
    op.create_table(
        "bills",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("campaign_id", sa.String(66), sa.ForeignKey("campaigns.id"), nullable=False, index=True),
        sa.Column("spent", sa.String(40), nullable=False),
        sa.Column("root", sa.String(66), nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )
    _wait_for_earlier()


def _wait_for_earlier() -> None:
    store = op.get_bind()
    paid = store.execute(
        sa.text(
            "SELECT worker, campaign_id, idx, attempt FROM lines WHERE seq IS NOT NULL "
            "AND kind IN ('reward', 'review_pay') GROUP BY worker, campaign_id, idx, attempt ORDER BY min(id)"
        )
    ).all()
    rows = [
        {"worker": worker, "key": _key(campaign, index, attempt), "c": campaign, "i": index, "a": attempt}
        for worker, campaign, index, attempt in paid
    ]
    if rows:
        store.execute(
            sa.text(
                "INSERT INTO releases (worker, task_key, campaign_id, idx, attempt) "
                "VALUES (:worker, :key, :c, :i, :a)"
            ),
            rows,
        )


def _key(campaign_id: str, index: int, attempt: int) -> str:
    place = [bytes.fromhex(campaign_id[2:]), index, attempt]
    return "0x" + keccak(encode(["bytes32", "uint32", "uint8"], place)).hex()


def downgrade() -> None:
    """The version before knows neither; workers release again what it paid."""
    op.drop_table("bills")
    op.drop_table("releases")
    op.drop_table("release_batches")
