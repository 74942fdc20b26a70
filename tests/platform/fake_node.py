# SPDX-License-Identifier: Apache-2.0
"""A chain in memory that loses, reorders and takes back: what a real node does on its worst days, in no time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from eth_utils import keccak
from hexbytes import HexBytes

from gems_platform.channels.chain import Chain
from gems_platform.errors import ChainDown

GWEI = 10**9


@dataclass(frozen=True)
class Tx:
    """A transaction as a node reads it."""

    raw: str
    hash: str
    sender: str
    nonce: int
    data: bytes
    fee: int
    tip: int


def read(raw: str) -> Tx:
    fields = TypedTransaction.from_bytes(HexBytes(raw)).as_dict()
    return Tx(
        raw,
        "0x" + keccak(HexBytes(raw)).hex(),
        str(Account.recover_transaction(raw)).lower(),
        fields["nonce"],
        bytes(fields["data"]),
        fields["maxFeePerGas"],
        fields["maxPriorityFeePerGas"],
    )


class FakeNode(Chain):
    """Answers `_rpc` itself. `lose`: how the next transaction is lost, "before" or "after" the node has it."""

    def __init__(self, depth: int) -> None:
        place = "0x" + "11" * 20
        super().__init__("http://127.0.0.1:9", 31_337, place, place, place, depth)
        self.blocks: list[list[Tx]] = [[]]
        self.pool: dict[tuple[str, int], Tx] = {}
        self.base, self.lose = GWEI, ""

    def mine(self) -> None:
        """A block of all that is next and pays enough."""
        block: list[Tx] = []
        for (sender, nonce), tx in sorted(self.pool.items()):
            is_next = nonce == self._count(sender) + sum(one.sender == sender for one in block)
            if is_next and tx.fee >= self.base:
                block.append(tx)
        for tx in block:
            self.pool.pop((tx.sender, tx.nonce))
        self.blocks.append(block)

    def take_back(self, count: int, *, forget: bool) -> list[Tx]:
        """The newest blocks are gone; what was in them waits again, or is forgotten."""
        count = min(count, len(self.blocks) - 1)
        gone = [tx for block in self.blocks[len(self.blocks) - count :] for tx in block]
        del self.blocks[len(self.blocks) - count :]
        if not forget:
            self.pool.update({(tx.sender, tx.nonce): tx for tx in gone})
        return gone

    def put(self, raw: str) -> Tx:
        """A transaction that came another way: it takes its place whatever is there."""
        tx = read(raw)
        self.pool[tx.sender, tx.nonce] = tx
        return tx

    def happened(self) -> list[bytes]:
        """The data of every transaction in the chain."""
        return [tx.data for block in self.blocks for tx in block]

    def _count(self, sender: str, below: int | None = None) -> int:
        return sum(tx.sender == sender for block in self.blocks[:below] for tx in block)

    async def _rpc(self, method: str, *params: Any) -> Any:
        answers: dict[str, Callable[[], Any]] = {
            "eth_estimateGas": lambda: hex(21_000),
            "eth_maxPriorityFeePerGas": lambda: hex(GWEI),
            "eth_blockNumber": lambda: hex(len(self.blocks) - 1),
            "eth_getBlockByNumber": lambda: {"baseFeePerGas": hex(self.base)},
            "eth_getTransactionCount": lambda: self._nonce(*params),
            "eth_getTransactionReceipt": lambda: self._receipt(params[0]),
            "eth_sendRawTransaction": lambda: self._take(params[0]),
        }
        return answers[method]()

    def _nonce(self, sender: str, at: str) -> str:
        sender = sender.lower()
        count = self._count(sender, int(at, 16) + 1 if at.startswith("0x") else None)
        while at == "pending" and (sender, count) in self.pool:
            count += 1
        return hex(count)

    def _receipt(self, tx_hash: str) -> Any:
        for number, block in enumerate(self.blocks):
            if any(tx.hash == tx_hash for tx in block):
                return {"blockNumber": hex(number), "status": "0x1"}
        return None

    def _take(self, raw: str) -> None:
        lose, self.lose = self.lose, ""
        if lose == "before":
            raise ChainDown("The line broke.")
        tx = read(raw)
        if tx.nonce < self._count(tx.sender):
            raise ChainDown("The chain refused: nonce too low")
        there = self.pool.get((tx.sender, tx.nonce))
        if there is not None and there.hash == tx.hash:
            raise ChainDown("The chain refused: already known")
        if there is not None and (tx.fee * 10 < there.fee * 11 or tx.tip * 10 < there.tip * 11):
            raise ChainDown("The chain refused: replacement transaction underpriced")
        self.pool[tx.sender, tx.nonce] = tx
        if lose == "after":
            raise ChainDown("The line broke.")
