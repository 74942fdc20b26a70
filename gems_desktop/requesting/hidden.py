# SPDX-License-Identifier: Apache-2.0
"""Known answers that a requester hides among the tasks, and the practice set that newcomers may try first."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from gems_desktop.requesting.files import bad, read_rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of the gold file: the answer of the task at `index` (from 0), or of a task of its own."""

    index: int | None
    data: dict[str, Any]
    answer: list[Any]
    source: str


@dataclass(frozen=True, slots=True)
class PracticeItem:
    """A task with its right answer and what a learner who missed it is told, which gives nothing away."""

    data: dict[str, Any]
    answer: list[Any]
    hint: str

    def to_json(self) -> dict[str, Any]:
        """As the platform takes it."""
        return {"data": self.data, "answer": self.answer, "hint": self.hint}


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
    """Rows {"data", "answer", "hint"}; raises BadCampaignFile."""
    found = []
    for number, row in enumerate(read_rows(path), 1):
        data, answer, hint = row.get("data"), row.get("answer"), row.get("hint", "")
        if not isinstance(data, dict) or type(answer) is not list or not isinstance(hint, str):
            raise bad(f"practice:{number} needs data, answer and hint")
        found.append(PracticeItem(data, answer, hint))
    return found


def scattered(items: Sequence[T], new: Sequence[T], chance: random.Random) -> list[T]:
    """`items` in their order with `new` at random places among them, in random order."""
    places = set(chance.sample(range(len(items) + len(new)), len(new)))
    mixed, rest, found = iter(chance.sample(list(new), len(new))), iter(items), []
    for place in range(len(items) + len(new)):
        found.append(next(mixed) if place in places else next(rest))
    return found
