# SPDX-License-Identifier: Apache-2.0
"""A fake of the words with requesters: conversations and reports in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_messages import Message, Reported, Talk, Thing
from tests.helpers.fake_work import Part
from tests.helpers.sample_facts import NOW

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession


class FakeMessages(Part):
    """Change `said` and `fresh`; `task` is what a campaign's page can write about."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.said: tuple[Message, ...] = ()
        self.muted = False
        self.fresh: frozenset[tuple[str, int]] = frozenset()
        self.task = ""
        self.reports: dict[str, Reported] = {}

    async def talk(self, item_id: str) -> Talk:
        self.asked("messages.talk", item_id)
        thread = "0x" + "7d" * 32 if self.said else ""
        return Talk(item_id, "Moods", 1, self.said, thread, self.muted)

    async def write(self, item_id: str, text: str) -> None:
        self.asked("messages.write", item_id, text)
        self.said = (*self.said, Message(f"m{len(self.said)}", True, NOW, text, "waiting"))
        self.owner.publish(Topic.OUTBOX)

    async def take_back(self, message_id: str) -> None:
        self.asked("messages.take_back", message_id)
        self.said = tuple(one for one in self.said if one.message_id != message_id)
        self.owner.publish(Topic.OUTBOX)

    async def see(self, item_id: str) -> None:
        self.asked("messages.see", item_id)
        self.said = tuple(replace(one, fresh=False) for one in self.said)
        self.fresh = frozenset()

    async def mute(self, item_id: str, on: bool) -> None:
        self.asked("messages.mute", item_id, on)
        self.muted = on
        self.owner.publish(Topic.OUTBOX)

    async def unread(self) -> frozenset[tuple[str, int]]:
        return self.fresh

    async def newest_task(self, campaign_id: str) -> str:
        return self.task

    async def thing_of(self, item_id: str) -> Thing:
        return Thing("0x" + "01" * 32, 4)

    async def report(self, thing: Thing, reason: str, note: str) -> None:
        self.asked("messages.report", thing, reason, note)
        self.reports[thing.key] = Reported(thing.key, reason, NOW, "waiting")
        self.owner.publish(Topic.OUTBOX)

    async def reported(self, key: str) -> Reported | None:
        return self.reports.get(key)
