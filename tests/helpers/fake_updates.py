# SPDX-License-Identifier: Apache-2.0
"""Updates that stand as a test says, and remember what was asked of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gems_desktop.services.facts_updates import UpdateFacts


class FakeUpdates:
    """Implements viewmodels.updates.Updates; `then` is how things stand after the next look."""

    def __init__(self, **values: Any) -> None:
        self.state = UpdateFacts(**({"state": "unknown", "installed": "0.1.0"} | values))
        self.then: dict[str, Any] = {"state": "current", "checked_at": 1_780_000_000}
        self.calls: list[tuple[str, Any]] = []
        self.listeners: list[Callable[[], None]] = []

    def stand(self, **values: Any) -> None:
        """Change how things stand, and tell."""
        self.state = replace(self.state, **values)
        for listener in list(self.listeners):
            listener()

    def facts(self) -> UpdateFacts:
        return self.state

    def on_change(self, told: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(told)
        return lambda: self.listeners.remove(told)

    async def begin(self) -> None:
        self.calls.append(("begin", None))

    async def look_daily(self) -> None:
        self.calls.append(("look_daily", None))

    async def check(self) -> None:
        self.calls.append(("check", None))
        self.stand(**self.then)

    async def download(self) -> None:
        self.calls.append(("download", None))
        self.stand(state="downloading")

    def cancel(self) -> None:
        self.calls.append(("cancel", None))
        self.stand(state="offered")

    async def use_folder(self, path: str | None) -> None:
        self.calls.append(("use_folder", path))
        self.stand(**(self.then if path else {"state": "unknown"}))

    async def set_checks(self, on: bool) -> None:
        self.calls.append(("set_checks", on))
        self.stand(checks=on)
