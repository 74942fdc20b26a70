# SPDX-License-Identifier: Apache-2.0
"""Transactions whose nonce is ahead of their account wait here, on disk, until the gap is filled."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from eth.abc import BlockHeaderAPI, SignedTransactionAPI, StateAPI
from eth_typing import Address

from .calls import Call, floor_gas
from .evm import Evm, base_fee
from .rpc_error import refused

MAX_PER_SENDER = 64
MAX_AHEAD = 1_024
_BUMP_PERCENT = 10


def check(transaction: SignedTransactionAPI, state: StateAPI, header: BlockHeaderAPI) -> None:
    """Refuse what could never run: the sentences are geth's, which wallets and libraries know.

    Raises RpcError (-32000).
    """
    sender = transaction.sender
    nonce = state.get_nonce(sender)
    if transaction.nonce < nonce:
        raise refused(f"nonce too low: next nonce {nonce}, tx nonce {transaction.nonce}")
    if transaction.nonce > nonce + MAX_AHEAD:
        raise refused(f"nonce too high: next nonce {nonce}, tx nonce {transaction.nonce}")
    if transaction.gas > header.gas_limit:
        raise refused(f"exceeds block gas limit: {header.gas_limit}")
    if transaction.max_priority_fee_per_gas > transaction.max_fee_per_gas:
        raise refused("max priority fee per gas higher than max fee per gas")
    if transaction.max_fee_per_gas < base_fee(header):
        raise refused(
            "transaction underpriced: max fee per gas less than block base fee: "
            f"maxFeePerGas: {transaction.max_fee_per_gas}, baseFee: {base_fee(header)}"
        )
    need = max(transaction.intrinsic_gas, _floor(transaction))
    if transaction.gas < need:
        raise refused(f"intrinsic gas too low: gas {transaction.gas}, minimum needed {need}")
    cost = transaction.gas * transaction.max_fee_per_gas + transaction.value
    balance = state.get_balance(sender)
    if balance < cost:
        raise refused(f"insufficient funds for gas * price + value: balance {balance}, tx cost {cost}")
    code = state.get_code(sender)
    if code and not code.startswith(b"\xef\x01\x00"):
        raise refused("sender not an eoa: the account holds code")


def add(connection: sqlite3.Connection, transaction: SignedTransactionAPI, raw: bytes) -> None:
    """Let it wait; the same nonce again must pay 10 % more. Raises RpcError."""
    sender = bytes(transaction.sender)
    old = connection.execute(
        "SELECT price FROM pool WHERE sender=? AND nonce=?", (sender, transaction.nonce)
    ).fetchone()
    if old is not None and transaction.max_fee_per_gas * 100 < int(old[0]) * (100 + _BUMP_PERCENT):
        raise refused("replacement transaction underpriced")
    count = connection.execute("SELECT COUNT(*) FROM pool WHERE sender=?", (sender,)).fetchone()[0]
    if old is None and count >= MAX_PER_SENDER:
        raise refused("txpool is full: too many transactions of this account wait")
    connection.execute(
        "INSERT OR REPLACE INTO pool VALUES (?,?,?,?,?)",
        (sender, transaction.nonce, bytes(transaction.hash), str(transaction.max_fee_per_gas), raw),
    )


def remove(connection: sqlite3.Connection, transactions: Sequence[SignedTransactionAPI]) -> None:
    """Forget what was mined or dropped, and whatever waited under the same nonce."""
    connection.executemany(
        "DELETE FROM pool WHERE sender=? AND nonce=?",
        [(bytes(transaction.sender), transaction.nonce) for transaction in transactions],
    )


def holds(connection: sqlite3.Connection, tx_hash: bytes) -> bool:
    """Whether this transaction waits."""
    return find(connection, tx_hash) is not None


def find(connection: sqlite3.Connection, tx_hash: bytes) -> bytes | None:
    """The signed bytes of a waiting transaction."""
    row = connection.execute("SELECT raw FROM pool WHERE hash=?", (tx_hash,)).fetchone()
    return None if row is None else bytes(row[0])


def next_nonce(connection: sqlite3.Connection, sender: Address, nonce: int) -> int:
    """The first free nonce at or after `nonce`."""
    waiting = {
        row[0] for row in connection.execute("SELECT nonce FROM pool WHERE sender=?", (bytes(sender),))
    }
    while nonce in waiting:
        nonce += 1
    return nonce


def due(connection: sqlite3.Connection, evm: Evm, state: StateAPI) -> list[SignedTransactionAPI]:
    """The waiting transactions whose nonce is their account's next, at most one of each account."""
    ready: list[SignedTransactionAPI] = []
    for row in connection.execute("SELECT sender, nonce, raw FROM pool ORDER BY sender, nonce").fetchall():
        if row[1] == state.get_nonce(Address(row[0])):
            ready.append(evm.decode(row[2]))
    return ready


def _floor(transaction: SignedTransactionAPI) -> int:
    to = transaction.to or None
    return floor_gas(Call(transaction.sender, to, transaction.data, transaction.value, transaction.gas, 0))
