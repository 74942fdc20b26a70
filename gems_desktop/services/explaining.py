# SPDX-License-Identifier: Apache-2.0
"""A voucher that was believed for its signature alone gets its lines when the work behind it is here after all."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.channels import best_voucher, channel_record
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord, LineRecord, VoucherRecord
from gems_protocol.amount import ZERO, Amount, total
from gems_protocol.lines import Line, LineKind
from gems_protocol.messages import Voucher

UNEXPLAINED = "vouchers_unexplained"  # {"units","at"}: what vouchers paid and no line of mine explains
_STAKES = tuple(kind.value for kind in LineKind if kind.is_stake)


def unexplained(tx: Tx) -> Amount:
    """What vouchers paid and no line of mine explains."""
    return Amount(int(get_value(tx, UNEXPLAINED, {"units": "0"})["units"]))


def add_unexplained(tx: Tx, units: int, at: int) -> None:
    """A voucher was believed that pays so much more than is explained; negative: that much is explained now."""
    left = unexplained(tx).units + units
    set_value(tx, UNEXPLAINED, {"units": str(left), "at": at} if left > 0 else None)


def explain(
    tx: Tx,
    voucher: Voucher,
    signature: bytes,
    lines: list[Line],
    owed: dict[Any, Line],
    event: dict[str, Any],
) -> list[Line] | None:
    """The lines that a voucher below the best one settled, all of them owed by my own evidence; None for others.

    They are part of the best one already, so its pockets stay as they are; at most what is unexplained gets a line.
    """
    best, left, sum_ = best_voucher(tx), unexplained(tx), total([line.amount for line in lines])
    below = (
        best is not None
        and voucher.seq <= best.seq
        and Amount(voucher.paid + voucher.bonded) <= (best.paid + best.bonded)
    )
    if not below or not lines or not left or sum_ > left or any(owed.get(line.key) != line for line in lines):
        return None
    add_unexplained(tx, -sum_.units, event["at"])
    tx.put(
        VoucherRecord(
            seq=voucher.seq,
            channel_id="0x" + voucher.channel_id.hex(),
            paid=Amount(voucher.paid),
            bonded=Amount(voucher.bonded),
            signature="0x" + signature.hex(),
            lines=json.dumps(event["lines"]),
            received_at=event["at"],
        )
    )
    return lines


def settle_pockets(tx: Tx) -> None:
    """Once all is explained, what is bonded, came back by no stake and was not moved out is what the standing order put
    there."""
    record, best = channel_record(tx), best_voucher(tx)
    if record is None or best is None or unexplained(tx):
        return
    returned = total([line.amount for line in tx.find(LineRecord, kind=_STAKES) if line.seq])
    out = total([line.amount for line in tx.find(LineRecord, kind=LineKind.UNBONDED.value) if line.seq])
    tx.change(ChannelRecord, record.channel_id, from_rewards=str(max(ZERO, best.bonded - returned - out)))
