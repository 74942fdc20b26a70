# SPDX-License-Identifier: Apache-2.0
"""What the engine keeps: how sending goes, bytes by campaign, copies of vouchers, transfers, carry files."""

import sqlalchemy as sa
from alembic import op

from gems_desktop.adapters.migrations.m0005_counts import (
    COUNT_TABLES,
    COUNTED,
    INDEXES,
    OVER,
    SHELF,
    triggers,
)

revision = "0005"
down_revision = "0004"


def _text(name: str, **about: object) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **about)  # type: ignore[arg-type]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    """Nothing of what is there changes; what is encrypted at rest is rewritten when the wallet is next unlocked."""
    op.create_table(
        "attempts",
        _text("root", primary_key=True),
        _number("tries"),
        _number("next_at"),
        _text("problem"),
        _text("upload"),
        _number("sent"),
        _number("size"),
    )
    op.create_table(
        "traffic",
        _text("traffic_id", primary_key=True),
        _text("day", index=True),
        _text("campaign_id"),
        _number("received"),
        _number("sent"),
    )
    op.execute(
        "INSERT INTO traffic (traffic_id, day, campaign_id, received, sent) "
        "SELECT day || ':', day, '', received, sent FROM meter"
    )
    op.drop_table("meter")
    op.create_table(
        "copies", _text("place", primary_key=True), _number("seq"), _number("at"), _text("problem")
    )
    op.create_table(
        "transfers",
        _text("transfer_id", primary_key=True),
        _text("source"),
        _text("to"),
        _text("amount"),
        _text("fee"),
        _text("body"),
        _number("nonce"),
        _text("state"),
        _text("tx_hash"),
        _number("at"),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "carries",
        _text("carry_id", primary_key=True),
        _number("made_at"),
        _text("roots"),
        _text("reply_key"),
        _text("state"),
    )
    _count_rows()


def _count_rows() -> None:
    """Columns that are computed, what is looked up by, and counts that triggers keep from now on."""
    op.execute("ALTER TABLE items ADD COLUMN sealed_root TEXT NOT NULL DEFAULT ''")
    op.execute(f"ALTER TABLE items ADD COLUMN shelf TEXT GENERATED ALWAYS AS ({SHELF}) VIRTUAL")
    op.execute(f"ALTER TABLE items ADD COLUMN over BOOLEAN GENERATED ALWAYS AS ({OVER}) VIRTUAL")
    for index in ("ix_items_batch_id", "ix_items_state", "ix_items_campaign_id"):
        op.drop_index(index, "items")
    for statement in (*INDEXES, *COUNT_TABLES, *COUNTED, *triggers()):
        op.execute(statement)
