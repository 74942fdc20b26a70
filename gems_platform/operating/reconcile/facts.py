# SPDX-License-Identifier: Apache-2.0
"""What the store and the chain say of channels and campaigns, side by side; amounts in base units."""

from __future__ import annotations

from dataclasses import dataclass

from gems_platform.channels.chain import ChannelOnChain


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it has to be. what: with both figures; cause: the probable one; do: what to do."""

    about: str
    what: str
    cause: str
    do: str


@dataclass(frozen=True, slots=True)
class ChannelBooks:
    """A channel in the store. settled, waiting: sums of lines with and without a voucher; newest: the highest number
    that a line has; earned: what the ledger moved to the worker; put_up: from the worker to a stake or bond.
    published, kept: paid and bonded of the newest daily file, and of the tower's voucher, None without."""

    id: str
    worker: str
    deposit: int
    claimed: int
    stopped: bool
    doubted: bool
    paid: int
    bonded: int
    seq: int
    signed: bool
    debited: int
    settled: int
    waiting: int
    newest: int
    unbonded: int
    earned: int
    put_up: int
    published: int | None = None
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignBooks:
    """A campaign in the store. spent: what its ledger moved out of the escrow; ok: the Spend's signature holds.
    negative: parties that gave more than they had; net: of all its movements."""

    id: str
    funded: int
    redeemed: int
    spend: int
    ok: bool
    spent: int
    net: int
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntentBooks:
    """A call in the store that is under way or over. sent: hashes of what was signed, while it is under way."""

    name: str
    sender: str
    nonce: int
    state: str
    sent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Books:
    """One moment of the store."""

    channels: tuple[ChannelBooks, ...]
    campaigns: tuple[CampaignBooks, ...]
    intents: tuple[IntentBooks, ...]
    lines_without_channel: int = 0  # workers of whom vouchers settled lines in no channel


@dataclass(frozen=True, slots=True)
class OnChain:
    """One block. funded: by the blocks that count; nonces: transactions of each sender; mined: hashes in a block."""

    block: int
    channels: dict[str, ChannelOnChain]
    funded: dict[str, int]
    redeemed: dict[str, int]
    nonces: dict[str, int]
    in_channels: int
    treasury: int
    collateral: int
    reserved: int
    mined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    books: Books
    chain: OnChain
    differences: tuple[Difference, ...]

    @property
    def exact(self) -> bool:
        """Whether everything agrees to the unit."""
        return not self.differences
