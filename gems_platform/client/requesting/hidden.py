# SPDX-License-Identifier: Apache-2.0
"""Known answers that a requester hides among the tasks, and the practice set that newcomers may try first."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from gems_platform.client.requesting.files import bad, check_fields, read_rows
from gems_protocol.errors import MalformedMessage
from gems_protocol.practice import PracticeItem, items_of

T = TypeVar("T")
PRACTICE_FIELDS = frozenset({"data", "answer", "hint"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of the gold file: the answer of the task at `index` (from 0), or of a task of its own."""

    index: int | None
    data: dict[str, Any]
    answer: list[Any]
    source: str


def read_gold(path: Path) -> list[Checked]:
    """Rows {"data", "answer"} or {"index", "answer"}; raises BadCampaignFile."""
    found = []
    for number, row in enumerate(read_rows(path), 1):
        source = f"gold:{number}"
        answer = row.get("answer", row.get("reference"))
        index, data = row.get("index"), row.get("data")
        if type(answer) is not list:
            raise bad(f"{source} has no answer")
        if (type(index) is int and index >= 0) == isinstance(data, dict):
            raise bad(f"{source} needs either the data of a task or the index of one")
        found.append(Checked(index if data is None else None, data or {}, answer, source))
    return found


def read_practice(path: Path) -> list[PracticeItem]:
    """Rows {"data", "answer", "hint"}; raises BadCampaignFile, MalformedMessage."""
    rows = [{"hint": "", **row} for row in read_rows(path)]
    for number, row in enumerate(rows, 1):
        check_fields(row, PRACTICE_FIELDS, f"practice:{number}")
        try:
            items_of([row])
        except MalformedMessage as error:
            raise bad(f"practice:{number}: {error.message.rstrip('.')}") from error
    return list(items_of(rows))


def scattered(items: Sequence[T], new: Sequence[T], chance: random.Random) -> list[T]:
    """`items` in their order with `new` at random places among them, in random order."""
    places = set(chance.sample(range(len(items) + len(new)), len(new)))
    mixed, rest, found = iter(chance.sample(list(new), len(new))), iter(items), []
    for place in range(len(items) + len(new)):
        found.append(next(mixed) if place in places else next(rest))
    return found
