# SPDX-License-Identifier: Apache-2.0
"""Notices of a test's own, and a desktop, a voice and a sound that only remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_notices import Notice, Outside
from gems_desktop.services.notices_rules import choose
from gems_desktop.services.ports_outside import Beyond, Said, TrayEntry
from tests.helpers.fake_work import Part

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession

NOW = 1_790_000_000


class FakeNotices(Part):
    """Notices in memory, by the real rules for what leaves the window."""

    def __init__(self, owner: FakeSession) -> None:
        super().__init__(owner)
        self.kept: list[Notice] = []
        self.since = 10**6
        self.watching: dict[str, bool] = {}

    def add(self, *notices: Notice) -> None:
        """These happened."""
        self.kept += notices
        self.owner.publish(Topic.NOTICES)

    async def collect(self) -> int:
        self.asked("notices.collect")
        return 0

    async def facts(self) -> tuple[Notice, ...]:
        return tuple(sorted(self.kept, key=lambda notice: notice.at, reverse=True))

    async def see(self, only: str = "") -> None:
        self.asked("notices.see", only)
        self.kept = [
            replace(notice, seen=True, told=True) if only in ("", notice.notice_id) else notice
            for notice in self.kept
        ]
        self.owner.publish(Topic.NOTICES)

    async def to_tell(self, options: Outside, local_minute: int, looking: bool) -> tuple[Notice, ...]:
        waiting = [notice for notice in self.kept if not notice.told]
        newest = max((notice.at for notice in waiting), default=0)
        choice = choose(waiting, options, now=newest, minute=local_minute, since=self.since, looking=looking)
        done = {notice.notice_id for notice in choice.done}
        self.kept = [replace(n, told=n.told or n.notice_id in done) for n in self.kept]
        return choice.tell

    async def watched(self, about: str) -> bool:
        return self.watching.get(self._requester(about), False)

    async def watch(self, about: str, on: bool) -> None:
        self.watching[self._requester(about)] = on
        self.owner.publish(Topic.NOTICES, Topic.CAMPAIGNS)

    def _requester(self, about: str) -> str:
        whose = {offer.campaign_id: offer.requester for offer in self.owner.sync.offers}
        return whose.get(about, about)


class FakeDesktop:
    """Remembers what was told and what the tray shows."""

    def __init__(self) -> None:
        self.told: list[Said] = []
        self.tray: tuple[TrayEntry, ...] | None = None
        self.takes, self.hosts = True, True
        self.opened: Callable[[str], None] = lambda _page: None
        self.chosen: Callable[[str], None] = lambda _name: None

    async def tell(self, said: Said) -> bool:
        self.told.append(said)
        return self.takes

    async def show_tray(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> bool:
        self.tray = tuple(entries)
        return self.hosts

    async def hide_tray(self) -> None:
        self.tray = None

    def on_page(self, opened: Callable[[str], None]) -> None:
        self.opened = opened

    def on_tray(self, chosen: Callable[[str], None]) -> None:
        self.chosen = chosen

    async def close(self) -> None:
        """Nothing was opened."""


class FakeVoice:
    """Speaks English and Arabic to nobody; `said` is what was read, `stopped` how often it was stopped."""

    def __init__(self, *languages: str) -> None:
        self.voices = languages
        self.said: list[tuple[str, str, int]] = []
        self.stopped = self.asked = 0
        self.ended: Callable[[], None] = lambda: None

    def languages(self) -> tuple[str, ...]:
        self.asked += 1
        return self.voices

    def say(self, text: str, language: str, rate: int) -> bool:
        self.said.append((text, language, rate))
        return True

    def stop(self) -> None:
        self.stopped += 1
        self.ended()

    def on_end(self, ended: Callable[[], None]) -> None:
        self.ended = ended


class FakeBeyond:
    """Everything outside the window."""

    def __init__(self, *voices: str) -> None:
        self.desktop, self.voice, self.chimes = FakeDesktop(), FakeVoice(*voices), 0

    def _chime(self) -> None:
        self.chimes += 1

    def ports(self) -> Beyond:
        return Beyond(self.desktop, self.voice, self._chime)
