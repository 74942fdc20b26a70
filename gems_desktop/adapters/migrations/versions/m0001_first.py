# SPDX-License-Identifier: Apache-2.0
"""The first schema of the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "batches",
        sa.Column("batch_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("campaign_id", sa.Text, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stake_total", sa.Text, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("leased_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("item_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("campaign_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("index", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("reward", sa.Text, nullable=False),
        sa.Column("stake", sa.Text, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Integer, nullable=False),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("start", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
        sa.Column("redo_of", sa.Text, nullable=False),
        sa.Column("redo_until", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Integer, nullable=False),
        sa.Column("paid", sa.Text, nullable=False),
        sa.Column("outcome", sa.Integer, nullable=False),
        sa.Column("judged", sa.Boolean, nullable=False),
        sa.Column("judged_at", sa.Integer, nullable=False),
        sa.Column("delivered_at", sa.Integer, nullable=False),
    )
    op.create_index("ix_items_batch_id", "items", ["batch_id"])
    op.create_index("ix_items_state", "items", ["state"])
    op.create_index("ix_items_campaign_id", "items", ["campaign_id"])
    op.create_table(
        "edits",
        sa.Column("seq", sa.Integer, nullable=False, primary_key=True, autoincrement=True),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("edit", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edits_item_id", "edits", ["item_id"])
    op.create_table(
        "answers",
        sa.Column("item_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("result_hash", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Integer, nullable=False),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "sealed",
        sa.Column("root", sa.Text, nullable=False, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("item_ids", sa.Text, nullable=False),
        sa.Column("due_at", sa.Integer, nullable=False),
        sa.Column("sealed_at", sa.Integer, nullable=False),
        sa.Column("attempted", sa.Boolean, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, nullable=False, primary_key=True),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
    )
    op.create_index("ix_events_kind", "events", ["kind"])
    op.create_table(
        "channel",
        sa.Column("channel_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("config", sa.Text, nullable=False),
        sa.Column("deposit", sa.Text, nullable=False),
        sa.Column("claimed", sa.Text, nullable=False),
        sa.Column("closing", sa.Boolean, nullable=False),
        sa.Column("debited", sa.Text, nullable=False),
        sa.Column("bond_target", sa.Text, nullable=False),
        sa.Column("former_target", sa.Text, nullable=False),
        sa.Column("from_rewards", sa.Text, nullable=False),
        sa.Column("read_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "debits",
        sa.Column("root", sa.Text, nullable=False, primary_key=True),
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("campaign_id", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("amount", sa.Text, nullable=False),
        sa.Column("debited", sa.Text, nullable=False),
        sa.Column("signed_at", sa.Integer, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "vouchers",
        sa.Column("seq", sa.Integer, nullable=False, primary_key=True),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("paid", sa.Text, nullable=False),
        sa.Column("bonded", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("lines", sa.Text, nullable=False),
        sa.Column("received_at", sa.Integer, nullable=False),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "lines",
        sa.Column("line_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("campaign_id", sa.Text, nullable=False),
        sa.Column("index", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("amount", sa.Text, nullable=False),
    )
    op.create_index("ix_lines_item_id", "lines", ["item_id"])
    op.create_index("ix_lines_seq", "lines", ["seq"])
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("claimed_before", sa.Text, nullable=False),
        sa.Column("amount", sa.Text, nullable=False),
        sa.Column("fee", sa.Text, nullable=False),
        sa.Column("relayer", sa.Text, nullable=False),
        sa.Column("deadline", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tx_hash", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("row_sha256", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "campaigns",
        sa.Column("campaign_id", sa.Text, nullable=False, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("fetched_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("requester", sa.Text, nullable=False, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("fetched_at", sa.Integer, nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, nullable=False, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "meter",
        sa.Column("day", sa.Text, nullable=False, primary_key=True),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
    )
