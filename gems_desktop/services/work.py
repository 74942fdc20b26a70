# SPDX-License-Identifier: Apache-2.0
"""Doing tasks, without any network: every edit durable, answers checked, sealed with one signature a batch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gems_desktop.services import outbox
from gems_desktop.services.appeals import Appeals
from gems_desktop.services.context import Context
from gems_desktop.services.doing import TODO, answers_of, append, finish, task_facts, task_item
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import AppealFacts, ItemState, OutboxItem, TaskFacts, Topic
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, QueueFacts
from gems_desktop.services.facts_story import StoryFacts
from gems_desktop.services.keeping import Keeping
from gems_desktop.services.owing import stake_back
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.queue import most_urgent_first
from gems_desktop.services.records import AnswerRecord, ItemRecord, SealedRecord
from gems_desktop.services.redos import redo_item
from gems_desktop.services.story import story
from gems_protocol import merkle
from gems_protocol.messages import BatchSubmission, Submission

_LEAVING = (ItemState.FINISHED.name, ItemState.SEALED.name, ItemState.SENDING.name)
_JUDGED = (
    ItemState.ACCEPTED.name,
    ItemState.REJECTED.name,
    ItemState.DISPUTED.name,
    ItemState.PAID.name,
)
_AHEAD = 3  # tasks whose media are decoded while the present one is done


class WorkService:
    """Implements Work."""

    def __init__(self, context: Context, appeals: Appeals, keeping: Keeping) -> None:
        self._c = context
        self._keeping = keeping
        self._appeals = appeals

    async def current(self) -> TaskFacts | None:
        """See Work."""
        return await self._c.store.run(self._next)

    async def open(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._c.store.run(lambda tx: task_facts(tx, task_item(tx, item_id)))

    async def record(self, item_id: str, edit: dict[str, Any]) -> None:
        """See Work; raises EditRefused for an edit that the module does not allow."""
        await self._c.store.run(lambda tx: append(tx, item_id, "edit", edit, self._c.platform.time()))
        self._c.publish(Topic.WORK)

    async def undo(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._step(item_id, "undo")

    async def redo(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._step(item_id, "redo")

    async def _step(self, item_id: str, kind: str) -> TaskFacts:
        def work(tx: Tx) -> TaskFacts:
            append(tx, item_id, kind, {}, self._c.platform.time())
            return task_facts(tx, task_item(tx, item_id))

        found = await self._c.store.run(work)
        self._c.publish(Topic.WORK)
        return found

    async def finish(self, item_id: str) -> TaskFacts | None:
        """See Work; raises AnswerIncomplete."""
        salt = "0x" + self._c.random_id().hex()

        def work(tx: Tx) -> TaskFacts | None:
            item = finish(tx, item_id, salt, self._c.platform.time())
            return None if item.blind else self._next(tx, item.batch_id)

        found = await self._c.store.run(work)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def seal(self) -> int:
        """See Work; one signature for each batch."""
        now = self._c.platform.time()
        finished = await self._c.store.run(lambda tx: _finished(tx, now))
        sealed = 0
        for items in most_urgent_first(finished):
            names = [item.item_id for item in items]
            given = await self._c.store.run(lambda tx, names=names: answers_of(tx, names))  # type: ignore[misc]
            pairs = [(item, given[item.item_id]) for item in items if item.item_id in given]
            if pairs:
                await self._seal(items[0].batch_id, pairs, now)
                sealed += len(pairs)
        if sealed:
            await self._c.store.backup()
            self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.CONNECTION)
        return sealed

    async def _seal(self, batch_id: str, pairs: list[tuple[_Finished, AnswerRecord]], now: int) -> None:
        leaves = [
            Submission(_raw(item.item_id), _raw(answer.result_hash), _raw(answer.salt)).struct_hash()
            for item, answer in pairs
        ]
        message = BatchSubmission(merkle.root(leaves), len(leaves), _raw(batch_id), now)
        signature = await self._c.sign(message)
        body = {
            "batch": {"message": message.to_json(), "signature": "0x" + signature.hex()},
            "items": [
                {"assignment_hash": item.item_id, "salt": answer.salt, "answer": json.loads(answer.answer)}
                for item, answer in pairs
            ],
        }
        record = SealedRecord(
            root="0x" + message.root.hex(),
            kind="work",
            count=message.count,
            body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            item_ids=json.dumps([item.item_id for item, _ in pairs]),
            due_at=min(item.due_at for item, _ in pairs),
            sealed_at=now,
        )

        def work(tx: Tx) -> None:
            here = tx.rows(ItemRecord, ("item_id",), batch_id=batch_id, state=ItemState.FINISHED.name)
            open_now = {row[0] for row in here}
            given = _hashes(tx, [item.item_id for item, _ in pairs])
            if any(item.item_id not in open_now for item, _ in pairs):
                raise NothingToDo("A task was reopened meanwhile.", action="Seal again.")
            if any(given.get(item.item_id) != (answer.result_hash, answer.salt) for item, answer in pairs):
                raise NothingToDo("An answer was changed meanwhile.", action="Seal again.")
            sealed = tuple(item.item_id for item, _ in pairs)
            tx.change(
                ItemRecord, sealed, state=ItemState.SEALED.name, changed_at=now, sealed_root=record.root
            )
            tx.put(record)

        await self._c.store.run(work)

    async def take_back(self, item_id: str) -> TaskFacts:
        """See Work; the rest of a sealed batch goes back to finished and is sealed again later."""

        def work(tx: Tx) -> TaskFacts:
            item, now = self._item(tx, item_id), self._c.platform.time()
            if item.state == ItemState.SEALED.name:
                _open_batch(tx, item, now)
            elif item.state != ItemState.FINISHED.name:
                raise _left()
            tx.change(ItemRecord, item_id, state=ItemState.DRAFT.name, changed_at=now)
            return task_facts(tx, task_item(tx, item_id))

        found = await self._c.store.run(work)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def give_back(self, item_id: str) -> None:
        """See Work."""
        item = await self._c.store.run(lambda tx: self._item(tx, item_id))
        if item.state not in (*TODO, ItemState.FINISHED.name) or item.redo_of:
            raise NothingToDo("This task cannot be given back any more.")
        await self._c.platform.post(f"/v1/leases/{item.batch_id}/return", {"assignment_hashes": [item_id]})

        def work(tx: Tx) -> None:
            now = self._c.platform.time()
            tx.change(ItemRecord, item_id, state=ItemState.RETURNED.name, changed_at=now)
            stake_back(tx, item, now)

        await self._c.store.run(work)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.EARNINGS)

    async def appeal_offer(self, item_id: str) -> AppealFacts:
        """See Work."""
        return await self._appeals.offer(item_id)

    async def appeal(self, item_id: str, reason: str) -> None:
        """See Work."""
        await self._appeals.write(item_id, reason)

    async def keep_appeal_draft(self, item_id: str, text: str) -> None:
        """See Work."""
        await self._appeals.keep_draft(item_id, text)

    async def story(self, item_id: str) -> StoryFacts:
        """See Work."""
        return await story(self._c, item_id)

    async def let_stand(self, item_id: str) -> None:
        """See Work."""

        def again_of(tx: Tx) -> ItemRecord | None:
            item = self._item(tx, item_id)
            if item.state != ItemState.REJECTED.name or item.final or item.appeal_state in ("made", "sent"):
                raise NothingToDo("There is no verdict here that waits for you.", safe="Nothing was changed.")
            return redo_item(tx, item)

        again = await self._c.store.run(again_of)
        if again is not None and again.state in _LEAVING:
            raise NothingToDo("You have finished the second try.", action="Send it, or take it back first.")
        await self._c.platform.post("/v1/verdicts/accept", {"assignment_hashes": [item_id]})

    async def queue(self) -> QueueFacts:
        """See Work."""
        return await self._keeping.facts()

    async def outbox(self) -> list[OutboxItem]:
        """See Work."""
        return await self._c.store.run(lambda tx: outbox.everything(tx, self._c.platform.time()))

    async def outbox_page(
        self, asked: OutboxFilter, after: tuple[int, int] | None = None, limit: int = 100
    ) -> OutboxPage:
        """See Work."""
        now = self._c.platform.time()
        return await self._c.store.run(lambda tx: outbox.page(tx, asked, after, limit, now))

    async def judged_in(self) -> frozenset[str]:
        """See Work."""
        found = await self._c.store.run(
            lambda tx: tx.tally(ItemRecord, ("campaign_id",), kind="work", state=_JUDGED)
        )
        return frozenset(campaign_id for campaign_id, _ in found)

    async def state(self, item_id: str) -> ItemState | None:
        """See Work."""
        found = await self._c.store.run(lambda tx: tx.rows(ItemRecord, ("state",), item_id=item_id))
        return ItemState[found[0][0]] if found else None

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        """See Work."""

        def work(tx: Tx) -> list[TaskFacts]:
            waiting = _todo(tx, self._c.platform.time(), _AHEAD + 1)
            others = [item for item in waiting if item.item_id != item_id]
            return [task_facts(tx, item) for item in others[:_AHEAD]]

        return await self._c.store.run(work)

    def _item(self, tx: Tx, item_id: str) -> ItemRecord:
        item = tx.get(ItemRecord, item_id)
        if item is None or item.kind != "work":
            raise NothingToDo("This task is not on this computer.")
        return item

    def _next(self, tx: Tx, batch_id: str = "") -> TaskFacts | None:
        """What comes first; of several batches that are due in the same second, the one that was being done."""
        waiting = _todo(tx, self._c.platform.time(), 1)
        if waiting and batch_id not in ("", waiting[0].batch_id):
            first = waiting[0]
            same: dict[str, Any] = {"kind": "work", "state": first.state, "due_at": first.due_at}
            waiting = tx.find(ItemRecord, order="position", limit=1, batch_id=batch_id, **same) or waiting
        return task_facts(tx, waiting[0]) if waiting else None


def _open_batch(tx: Tx, item: ItemRecord, now: int) -> None:
    """Break the seal of the batch that `item` is in; raises NothingToDo when it may have left this computer."""
    sealed = tx.get(SealedRecord, item.sealed_root)
    if sealed is None:  # sealed by a version that did not note where
        unsent = tx.find(SealedRecord, receipt="")
        sealed = next((one for one in unsent if item.item_id in json.loads(one.item_ids)), None)
    if sealed is None or sealed.receipt:
        raise _left()
    if sealed.attempted:
        raise NothingToDo(
            "Sending this answer has begun: the platform may have it already.",
            safe="It is sent again until the platform has signed for it, and counts once.",
        )
    tx.remove(SealedRecord, sealed.root)
    names = tuple(json.loads(sealed.item_ids))
    tx.change(ItemRecord, names, state=ItemState.FINISHED.name, changed_at=now, sealed_root="")


@dataclass(frozen=True, slots=True)
class _Finished:
    """What is read of an item to seal it."""

    item_id: str
    batch_id: str
    due_at: int


def _finished(tx: Tx, now: int) -> list[_Finished]:
    """Work that is finished and not too late, in the order of its batches."""
    where: dict[str, Any] = {"kind": "work", "state": ItemState.FINISHED.name, "due_at": Above(now)}
    found = tx.rows(ItemRecord, ("item_id", "batch_id", "due_at"), order="position", **where)
    return [_Finished(*row) for row in found]


def _hashes(tx: Tx, names: list[str]) -> dict[str, tuple[str, str]]:
    """What stands for each answer: its hash and its salt."""
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(names), 1000):
        some = tuple(names[start : start + 1000])
        for name, result_hash, salt in tx.rows(
            AnswerRecord, ("item_id", "result_hash", "salt"), item_id=some
        ):
            found[name] = (result_hash, salt)
    return found


def _left() -> NothingToDo:
    return NothingToDo(
        "This answer has left the outbox already.", safe="It is with the platform as you sent it."
    )


def _todo(tx: Tx, now: int, limit: int) -> list[ItemRecord]:
    """What is left to do: the open draft first, then what is due first, in the order of its batch."""
    found: list[ItemRecord] = []
    for state in TODO:
        found += tx.find(
            ItemRecord,
            order=("due_at", "batch_id", "position"),
            limit=limit,
            kind="work",
            state=state,
            due_at=Above(now),
        )
    return found[:limit]


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])
