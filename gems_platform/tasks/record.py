# SPDX-License-Identifier: Apache-2.0
"""The protocol's Task as a row holds it: what changes is stored, what the campaign fixes is not."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from fractions import Fraction
from typing import Any

from gems_platform.campaigns.facts import Facts
from gems_platform.tasks.tables import TaskRow
from gems_protocol.amount import Amount
from gems_protocol.task import Seat, Task, TaskState, open_task
from gems_protocol.verification import NEWCOMER, Standing

_PLAIN = (
    "attempt",
    "redo",
    "miner",
    "audited",
    "round",
    "verdict",
    "answer",
    "appealed_verdict",
    "poor",
    "cancelled",
)
_AMOUNTS = ("spent", "reward", "stake", "review_reward", "review_stake", "bond", "commission")
#: What records of tasks lack that were written before there were appeals and blind verifiers.
_BEFORE: dict[str, Any] = {"answer": 0, "poor": False, "commission": "0", "standing": astuple(NEWCOMER)}


def dump(task: Task) -> str:
    """The task's changing part as JSON."""
    record: dict[str, Any] = {name: getattr(task, name) for name in _PLAIN}
    record.update({name: str(getattr(task, name)) for name in _AMOUNTS})
    record["state"] = task.state.value
    record["missed"] = list(task.missed)
    record["standing"] = astuple(task.standing)
    record["seats"] = [_seat_json(seat) for seat in task.seats]
    record["earlier"] = [_seat_json(seat) for seat in task.earlier]
    return json.dumps(record)


def _seat_json(seat: Seat) -> list[Any]:
    return [seat.verifier, seat.round, seat.vote, seat.answer, str(seat.accuracy)]


def _seat(value: list[Any]) -> Seat:
    verifier, round_, vote, *weighed = value
    return Seat(verifier, round_, vote, weighed[0], Fraction(weighed[1])) if weighed else Seat(*value)


def load(row: TaskRow, campaign: Facts) -> Task:
    """The task of a row."""
    record = {**_BEFORE, **json.loads(row.record)}
    changed: dict[str, Any] = {name: record[name] for name in _PLAIN}
    changed.update({name: Amount.parse(record[name]) for name in _AMOUNTS})
    return replace(
        open_task(row.index, campaign.terms, campaign.policy, campaign.rules.classes),
        standing=Standing(*record["standing"]),
        state=TaskState(record["state"]),
        missed=tuple(record["missed"]),
        seats=tuple(_seat(seat) for seat in record["seats"]),
        earlier=tuple(_seat(seat) for seat in record["earlier"]),
        **changed,
    )
