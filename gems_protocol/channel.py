# SPDX-License-Identifier: Apache-2.0
"""The worker's side of a payment channel as a state machine, and its rules for accepting vouchers.

Two pockets: `paid` may be claimed at once, `bonded` backs stakes and is paid on
closing. Both only grow; the worker's `debited` only grows too and reduces the bond alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from gems_protocol.abi import encode
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import BadSignature, MoneyDiffers, MoveNotAllowed
from gems_protocol.keccak import keccak
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Debit, Domain, Voucher

DAY_S = 86_400
LEAST_DELAY_S = 30 * DAY_S
CREDIT_BATCHES = 3  # K: delivered batches that may wait for a voucher (ADR 0012)
STALLED_BATCHES = (
    2 * CREDIT_BATCHES
)  # batches of reviews that may, where those beyond K hold what stands still
STAKED_BATCHES = 3  # S: batches with stake at risk at one time
LineKey = tuple[bytes, int, int, int, LineKind]


@dataclass(frozen=True, slots=True)
class Config:
    """What names a channel: who pays, whose hot key signs, who is paid; delay in seconds."""

    payer: str
    signer: str
    worker: str
    delay: int
    salt: int

    def channel_id(self) -> bytes:
        """keccak256(abi_encode(Config)), 32 bytes."""
        kind = "(address,address,address,uint64,uint64)"
        return keccak(encode([kind], [(self.payer, self.signer, self.worker, self.delay, self.salt)]))


class Reason(Enum):
    """Why a voucher, a debit or a credit is refused."""

    SIGNATURE = "not signed by the party that must sign"
    CHANNEL = "for another channel"
    DELAY = "the channel can be closed too quickly"
    SEQUENCE = "not the next voucher"
    SHRINKS = "a pocket would shrink"
    UNKNOWN_LINE = "it settles something that is not known here yet"
    SUM = "its sum is not the sum of what is owed"
    DEPOSIT = "more than the confirmed deposit covers"
    CLOSING = "the channel is closing"
    BOND = "the bond pocket holds too little"
    LIMIT = "too many batches are open"
    ASSIGNMENTS = "it names assignments that were not given"
    STEP_OPEN = "the step before it is not paid yet"
    STEP_SIZE = "a step is larger than one may be"


@dataclass(frozen=True, slots=True)
class Refused:
    """The message is not accepted and nothing changed. `difference` = signed minus expected, both pockets."""

    reason: Reason
    difference: Amount = ZERO


def split(amount: Amount, bonded_from_rewards: Amount, target: Amount) -> tuple[Amount, Amount]:
    """The standing order: (to paid, to bonded); the first `target` of all rewards fill the bond."""
    room = max(ZERO, target - bonded_from_rewards)
    to_bonded = min(amount, room)
    return amount - to_bonded, to_bonded


@dataclass(frozen=True, slots=True)
class Pockets:
    """What the vouchers so far come to; `from_rewards`: what the standing order put into the bond, less steps out."""

    paid: Amount = ZERO
    bonded: Amount = ZERO
    from_rewards: Amount = ZERO

    @property
    def sum(self) -> Amount:
        """Both pockets."""
        return self.paid + self.bonded

    def plus(self, lines: Iterable[Line], bond_target: Amount) -> Pockets:
        """The pockets after these lines, in their order; stakes return to the bond, what left it is paid in full."""
        found = self
        for line in lines:
            if line.kind.is_stake:
                found = replace(found, bonded=found.bonded + line.amount)
            elif line.kind is LineKind.UNBONDED:
                left = max(ZERO, found.from_rewards - line.amount)
                found = Pockets(found.paid + line.amount, found.bonded, left)
            else:
                to_paid, to_bonded = split(line.amount, found.from_rewards, bond_target)
                found = Pockets(
                    found.paid + to_paid, found.bonded + to_bonded, found.from_rewards + to_bonded
                )
        return found


NOTHING = Pockets()


@dataclass(frozen=True, slots=True)
class WorkerChannel:
    """What a worker knows of a channel.

    deposit: confirmed on chain. pockets: equal to the best voucher and to the worker's own sum of lines.
    owed: judged but not yet vouchered. settled: keys of what was paid. bond_target: the standing order;
    former_target: the one before, while vouchers under it may still arrive. delivered: roots of batches that
    wait for a voucher. staked: roots of batches with stake at risk. claimed: confirmed on chain.
    unbonded: number of steps out of the bond that were signed.
    """

    config: Config
    deposit: Amount = ZERO
    pockets: Pockets = NOTHING
    voucher: Voucher | None = None
    voucher_signature: bytes | None = None
    debited: Amount = ZERO
    claimed: Amount = ZERO
    bond_target: Amount = ZERO
    former_target: Amount | None = None
    owed: tuple[Line, ...] = ()
    settled: frozenset[LineKey] = frozenset()
    delivered: frozenset[bytes] = frozenset()
    staked: frozenset[bytes] = frozenset()
    closing: bool = False
    unbonded: int = 0

    @property
    def seq(self) -> int:
        """The number of the best voucher, 0 before the first."""
        return self.voucher.seq if self.voucher else 0

    @property
    def expected(self) -> Pockets:
        """What the next voucher comes to when it settles everything that is owed."""
        return self.pockets.plus(self.owed, self.bond_target)

    @property
    def claimable(self) -> Amount:
        """What a claim would pay now: the free pocket up to the deposit, less what was claimed."""
        return max(ZERO, min(self.pockets.paid, self.deposit) - self.claimed)

    @property
    def bond_free(self) -> Amount:
        """The part of the bond pocket that is not at risk and may be staked."""
        return self.pockets.bonded - self.debited

    @property
    def may_lease(self) -> bool:
        """Whether another batch keeps the hub's debt within K batches."""
        return len(self.delivered) < CREDIT_BATCHES and not self.closing


@dataclass(frozen=True, slots=True)
class VoucherAccepted:
    """The voucher is the best one now; store `channel` before telling anybody."""

    channel: WorkerChannel
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Debited:
    """The channel after a stake, and the unsigned message to sign."""

    channel: WorkerChannel
    debit: Debit


def owe(channel: WorkerChannel, lines: Iterable[Line]) -> WorkerChannel:
    """Add what checked evidence owes the worker. The same line again changes nothing.

    Raises MoneyDiffers when a line comes again with another amount.
    """
    owed = {line.key: line for line in channel.owed}
    for line in lines:
        if line.key in channel.settled:
            continue
        if owed.setdefault(line.key, line).amount != line.amount:
            raise MoneyDiffers("The platform names two amounts for the same work.")
    return replace(channel, owed=tuple(owed.values()))


def receive_voucher(
    channel: WorkerChannel,
    voucher: Voucher,
    signature: bytes,
    lines: Sequence[Line],
    domain: Domain,
    deposit: Amount,
    closing: bool,
) -> VoucherAccepted | Refused:
    """Judge a voucher that claims to settle `lines` (in the hub's order) by the client's rules (docs/protocol.md).

    deposit, closing: as confirmed on chain. When vouchers were missed, `lines` are those of all of them. The
    sum has to agree exactly: a unit too much is refused too. A copy of the best voucher changes nothing.
    """
    reason = _formal(channel, voucher, signature, domain, closing)
    if reason is not None:
        return Refused(reason)
    if voucher == channel.voucher:
        return VoucherAccepted(channel, ())
    if voucher.seq <= channel.seq:
        return Refused(Reason.SEQUENCE)
    before = channel.pockets
    if voucher.paid < before.paid.units or voucher.bonded < before.bonded.units:
        return Refused(Reason.SHRINKS, Amount(voucher.paid + voucher.bonded) - before.sum)
    owed = {line.key: line for line in channel.owed}
    keys = [line.key for line in lines]
    if len(set(keys)) != len(keys) or any(key not in owed for key in keys):
        return Refused(Reason.UNKNOWN_LINE)
    mine = [owed[key] for key in keys]
    targets = [target for target in (channel.bond_target, channel.former_target) if target is not None]
    sums = [before.plus(mine, target) for target in targets]
    signed = (voucher.paid, voucher.bonded)
    agreed = [found for found in sums if (found.paid.units, found.bonded.units) == signed]
    if not agreed or mine != list(lines):
        return Refused(Reason.SUM, Amount(voucher.paid + voucher.bonded) - sums[0].sum)
    if agreed[0].sum - channel.debited > deposit:
        return Refused(Reason.DEPOSIT, agreed[0].sum - channel.debited - deposit)
    accepted = replace(
        channel,
        deposit=deposit,
        pockets=agreed[0],
        voucher=voucher,
        voucher_signature=signature,
        owed=tuple(line for line in channel.owed if line.key not in keys),
        settled=channel.settled | frozenset(keys),
    )
    return VoucherAccepted(accepted, tuple(mine))


def _formal(
    channel: WorkerChannel, voucher: Voucher, signature: bytes, domain: Domain, closing: bool
) -> Reason | None:
    try:
        voucher.check(domain, signature, channel.config.signer)
    except BadSignature:
        return Reason.SIGNATURE
    if voucher.channel_id != channel.config.channel_id():
        return Reason.CHANNEL
    if channel.config.delay < LEAST_DELAY_S:
        return Reason.DELAY
    return Reason.CLOSING if closing or channel.closing else None


def debit(
    channel: WorkerChannel, amount: Amount, assignments_root: bytes, most: int = STAKED_BATCHES
) -> Debited | Refused:
    """Put `amount` of the bond at risk for the batch whose assignments have this Merkle root.

    most: how many batches may hold stake then; S, and for reviews STALLED_BATCHES (ADR 0103).
    """
    if not amount > ZERO:
        raise MoveNotAllowed("A stake is more than nothing.")
    if channel.closing:
        return Refused(Reason.CLOSING)
    if amount > channel.bond_free:
        return Refused(Reason.BOND, amount - channel.bond_free)
    if assignments_root in channel.staked or len(channel.staked) >= most:
        return Refused(Reason.LIMIT)
    debited = channel.debited + amount
    message = Debit(channel.config.channel_id(), debited.units, assignments_root)
    return Debited(replace(channel, debited=debited, staked=channel.staked | {assignments_root}), message)


def delivered(channel: WorkerChannel, assignments_root: bytes) -> WorkerChannel:
    """A batch was sealed and received: until its voucher the hub owes it."""
    return replace(channel, delivered=channel.delivered | {assignments_root})


def batch_settled(channel: WorkerChannel, assignments_root: bytes) -> WorkerChannel:
    """All of a batch is judged and vouchered: it no longer counts against K and S."""
    return replace(
        channel,
        delivered=channel.delivered - {assignments_root},
        staked=channel.staked - {assignments_root},
    )


def with_bond_target(channel: WorkerChannel, target: Amount) -> WorkerChannel:
    """Change the standing order; vouchers under the former one are still accepted."""
    if target == channel.bond_target:
        return channel
    return replace(channel, bond_target=target, former_target=channel.bond_target)
