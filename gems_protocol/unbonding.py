# SPDX-License-Identifier: Apache-2.0
"""Out of the bond pocket by mutual consent, without the chain: the worker raises `debited`, the hub raises `paid`.

In steps of at most one reward, each paid before the next is signed: neither side ever risks more than one step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gems_protocol.abi import encode
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import Reason, Refused, WorkerChannel
from gems_protocol.errors import BadSignature, MoveNotAllowed
from gems_protocol.hub_channel import HubChannel
from gems_protocol.keccak import keccak
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Debit, Domain

_NAME = keccak(b"gems.unbond")
MAX_STEPS = 1 << 32  # the number of a step is a line's index


def step_hash(channel_id: bytes, step: int) -> bytes:
    """What a step's Debit names instead of assignments: no Merkle root of assignments is ever equal to it."""
    return keccak(encode(["bytes32", "bytes32", "uint256"], [_NAME, channel_id, step]))


def step_line(channel_id: bytes, step: int, amount: Amount) -> Line:
    """What the hub owes for a step: all of it, to the free pocket."""
    return Line(channel_id, step, 0, 0, LineKind.UNBONDED, amount)


def open_step(channel: WorkerChannel) -> Line | None:
    """The step that was signed and that no voucher pays yet."""
    return next((line for line in channel.owed if line.kind is LineKind.UNBONDED), None)


@dataclass(frozen=True, slots=True)
class Unbonding:
    """The worker's channel after a step, its number, and the unsigned message; store before sending."""

    channel: WorkerChannel
    step: int
    debit: Debit
    line: Line


@dataclass(frozen=True, slots=True)
class UnbondAccepted:
    """The hub's channel after a step, and the line that the next voucher settles."""

    channel: HubChannel
    line: Line


def unbond(channel: WorkerChannel, amount: Amount, max_step: Amount) -> Unbonding | Refused:
    """Move `amount` of what is free in the bond: the next step, once the one before is paid."""
    if not amount > ZERO:
        raise MoveNotAllowed("A step moves more than nothing.")
    if channel.closing:
        return Refused(Reason.CLOSING)
    if open_step(channel) is not None:
        return Refused(Reason.STEP_OPEN)
    if amount > max_step:
        return Refused(Reason.STEP_SIZE, amount - max_step)
    if amount > channel.bond_free:
        return Refused(Reason.BOND, amount - channel.bond_free)
    step, channel_id = channel.unbonded + 1, channel.config.channel_id()
    debited = channel.debited + amount
    line = step_line(channel_id, step, amount)
    after = replace(channel, debited=debited, unbonded=step, owed=(*channel.owed, line))
    return Unbonding(after, step, Debit(channel_id, debited.units, step_hash(channel_id, step)), line)


def accept_unbond(
    channel: HubChannel, message: Debit, signature: bytes, domain: Domain, line: Line, max_step: Amount
) -> UnbondAccepted | Refused:
    """Judge a worker's step, whose `line` is what it would be owed; a copy of the one that waits is accepted."""
    step, amount = line.index, line.amount
    try:
        message.check(domain, signature, channel.config.worker)
    except BadSignature:
        return Refused(Reason.SIGNATURE)
    if message.channel_id != channel.config.channel_id():
        return Refused(Reason.CHANNEL)
    if line != step_line(message.channel_id, step, amount) or not 0 < step < MAX_STEPS:
        return Refused(Reason.ASSIGNMENTS)
    if message.assignment_hash != step_hash(message.channel_id, step):
        return Refused(Reason.ASSIGNMENTS)
    if channel.closing:
        return Refused(Reason.CLOSING)  # the voucher that pays it could not be signed any more
    waits = channel.unbonding
    if waits is not None:
        same = waits == line and message.debited == channel.debited.units
        return UnbondAccepted(channel, waits) if same else Refused(Reason.STEP_OPEN)
    if step != channel.unbonded + 1:
        return Refused(Reason.SEQUENCE)
    wanted = channel.debited + amount
    if not amount > ZERO or message.debited != wanted.units:
        return Refused(Reason.SUM, Amount(message.debited) - wanted)
    if amount > max_step:
        return Refused(Reason.STEP_SIZE, amount - max_step)
    if amount > channel.bond_free:
        return Refused(Reason.BOND, amount - channel.bond_free)
    after = replace(
        channel,
        debited=wanted,
        debit_signature=signature,
        debit_hash=message.assignment_hash,
        unbonded=step,
        unbonding=line,
    )
    return UnbondAccepted(after, line)
