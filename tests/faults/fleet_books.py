# SPDX-License-Identifier: Apache-2.0
"""Whether a platform's money adds up: what was earned, vouchered and paid for, from its store alone."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from gems_platform.channels.tables import ChannelRow, LineRow
from gems_platform.tasks.tables import AssignmentRow, TaskRow, TransferRow


def wrong(session: Session) -> list[str]:
    """Everything that cannot be true of a platform that neither made, lost nor paid money twice."""
    found: list[str] = []
    paid = Counter(
        (line.worker, line.campaign_id, line.index, line.attempt, line.round, line.kind)
        for line in session.scalars(select(LineRow))
        if line.campaign_id is not None
    )
    found += [f"paid {count} times: {what}" for what, count in paid.items() if count > 1]
    for channel in session.scalars(select(ChannelRow)):
        lines = session.scalars(
            select(LineRow).where(LineRow.worker == channel.worker, LineRow.seq.is_not(None))
        )
        total = sum(line.amount for line in lines)
        if total != channel.paid + channel.bonded:
            found.append(f"{channel.worker}: vouchers {channel.paid + channel.bonded}, lines {total}")
    done = Counter(
        (item.campaign_id, item.index)
        for item in session.scalars(select(AssignmentRow).where(AssignmentRow.state == "accepted"))
    )
    found += [f"accepted {count} times: {what}" for what, count in done.items() if count > 1]
    for campaign in {task.campaign_id for task in session.scalars(select(TaskRow))}:
        sums: Counter[str] = Counter()
        for row in session.scalars(select(TransferRow).where(TransferRow.campaign_id == campaign)):
            sums[row.source] -= row.amount
            sums[row.target] += row.amount
        if sum(sums.values()):
            found.append(f"transfers of {campaign} add up to {sum(sums.values())}")
    return found
