# SPDX-License-Identifier: Apache-2.0
"""Doing tasks, without any network: every edit durable, answers checked, sealed with one signature a batch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.appeals import Appeals
from gems_desktop.services.channels import is_over
from gems_desktop.services.context import Context
from gems_desktop.services.doing import TODO, answers_of, append, campaign_of, finish, task_facts, task_item
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import AppealFacts, ItemState, OutboxItem, TaskFacts, Topic
from gems_desktop.services.outside import clean_line, clean_text, kept_mark
from gems_desktop.services.owing import stake_back
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AnswerRecord, ItemRecord, SealedRecord
from gems_desktop.services.redos import redo_item
from gems_protocol import merkle
from gems_protocol.messages import BatchSubmission, Submission
from gems_protocol.verification.commissioned import COMMISSION_ROUND

_LEAVING = (ItemState.FINISHED.name, ItemState.SEALED.name, ItemState.SENDING.name)
_AHEAD = 3  # tasks whose media are decoded while the present one is done


class WorkService:
    """Implements Work."""

    def __init__(self, context: Context, appeals: Appeals) -> None:
        self._c = context
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
            return None if item.blind else self._next(tx)

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
            given = await self._c.store.run(lambda tx, items=items: answers_of(tx, items))  # type: ignore[misc]
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
            given = answers_of(tx, [item for item, _ in pairs])
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
            return task_facts(tx, replace(item, state=ItemState.DRAFT.name))

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

    async def outbox(self) -> list[OutboxItem]:
        """See Work."""

        now = self._c.platform.time()

        def work(tx: Tx) -> list[OutboxItem]:
            titles: dict[str, str] = {}
            found = []
            for item in tx.find(ItemRecord, order="changed_at", descending=True):
                if item.campaign_id not in titles:
                    titles[item.campaign_id] = clean_line(campaign_of(tx, item).manifest.title)
                found.append(_outbox_item(item, titles[item.campaign_id], now))
            return found

        return await self._c.store.run(work)

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        """See Work."""

        def work(tx: Tx) -> list[TaskFacts]:
            waiting = [item for item in _todo(tx, self._c.platform.time()) if item.item_id != item_id]
            return [task_facts(tx, item) for item in waiting[:_AHEAD]]

        return await self._c.store.run(work)

    def _item(self, tx: Tx, item_id: str) -> ItemRecord:
        item = tx.get(ItemRecord, item_id)
        if item is None or item.kind != "work":
            raise NothingToDo("This task is not on this computer.")
        return item

    def _next(self, tx: Tx) -> TaskFacts | None:
        waiting = _todo(tx, self._c.platform.time())
        return task_facts(tx, waiting[0]) if waiting else None


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


def _outbox_item(item: ItemRecord, title: str, now: int) -> OutboxItem:
    over = is_over(item) or item.state == ItemState.REJECTED.name
    disputed = item.state == ItemState.DISPUTED.name
    settled = item.final or not item.outcome
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
        mark=kept_mark(item.mark),
        redo_until=item.redo_until or None if over or item.redo_of else None,
        final=settled,
        open_until=None if settled else (item.judge_by if disputed else item.appeal_until) or None,
        appeal=_appeal(item, now),
        disputed_by=item.appeal_by if item.appeal_state in ("judging", "won", "lost") or disputed else "",
        dispute=clean_text(item.appeal_reason),
        poor=item.poor,
        answered=bool(item.answered),
        blind=item.blind,
        commissioned=item.appeal_round == COMMISSION_ROUND,
    )


def _appeal(item: ItemRecord, now: int) -> str:
    """What became of an appeal of mine, or "open" while one may be made."""
    if item.appeal_by == "requester":
        return ""
    may_be = item.state == ItemState.REJECTED.name and item.appeal_by == "miner" and item.appeal_until > now
    return item.appeal_state or ("open" if may_be and not item.final else "")


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])
