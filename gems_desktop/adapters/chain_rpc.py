# SPDX-License-Identifier: Apache-2.0
"""What the client reads from the chain and sends to it, over plain JSON-RPC. web3's contract objects cost
seven times as much CPU and a second of import, so they are not used here."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from gems_protocol.abi import encode
from gems_protocol.keccak import keccak

from . import chain_contracts as contracts
from . import chain_decode as read
from . import chain_facts as facts
from .chain_decode import Head, Log, Receipt
from .chain_errors import CallReverted, ChainUnreachable, NodeLied, TransactionRefused, WrongChain
from .chain_facts import CampaignOnChain, ChannelOnChain, Claimed, Deposited, NodeReport
from .chain_jsonrpc import JsonRpc, RpcFailure
from .proxy import Proxy

__all__ = ["ChainRpc", "ChannelOnChain", "Claimed", "Deposited", "Head", "Log", "NodeReport", "Receipt"]

T = TypeVar("T")

_TOO_MUCH = re.compile(r"more than|too (many|large|big)|limit|exceed|range", re.IGNORECASE)
_REVERTED = 3


_BALANCE_OF = keccak(text="balanceOf(address)")[:4]
_CHANNEL = keccak(text="channel(bytes32)")[:4]
_AUTHORIZED = keccak(text="authorizationState(address,bytes32)")[:4]
_FUNDED = keccak(text="funded(bytes32)")[:4]
_DEPOSITED = keccak(text="Deposited(bytes32,address,address,address,uint64,uint64,uint256)")
_CAMPAIGN_FUNDED = keccak(text="Funded(bytes32,address,address,uint256,uint256)")
_REDEEMED = keccak(text="Redeemed(bytes32,uint256,uint256,uint64)")
_WITHDRAWN = keccak(text="Withdrawn(bytes32,uint256)")
_CLAIMED = keccak(text="Claimed(bytes32,uint256,uint64)")
_CLOSED = keccak(text="Closed(bytes32,uint256,uint256)")


class ChainRpc:
    """A chain seen through one or more nodes: the first that answers is used, two are compared by `agree`.

    Amounts are base units (or wei for gas) as int; addresses lowercase 0x-hex; hashes 32 bytes. Every method
    raises ChainUnreachable when no node answers and NodeLied when one answers nonsense.
    """

    def __init__(
        self,
        urls: Sequence[str],
        chain_id: int,
        gem: str,
        channels: str,
        campaigns: str,
        *,
        timeout_s: float = 15.0,
        clock: Callable[[], float] = time.time,
        proxy: Proxy | None = None,
        depth: int = 1,
    ) -> None:
        """depth: blocks, its own included, that a deposit needs before it counts."""
        if not urls:
            raise ChainUnreachable("No chain node is configured.")
        self._proxy, self._timeout_s = proxy, timeout_s
        self._nodes = [JsonRpc(url, timeout_s, proxy) for url in urls]
        self._chain_id, self._depth = chain_id, depth
        self._known: set[str] = set()
        self._clock = clock
        self.gem, self.channels, self.campaigns = gem.lower(), channels.lower(), campaigns.lower()

    async def close(self) -> None:
        """Close all connections."""
        for node in self._nodes:
            await node.close()

    # The node

    async def check(self) -> NodeReport:
        """Ask the first node that answers who it is. Raises WrongChain when it is of another chain."""
        head = await self.head()
        return NodeReport(head, max(0, int(self._clock()) - head.timestamp))

    @property
    def contracts_id(self) -> str:
        """What `check_contracts` would check and whom it would ask: another one for each other answer."""
        urls = tuple(node.url for node in self._nodes[:2])
        return contracts.fingerprint(self._chain_id, self._contracts, urls)

    @property
    def _contracts(self) -> tuple[str, str, str]:
        return self.gem, self.channels, self.campaigns

    async def check_contracts(self) -> None:
        """Raises WrongContract unless the contracts, byte for byte, are on the chain of each of two nodes."""

        async def code(node: JsonRpc, address: str) -> bytes:
            return read.blob(await self._ask_node(node, "eth_getCode", [address, "latest"]), "code")

        views = [(node.name, partial(code, node)) for node in self._nodes[:2]]
        await contracts.check_all(self._chain_id, *self._contracts, views)

    async def use(self, urls: Sequence[str]) -> None:
        """Ask these nodes from now on."""
        before, self._nodes = self._nodes, [JsonRpc(url, self._timeout_s, self._proxy) for url in urls]
        self._known.clear()
        for node in before:
            await node.close()

    async def head(self) -> Head:
        """The newest block."""
        return read.head(await self._ask("eth_getBlockByNumber", ["latest", False]))

    async def newest_time(self) -> int:
        """Unix seconds of the newest block."""
        return (await self.head()).timestamp

    async def block_number(self) -> int:
        """The height of the chain."""
        return read.quantity(await self._ask("eth_blockNumber", []), "block number", 64)

    async def block(self, number: int) -> Head | None:
        """The block at a height, None when the node has none yet. Raises NodeLied for another block."""
        value = await self._ask("eth_getBlockByNumber", [hex(number), False])
        if value is None:
            return None
        found = read.head(value)
        if found.number != number:
            raise NodeLied("The chain node gave another block than it was asked for.")
        return found

    # Balances and code

    async def gem_balance(self, address: str) -> int:
        """GEM of an account, base units."""
        data = await self._view(self.gem, _BALANCE_OF + encode(["address"], [address]))
        return int(read.values(["uint256"], data, "balance")[0])

    async def gas_balance(self, address: str) -> int:
        """Gas coin of an account, wei."""
        return read.quantity(await self._ask("eth_getBalance", [address.lower(), "latest"]), "balance")

    async def nonce(self, address: str, *, mined: bool = False) -> int:
        """The account's next nonce, counting what waits unless only what is `mined` counts."""
        at = "latest" if mined else "pending"
        value = await self._ask("eth_getTransactionCount", [address.lower(), at])
        return read.quantity(value, "nonce", 64)

    async def code(self, address: str) -> bytes:
        """The code at an address, empty when there is none."""
        return read.blob(await self._ask("eth_getCode", [address.lower(), "latest"]), "code")

    # Channels and campaigns

    async def channel(self, channel_id: bytes) -> ChannelOnChain:
        """A channel's money and closing state; all zero when it was never opened."""
        data = await self._view(self.channels, _CHANNEL + encode(["bytes32"], [channel_id]))
        return facts.channel(data)

    async def channel_deposits(self, worker: str, first: int = 0, last: int | None = None) -> list[Deposited]:
        """Every deposit for this worker in blocks first..last (default: all), in chain order."""
        topic = encode(["address"], [worker])
        logs = await self.logs(self.channels, [_DEPOSITED, None, None, topic], first, last)
        return [facts.deposited(log) for log in logs]

    async def claimed_events(
        self, channel_id: bytes, first: int = 0, last: int | None = None
    ) -> list[Claimed]:
        """Every payment out of this channel, in chain order."""
        logs = await self.logs(self.channels, [_CLAIMED, channel_id], first, last)
        return [facts.claimed(log) for log in logs]

    async def paid_at_end(self, channel_id: bytes) -> int | None:
        """What the worker got when a channel was closed for good, base units; None while it is not."""
        logs = await self.logs(self.channels, [_CLOSED, channel_id], 0, None)
        return facts.first_amount(logs[0], 2) if logs else None

    async def campaign_funded(self, campaign_id: bytes) -> int:
        """What the requester put into the campaign, base units."""
        data = await self._view(self.campaigns, _FUNDED + encode(["bytes32"], [campaign_id]))
        return int(read.values(["uint256"], data, "campaign's funds")[0])

    async def campaign_money(self, campaign_id: bytes, first: int = 0) -> CampaignOnChain:
        """What went into a campaign's escrow, to its hub and back, by the contract's events from block `first` on."""

        async def total(event: bytes, words: int, topics: int = 2) -> int:
            logs = await self.logs(self.campaigns, [event, campaign_id], first, None)
            return sum(facts.first_amount(log, words, topics) for log in logs)

        return CampaignOnChain(
            await total(_CAMPAIGN_FUNDED, 2, 4), await total(_REDEEMED, 3), await total(_WITHDRAWN, 1)
        )

    async def agree(self, channel_id: bytes) -> ChannelOnChain:
        """The channel as two nodes see it, when two are configured; as the one does otherwise.

        A deposit counts once it is deep; what was claimed, and a close, at once. Raises NodeLied when the nodes
        differ (one may only be behind: the caller asks again later).
        """
        data, what = _CHANNEL + encode(["bytes32"], [channel_id]), "the channel's money"
        now = facts.channel(await self.agreed(self.channels, data, what))
        if self._depth == 1 or not now.deposit:
            return now
        deep = await self.block_number() - self._depth + 1
        before = await self.agreed(self.channels, data, what, hex(deep)) if deep >= 0 else b""
        settled = facts.channel(before).deposit if before else 0  # empty: the contract was not there yet
        return replace(now, deposit=max(min(now.deposit, settled), now.claimed))

    async def transfer_used(self, owner: str, nonce: bytes) -> bool:
        """Whether the token has used up this EIP-3009 nonce, as two nodes see it."""
        data = _AUTHORIZED + encode(["address", "bytes32"], [owner, nonce])
        return bool(read.values(["bool"], await self.agreed(self.gem, data, "a transfer"), "transfer")[0])

    async def agreed(self, to: str, data: bytes, what: str, at: str = "latest") -> bytes:
        """What a view gives at two nodes that are on the same chain; raises NodeLied when they differ."""
        params = [self._message(to, data), at]
        if len(self._nodes) < 2:
            return read.blob(await self._ask("eth_call", params), what)
        pair = self._nodes[:2]
        first, second = await asyncio.gather(*(self._ask_node(node, "eth_call", params) for node in pair))
        if read.blob(first, what) != read.blob(second, what):
            raise NodeLied(f"The chain nodes {self._names} disagree about {what}.")
        await self._same_chain()
        return read.blob(first, what)

    @property
    def _names(self) -> str:
        return " and ".join(node.name for node in self._nodes[:2])

    async def _same_chain(self) -> None:
        """Raises NodeLied unless the two nodes hold the same block where the one behind stands, not long ago."""
        latest, pair = ["latest", False], self._nodes[:2]
        asked = (self._ask_node(node, "eth_getBlockByNumber", latest) for node in pair)
        heads = [read.head(answer) for answer in await asyncio.gather(*asked)]
        behind, ahead = sorted(heads, key=lambda head: head.number)
        if behind.number == ahead.number and behind.hash == ahead.hash:
            return
        if ahead.timestamp - behind.timestamp > facts.BEHIND_S:
            raise NodeLied(f"One of the chain nodes {self._names} has stopped following the chain.")
        at = [hex(behind.number), False]
        there = await self._ask_node(pair[heads.index(ahead)], "eth_getBlockByNumber", at)
        if there is None or read.head(there).hash != behind.hash:
            raise NodeLied(f"The chain nodes {self._names} are on different branches of the chain.")

    # Transactions

    async def gas_price(self) -> tuple[int, int]:
        """(max fee, priority fee) in wei per gas: twice the newest base fee plus the node's suggested tip."""
        block = read.mapping(await self._ask("eth_getBlockByNumber", ["latest", False]), "block")
        base = read.quantity(block.get("baseFeePerGas"), "base fee", 128)
        tip = read.quantity(await self._ask("eth_maxPriorityFeePerGas", []), "priority fee", 128)
        return 2 * base + tip, tip

    async def estimate_gas(self, sender: str, to: str | None, data: bytes, value: int = 0) -> int:
        """Gas for this transaction. Raises CallReverted when the contract would refuse it."""
        message = {"from": sender.lower(), "data": "0x" + data.hex(), "value": hex(value)}
        if to is not None:
            message["to"] = to.lower()
        return read.quantity(await self._ask("eth_estimateGas", [message]), "gas", 64)

    async def view(self, to: str, data: bytes) -> bytes:
        """The raw output of a read-only call. Raises CallReverted."""
        return await self._view(to.lower(), data)

    async def send_raw(self, signed: bytes) -> bytes:
        """Hand a signed transaction to the first node that answers; its hash, computed here.

        A node that already has it counts as sent. Raises TransactionRefused with the node's words.
        """
        tx_hash = keccak(signed)
        try:
            answer = await self._ask("eth_sendRawTransaction", ["0x" + signed.hex()], translate=False)
        except RpcFailure as failure:
            if "already known" in failure.said.lower():
                return tx_hash
            raise TransactionRefused(failure.code, failure.said) from failure
        if read.blob(answer, "transaction hash", 32) != tx_hash:
            raise NodeLied("The chain node answered with the hash of another transaction.")
        return tx_hash

    async def receipt(self, tx_hash: bytes) -> Receipt | None:
        """What became of a transaction; None while it is in no block."""
        value = await self._ask("eth_getTransactionReceipt", ["0x" + tx_hash.hex()])
        return None if value is None else read.receipt(value, tx_hash)

    async def called_with(self, tx_hash: bytes) -> bytes:
        """The data of a transaction's own call, as this node has it; empty when it has no such transaction."""
        value = await self._ask("eth_getTransactionByHash", ["0x" + tx_hash.hex()])
        return b"" if value is None else read.blob(read.mapping(value, "transaction").get("input"), "input")

    async def confirmations(self, tx_hash: bytes) -> int:
        """Blocks that hold the transaction or follow it: 0 when in none. Asks for its block again, so a
        transaction that a reorganisation took away counts 0."""
        found = await self.receipt(tx_hash)
        if found is None:
            return 0
        block = await self.block(found.block_number)
        if block is None or block.hash != found.block_hash:
            return 0
        return max(0, await self.block_number() - found.block_number + 1)

    # Inside

    async def _view(self, to: str, data: bytes) -> bytes:
        return read.blob(await self._ask("eth_call", [self._message(to, data), "latest"]), "result")

    @staticmethod
    def _message(to: str, data: bytes) -> dict[str, str]:
        return {"to": to, "data": "0x" + data.hex()}

    async def logs(self, address: str, topics: list[bytes | None], first: int, last: int | None) -> list[Log]:
        """Every event of a contract with these topics in blocks first..last (None: the newest), in chain order."""
        logs = [read.log(entry) for entry in await self._log_entries(address, topics, first, last)]
        for log in logs:
            inside = first <= log.block_number and (last is None or log.block_number <= last)
            fits = len(log.topics) >= len(topics) and all(
                topic is None or topic == given for topic, given in zip(topics, log.topics, strict=False)
            )
            if not (inside and fits and log.address == address):
                raise NodeLied("The chain node gave events that were not asked for.")
        places = [(log.block_number, log.index) for log in logs]
        if len(set(places)) != len(places):
            raise NodeLied("The chain node gave the same event twice.")
        return sorted(logs, key=lambda log: (log.block_number, log.index))

    async def _log_entries(
        self, address: str, topics: list[bytes | None], first: int, last: int | None
    ) -> list[Any]:
        """The events of a range; where the node says that it is too much, of its two halves."""
        wanted = {
            "address": address,
            "topics": [None if topic is None else "0x" + topic.hex() for topic in topics],
            "fromBlock": hex(first),
            "toBlock": "latest" if last is None else hex(last),
        }
        try:
            answer = await self._ask("eth_getLogs", [wanted], translate=False)
        except RpcFailure as failure:
            end = await self.block_number() if last is None else last
            if first >= end or not _TOO_MUCH.search(failure.said):
                raise _translated(failure, "the configured address") from failure
            middle = (first + end) // 2
            left = await self._log_entries(address, topics, first, middle)
            return left + await self._log_entries(address, topics, middle + 1, last)
        return read.sequence(answer, "event list")

    async def _ask(self, method: str, params: list[Any], *, translate: bool = True) -> Any:
        """The result from the first node that can be reached; the last fault when none can."""

        async def ask(node: JsonRpc) -> Any:
            return await self._ask_node(node, method, params, translate=translate)

        return await self._first(ask)

    async def _first(self, ask: Callable[[JsonRpc], Awaitable[T]]) -> T:
        fault: ChainUnreachable | NodeLied | WrongChain | None = None
        for node in self._nodes:
            try:
                return await ask(node)
            except (ChainUnreachable, NodeLied, WrongChain) as error:
                fault = error if fault is None or isinstance(fault, ChainUnreachable) else fault
        if fault is None:
            raise ChainUnreachable("No chain node is configured.")
        raise fault

    async def _ask_node(
        self, node: JsonRpc, method: str, params: list[Any], *, translate: bool = True
    ) -> Any:
        try:
            await self._identify(node)
            return await node.call(method, params)
        except RpcFailure as failure:
            if not translate:
                raise
            raise _translated(failure, node.name) from failure

    async def _identify(self, node: JsonRpc) -> None:
        """Ask a node's chain id once, before anything that it says is believed."""
        if node.url in self._known:
            return
        said = read.quantity(await node.call("eth_chainId", []), "chain id")
        if said != self._chain_id:
            raise WrongChain(
                f"The node at {node.name} is of chain {said}; this profile works on {self._chain_id}."
            )
        self._known.add(node.url)


def _translated(failure: RpcFailure, name: str) -> Exception:
    if failure.code == _REVERTED or (failure.data and "revert" in failure.said.lower()):
        return CallReverted(facts.revert_reason(failure.data), failure.data)
    if failure.code == -32601:
        return NodeLied(f"The chain node at {name} does not know a method that every node has.")
    return ChainUnreachable(f"The chain node at {name} failed: {failure.said}.")
