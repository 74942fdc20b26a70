# SPDX-License-Identifier: Apache-2.0
"""Fakes of the services with which work is done and judged: a journal of edits, an outbox and a queue in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gems_desktop.services.answers import module_of
from gems_desktop.services.facts import (
    AppealFacts,
    ItemState,
    OutboxItem,
    ReviewFacts,
    ReviewQueueFacts,
    TaskFacts,
    Topic,
)
from gems_desktop.services.facts_queue import OutboxFilter, OutboxPage, Progress, QueueFacts
from gems_desktop.services.facts_story import StoryFacts
from gems_protocol.modules.edits import replay
from tests.helpers.queue_facts import page_of, queue_of
from tests.helpers.sample_facts import NOW, appeal, item_id, outbox_item, review, story, task

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession


class Part:
    """Base of the fakes: remembers what was asked, raises what the test wants."""

    def __init__(self, owner: FakeSession) -> None:
        self.owner = owner

    def asked(self, name: str, *values: Any) -> None:
        """Note a call; raise what `FakeSession.fail` was told."""
        self.owner.calls.append((name, *values))
        error = self.owner.errors.get(name)
        if error is not None:
            raise error


class FakeWork(Part):
    """Ten leased tasks, edited in memory."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.tasks = {item_id(n): task(n) for n in range(1, 11)}
        self.undone: dict[str, list[dict[str, Any]]] = {}
        self.open_id = item_id(1)
        self.appeals: dict[str, AppealFacts] = {}
        self.stories: dict[str, StoryFacts] = {}
        self.about_queue: dict[str, Any] = {}  # what the items do not say
        self.progress: dict[str, Progress] = {}
        self.items = [
            outbox_item(1, ItemState.FINISHED),
            outbox_item(2, ItemState.SEALED),
            outbox_item(3, ItemState.DELIVERED),
            outbox_item(4, ItemState.PAID),
            outbox_item(
                5,
                ItemState.REJECTED,
                reason="wrong_label",
                note="The last word turns it.",
                redo_until=NOW + 9_000,
            ),
        ]

    async def current(self) -> TaskFacts | None:
        self.asked("work.current")
        return self.tasks.get(self.open_id)

    async def open(self, item_id: str) -> TaskFacts:
        self.asked("work.open", item_id)
        self.open_id = item_id
        return self.tasks[item_id]

    async def record(self, item_id: str, edit: dict[str, Any]) -> None:
        self.asked("work.record", item_id, edit)
        self._draft(item_id, (*self._store(item_id)[item_id].edits, edit), [])

    async def undo(self, item_id: str) -> TaskFacts:
        self.asked("work.undo", item_id)
        edits, undone = self._store(item_id)[item_id].edits, self.undone.get(item_id, [])
        return self._draft(item_id, edits[:-1], [*undone, *edits[-1:]])

    async def redo(self, item_id: str) -> TaskFacts:
        self.asked("work.redo", item_id)
        edits, undone = self._store(item_id)[item_id].edits, self.undone.get(item_id, [])
        return self._draft(item_id, (*edits, *undone[-1:]), undone[:-1])

    def _draft(
        self, item_id: str, edits: tuple[dict[str, Any], ...], undone: list[dict[str, Any]]
    ) -> TaskFacts:
        """Replay the journal as the real service does: `edits` are those that count."""
        store = self._store(item_id)
        was = store[item_id]
        self.undone[item_id] = undone
        answer = replay([], edits, module_of(was.config))
        store[item_id] = replace(was, answer=answer, edits=edits, undone=len(undone), state=ItemState.DRAFT)
        self.owner.publish(Topic.WORK)
        return store[item_id]

    def _store(self, item_id: str) -> dict[str, TaskFacts]:
        """Where a task is kept: a blind review is one too."""
        return self.tasks if item_id in self.tasks else self.owner.review.blind

    async def finish(self, item_id: str) -> TaskFacts | None:
        self.asked("work.finish", item_id)
        return self._end(item_id, ItemState.FINISHED)

    def _end(self, item_id: str, state: ItemState) -> TaskFacts | None:
        was = self.tasks[item_id] = replace(self.tasks[item_id], state=state)
        self.items = [item for item in self.items if item.item_id != item_id]
        self.items.insert(
            0, outbox_item(was.position, state, item_id=item_id, campaign_title=was.campaign_title)
        )
        left = [each for each in self.tasks.values() if each.state in (ItemState.LEASED, ItemState.DRAFT)]
        self.open_id = left[0].item_id if left else ""
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return left[0] if left else None

    async def seal(self) -> int:
        self.asked("work.seal")
        return self._move(ItemState.FINISHED, ItemState.SEALED)

    def _move(self, old: ItemState, new: ItemState) -> int:
        moved = sum(item.state is old and item.kind == "work" for item in self.items)
        self.items = [
            replace(item, state=new) if item.state is old and item.kind == "work" else item
            for item in self.items
        ]
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return moved

    async def take_back(self, item_id: str) -> TaskFacts:
        self.asked("work.take_back", item_id)
        self.items = [
            replace(item, state=ItemState.DRAFT) if item.item_id == item_id else item for item in self.items
        ]
        self.tasks[item_id] = replace(self.tasks[item_id], state=ItemState.DRAFT)
        self.owner.publish(Topic.WORK, Topic.OUTBOX)
        return self.tasks[item_id]

    async def give_back(self, item_id: str) -> None:
        self.asked("work.give_back", item_id)
        self._end(item_id, ItemState.RETURNED)

    async def outbox(self) -> list[OutboxItem]:
        self.asked("work.outbox")
        return self.items

    async def queue(self) -> QueueFacts:
        self.asked("work.queue")
        return queue_of(self.items, **self.about_queue)

    async def outbox_page(
        self, asked: OutboxFilter, after: tuple[int, int] | None = None, limit: int = 100
    ) -> OutboxPage:
        self.asked("work.outbox_page", asked, after, limit)
        page = page_of(self.items, asked, after, limit)
        return replace(page, progress=page.progress | self.progress)

    async def judged_in(self) -> frozenset[str]:
        self.asked("work.judged_in")
        judged = (ItemState.ACCEPTED, ItemState.REJECTED, ItemState.DISPUTED, ItemState.PAID)
        return frozenset(
            item.campaign_id for item in self.items if item.kind == "work" and item.state in judged
        )

    async def state(self, item_id: str) -> ItemState | None:
        found = next((item.state for item in self.items if item.item_id == item_id), None)
        task = self.tasks.get(item_id)
        return found or (task.state if task is not None else None)

    async def appeal_offer(self, item_id: str) -> AppealFacts:
        self.asked("work.appeal_offer", item_id)
        return self.appeals.get(item_id, appeal(item_id))

    async def appeal(self, item_id: str, reason: str) -> None:
        self.asked("work.appeal", item_id, reason)
        known = self.appeals.get(item_id, appeal(item_id))
        self.appeals[item_id] = replace(known, possible=False, state="made", reason=reason)
        self.items = [
            replace(item, appeal="made") if item.item_id == item_id else item for item in self.items
        ]
        self.owner.publish(Topic.WORK, Topic.OUTBOX)

    async def keep_appeal_draft(self, item_id: str, text: str) -> None:
        self.asked("work.keep_appeal_draft", item_id, text)
        self.appeals[item_id] = replace(self.appeals.get(item_id, appeal(item_id)), draft=text)

    async def story(self, item_id: str) -> StoryFacts:
        self.asked("work.story", item_id)
        return self.stories.get(item_id, replace(story(1), item_id=item_id))

    async def let_stand(self, item_id: str) -> None:
        self.asked("work.let_stand", item_id)
        self.items = [
            replace(item, appeal="", final=True) if item.item_id == item_id else item for item in self.items
        ]
        self.owner.publish(Topic.WORK, Topic.OUTBOX)

    async def neighbours(self, item_id: str) -> list[TaskFacts]:
        after = self.tasks[item_id].position
        return [each for each in self.tasks.values() if after < each.position <= after + 3]


class FakeReview(Part):
    """Five submissions to judge."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.state = ReviewQueueFacts(True, "", True, 5, 0, True)
        self.reviews = [review(n) for n in range(1, 6)]
        self.blind: dict[str, TaskFacts] = {}
        self.at = 0

    async def queue(self) -> ReviewQueueFacts:
        self.asked("review.queue")
        return self.state

    async def current(self) -> ReviewFacts | None:
        self.asked("review.current")
        return self.reviews[self.at] if self.at < len(self.reviews) else None

    async def decide(
        self, item_id: str, verdict: str, reason: str = "", note: str = "", mark: Any = None
    ) -> ReviewFacts | None:
        self.asked("review.decide", item_id, verdict, reason, note, *([mark] if mark else []))
        self.reviews[self.at] = replace(
            self.reviews[self.at], verdict=verdict, reason=reason, note=note, mark=mark
        )
        self.at += 1
        self.state = replace(self.state, decided=self.at)
        return self.reviews[self.at] if self.at < len(self.reviews) else None

    async def open_blind(self, item_id: str) -> TaskFacts:
        self.asked("review.open_blind", item_id)
        facts = next(each for each in self.reviews if each.item_id == item_id)
        made = task(
            facts.position,
            item_id=item_id,
            kind="review",
            config=facts.config,
            data=facts.data,
            batch_size=facts.batch_size,
        )
        return self.blind.setdefault(item_id, made)

    async def neighbours(self, item_id: str) -> list[ReviewFacts]:
        return self.reviews[self.at + 1 : self.at + 4]

    async def finish_blind(self, item_id: str) -> ReviewFacts | None:
        self.asked("review.finish_blind", item_id)
        self.reviews[self.at] = replace(self.reviews[self.at], verdict="answer")
        self.at += 1
        self.state = replace(self.state, decided=self.at)
        return self.reviews[self.at] if self.at < len(self.reviews) else None

    async def undo(self) -> ReviewFacts | None:
        self.asked("review.undo")
        self.at = max(0, self.at - 1)
        return self.reviews[self.at]

    async def seal(self) -> int:
        self.asked("review.seal")
        sealed, self.state = self.state.decided, replace(self.state, decided=0)
        return sealed
