# SPDX-License-Identifier: Apache-2.0
"""The hub's side of a payment channel: what it may sign and take, by the same sums as the worker's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import CREDIT_BATCHES, NOTHING, Config, LineKey, Pockets, Reason, Refused
from gems_protocol.errors import BadSignature
from gems_protocol.lines import Line
from gems_protocol.messages import Debit, Domain, Voucher

NO_DEBIT = bytes(32)


@dataclass(frozen=True, slots=True)
class HubChannel:
    """What the hub knows of a channel; `seq` counts vouchers.

    debit_signature, debit_hash: of the newest accepted debit. settled: keys of the lines that were vouchered.
    unreleased: roots of batches given to the worker of which something is not judged and vouchered yet.
    unbonded: number of steps out of the bond that were taken. unbonding: the last one's line until it is vouchered.
    """

    config: Config
    deposit: Amount = ZERO
    pockets: Pockets = NOTHING
    seq: int = 0
    debited: Amount = ZERO
    debit_signature: bytes | None = None
    debit_hash: bytes = NO_DEBIT
    bond_target: Amount = ZERO
    settled: frozenset[LineKey] = frozenset()
    unreleased: frozenset[bytes] = frozenset()
    closing: bool = False
    unbonded: int = 0
    unbonding: Line | None = None

    @property
    def bond_free(self) -> Amount:
        """What the worker can still stake."""
        return self.pockets.bonded - self.debited

    @property
    def may_give(self) -> bool:
        """Whether another batch may be given: never a K+1-th that is not released."""
        return len(self.unreleased) < CREDIT_BATCHES and not self.closing


@dataclass(frozen=True, slots=True)
class Credited:
    """The hub's channel after lines, the unsigned voucher, and the lines that are new in it."""

    channel: HubChannel
    voucher: Voucher
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DebitAccepted:
    """The stake is at risk now."""

    channel: HubChannel


def credit(channel: HubChannel, lines: Sequence[Line]) -> Credited | Refused:
    """Settle lines in one voucher. Lines that were settled before are left out: nothing is paid twice."""
    if channel.closing:
        return Refused(Reason.CLOSING)  # a voucher signed while closing would be punished (attack 24)
    new = {line.key: line for line in lines if line.key not in channel.settled}
    pockets = channel.pockets.plus(new.values(), channel.bond_target)
    if pockets.sum - channel.debited > channel.deposit:
        return Refused(Reason.DEPOSIT, pockets.sum - channel.debited - channel.deposit)
    seq = channel.seq + 1 if new else channel.seq
    still = None if channel.unbonding is None or channel.unbonding.key in new else channel.unbonding
    after = replace(
        channel, pockets=pockets, seq=seq, settled=channel.settled | frozenset(new), unbonding=still
    )
    voucher = Voucher(channel.config.channel_id(), pockets.paid.units, pockets.bonded.units, seq)
    return Credited(after, voucher, tuple(new.values()))


def accept_debit(
    channel: HubChannel, message: Debit, signature: bytes, domain: Domain, amount: Amount, root: bytes
) -> DebitAccepted | Refused:
    """Judge a worker's stake of `amount` for the assignments with this Merkle root; a copy is accepted."""
    try:
        message.check(domain, signature, channel.config.worker)
    except BadSignature:
        return Refused(Reason.SIGNATURE)
    if message.channel_id != channel.config.channel_id():
        return Refused(Reason.CHANNEL)
    if message.assignment_hash != root:
        return Refused(Reason.ASSIGNMENTS)
    if message.debited == channel.debited.units and channel.debit_hash == root:
        return DebitAccepted(channel)
    if channel.closing:
        return Refused(Reason.CLOSING)
    wanted = channel.debited + amount
    if message.debited != wanted.units:
        return Refused(Reason.SUM, Amount(message.debited) - wanted)
    if amount > channel.bond_free:
        return Refused(Reason.BOND, amount - channel.bond_free)
    return DebitAccepted(replace(channel, debited=wanted, debit_signature=signature, debit_hash=root))


def give(channel: HubChannel, root: bytes) -> HubChannel | Refused:
    """The hub gives a batch of assignments with this root."""
    if root not in channel.unreleased and not channel.may_give:
        return Refused(Reason.CLOSING if channel.closing else Reason.LIMIT)
    return replace(channel, unreleased=channel.unreleased | {root})


def release(channel: HubChannel, root: bytes) -> HubChannel:
    """A batch ended: everything of it is judged and vouchered, or it was returned or ran out."""
    return replace(channel, unreleased=channel.unreleased - {root})
