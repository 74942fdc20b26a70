# SPDX-License-Identifier: Apache-2.0
"""Whether a voucher would give its worker more than the chain knows: the rule of the contract (ADR 0021)."""

from __future__ import annotations

from dataclasses import dataclass

from gems_platform.channels.chain import ChannelOnChain
from gems_protocol.channel import Config
from gems_protocol.messages import Voucher

CLOSED = 2**256 - 1
_LOW_96 = 2**96 - 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A voucher with everything that is needed to hand it in."""

    config: Config
    voucher: Voucher
    signature: bytes

    @property
    def row(self) -> tuple[tuple[str, str, str, int, int], tuple[int, int, int], bytes]:
        """As `claim_many_data` takes it."""
        one, voucher = self.config, self.voucher
        config = (one.payer, one.signer, one.worker, one.delay, one.salt)
        return config, (voucher.paid, voucher.bonded, voucher.seq), self.signature


def worth(voucher: Voucher) -> tuple[int, int]:
    """What a voucher is to its worker: a hub may sign a later one over less, and bring it here."""
    return voucher.paid + voucher.bonded, voucher.seq


def is_closing(state: ChannelOnChain) -> bool:
    """Whether a close is running."""
    return state.closing not in (0, CLOSED)


def gain(state: ChannelOnChain, voucher: Voucher) -> int:
    """Base units that a voucher adds to pay and bond of a channel that closes; 0 when it is not closing."""
    if not is_closing(state):
        return 0
    fixed = state.closing >> 96 & _LOW_96
    return max(0, min(voucher.paid, state.deposit) - state.claimed) + max(0, voucher.bonded - fixed)
