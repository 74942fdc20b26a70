# SPDX-License-Identifier: Apache-2.0
"""Judging other people's work, without any network once it is here: decide, undo, seal the votes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value
from gems_desktop.services.doing import answers_of, finish, next_decision, task_facts, task_item
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import ItemState, ReviewFacts, ReviewQueueFacts, TaskFacts, Topic
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line, clean_text, clean_warning, first_language, kept_mark
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above, Not
from gems_desktop.services.queue import most_urgent_first
from gems_desktop.services.record_of_work import my_profile
from gems_desktop.services.records import AnswerRecord, CampaignRecord, EditRecord, ItemRecord, SealedRecord
from gems_protocol import merkle
from gems_protocol.messages import BatchVote, ReviewAssignment, Vote
from gems_protocol.modules.mark import Mark, parse_mark
from gems_protocol.trust.words import sentence
from gems_protocol.verification.commissioned import COMMISSION_ROUND

VERIFIER = "trust_verifier"
REASONS = (
    "wrong_label",
    "missed_object",
    "bad_outline",
    "incomplete",
    "off_instructions",
    "unreadable",
    "other",
)
_VERDICTS = ("accept", "reject", "skip")
_OPEN = (ItemState.LEASED.name, ItemState.DRAFT.name)
_MAX_NOTE = 500
_AHEAD = 3  # reviews whose media are decoded while the present one is judged


class ReviewService:
    """Implements Review."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def queue(self) -> ReviewQueueFacts:
        """See Review; the platform's word on eligibility counts too (practice verifiers)."""

        def work(tx: Tx) -> ReviewQueueFacts:
            told = get_value(tx, VERIFIER, {})
            missing = my_profile(tx, told).missing
            eligible = missing is None or bool(told.get("verifier"))
            waiting = tx.count(ItemRecord, kind="review", state=_OPEN, verdict="")
            decided = tx.count(ItemRecord, kind="review", state=ItemState.FINISHED.name)
            return ReviewQueueFacts(
                eligible=eligible,
                why_not="" if eligible or missing is None else sentence(missing),
                available=eligible,
                queued=waiting,
                decided=decided,
                practice=bool(told.get("practice")),
            )

        return await self._c.store.run(work)

    async def current(self) -> ReviewFacts | None:
        """See Review."""
        return await self._c.store.run(self._next)

    async def decide(
        self, item_id: str, verdict: str, reason: str = "", note: str = "", mark: Mark | None = None
    ) -> ReviewFacts | None:
        """See Review; raises MalformedMessage for what is no mark."""
        kept_place = json.dumps(parse_mark(mark)) if verdict == "reject" and mark is not None else ""
        if verdict not in _VERDICTS:
            raise ValueError("a verdict is accept, reject or skip")
        if verdict == "reject" and reason not in REASONS:
            raise NothingToDo("A rejection needs a reason.", action="Choose what is wrong.")

        def work(tx: Tx) -> ReviewFacts | None:
            item, now = tx.get(ItemRecord, item_id), self._c.platform.time()
            if item is None or item.kind != "review" or item.state not in (*_OPEN, ItemState.FINISHED.name):
                raise NothingToDo("This review is not open any more.")
            if item.blind and verdict != "skip":
                raise NothingToDo("This review is done by doing the task.", action="Give your own answer.")
            # A skip stays leased until the platform knows of it; a vote is finished.
            state = ItemState.LEASED.name if verdict == "skip" else ItemState.FINISHED.name
            kept = reason if verdict == "reject" else ""
            tx.change(
                ItemRecord,
                item_id,
                verdict=verdict,
                reason=kept,
                note=note[:_MAX_NOTE] if verdict == "reject" else "",
                mark=kept_place,
                state=state,
                changed_at=now,
                decided_at=next_decision(tx),
            )
            return self._next(tx)

        found = await self._c.store.run(work)
        self._c.publish(Topic.REVIEW, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def open_blind(self, item_id: str) -> TaskFacts:
        """See Review."""
        return await self._c.store.run(lambda tx: task_facts(tx, _blind(tx, item_id)))

    async def finish_blind(self, item_id: str) -> ReviewFacts | None:
        """See Review; raises AnswerIncomplete."""
        salt = "0x" + self._c.random_id().hex()

        def work(tx: Tx) -> ReviewFacts | None:
            finish(tx, _blind(tx, item_id).item_id, salt, self._c.platform.time())
            return self._next(tx)

        found = await self._c.store.run(work)
        self._c.publish(Topic.REVIEW, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def undo(self) -> ReviewFacts | None:
        """See Review: the last decision that was not sealed is open again."""

        def work(tx: Tx) -> ReviewFacts | None:
            decided = tx.find(
                ItemRecord,
                order="decided_at",
                descending=True,
                limit=1,
                kind="review",
                state=(*_OPEN, ItemState.FINISHED.name),
                verdict=Not(""),
            )
            if not decided:
                return self._next(tx)
            last = decided[0]
            begun = last.blind and tx.count(EditRecord, item_id=last.item_id) > 0
            state = ItemState.DRAFT if begun else ItemState.LEASED
            open_again = replace(
                last, verdict="", reason="", note="", mark="", state=state.name, decided_at=0
            )
            tx.put(open_again)
            return self._facts(tx, open_again)

        found = await self._c.store.run(work)
        self._c.publish(Topic.REVIEW, Topic.OUTBOX, Topic.CONNECTION)
        return found

    async def seal(self) -> int:
        """See Review; one signature for each batch."""
        now = self._c.platform.time()
        finished = await self._c.store.run(
            lambda tx: tx.find(ItemRecord, order="position", kind="review", state=ItemState.FINISHED.name)
        )
        finished = [item for item in finished if item.due_at > now]
        for batch in most_urgent_first(finished):
            await self._seal(batch[0].batch_id, batch, now)
        if finished:
            await self._c.store.backup()
            self._c.publish(Topic.REVIEW, Topic.OUTBOX, Topic.CONNECTION)
        return len(finished)

    async def _seal(self, batch_id: str, items: list[ItemRecord], now: int) -> None:
        answers = await self._c.store.run(
            lambda tx: answers_of(tx, [item.item_id for item in items if item.blind])
        )
        votes = [_vote(item, answers.get(item.item_id)) for item in items]
        root = merkle.root([vote.struct_hash() for vote in votes])
        message = BatchVote(root, len(votes), bytes.fromhex(batch_id[2:]), now)
        signature = await self._c.sign(message)
        body = {
            "batch": {"message": message.to_json(), "signature": "0x" + signature.hex()},
            "items": [
                {
                    "vote": vote.to_json(),
                    "reason": item.reason or None,
                    "note": item.note or None,
                    "mark": json.loads(item.mark) if item.mark else None,
                    "answer": json.loads(answers[item.item_id].answer) if item.blind else None,
                }
                for vote, item in zip(votes, items, strict=True)
            ],
        }
        record = SealedRecord(
            root="0x" + root.hex(),
            kind="review",
            count=len(votes),
            body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            item_ids=json.dumps([item.item_id for item in items]),
            due_at=min(item.due_at for item in items),
            sealed_at=now,
        )

        def work(tx: Tx) -> None:
            for item in items:
                same_answer = tx.get(AnswerRecord, item.item_id) == answers.get(item.item_id)
                if tx.get(ItemRecord, item.item_id) != item or not same_answer:
                    raise NothingToDo("A decision was changed meanwhile.", action="Seal again.")
                tx.change(
                    ItemRecord,
                    item.item_id,
                    state=ItemState.SEALED.name,
                    changed_at=now,
                    sealed_root=record.root,
                )
            tx.put(record)

        await self._c.store.run(work)

    async def neighbours(self, item_id: str) -> list[ReviewFacts]:
        """See Review."""

        def work(tx: Tx) -> list[ReviewFacts]:
            others = [item for item in self._waiting(tx) if item.item_id != item_id]
            return [self._facts(tx, item) for item in others[:_AHEAD]]

        return await self._c.store.run(work)

    def _waiting(self, tx: Tx) -> list[ItemRecord]:
        return tx.find(
            ItemRecord,
            order=("due_at", "batch_id", "position"),
            limit=_AHEAD + 1,
            kind="review",
            state=_OPEN,
            verdict="",
            due_at=Above(self._c.platform.time()),
        )

    def _next(self, tx: Tx) -> ReviewFacts | None:
        waiting = self._waiting(tx)
        return self._facts(tx, waiting[0]) if waiting else None

    def _facts(self, tx: Tx, item: ItemRecord) -> ReviewFacts:
        record = tx.get(CampaignRecord, item.campaign_id)
        if record is None:
            raise NothingToDo("The campaign of this review is not on this computer.")
        manifest = stored_campaign(record).manifest
        return ReviewFacts(
            item_id=item.item_id,
            batch_id=item.batch_id,
            campaign_id=item.campaign_id,
            campaign_title=clean_line(manifest.title),
            instructions=clean_text(manifest.instructions),
            config=manifest.module.config,
            data=json.loads(item.data),
            answer=json.loads(item.start),
            reward=item.reward,
            stake=item.stake,
            due_at=item.due_at,
            position=item.position,
            batch_size=tx.count(ItemRecord, batch_id=item.batch_id),
            verdict=item.verdict,
            reason=item.reason,
            note=item.note,
            blind=item.blind,
            disputed=0 < item.round < COMMISSION_ROUND,
            commissioned=item.round == COMMISSION_ROUND,
            mark=kept_mark(item.mark),
            before=_before(tx, item),
            content_warning=clean_warning(manifest.content_warning),
            language=first_language(manifest.languages),
        )


def _before(tx: Tx, item: ItemRecord) -> tuple[dict[str, Any], ...]:
    """The answer that this one corrects, if I judged that too; a blind review shows none."""
    if item.blind or item.attempt % 2 == 0:
        return ()
    found = tx.find(
        ItemRecord,
        kind="review",
        campaign_id=item.campaign_id,
        index=item.index,
        attempt=item.attempt - 1,
        blind=False,
    )
    return tuple(json.loads(found[0].start)) if found else ()


def _blind(tx: Tx, item_id: str) -> ItemRecord:
    item = task_item(tx, item_id)
    if not item.blind:
        raise NothingToDo("This task is not a blind review.")
    return item


def _vote(item: ItemRecord, answer: AnswerRecord | None) -> Vote:
    """The vote of a decision; a blind verifier agrees or not by the answer itself."""
    about = ReviewAssignment.from_json(json.loads(item.assignment))
    return Vote(
        campaign_id=about.campaign_id,
        index=about.index,
        attempt=about.attempt,
        round=about.round,
        result_hash=about.result_hash if answer is None else bytes.fromhex(answer.result_hash[2:]),
        accept=item.blind or item.verdict == "accept",
    )
