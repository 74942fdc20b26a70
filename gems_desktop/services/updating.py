# SPDX-License-Identifier: Apache-2.0
"""Keeps this program up to date: looks, says how large the download is, brings it when told to, starts nothing anew."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace

from gems_desktop.services.facts_updates import Standing, UpdateFacts
from gems_desktop.services.ports_updates import UpdateFailed, UpdatesPort, UpdateStopped

DAILY_S = 86_400
_VERSION = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}", re.ASCII)
_END_S = 5.0  # a disk that does not answer is not waited for
_TOLD_EVERY = 65_536  # bytes between two redrawings


class Updating:
    """One per process. All calls are made on the loop; `on_change` is told of every other state and of progress."""

    def __init__(self, port: UpdatesPort, now: Callable[[], int], metered: Callable[[], bool]) -> None:
        """now: Unix time. metered: whether the line counts megabytes, by the user's setting or the system's word."""
        self._port, self._now, self._metered = port, now, metered
        self._facts = UpdateFacts("unknown")
        self._changed: list[Callable[[], None]] = []
        self._folder = ""
        self._begun = self._busy = self._stop = False
        self._came_last = 0
        self._work: asyncio.Task[None] | None = None

    def facts(self) -> UpdateFacts:
        """How it stands; "unknown" before `begin`."""
        return self._facts

    def on_change(self, told: Callable[[], None]) -> Callable[[], None]:
        """Call `told` after every change of the facts; returns the way to be told no more."""
        self._changed.append(told)
        return lambda: self._changed.remove(told)

    async def begin(self) -> None:
        """Read what is known on this disk; nobody is asked. The other calls do it if it was not done."""
        if not self._begun:
            self._begun = True
            self._show(_at_rest(await self._port.standing(), bool(self._folder)))

    async def look_daily(self) -> None:
        """Check if a day has passed, the user lets it look by itself, and the line does not count megabytes."""
        await self.begin()
        facts, at = self._facts, self._facts.checked_at
        idle = facts.state in ("unknown", "current", "trouble") and not facts.from_folder
        due = at is None or not 0 <= self._now() - at < DAILY_S
        if idle and due and facts.checks and not self._metered():
            await self.check()

    async def check(self) -> None:
        """Look for a newer version, now; ends in "current", "offered" or "trouble"."""
        await self.begin()
        if self._busy or self._facts.state in ("off", "ready"):
            return
        await self._alone(self._look())

    async def _alone(self, work: Coroutine[None, None, None]) -> None:
        """One thing at a time; it goes on when whoever asked for it is gone, as when the profile is changed."""
        self._busy = True
        self._work = asyncio.get_running_loop().create_task(work)
        self._work.add_done_callback(self._is_done)
        await asyncio.shield(self._work)

    def _is_done(self, _work: object) -> None:
        self._busy = False

    async def end(self) -> None:
        """The program ends: nothing is awaited any longer, and what came is kept."""
        self._stop = True
        self._port.end()
        if self._work is not None:
            await asyncio.wait([self._work], timeout=_END_S)

    async def _look(self) -> None:
        now = self._now()
        try:
            offer = await self._port.look(self._folder, now)
        except UpdateFailed as error:
            self._show(self._plain("trouble", trouble=error.trouble, missing=error.missing))
            return
        if offer is None:
            self._show(self._plain("current", checked_at=now))
        elif _VERSION.fullmatch(offer.version) is None:
            self._show(self._plain("trouble", trouble="refused"))
        else:
            found = {"offered": offer.version, "size": offer.size, "whole_size": offer.whole_size}
            self._show(self._plain("offered", checked_at=now, **found))

    async def download(self) -> None:
        """Bring what was offered; ends in "ready", in "offered" when it was stopped, or in "trouble".

        What came before a cut is kept: after a trouble `check` and `download` go on from there.
        """
        if self._busy or self._facts.state != "offered":
            return
        self._stop, self._came_last = False, 0
        await self._alone(self._download())

    async def _download(self) -> None:
        self._show(replace(self._facts, state="downloading", done=0))
        try:
            await self._port.bring(self._came, lambda: self._stop)
            self._show(replace(self._facts, state="ready", done=self._facts.size))
        except UpdateStopped:
            left = max(0, self._facts.size - self._came_last)
            self._show(replace(self._facts, state="offered", size=left, done=0))
        except UpdateFailed as error:
            self._show(self._plain("trouble", trouble=error.trouble, missing=error.missing))

    def cancel(self) -> None:
        """Stop a download soon; what came is kept."""
        self._stop = True

    async def use_folder(self, path: str | None) -> None:
        """Take updates from a folder of the user's (a USB stick), or with None from the web again; then check."""
        await self.begin()
        if self._busy or self._facts.state in ("off", "ready"):
            return
        self._folder = path or ""
        if self._folder:
            await self.check()
        else:
            self._show(self._plain("unknown"))

    async def set_checks(self, on: bool) -> None:
        """Let it look by itself, or not."""
        await self.begin()
        await self._port.keep_checks(on)
        self._show(replace(self._facts, checks=on))

    def _came(self, done: int) -> None:
        self._came_last = done
        done = min(done, self._facts.size)
        if done - self._facts.done >= _TOLD_EVERY or done == self._facts.size:
            self._show(replace(self._facts, done=done))

    def _plain(self, state: str, **more: object) -> UpdateFacts:
        """The facts in another state, without what belonged to the one before."""
        base = UpdateFacts("unknown", "", self._facts.installed, checked_at=self._facts.checked_at)
        base = replace(base, checks=self._facts.checks, from_folder=bool(self._folder))
        base = replace(base, went_back=self._facts.went_back)
        return replace(base, state=state, **more)  # type: ignore[arg-type]

    def _show(self, facts: UpdateFacts) -> None:
        if facts != self._facts:
            self._facts = facts
            for told in list(self._changed):
                told()


def _at_rest(standing: Standing, from_folder: bool) -> UpdateFacts:
    """What is shown before anybody was asked."""
    facts = UpdateFacts("unknown", standing.off_reason, standing.installed, standing.waiting)
    facts = replace(facts, checked_at=standing.checked_at, checks=standing.checks, from_folder=from_folder)
    facts = replace(facts, went_back=standing.went_back)
    if standing.off_reason:
        return replace(facts, state="off", offered="")
    return replace(facts, state="ready") if standing.waiting else facts
