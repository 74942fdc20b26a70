# SPDX-License-Identifier: Apache-2.0
"""Steps out of the bond as the store holds them: the signed debit, and the line that is owed for it.

A step's debit has the channel's id where another has its campaign's. From its signature on it counts as owed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from gems_desktop.services.channels import channel_record, line_record
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.records import ChannelRecord, DebitRecord, LineRecord
from gems_protocol.amount import UNIT, ZERO, Amount
from gems_protocol.channel import WorkerChannel
from gems_protocol.lines import Line, LineKind
from gems_protocol.unbonding import Unbonding, step_hash, step_line

INTENT = "unbonding"  # base units that are still to be signed for, as text
_PAY = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_MOST = Amount(UNIT)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was signed and that no voucher pays yet."""

    number: int
    line: LineRecord
    debit: DebitRecord


def steps(tx: Tx, channel_id: str) -> int:
    """How many steps of my channel were signed."""
    return tx.count(DebitRecord, campaign_id=channel_id)


def step_number(tx: Tx, channel_id: str, root: str) -> int:
    """The number of the step that a debit names: one that is known, or the next; 0 if it names no step."""
    known = steps(tx, channel_id)
    wanted, channel = bytes.fromhex(root[2:]), bytes.fromhex(channel_id[2:])
    return next((n for n in (known + 1, known) if n and step_hash(channel, n) == wanted), 0)


def open_step(tx: Tx) -> OpenStep | None:
    """The step that waits for its voucher; there is one at most."""
    record = channel_record(tx)
    lines = tx.find(LineRecord, kind=LineKind.UNBONDED.value, seq=0, limit=1)
    if record is None or not lines:
        return None
    number = lines[0].index
    debit = tx.get(DebitRecord, _root(record.channel_id, number))
    return None if debit is None else OpenStep(number, lines[0], debit)


def own_bound(tx: Tx) -> Amount:
    """The most that a step moves by my own rule: the largest pay I ever got, and never more than 1 GEM."""
    paid = tx.rows(LineRecord, ("amount",), distinct=True, kind=_PAY, seq=Above(0))
    return min((Amount(max(int(row[0]) for row in paid)) if paid else _MOST), _MOST)


def left_to_move(tx: Tx) -> Amount:
    """What was asked for and not signed yet."""
    return Amount(int(get_value(tx, INTENT, "0")))


def set_left(tx: Tx, left: Amount) -> None:
    """What is still to be signed for; nothing ends the move."""
    set_value(tx, INTENT, str(left) if left > ZERO else None)


def store_step(tx: Tx, before: WorkerChannel, found: Unbonding, signature: bytes, at: int) -> None:
    """A step that was signed: stored before it is sent, with what it leaves to move."""
    channel_id = "0x" + before.config.channel_id().hex()
    tx.put(
        DebitRecord(
            root="0x" + found.debit.assignment_hash.hex(),
            batch_id="",
            campaign_id=channel_id,
            message=json.dumps(found.debit.to_json()),
            signature="0x" + signature.hex(),
            amount=found.line.amount,
            debited=found.channel.debited,
            signed_at=at,
            confirmed=False,
        )
    )
    owe_step(tx, found.line, at)
    tx.change(ChannelRecord, channel_id, debited=str(found.channel.debited))
    set_left(tx, left_to_move(tx) - found.line.amount)


def owe_step(tx: Tx, line: Line, at: int) -> None:
    """The hub owes a step; the same one again changes nothing."""
    last = tx.rows(LineRecord, ("place",), order="place", descending=True, limit=1)
    record = line_record(line, "", 0, at, last[0][0] + 1 if last else 0)
    if tx.get(LineRecord, record.line_id) is None:
        tx.put(record)


def owe_for(tx: Tx, channel_id: str, number: int, debit: DebitRecord) -> None:
    """A step that another laptop of mine signed is owed too: my signature says so."""
    channel = bytes.fromhex(channel_id[2:])
    owe_step(tx, step_line(channel, number, debit.amount), debit.signed_at)


def undo_step(tx: Tx, step: OpenStep) -> None:
    """The platform did not take a step: it is to be signed anew, above whatever was put up in between."""
    record = channel_record(tx)
    if record is None or step.debit.confirmed:
        return
    tx.remove(DebitRecord, step.debit.root)
    tx.remove(LineRecord, step.line.line_id)
    if record.debited == step.debit.debited:
        tx.change(ChannelRecord, record.channel_id, debited=str(record.debited - step.debit.amount))
    set_left(tx, left_to_move(tx) + step.debit.amount)


def confirm_step(tx: Tx, channel_id: str, number: int) -> None:
    """A voucher pays a step, so the platform has taken it."""
    root = _root(channel_id, number)
    if tx.get(DebitRecord, root) is not None:
        tx.change(DebitRecord, root, confirmed=True)


def _root(channel_id: str, number: int) -> str:
    return "0x" + step_hash(bytes.fromhex(channel_id[2:]), number).hex()
