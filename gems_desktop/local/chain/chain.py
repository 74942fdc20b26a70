# SPDX-License-Identifier: Apache-2.0
"""The local chain itself: takes signed transactions, makes a durable block for each, answers what it holds.

Plain and single-threaded: every method belongs to one worker thread (the server's).
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eth.abc import BlockHeaderAPI, SignedTransactionAPI, StateAPI
from eth_typing import Address

from . import calls, index, pool, views
from .evm import Evm
from .rpc_error import ChainFileError, RpcError, refused
from .store import BlockDB, connect

_OFFSET = "time_offset"

_log = logging.getLogger(__name__)


class Chain:
    """One chain in one file. Money in wei, addresses as 20 bytes, times in Unix seconds."""

    def __init__(self, connection: sqlite3.Connection, chain_id: int, clock: Callable[[], int]) -> None:
        self.connection = connection
        self.chain_id = chain_id
        self._clock = clock
        self._db = BlockDB(connection)
        self.evm = Evm(self._db, chain_id)
        self._offset = 0
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path | str,
        chain_id: int,
        genesis_accounts: dict[str, int] | None = None,
        clock: Callable[[], int] | None = None,
    ) -> Chain:
        """Open the chain in `path`; a new one starts with `genesis_accounts` (0x-address -> wei).

        Raises ChainFileError when another process holds the file, when it belongs to another chain id, or
        when it is damaged. An existing chain keeps its own balances.
        """
        connection = connect(Path(path))
        try:
            connection.row_factory = sqlite3.Row
            chain = cls(connection, chain_id, clock or (lambda: int(time.time())))
            chain._start(genesis_accounts or {})
        except sqlite3.Error as error:
            connection.close()
            raise ChainFileError(f"the chain file is damaged: {error}") from error
        except ChainFileError:
            connection.close()
            raise
        return chain

    def close(self) -> None:
        """Let go of the file. Nothing is pending: each block was on disk when it was acknowledged."""
        if not self._closed:
            self._closed = True
            self.connection.close()

    # Blocks

    def head(self) -> BlockHeaderAPI:
        """The newest header."""
        return self.evm.head()

    def next_timestamp(self) -> int:
        """When the next block would be: now plus the offset, and always after its parent."""
        return max(self._clock() + self._offset, self.head().timestamp + 1)

    def pending_header(self) -> BlockHeaderAPI:
        """The header that the next block would start from."""
        return self.evm.next_header(self.next_timestamp())

    def mine(self) -> BlockHeaderAPI:
        """Make what waits and is due, or else an empty block; the new head."""
        if not self._run_due():
            self._make_block([])
        return self.head()

    def shift_time(self, seconds: int) -> int:
        """Move the chain's clock on by this many seconds; the new total offset, durable."""
        self._offset += seconds
        with self._db.block() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_OFFSET, str(self._offset)))
        return self._offset

    def set_time(self, timestamp: int) -> int:
        """Make the chain's clock show this Unix time now; the new total offset."""
        return self.shift_time(timestamp - self._clock() - self._offset)

    # State

    def state(self, header: BlockHeaderAPI) -> StateAPI:
        """The state after this block."""
        return self.evm.state(header)

    def call(self, header: BlockHeaderAPI, call: calls.Call) -> bytes:
        """Run a message on the state of `header`. Raises RpcError on failure."""
        return calls.output(self.evm.state(header), call)

    def estimate(self, header: BlockHeaderAPI, call: calls.Call) -> int:
        """Gas that the message needs as a transaction. Raises RpcError when it fails at any gas."""
        return calls.estimate(self.evm.state(header), call)

    def nonce(self, address: Address, pending: bool = False) -> int:
        """The next nonce of the account; with `pending`, counting what waits in an unbroken row."""
        nonce = self.state(self.head()).get_nonce(address)
        return pool.next_nonce(self.connection, address, nonce) if pending else nonce

    # Transactions

    def send_raw(self, raw: bytes) -> bytes:
        """Take a signed transaction; its hash. When this returns the transaction is on disk.

        It is in a block already, unless its nonce is ahead of the account's: then it waits, also on disk.
        Raises RpcError (nonce too low, insufficient funds, underpriced, wrong chain id, malformed) and
        ChainFileError (the disk is full or broken; nothing was taken).
        """
        transaction = self.evm.decode(raw)
        tx_hash = bytes(transaction.hash)
        if index.transaction(self.connection, tx_hash) is not None or pool.holds(self.connection, tx_hash):
            raise refused("already known")
        state = self.state(self.head())
        pool.check(transaction, state, self.pending_header())
        if transaction.nonce > state.get_nonce(transaction.sender):
            with self._db.block() as connection:
                pool.add(connection, transaction, raw)
            return tx_hash
        self._make_block([transaction])
        try:
            self._run_due()
        except ChainFileError as error:  # this transaction is safe; those that wait stay where they are
            _log.warning("waiting transactions could not be taken up: %s", error)
        return tx_hash

    def _make_block(self, transactions: list[SignedTransactionAPI]) -> None:
        """Make and keep one block, or change nothing. Raises RpcError or ChainFileError."""
        try:
            with self._db.block() as connection:
                mined = self.evm.mine(transactions, self.next_timestamp())
                index.write(connection, mined)
                pool.remove(connection, transactions)
        except sqlite3.Error as error:
            raise ChainFileError(
                f"the block could not be written to disk, nothing was taken: {error}"
            ) from error

    def _run_due(self) -> int:
        """Make a block of each waiting transaction whose turn has come; how many. The invalid are dropped."""
        made = 0
        while due := pool.due(self.connection, self.evm, self.state(self.head())):
            for transaction in due:
                try:
                    self._make_block([transaction])
                    made += 1
                except RpcError as error:
                    _log.warning("a waiting transaction was dropped: %s", error.message)
                    with self._db.block() as connection:
                        pool.remove(connection, [transaction])
        return made

    # Looking up

    def transaction_json(self, tx_hash: bytes) -> dict[str, Any] | None:
        """The transaction, mined or waiting, or None."""
        row = index.transaction(self.connection, tx_hash)
        if row is None:
            raw = pool.find(self.connection, tx_hash)
            if raw is None:
                return None
            waiting = self.evm.decode(raw)
            return views.transaction_json(waiting, bytes(waiting.sender), None, None)
        header = self.evm.header_by_number(row["block"])
        return views.transaction_json(self.evm.decode(row["raw"]), row["sender"], header, row["idx"])

    def receipt_json(self, tx_hash: bytes) -> dict[str, Any] | None:
        """The receipt of a mined transaction, or None."""
        row = index.transaction(self.connection, tx_hash)
        if row is None:
            return None
        return self._receipt(row)

    def block_receipts_json(self, header: BlockHeaderAPI) -> list[dict[str, Any]]:
        """The receipts of a block, in order."""
        return [self._receipt(row) for row in index.transactions_in(self.connection, header.block_number)]

    def logs_json(self, wanted: index.LogFilter) -> list[dict[str, Any]]:
        """The logs that match, in chain order."""
        return [views.log_json(row) for row in index.find_logs(self.connection, wanted)]

    def _receipt(self, row: sqlite3.Row) -> dict[str, Any]:
        header = self.evm.header_by_number(row["block"])
        if header is None:
            raise ChainFileError(f"block {row['block']} is missing from the chain file")
        logs = [views.log_json(log) for log in index.logs_of(self.connection, row["block"], row["idx"])]
        return views.receipt_json(row, self.evm.decode(row["raw"]), header, logs)

    def _start(self, accounts: dict[str, int]) -> None:
        meta = dict(self.connection.execute("SELECT name, value FROM meta").fetchall())
        if "chain_id" in meta:
            if int(meta["chain_id"]) != self.chain_id:
                raise ChainFileError(f"the file holds chain {meta['chain_id']}, not chain {self.chain_id}")
            self._offset = int(meta.get(_OFFSET, "0"))
            self._run_due()
            return
        with self._db.block() as connection:
            self.evm.make_genesis(accounts, self._clock())
            connection.execute("INSERT INTO meta VALUES ('chain_id', ?)", (str(self.chain_id),))
