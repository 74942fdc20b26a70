# SPDX-License-Identifier: Apache-2.0
"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gems_platform.migrations.kinds import WHOLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "accounts",
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("bond_target", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("requester", sa.String(42), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("offer_signature", sa.String(132), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("tasks_total", WHOLE, nullable=False),
        sa.Column("media_bytes_per_task", WHOLE, nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("funded", sa.String(40), nullable=False),
        sa.Column("spend_signed", sa.String(40), nullable=False),
        sa.Column("spend_seq", WHOLE, nullable=False),
        sa.Column("spend_signature", sa.String(132), nullable=True),
        sa.Column("redeemed", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_campaigns_requester"), "campaigns", ["requester"], unique=False)
    op.create_index(op.f("ix_campaigns_state"), "campaigns", ["state"], unique=False)
    op.create_table(
        "lines",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.Column("seq", WHOLE, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_lines_key", "lines", ["worker", "campaign_id", "idx", "attempt", "round", "kind"], unique=True
    )
    op.create_index("ix_lines_worker", "lines", ["worker", "seq"], unique=False)
    op.create_table(
        "panels",
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "idx", "attempt", "round"),
    )
    op.create_table(
        "sign_in_nonces",
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("issued_at", WHOLE, nullable=False),
        sa.Column("expires_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("nonce"),
    )
    op.create_index(op.f("ix_sign_in_nonces_address"), "sign_in_nonces", ["address"], unique=False)
    op.create_index(op.f("ix_sign_in_nonces_expires_at"), "sign_in_nonces", ["expires_at"], unique=False)
    op.create_table(
        "transfers",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("target", sa.String(80), nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_transfers_campaign_id"), "transfers", ["campaign_id"], unique=False)
    op.create_table(
        "batches",
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=True),
        sa.Column("root", sa.String(66), nullable=False),
        sa.Column("stake_total", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("confirm_by", WHOLE, nullable=False),
        sa.Column("due_at", WHOLE, nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
        ),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_batches_released"), "batches", ["released"], unique=False)
    op.create_index(op.f("ix_batches_state"), "batches", ["state"], unique=False)
    op.create_index(op.f("ix_batches_worker"), "batches", ["worker"], unique=False)
    op.create_table(
        "channels",
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("payer", sa.String(42), nullable=False),
        sa.Column("signer", sa.String(42), nullable=False),
        sa.Column("delay", WHOLE, nullable=False),
        sa.Column("salt", WHOLE, nullable=False),
        sa.Column("deposit", sa.String(40), nullable=False),
        sa.Column("claimed", sa.String(40), nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=True),
        sa.Column("paid", sa.String(40), nullable=False),
        sa.Column("bonded", sa.String(40), nullable=False),
        sa.Column("from_rewards", sa.String(40), nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("voucher_signature", sa.String(132), nullable=True),
        sa.Column("debited", sa.String(40), nullable=False),
        sa.Column("debit_signature", sa.String(132), nullable=True),
        sa.Column("debit_hash", sa.String(66), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("worker"),
    )
    op.create_table(
        "events",
        sa.Column("seq", WHOLE, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_account", "events", ["account", "seq"], unique=False)
    op.create_table(
        "media",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(42), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_media_owner"), "media", ["owner"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("assignment_hash", sa.String(66), nullable=False),
        sa.Column("requester", sa.String(42), nullable=False),
        sa.Column("family", sa.String(80), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("first_try", sa.Boolean(), nullable=False),
        sa.Column("judged_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assignment_hash"),
    )
    op.create_index(op.f("ix_outcomes_worker"), "outcomes", ["worker"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("root", sa.String(66), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("received_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("worker", "root"),
    )
    op.create_table(
        "relayed_claims",
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("worker", sa.String(42), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_relayed_claims_state"), "relayed_claims", ["state"], unique=False)
    op.create_index(op.f("ix_relayed_claims_worker"), "relayed_claims", ["worker"], unique=False)
    op.create_table(
        "requests",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("body_hash", sa.String(66), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("account", "kind", "key"),
    )
    op.create_table(
        "tasks",
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.String(66), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("seats_wanted", WHOLE, nullable=False),
        sa.Column("since", WHOLE, nullable=False),
        sa.Column("judge_by", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
        ),
        sa.PrimaryKeyConstraint("campaign_id", "idx"),
    )
    op.create_index("ix_tasks_judge_by", "tasks", ["state", "judge_by"], unique=False)
    op.create_index(op.f("ix_tasks_seats_wanted"), "tasks", ["seats_wanted"], unique=False)
    op.create_index("ix_tasks_state", "tasks", ["campaign_id", "state"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.String(42), nullable=False),
        sa.Column("expires_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["address"],
            ["accounts.address"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_tokens_address"), "tokens", ["address"], unique=False)
    op.create_index(op.f("ix_tokens_expires_at"), "tokens", ["expires_at"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("hash", sa.String(66), nullable=False),
        sa.Column("batch_id", sa.String(66), nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("miner", sa.String(42), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("secret", sa.String(66), nullable=False),
        sa.Column("is_redo", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("leased_at", WHOLE, nullable=False),
        sa.Column("due_at", WHOLE, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("result_hash", sa.String(66), nullable=True),
        sa.Column("salt", sa.String(66), nullable=True),
        sa.Column("submission_root", sa.String(66), nullable=True),
        sa.Column("submission_place", WHOLE, nullable=True),
        sa.Column("submitted_at", WHOLE, nullable=True),
        sa.Column("judged_at", WHOLE, nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "idx"],
            ["tasks.campaign_id", "tasks.idx"],
        ),
        sa.ForeignKeyConstraint(
            ["miner", "submission_root"],
            ["receipts.worker", "receipts.root"],
        ),
        sa.PrimaryKeyConstraint("hash"),
        sa.UniqueConstraint("campaign_id", "idx", "attempt"),
    )
    op.create_index(op.f("ix_assignments_batch_id"), "assignments", ["batch_id"], unique=False)
    op.create_index(op.f("ix_assignments_miner"), "assignments", ["miner"], unique=False)
    op.create_index(op.f("ix_assignments_state"), "assignments", ["state"], unique=False)
    op.create_table(
        "seats",
        sa.Column("hash", sa.String(66), nullable=False),
        sa.Column("batch_id", sa.String(66), nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("campaign_id", sa.String(66), nullable=False),
        sa.Column("idx", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("verifier", sa.String(42), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(132), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", WHOLE, nullable=False),
        sa.Column("accept", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("vote_root", sa.String(66), nullable=True),
        sa.Column("vote_place", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
        ),
        sa.ForeignKeyConstraint(
            ["verifier", "vote_root"],
            ["receipts.worker", "receipts.root"],
        ),
        sa.PrimaryKeyConstraint("hash"),
        sa.UniqueConstraint("campaign_id", "idx", "attempt", "verifier"),
    )
    op.create_index(op.f("ix_seats_batch_id"), "seats", ["batch_id"], unique=False)
    op.create_index("ix_seats_round", "seats", ["campaign_id", "idx", "attempt", "round"], unique=False)
    op.create_index(op.f("ix_seats_state"), "seats", ["state"], unique=False)
    op.create_index(op.f("ix_seats_verifier"), "seats", ["verifier"], unique=False)
