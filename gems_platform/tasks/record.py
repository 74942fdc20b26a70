# SPDX-License-Identifier: Apache-2.0
"""The protocol's Task as a row holds it: what changes is stored, what the campaign fixes is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_platform.campaigns.facts import Facts
from gems_platform.tasks.tables import TaskRow
from gems_protocol.amount import Amount
from gems_protocol.task import Seat, Task, TaskState, open_task

_PLAIN = (
    "attempt",
    "redo",
    "miner",
    "audited",
    "round",
    "verdict",
    "appealed_verdict",
    "cancelled",
)
_AMOUNTS = ("spent", "reward", "stake", "review_reward", "review_stake", "bond")


def dump(task: Task) -> str:
    """The task's changing part as JSON."""
    record: dict[str, Any] = {name: getattr(task, name) for name in _PLAIN}
    record.update({name: str(getattr(task, name)) for name in _AMOUNTS})
    record["state"] = task.state.value
    record["missed"] = list(task.missed)
    record["seats"] = [[seat.verifier, seat.round, seat.vote] for seat in task.seats]
    record["earlier"] = [[seat.verifier, seat.round, seat.vote] for seat in task.earlier]
    return json.dumps(record)


def load(row: TaskRow, campaign: Facts) -> Task:
    """The task of a row."""
    record = json.loads(row.record)
    changed: dict[str, Any] = {name: record[name] for name in _PLAIN}
    changed.update({name: Amount.parse(record[name]) for name in _AMOUNTS})
    return replace(
        open_task(row.index, campaign.terms, campaign.policy),
        state=TaskState(record["state"]),
        missed=tuple(record["missed"]),
        seats=tuple(Seat(*seat) for seat in record["seats"]),
        earlier=tuple(Seat(*seat) for seat in record["earlier"]),
        **changed,
    )
