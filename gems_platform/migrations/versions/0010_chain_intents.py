# SPDX-License-Identifier: Apache-2.0
"""Transactions that are sent, watched and replaced: one intent, all that was signed for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from eth_utils import keccak
from hexbytes import HexBytes

from gems_platform.migrations.kinds import WHOLE

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Claims and transfers that are on their way become intents with one attempt each."""
    op.create_table(
        "chain_intents",
        sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sender", sa.String(42), nullable=False),
        sa.Column("nonce", WHOLE, nullable=False),
        sa.Column("recipient", sa.String(42), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("gas", WHOLE, nullable=False),
        sa.Column("tx_hash", sa.String(66), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )
    op.create_index("ix_chain_intents_name", "chain_intents", ["name"])
    op.create_index("ix_chain_intents_state", "chain_intents", ["state"])
    op.create_index("ix_chain_intents_nonce", "chain_intents", ["sender", "nonce"])
    op.create_table(
        "chain_attempts",
        sa.Column("tx_hash", sa.String(66), primary_key=True),
        sa.Column("intent", WHOLE, sa.ForeignKey("chain_intents.id"), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("max_fee", sa.String(40), nullable=False),
        sa.Column("tip", sa.String(40), nullable=False),
        sa.Column("height", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
    )
    op.create_index("ix_chain_attempts_intent", "chain_attempts", ["intent"])
    _adopt("claim:", "SELECT id, raw, at FROM relayed_claims WHERE state = 'sent'")
    _adopt("fee:", "SELECT id, raw_fee, at FROM relayed_transfers WHERE state = 'sent'")
    _adopt("transfer:", "SELECT id, raw, at FROM relayed_transfers WHERE state = 'sent'")


def _adopt(kind: str, query: str) -> None:
    connection = op.get_bind()
    for name, raw, at in connection.execute(sa.text(query)).all():
        fields = TypedTransaction.from_bytes(HexBytes(raw)).as_dict()
        values = {
            "name": kind + name,
            "sender": Account.recover_transaction(raw).lower(),
            "nonce": fields["nonce"],
            "to": "0x" + bytes(fields["to"]).hex(),
            "data": "0x" + bytes(fields["data"]).hex(),
            "gas": fields["gas"],
            "hash": "0x" + keccak(HexBytes(raw)).hex(),
            "at": at,
        }
        made = connection.execute(
            sa.text(
                "INSERT INTO chain_intents (name, about, sender, nonce, recipient, data, gas, tx_hash, state, at)"
                " VALUES (:name, '', :sender, :nonce, :to, :data, :gas, :hash, 'sent', :at) RETURNING id"
            ),
            values,
        ).scalar_one()
        connection.execute(
            sa.text(
                "INSERT INTO chain_attempts (tx_hash, intent, raw, max_fee, tip, height, at)"
                " VALUES (:hash, :intent, :raw, :max_fee, :tip, 0, :at)"
            ),
            {
                "hash": values["hash"],
                "intent": made,
                "raw": raw,
                "max_fee": str(fields["maxFeePerGas"]),
                "tip": str(fields["maxPriorityFeePerGas"]),
                "at": at,
            },
        )


def downgrade() -> None:
    """The version before sends what is stored with each claim and transfer again, unreplaced."""
    op.drop_table("chain_attempts")
    op.drop_table("chain_intents")
