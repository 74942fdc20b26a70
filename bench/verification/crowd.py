# SPDX-License-Identifier: Apache-2.0
"""Recorded answers of a real crowd with gold, read from the folder layouts in which such sets are published."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

#: The species that count as a duck in the ducks set; its workers were asked "duck or not?".
DUCKS = frozenset({"American Black Duck", "Mallard"})
_PAIR = re.compile(r"([^\s,{}:][^,{}:]*): *([^\s,{}]+)")
_BLOCK = re.compile(r"([^\s,{}:]+): *\{([^}]*)\}")


class UnknownLayout(Exception):
    """The folder holds no layout that is known; the text lists those that are."""


@dataclass(frozen=True)
class Crowd:
    """Answers of one crowd. answers[i]: (worker, class) of item i, each worker once; truth[i]: its gold class.

    Workers and classes are numbered from 0; `workers` and `classes` are how many there are.
    """

    name: str
    answers: tuple[tuple[tuple[int, int], ...], ...]
    truth: tuple[int, ...]
    workers: int
    classes: int

    @property
    def per_item(self) -> float:
        """Mean answers per item."""
        return sum(map(len, self.answers)) / len(self.answers)


Answer = tuple[Hashable, Hashable, Hashable]  # item, worker, label
Raw = tuple[Iterable[Answer], dict[Hashable, Hashable]]


def read(folder: Path) -> Crowd:
    """Read the set in `folder`, whichever layout it has; items without gold are left out.

    Raises UnknownLayout, and ValueError when the files are not what their names say.
    """
    for marks, reader in LAYOUTS.items():
        found = [next(iter(sorted(folder.glob(mark))), None) for mark in marks]
        paths = [path for path in found if path is not None]
        if len(paths) == len(marks):
            return _numbered(folder.resolve().name, *reader(*paths))
    known = "; ".join(" + ".join(marks) for marks in LAYOUTS)
    raise UnknownLayout(f"{folder} holds none of the layouts that are known: {known}")


def _numbered(name: str, answers: Iterable[Answer], gold: dict[Hashable, Hashable]) -> Crowd:
    by_item: dict[Hashable, dict[Hashable, Hashable]] = {}
    for item, worker, label in answers:
        if item in gold:
            by_item.setdefault(item, {})[worker] = label
    items = sorted(by_item, key=repr)
    if not items:
        raise ValueError(f"{name}: no item has both an answer and gold")
    workers = sorted({worker for votes in by_item.values() for worker in votes}, key=repr)
    labels = {label for votes in by_item.values() for label in votes.values()}
    labels |= {gold[item] for item in items}
    classes = {label: number for number, label in enumerate(sorted(labels, key=repr))}
    number = {worker: position for position, worker in enumerate(workers)}
    return Crowd(
        name,
        tuple(tuple((number[who], classes[label]) for who, label in by_item[item].items()) for item in items),
        tuple(classes[gold[item]] for item in items),
        len(workers),
        len(classes),
    )


def _two_tables(labels: Path, truth: Path) -> Raw:
    """`label.csv` (item, worker, label) and `truth.csv` (item, truth), each with a heading."""
    with labels.open(newline="", encoding="utf-8") as file:
        answers = [(row["item"], row["worker"], row["label"]) for row in csv.DictReader(file)]
    with truth.open(newline="", encoding="utf-8") as file:
        return answers, {row["item"]: row["truth"] for row in csv.DictReader(file)}


def _one_table(table: Path) -> Raw:
    """`*_amt.csv` without a heading: worker, item, label, gold and what else was recorded."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if len(row) >= 4]
    return [(row[1], row[0], row[2]) for row in rows], {row[1]: row[3] for row in rows}


def _matrix(labels: Path, truth: Path) -> Raw:
    """`labels.yaml` {worker: {item: label}} and `gt.yaml` {item: label}; only that much YAML is understood."""
    answers = [
        (item, worker, label)
        for worker, block in _BLOCK.findall(labels.read_text("utf-8"))
        for item, label in _PAIR.findall(block)
    ]
    return answers, dict(_PAIR.findall(truth.read_text("utf-8")))


def _species(labels: Path, classes: Path) -> Raw:
    """`labels.txt` (a line of sizes, then item, worker, 0 or 1) and `classes.yaml` {labels: ..., species: ...}."""
    blocks = dict(_BLOCK.findall(classes.read_text("utf-8")))
    ducks = {number for name, number in _PAIR.findall(blocks["species"]) if name in DUCKS}
    rows = [line.split() for line in labels.read_text("utf-8").splitlines()[1:] if line.strip()]
    gold: dict[Hashable, Hashable] = {
        item: str(int(number in ducks)) for item, number in _PAIR.findall(blocks["labels"])
    }
    return [(item, worker, label) for item, worker, label in rows], gold


#: The files that make a layout (as patterns), and what reads them.
LAYOUTS: dict[tuple[str, ...], Callable[..., Raw]] = {
    ("label.csv", "truth.csv"): _two_tables,
    ("labels.yaml", "gt.yaml"): _matrix,
    ("labels.txt", "classes.yaml"): _species,
    ("*_amt.csv",): _one_table,
}
