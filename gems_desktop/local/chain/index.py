# SPDX-License-Identifier: Apache-2.0
"""Rows beside the trie that make receipts and logs quick to find."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from eth.constants import CREATE_CONTRACT_ADDRESS

from .evm import Mined, effective_price
from .rpc_error import TOO_MANY_RESULTS, RpcError

MAX_LOGS = 8_000
_BLOOM_BYTES = 256


@dataclass(frozen=True)
class LogFilter:
    """Which logs are asked for: blocks first..last inclusive; empty tuples match anything."""

    first: int
    last: int
    addresses: tuple[bytes, ...] = ()
    topics: tuple[tuple[bytes, ...], ...] = ()


def write(connection: sqlite3.Connection, mined: Mined) -> None:
    """Add a block's transactions and logs. Call inside the block's own transaction."""
    header = mined.block.header
    cumulative, log_idx = 0, 0
    for idx, (transaction, receipt, computation) in enumerate(
        zip(mined.transactions, mined.receipts, mined.computations, strict=True)
    ):
        created = None
        if transaction.to == CREATE_CONTRACT_ADDRESS:
            created = bytes(computation.msg.storage_address)
        connection.execute(
            "INSERT INTO txs VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                bytes(transaction.hash),
                header.block_number,
                idx,
                transaction.encode(),
                bytes(transaction.sender),
                created,
                str(effective_price(transaction, header)),
                receipt.gas_used - cumulative,
                receipt.gas_used,
                int(receipt.state_root == b"\x01"),
                receipt.bloom.to_bytes(_BLOOM_BYTES, "big"),
            ),
        )
        cumulative = receipt.gas_used
        rows = []
        for log in receipt.logs:
            topics = [topic.to_bytes(32, "big") for topic in log.topics]
            padded = topics + [None] * (4 - len(topics))
            rows.append(
                (
                    header.block_number,
                    log_idx,
                    idx,
                    bytes(transaction.hash),
                    bytes(header.hash),
                    bytes(log.address),
                    *padded,
                    bytes(log.data),
                )
            )
            log_idx += 1
        connection.executemany("INSERT INTO logs VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)


def transaction(connection: sqlite3.Connection, tx_hash: bytes) -> sqlite3.Row | None:
    """The row of a mined transaction."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM txs WHERE hash=?", (tx_hash,)).fetchone()
    return row


def transactions_in(connection: sqlite3.Connection, block: int) -> list[sqlite3.Row]:
    """The rows of a block's transactions, in order."""
    return list(connection.execute("SELECT * FROM txs WHERE block=? ORDER BY idx", (block,)))


def logs_of(connection: sqlite3.Connection, block: int, tx_idx: int) -> list[sqlite3.Row]:
    """The logs of one transaction, in order."""
    return list(
        connection.execute("SELECT * FROM logs WHERE block=? AND tx_idx=? ORDER BY log_idx", (block, tx_idx))
    )


def find_logs(connection: sqlite3.Connection, wanted: LogFilter) -> list[sqlite3.Row]:
    """The logs that match, in chain order. Raises RpcError (-32005) above MAX_LOGS."""
    clauses, values = ["block BETWEEN ? AND ?"], [wanted.first, wanted.last]
    bound: list[int | bytes] = list(values)
    _one_of(clauses, bound, "address", wanted.addresses)
    for position, choices in enumerate(wanted.topics):
        _one_of(clauses, bound, f"topic{position}", choices)
        if not choices:
            clauses.append(f"topic{position} IS NOT NULL")
    query = f"SELECT * FROM logs WHERE {' AND '.join(clauses)} ORDER BY block, log_idx LIMIT ?"  # noqa: S608 - fixed names
    rows = list(connection.execute(query, [*bound, MAX_LOGS + 1]))
    if len(rows) > MAX_LOGS:
        raise RpcError(TOO_MANY_RESULTS, f"query returned more than {MAX_LOGS} results")
    return rows


def _one_of(clauses: list[str], bound: list[int | bytes], column: str, choices: Sequence[bytes]) -> None:
    if choices:
        clauses.append(f"{column} IN ({','.join('?' * len(choices))})")
        bound.extend(choices)
