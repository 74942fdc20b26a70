# SPDX-License-Identifier: Apache-2.0
"""Doing tasks, without any network: every edit durable, answers checked, sealed with one signature a batch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services import answers
from gems_desktop.services.channels import OVER
from gems_desktop.services.context import Context
from gems_desktop.services.errors import AnswerIncomplete, NothingToDo
from gems_desktop.services.facts import ItemState, OutboxItem, TaskFacts, Topic
from gems_desktop.services.offers import Campaign, stored_campaign
from gems_desktop.services.outside import clean_line, clean_text
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AnswerRecord, CampaignRecord, EditRecord, ItemRecord, SealedRecord
from gems_desktop.services.sync_events import Events
from gems_protocol import canonical, merkle
from gems_protocol.campaign import result_hash
from gems_protocol.messages import BatchSubmission, Submission

TODO = (ItemState.DRAFT.name, ItemState.LEASED.name)
_AHEAD = 3  # tasks whose media are decoded while the present one is done


class WorkService:
    """Implements Work."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._events = Events(context)

    async def current(self) -> TaskFacts | None:
        """See Work."""
        return await self._c.store.run(self._next)

    async def open(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._c.store.run(lambda tx: self._task(tx, self._item(tx, item_id)))

    async def record(self, item_id: str, edit: dict[str, Any]) -> None:
        """See Work; raises EditRefused for an edit that the module does not allow."""
        await self._c.store.run(lambda tx: self._append(tx, item_id, "edit", edit))
        self._c.publish(Topic.WORK)

    async def undo(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._step(item_id, "undo")

    async def redo(self, item_id: str) -> TaskFacts:
        """See Work."""
        return await self._step(item_id, "redo")

    async def _step(self, item_id: str, kind: str) -> TaskFacts:
        def work(tx: Tx) -> TaskFacts:
            self._append(tx, item_id, kind, {})
            return self._task(tx, self._item(tx, item_id))

        found = await self._c.store.run(work)
        self._c.publish(Topic.WORK)
        return found

    def _append(self, tx: Tx, item_id: str, kind: str, edit: dict[str, Any]) -> None:
        item = self._item(tx, item_id)
        if item.state not in TODO:
            raise NothingToDo(
                "This task is not open for changes.", action="Take it back first, if it may be."
            )
        if kind == "edit":
            config = _campaign(tx, item).manifest.module.config
            answers.apply(config, answers.draft_of(tx, item, config).answer, edit)
        tx.put(EditRecord(0, item_id, kind, json.dumps(edit)))
        if item.state == ItemState.LEASED.name:
            tx.change(ItemRecord, item_id, state=ItemState.DRAFT.name, changed_at=self._c.platform.time())

    async def finish(self, item_id: str) -> TaskFacts | None:
        """See Work; raises AnswerIncomplete."""
        salt = "0x" + self._c.random_id().hex()

        def work(tx: Tx) -> TaskFacts | None:
            item, now = self._item(tx, item_id), self._c.platform.time()
            if item.state not in TODO:
                raise NothingToDo("This task is not open any more.")
            config = _campaign(tx, item).manifest.module.config
            answer = answers.draft_of(tx, item, config).answer
            wrong = answers.problems(config, answer)
            if wrong:
                raise AnswerIncomplete(wrong)
            before = tx.get(AnswerRecord, item_id)
            tx.put(
                AnswerRecord(
                    item_id=item_id,
                    answer=canonical.dumps(answer).decode(),
                    result_hash="0x" + result_hash(answer).hex(),
                    salt=before.salt if before else salt,
                    finished_at=now,
                )
            )
            tx.change(ItemRecord, item_id, state=ItemState.FINISHED.name, changed_at=now)
            return self._next(tx)

        found = await self._c.store.run(work)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def seal(self) -> int:
        """See Work; one signature for each batch."""
        now = self._c.platform.time()
        finished = await self._c.store.run(
            lambda tx: tx.find(ItemRecord, order="position", kind="work", state=ItemState.FINISHED.name)
        )
        finished = [item for item in finished if item.due_at > now]
        sealed = 0
        for batch_id in sorted({item.batch_id for item in finished}):
            items = [item for item in finished if item.batch_id == batch_id]
            given = await self._c.store.run(lambda tx, items=items: _answers(tx, items))  # type: ignore[misc]
            pairs = [(item, given[item.item_id]) for item in items if item.item_id in given]
            if pairs:
                await self._seal(batch_id, pairs, now)
                sealed += len(pairs)
        if sealed:
            await self._c.store.backup()
            self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.CONNECTION)
        return sealed

    async def _seal(self, batch_id: str, pairs: list[tuple[ItemRecord, AnswerRecord]], now: int) -> None:
        leaves = [
            Submission(_raw(item.item_id), _raw(answer.result_hash), _raw(answer.salt)).struct_hash()
            for item, answer in pairs
        ]
        message = BatchSubmission(merkle.root(leaves), len(leaves), _raw(batch_id), now)
        signature = await self._c.signer.sign(message)
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
            open_now = {
                item.item_id for item in tx.find(ItemRecord, batch_id=batch_id, state=ItemState.FINISHED.name)
            }
            given = _answers(tx, [item for item, _ in pairs])
            if any(item.item_id not in open_now for item, _ in pairs):
                raise NothingToDo("A task was reopened meanwhile.", action="Seal again.")
            if any(given.get(item.item_id) != answer for item, answer in pairs):
                raise NothingToDo("An answer was changed meanwhile.", action="Seal again.")
            sealed = tuple(item.item_id for item, _ in pairs)
            tx.change(ItemRecord, sealed, state=ItemState.SEALED.name, changed_at=now)
            tx.put(record)

        await self._c.store.run(work)

    async def take_back(self, item_id: str) -> TaskFacts:
        """See Work; the rest of a sealed batch goes back to finished and is sealed again later."""

        def work(tx: Tx) -> TaskFacts:
            item, now = self._item(tx, item_id), self._c.platform.time()
            if item.state == ItemState.SEALED.name:
                for sealed in tx.find(SealedRecord, receipt=""):
                    ids = json.loads(sealed.item_ids)
                    if item_id in ids:
                        if sealed.attempted:
                            raise _left()
                        tx.remove(SealedRecord, sealed.root)
                        for other in ids:
                            tx.change(ItemRecord, other, state=ItemState.FINISHED.name, changed_at=now)
            elif item.state != ItemState.FINISHED.name:
                raise _left()
            tx.change(ItemRecord, item_id, state=ItemState.DRAFT.name, changed_at=now)
            return self._task(tx, replace(item, state=ItemState.DRAFT.name))

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
            self._events.stake_back(tx, item, now)

        await self._c.store.run(work)
        self._c.publish(Topic.WORK, Topic.OUTBOX, Topic.EARNINGS)

    async def outbox(self) -> list[OutboxItem]:
        """See Work."""

        def work(tx: Tx) -> list[OutboxItem]:
            titles: dict[str, str] = {}
            found = []
            for item in tx.find(ItemRecord, order="changed_at", descending=True):
                if item.campaign_id not in titles:
                    titles[item.campaign_id] = clean_line(_campaign(tx, item).manifest.title)
                found.append(_outbox_item(item, titles[item.campaign_id]))
            return found

        return await self._c.store.run(work)

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        """See Work."""

        def work(tx: Tx) -> list[TaskFacts]:
            waiting = [item for item in _todo(tx, self._c.platform.time()) if item.item_id != item_id]
            return [self._task(tx, item) for item in waiting[:_AHEAD]]

        return await self._c.store.run(work)

    def _item(self, tx: Tx, item_id: str) -> ItemRecord:
        item = tx.get(ItemRecord, item_id)
        if item is None or item.kind != "work":
            raise NothingToDo("This task is not on this computer.")
        return item

    def _next(self, tx: Tx) -> TaskFacts | None:
        waiting = _todo(tx, self._c.platform.time())
        return self._task(tx, waiting[0]) if waiting else None

    def _task(self, tx: Tx, item: ItemRecord) -> TaskFacts:
        campaign = _campaign(tx, item)
        config = campaign.manifest.module.config
        draft = answers.draft_of(tx, item, config)
        batch = tx.find(ItemRecord, batch_id=item.batch_id)
        return TaskFacts(
            item_id=item.item_id,
            batch_id=item.batch_id,
            campaign_id=item.campaign_id,
            campaign_title=clean_line(campaign.manifest.title),
            instructions=clean_text(campaign.manifest.instructions),
            config=config,
            data=json.loads(item.data),
            answer=draft.answer,
            edits=draft.done,
            undone=len(draft.undone),
            position=item.position,
            batch_size=len(batch),
            done_in_batch=sum(other.state not in TODO for other in batch),
            reward=item.reward,
            due_at=item.due_at,
            state=ItemState[item.state],
            redo_reason=item.reason if item.redo_of else "",
            redo_note=item.note if item.redo_of else "",
        )


def _left() -> NothingToDo:
    return NothingToDo(
        "This answer has left the outbox already.", safe="It is with the platform as you sent it."
    )


def _todo(tx: Tx, now: int) -> list[ItemRecord]:
    """What is left to do: the open draft first, then what is due first, in the order of its batch."""
    items = [item for item in tx.find(ItemRecord, kind="work", state=TODO) if item.due_at > now]
    return sorted(
        items,
        key=lambda item: (item.state != ItemState.DRAFT.name, item.due_at, item.batch_id, item.position),
    )


def _campaign(tx: Tx, item: ItemRecord) -> Campaign:
    record = tx.get(CampaignRecord, item.campaign_id)
    if record is None:
        raise NothingToDo("The campaign of this task is not on this computer.")
    return stored_campaign(record)


def _outbox_item(item: ItemRecord, title: str) -> OutboxItem:
    over = item.state in OVER
    return OutboxItem(
        item_id=item.item_id,
        batch_id=item.batch_id,
        campaign_id=item.campaign_id,
        campaign_title=title,
        kind=item.kind,
        index=item.index,
        attempt=item.attempt,
        state=ItemState[item.state],
        reward=item.reward,
        stake=item.stake,
        due_at=item.due_at,
        changed_at=item.changed_at,
        reason=item.reason,
        note=item.note,
        redo_until=item.redo_until or None if over or item.redo_of else None,
    )


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _answers(tx: Tx, items: list[ItemRecord]) -> dict[str, AnswerRecord]:
    """The finished answers of `items` by item, read a thousand at a time."""
    found: dict[str, AnswerRecord] = {}
    for start in range(0, len(items), 1000):
        keys = tuple(item.item_id for item in items[start : start + 1000])
        found.update((answer.item_id, answer) for answer in tx.find(AnswerRecord, item_id=keys))
    return found
