# SPDX-License-Identifier: Apache-2.0
"""What somebody does at one store, step by step, and what a store that was cut off has to show of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_tx import SqliteTx
from gems_desktop.services.records import (
    AnswerRecord,
    EditRecord,
    EventRecord,
    ItemRecord,
    SealedRecord,
    VoucherRecord,
)
from gems_protocol.amount import Amount

KEY = bytes(range(32))
BATCH = 4


def item(number: int) -> ItemRecord:
    """Task `number`, as it was leased."""
    amounts = (Amount(10**20), Amount(0))
    about = (f"item{number}", "b", "c", "work", number, number, 0, 0, *amounts, 99, "LEASED", 5)
    return ItemRecord(*about, "{}", "0x", json.dumps({"text": f"task datum {number}"}), "[]", "[]")  # type: ignore[arg-type]


def answer(number: int) -> AnswerRecord:
    """The finished answer of task `number`."""
    return AnswerRecord(f"item{number}", json.dumps([f"answer of {number}"]), "0xab", "0xcd", 7)


def edit(number: int, step: int) -> EditRecord:
    """One edit of task `number`."""
    return EditRecord(0, f"item{number}", "edit", json.dumps({"n": number, "step": step}))


def sealed(last: int) -> SealedRecord:
    """The batch of tasks that ends with `last`."""
    ids = [f"item{number}" for number in range(last - BATCH + 1, last + 1)]
    return SealedRecord(f"root{last}", "work", BATCH, json.dumps({"answers": ids}), json.dumps(ids), 9, 8)


def voucher(seq: int) -> VoucherRecord:
    """Voucher number `seq`."""
    return VoucherRecord(seq, "ch", Amount(seq * 10**18), Amount(0), "0xsig", "[]", 5)


@dataclass
class Told:
    """What was acknowledged so far."""

    edits: list[tuple[int, int]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    sealed: dict[int, SealedRecord] = field(default_factory=dict)
    taken_back: list[int] = field(default_factory=list)
    vouchers: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)

    def copy(self) -> Told:
        return Told(
            list(self.edits), list(self.answers), dict(self.sealed),
            list(self.taken_back), list(self.vouchers), list(self.events),
        )  # fmt: skip


Step = tuple[Callable[[SqliteStore], object], Callable[[Told], object]]


def steps(count: int) -> Iterator[Step]:
    """Doing `count` tasks: edits, answers, sealing, receipts, taking back, vouchers, events, backups."""
    for number in range(1, count + 1):
        yield _run(lambda tx, n=number: tx.put(item(n))), lambda told: None
        for step in (1, 2):
            yield (
                _run(lambda tx, n=number, s=step: _write(tx, n, s)),
                lambda told, n=number, s=step: told.edits.append((n, s)),
            )
        yield _run(lambda tx, n=number: _finish(tx, n)), lambda told, n=number: told.answers.append(n)
        if number % BATCH == 0:
            yield from _batch(number)


def _batch(last: int) -> Iterator[Step]:
    yield _run(lambda tx: _seal(tx, last)), lambda told: told.sealed.update({last: sealed(last)})
    if last % (3 * BATCH) == 0:
        yield _run(lambda tx: _take_back(tx, last)), lambda told: _taken(told, last)
        yield _run(lambda tx: _seal(tx, last)), lambda told: _again(told, last)
    yield (lambda store: store._backup()), lambda told: None
    yield _run(lambda tx: tx.put(voucher(last))), lambda told: told.vouchers.append(last)
    event = EventRecord(last, 5, "verdict", json.dumps({"told": f"in words {last}"}))
    yield _run(lambda tx: tx.put(event)), lambda told: told.events.append(last)
    received = replace(sealed(last), attempted=True, receipt='{"receipt":1}')
    if last % (2 * BATCH) == 0:
        yield (
            _run(lambda tx: (tx.put(received), tx.change(ItemRecord, _ids(last), state="DELIVERED"))),
            lambda told: told.sealed.update({last: received}),
        )


def _run(work: Callable[[SqliteTx], Any]) -> Callable[[SqliteStore], object]:
    return lambda store: store._run(work)


def _ids(last: int) -> tuple[str, ...]:
    return tuple(json.loads(sealed(last).item_ids))


def _write(tx: SqliteTx, number: int, step: int) -> None:
    tx.put(edit(number, step))
    tx.change(ItemRecord, f"item{number}", state="DRAFT")


def _finish(tx: SqliteTx, number: int) -> None:
    tx.put(answer(number))
    tx.change(ItemRecord, f"item{number}", state="FINISHED")


def _seal(tx: SqliteTx, last: int) -> None:
    tx.change(ItemRecord, _ids(last), state="SEALED")
    tx.put(sealed(last))


def _take_back(tx: SqliteTx, last: int) -> None:
    tx.remove(SealedRecord, f"root{last}")
    tx.change(ItemRecord, _ids(last), state="FINISHED")


def _taken(told: Told, last: int) -> None:
    del told.sealed[last]
    told.taken_back.append(last)


def _again(told: Told, last: int) -> None:
    told.taken_back.remove(last)
    told.sealed[last] = sealed(last)


def lost(folder: Path, before: Told, after: Told, *, drafts: bool = True) -> list[str]:
    """Open the real store in `folder`: what was acknowledged `before` the cut and is not there, or half there.

    after: the same with the step that was cut off, which may be there, wholly. drafts: whether edits count.
    """
    store = SqliteStore(folder)
    try:
        store._open()
        store._open_sealed(bytearray(KEY))
        return store._run(lambda tx: [*_lost_rows(tx, before, after, drafts), *_half(tx)])
    finally:
        store._close()


def _lost_rows(tx: SqliteTx, before: Told, after: Told, drafts: bool) -> Iterator[str]:
    found = [json.loads(line.edit) for line in tx.find(EditRecord)]
    edits = [(value["n"], value["step"]) for value in found]
    if drafts and edits not in (before.edits, after.edits):
        yield f"edits: {len(edits)} of {len(before.edits)}"
    answers = {record.item_id: record for record in tx.find(AnswerRecord)}
    yield from (f"answer {n}" for n in before.answers if answers.get(f"item{n}") != answer(n))
    batches = {record.root: record for record in tx.find(SealedRecord)}
    for last, record in before.sealed.items():
        if last in after.sealed and batches.get(record.root) not in (record, after.sealed[last]):
            yield f"sealed {last}"
    yield from (
        f"taken back {n}" for n in before.taken_back if n not in after.sealed and f"root{n}" in batches
    )
    vouchers = {record.seq: record for record in tx.find(VoucherRecord)}
    yield from (f"voucher {n}" for n in before.vouchers if vouchers.get(n) != voucher(n))


def _half(tx: SqliteTx) -> Iterator[str]:
    states = {record.item_id: record.state for record in tx.find(ItemRecord)}
    for record in tx.find(SealedRecord):
        wanted = "DELIVERED" if record.receipt else "SEALED"
        for one in json.loads(record.item_ids):
            if states.get(one, wanted) != wanted:
                yield f"half sealed: {one} is {states[one]}"
