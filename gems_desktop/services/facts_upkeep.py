# SPDX-License-Identifier: Apache-2.0
"""What is shown of a channel's upkeep: copies of the newest voucher, a close, deadlines, GEM that is sent."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Where the newest voucher is kept besides this computer; `newest`: whether that copy is up to date."""

    place: str  # "platform", "file" or a tower's address
    seq: int
    at: int
    newest: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """A channel that is being closed, as two nodes say.

    by_hub: else I closed it. until: chain time from which it can be ended; 0 when it has ended. missing: what my
    newest voucher is above what was claimed, handed in by itself. bond: what comes with the end, or came with it.
    forfeited: the hub closed with an older voucher and mine is in: the whole rest of the deposit is mine.
    """

    by_hub: bool
    until: int
    missing: Amount = ZERO
    bond: Amount = ZERO
    forfeited: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class CloseQuote:
    """My own close before it is signed. pays_now comes at its start, less the fee; bond at its end, from `ends_at`
    (Unix seconds) on; at_stake: of the bond, what work that is not judged may cost. waiting: batches of work that
    wait for a voucher and could not be paid in this channel any more. until: the signature's last second."""

    pays_now: Amount
    fee: Amount
    bond: Amount
    at_stake: Amount
    ends_at: int
    relayer: str
    until: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about the channel that must be looked at; told until it is over. proof: signed messages, as text."""

    code: str
    message: str
    safe: str
    action: str
    at: int
    proof: str = ""


@dataclass(frozen=True, slots=True)
class UpkeepFacts:
    """The upkeep of my channel. newest: number of my newest voucher, 0 without one. looked_at: when the chain was
    read last. claim_until: when the claim on its way cannot be carried out any more, 0 without one. leaving: a close
    of mine is on its way to the chain."""

    newest: int = 0
    looked_at: int = 0
    copies: tuple[CopyFacts, ...] = ()
    closing: ClosingFacts | None = None
    troubles: tuple[Trouble, ...] = ()
    claim_until: int = 0
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class SendQuote:
    """GEM to send, to the last unit, before it is signed. From the channel everything that can be claimed is sent."""

    source: str  # "wallet" | "channel"
    to: str
    amount: Amount
    fee: Amount
    arrives: Amount
    relayer: str
    until: int


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """GEM on its way to another address; `state` is the name of a ClaimState."""

    transfer_id: str
    to: str
    amount: Amount
    fee: Amount
    state: str
    tx_hash: str
    at: int
    until: int
