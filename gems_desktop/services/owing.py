# SPDX-License-Identifier: Apache-2.0
"""What checked evidence owes me, written down line by line before any voucher comes."""

from __future__ import annotations

import json

from gems_desktop.services.channels import line_record, load_channel
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ItemRecord, LineRecord
from gems_protocol.channel import owe
from gems_protocol.lines import Line, returned_lines, review_lines
from gems_protocol.messages import Assignment, ReviewAssignment


def owe_lines(tx: Tx, item: ItemRecord, lines: list[Line], at: int) -> None:
    """Owed from now on; raises MoneyDiffers when a line comes with another amount than before."""
    channel = load_channel(tx, lines)
    if channel is not None:
        owe(channel, lines)
    last = tx.rows(LineRecord, ("place",), order="place", descending=True, limit=1)
    place = last[0][0] + 1 if last else 0
    for offset, line in enumerate(lines):
        record = line_record(line, item.item_id, 0, at, place + offset)
        if tx.get(LineRecord, record.line_id) is None:
            tx.put(record)


def stake_back(tx: Tx, item: ItemRecord, at: int) -> None:
    """A first try that ended without an answer, or a review without a vote: the stake is owed to me."""
    message = json.loads(item.assignment)
    if item.kind == "review":
        lines = review_lines(ReviewAssignment.from_json(message), None)
    else:
        lines = [] if item.redo_of else returned_lines(Assignment.from_json(message))
    owe_lines(tx, item, lines, at)
