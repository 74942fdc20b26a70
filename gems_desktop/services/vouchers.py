# SPDX-License-Identifier: Apache-2.0
"""Judging a voucher: accepted only when my own sum of checked evidence agrees to the last unit."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.channels import channel_record, load_channel
from gems_desktop.services.cursor import set_value
from gems_desktop.services.explaining import explain, settle_pockets, unexplained
from gems_desktop.services.facts import ItemState
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ChannelState, Tx
from gems_desktop.services.records import (
    ChannelRecord,
    EventRecord,
    ItemRecord,
    LineRecord,
    VoucherRecord,
)
from gems_desktop.services.unbond_records import confirm_step
from gems_protocol.amount import Amount, total
from gems_protocol.channel import LineKey, Reason, Refused, VoucherAccepted, WorkerChannel, receive_voucher
from gems_protocol.errors import MalformedMessage
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher, signature_from_hex

DIFFERENCE = "voucher_difference"
UNKNOWN_WORK = f"A voucher was refused: {Reason.UNKNOWN_LINE.value}."
NOT_HERE = "The work that this voucher pays for is not on this computer."


def receive(
    tx: Tx, event: dict[str, Any], state: ChannelState | None, network: Network, *, past: bool = False
) -> str:
    """Take the voucher of an event, or say why not; what is refused changes nothing of the channel.

    state: the channel as the chain holds it. The lines of vouchers that were refused before may be part of
    what this one settles. past: it was accepted in a former life, under a standing order that is not known any
    more, and before the channel may have begun to close; its sum has to agree all the same.
    """
    channel, record = load_channel(tx), channel_record(tx)
    if channel is None or record is None or state is None:
        return "There is no payment channel that this voucher could be for."
    voucher = Voucher.from_json(event["voucher"]["message"])
    signature = signature_from_hex(event["voucher"]["signature"])
    own = _lines(event["lines"])
    if unexplained(tx):
        voucher.check(network.channels_domain, signature, channel.config.signer)
        owed = {line.key: line for line in channel.owed}
        if voucher.channel_id == channel.config.channel_id() and explain(
            tx, voucher, signature, own, owed, event
        ):
            _settle(tx, {line.key for line in own}, voucher.seq, event["at"])
            settle_pockets(tx)
            set_value(tx, DIFFERENCE, None)
            return ""
    kept = tx.get(VoucherRecord, voucher.seq)
    if kept is not None and (kept.paid.units, kept.bonded.units) == (voucher.paid, voucher.bonded):
        return NOT_HERE if kept.lines == "[]" else ""  # it came before
    if past:
        channel = replace(channel, closing=False, former_target=_former_target(channel, voucher, own))
    found: VoucherAccepted | Refused = Refused(Reason.SUM)
    for lines in (own, [*_missed(tx, channel.seq), *own]):
        found = receive_voucher(
            channel,
            voucher,
            signature,
            lines,
            network.channels_domain,
            Amount(state.deposit),
            state.closing != 0 and not past,
        )
        if isinstance(found, VoucherAccepted):
            _accept(tx, found, record, voucher, signature, state, event)
            return ""
    assert isinstance(found, Refused)  # noqa: S101 - the loop above returned otherwise
    return _refuse(tx, channel, voucher, own, found)


def _former_target(channel: WorkerChannel, voucher: Voucher, lines: list[Line]) -> Amount:
    """The standing order under which a voucher splits its lines as it does, if there is one."""
    stakes = total([line.amount for line in lines if line.kind.is_stake])
    return channel.pockets.from_rewards + Amount(voucher.bonded) - channel.pockets.bonded - stakes


def _lines(value: Any) -> list[Line]:
    return [Line.from_json(line) for line in value]


def _missed(tx: Tx, seq: int) -> list[Line]:
    """Lines of vouchers after the best one that were refused, in their order; malformed ones count for nothing."""
    found: list[Line] = []
    for event in tx.find(EventRecord, kind="voucher", refused=True):
        body = json.loads(event.body)
        try:
            late, lines = Voucher.from_json(body["voucher"]["message"]).seq > seq, _lines(body["lines"])
        except (MalformedMessage, KeyError, TypeError):
            continue
        if late:
            found += lines
    return found


def _accept(
    tx: Tx,
    found: VoucherAccepted,
    record: ChannelRecord,
    voucher: Voucher,
    signature: bytes,
    state: ChannelState,
    event: dict[str, Any],
) -> None:
    if tx.get(VoucherRecord, voucher.seq) is None:
        tx.put(
            VoucherRecord(
                seq=voucher.seq,
                channel_id=record.channel_id,
                paid=Amount(voucher.paid),
                bonded=Amount(voucher.bonded),
                signature="0x" + signature.hex(),
                lines=json.dumps(event["lines"]),
                received_at=event["at"],
            )
        )
    _settle(tx, {line.key for line in found.lines}, voucher.seq, event["at"])
    tx.change(
        ChannelRecord,
        record.channel_id,
        deposit=str(found.channel.deposit),
        claimed=str(Amount(state.claimed)),
        from_rewards=str(found.channel.pockets.from_rewards),
        read_at=event["at"],
    )
    set_value(tx, DIFFERENCE, None)


def _settle(tx: Tx, settled: set[LineKey], seq: int, at: int) -> None:
    """These lines are paid by the voucher `seq`, and so is what they are of."""
    touched = set()
    for key in settled:
        if key[4] is LineKind.UNBONDED:
            confirm_step(tx, "0x" + key[0].hex(), key[1])
    for line in tx.find(LineRecord, seq=0):
        campaign = bytes.fromhex(line.campaign_id[2:])
        if any(
            key[:4] == (campaign, line.index, line.attempt, line.round) and key[4].value == line.kind
            for key in settled
        ):
            tx.change(LineRecord, line.line_id, seq=seq, at=at)
            touched.add(line.item_id)
    for item_id in touched:
        item = tx.get(ItemRecord, item_id)
        if item is not None and item.state == ItemState.ACCEPTED.name:
            tx.change(ItemRecord, item_id, state=ItemState.PAID.name, changed_at=at)


def _refuse(tx: Tx, channel: WorkerChannel, voucher: Voucher, lines: list[Line], found: Refused) -> str:
    signed = Amount(voucher.paid + voucher.bonded)
    named = {line.key for line in lines}
    mine = [line for line in channel.owed if line.key in named]
    expected = channel.pockets.plus(mine, channel.bond_target).sum
    problem = f"A voucher was refused: {found.reason.value}."
    if found.reason is Reason.SUM:
        problem = (
            f"A voucher was refused: it says {signed.exact()} GEM in all, "
            f"your own sum is {expected.exact()} GEM."
        )
    set_value(
        tx,
        DIFFERENCE,
        {
            "message": problem,
            "safe": "Your best voucher so far and all your evidence are kept; nothing was signed away.",
            "action": "Wait for a corrected voucher; if none comes, tell the platform and take no more work.",
            "code": f"voucher_{found.reason.name.lower()}",
        },
    )
    return problem
