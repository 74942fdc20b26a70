# SPDX-License-Identifier: Apache-2.0
"""The chain's one SQLite file. Everything a block brings (trie nodes, header, receipts, log index) goes down
in one transaction with synchronous=FULL, so a transaction that was acknowledged is on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth.abc import AtomicWriteBatchAPI
from eth.db.atomic import AtomicDBWriteBatch
from eth.db.backends.base import BaseAtomicDB

from .rpc_error import ChainFileError

FORMAT = "1"
_CACHED_KEYS = 50_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kv (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS txs (
  hash BLOB PRIMARY KEY, block INTEGER NOT NULL, idx INTEGER NOT NULL, raw BLOB NOT NULL,
  sender BLOB NOT NULL, created BLOB, price TEXT NOT NULL, gas_used INTEGER NOT NULL,
  cumulative INTEGER NOT NULL, status INTEGER NOT NULL, bloom BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS txs_by_block ON txs (block, idx);
CREATE TABLE IF NOT EXISTS logs (
  block INTEGER NOT NULL, log_idx INTEGER NOT NULL, tx_idx INTEGER NOT NULL, tx_hash BLOB NOT NULL,
  block_hash BLOB NOT NULL, address BLOB NOT NULL, topic0 BLOB, topic1 BLOB, topic2 BLOB, topic3 BLOB,
  data BLOB NOT NULL, PRIMARY KEY (block, log_idx)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS logs_by_topic0 ON logs (address, topic0, block);
CREATE INDEX IF NOT EXISTS logs_by_topic1 ON logs (topic1, address, topic0, block) WHERE topic1 IS NOT NULL;
CREATE INDEX IF NOT EXISTS logs_by_topic2 ON logs (topic2, address, topic0, block) WHERE topic2 IS NOT NULL;
CREATE INDEX IF NOT EXISTS logs_by_topic3 ON logs (topic3, address, topic0, block) WHERE topic3 IS NOT NULL;
CREATE TABLE IF NOT EXISTS pool (
  sender BLOB NOT NULL, nonce INTEGER NOT NULL, hash BLOB NOT NULL, price TEXT NOT NULL, raw BLOB NOT NULL,
  PRIMARY KEY (sender, nonce)) WITHOUT ROWID;
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file for one process alone. Raises ChainFileError when it is held elsewhere or damaged."""
    try:
        connection = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise ChainFileError(f"the chain file cannot be opened: {error}") from error
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        row = connection.execute("SELECT value FROM meta WHERE name='format'").fetchone()
        if row is None:
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        elif row[0] != FORMAT:
            raise ChainFileError(f"the chain file has format {row[0]}; this version reads format {FORMAT}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        raise ChainFileError(f"the chain file cannot be opened: {error}") from error
    except ChainFileError:
        connection.close()
        raise
    return connection


class BlockDB(BaseAtomicDB):
    """py-evm's key-value view of the file: writes stay in memory until `block()` ends.

    Outside a `block()` writes (an eth_call's scratch, for example) are refused.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._cache: dict[bytes, bytes] = {}
        self._pending: dict[bytes, bytes | None] | None = None

    def __getitem__(self, key: bytes) -> bytes:
        if self._pending is not None and key in self._pending:
            value = self._pending[key]
            if value is None:
                raise KeyError(key)
            return value
        cached = self._cache.get(key)
        if cached is not None:
            return cached
        row = self.connection.execute("SELECT value FROM kv WHERE key=?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        if len(self._cache) >= _CACHED_KEYS:
            self._cache.clear()
        found: bytes = row[0]
        self._cache[key] = found
        return found

    def __setitem__(self, key: bytes, value: bytes) -> None:
        if self._pending is None:
            raise RuntimeError("the chain's state is only written while a block is made")
        self._pending[key] = bytes(value)

    def __delitem__(self, key: bytes) -> None:
        if self._pending is None:
            raise RuntimeError("the chain's state is only written while a block is made")
        self[key]
        self._pending[key] = None

    def _exists(self, key: bytes) -> bool:
        try:
            self[key]
        except KeyError:
            return False
        return True

    @contextmanager
    def atomic_batch(self) -> Iterator[AtomicWriteBatchAPI]:
        """py-evm's own small batches inside a block."""
        with AtomicDBWriteBatch._commit_unless_raises(self) as batch:
            yield batch

    @contextmanager
    def block(self) -> Iterator[sqlite3.Connection]:
        """One block: all of it is on disk when this returns, or none of it."""
        pending: dict[bytes, bytes | None] = {}
        self._pending = pending
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.executemany(
                "INSERT OR REPLACE INTO kv VALUES (?, ?)",
                [(key, value) for key, value in pending.items() if value is not None],
            )
            self.connection.executemany(
                "DELETE FROM kv WHERE key=?", [(key,) for key, value in pending.items() if value is None]
            )
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        finally:
            self._pending = None
        for key, value in pending.items():
            if value is None:
                self._cache.pop(key, None)
            else:
                self._cache[key] = value
