# SPDX-License-Identifier: Apache-2.0
"""The facts that the client reads from the contracts, and their strict decoding."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.abi import DecodingError, decode

from . import chain_decode as read
from .chain_decode import Head, Log
from .chain_errors import NodeLied
from .chain_jsonrpc import clean

STALE_AFTER_S = 3_600
BEHIND_S = 900  # one node may be this far behind the other
_ERROR_STRING = bytes.fromhex("08c379a0")


@dataclass(frozen=True)
class ChannelOnChain:
    """A channel as the contract holds it. `closing`: 0 open, 2**256-1 closed, else the packed word."""

    deposit: int
    claimed: int
    closing: int


@dataclass(frozen=True)
class Deposited:
    """Money put into a channel; the channel's whole config is in it. Addresses lowercase 0x-hex."""

    id: bytes
    payer: str
    worker: str
    signer: str
    delay: int
    salt: int
    amount: int
    log: Log


@dataclass(frozen=True)
class Claimed:
    """Money paid out of a channel with the voucher `seq`."""

    id: bytes
    amount: int
    seq: int
    log: Log


@dataclass(frozen=True)
class CampaignOnChain:
    """A campaign's escrow by the contract's events, base units: put in, redeemed by the hub, returned."""

    funded: int
    redeemed: int
    returned: int


@dataclass(frozen=True)
class NodeReport:
    """What `check` found: the head and how old it is in seconds; `stale` above an hour."""

    head: Head
    age_s: int

    @property
    def stale(self) -> bool:
        """Whether the node seems to have stopped following its chain."""
        return self.age_s > STALE_AFTER_S


def revert_reason(data: bytes) -> str | None:
    """The text of a contract's `Error(string)`, cleaned; None for any other data."""
    if data[:4] != _ERROR_STRING:
        return None
    try:
        return clean(decode(["string"], data[4:])[0])
    except (DecodingError, UnicodeDecodeError, OverflowError):
        return None


def channel(data: bytes) -> ChannelOnChain:
    """The answer of `channel(id)`. Raises NodeLied."""
    deposit, claimed, closing = read.values(["uint256"] * 3, data, "channel")
    if claimed > deposit:
        raise NodeLied("The chain node gave a channel that paid out more than was put in.")
    return ChannelOnChain(deposit, claimed, closing)


def deposited(log: Log) -> Deposited:
    """A `Deposited` event. Raises NodeLied."""
    if len(log.topics) != 4:
        raise NodeLied("The chain node gave a malformed deposit.")
    payer, worker = (read.values(["address"], topic, "deposit's address")[0] for topic in log.topics[2:])
    signer, delay, salt, amount = read.values(["address", "uint64", "uint64", "uint256"], log.data, "deposit")
    return Deposited(log.topics[1], payer, worker, signer, delay, salt, amount, log)


def first_amount(log: Log, words: int, topics: int = 2) -> int:
    """The first of a campaign event's `words` unsigned words. Raises NodeLied."""
    if len(log.topics) != topics:
        raise NodeLied("The chain node gave a malformed event of a campaign.")
    return int(read.values(["uint256"] * words, log.data, "campaign's event")[0])


def claimed(log: Log) -> Claimed:
    """A `Claimed` event. Raises NodeLied."""
    if len(log.topics) != 2:
        raise NodeLied("The chain node gave a malformed claim.")
    amount, seq = read.values(["uint256", "uint64"], log.data, "claim")
    return Claimed(log.topics[1], amount, seq, log)
