# SPDX-License-Identifier: Apache-2.0
"""What of the desktop outside the window is used, and only if it is there: notifications, a tray icon, a voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """A notification: plain text, whatever is in it. page: where a click leads."""

    title: str
    body: str
    page: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class TrayEntry:
    """One line of the tray's menu; an empty label is a line between others. checked: None for a plain line."""

    name: str
    label: str
    checked: bool | None = None
    enabled: bool = True


class DesktopPort(Protocol):
    """The system's notifications and its tray. Everything is a wish: where there is neither, nothing happens."""

    async def tell(self, said: Said) -> bool:
        """Show a notification; whether the system took it."""
        ...

    async def show_tray(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> bool:
        """Have an icon in the tray with this menu, or change it; whether somebody shows it."""
        ...

    async def hide_tray(self) -> None: ...
    def on_page(self, opened: Callable[[str], None]) -> None:
        """Call `opened` with the page of a notification that was clicked."""
        ...

    def on_tray(self, chosen: Callable[[str], None]) -> None:
        """Call `chosen` with the name of a menu entry, "open" for a click on the icon, "gone" when the tray went."""
        ...

    async def close(self) -> None: ...


class VoicePort(Protocol):
    """Reads a text aloud. Nothing is loaded before the first question."""

    def languages(self) -> tuple[str, ...]:
        """Two-letter languages of the voices that there are; empty where there is none."""
        ...

    def say(self, text: str, language: str, rate: int) -> bool:
        """Read `text` in a voice of `language`, `rate` percent of its own speed; whether there is a voice for it."""
        ...

    def stop(self) -> None: ...
    def on_end(self, ended: Callable[[], None]) -> None:
        """Call `ended` when a text was read to its end, stopped, or failed."""
        ...


class MotionPort(Protocol):
    """Whether the system asks for less motion; whoever made it is told of it."""

    def begin(self) -> None: ...
    async def close(self) -> None: ...


class NoMotion:
    """A MotionPort that is never told of anything."""

    def begin(self) -> None:
        """Nobody is asked."""

    async def close(self) -> None:
        """Nothing was opened."""


class NoDesktop:
    """A DesktopPort where there is no desktop."""

    async def tell(self, said: Said) -> bool:
        """Nobody takes it."""
        return False

    async def show_tray(self, title: str, entries: Sequence[TrayEntry], attention: bool) -> bool:
        """Nobody shows it."""
        return False

    async def hide_tray(self) -> None:
        """There is none."""

    def on_page(self, opened: Callable[[str], None]) -> None:
        """Nothing is clicked."""

    def on_tray(self, chosen: Callable[[str], None]) -> None:
        """Nothing is chosen."""

    async def close(self) -> None:
        """Nothing was opened."""


class NoVoice:
    """A VoicePort that is silent."""

    def languages(self) -> tuple[str, ...]:
        """None."""
        return ()

    def say(self, text: str, language: str, rate: int) -> bool:
        """There is no voice."""
        return False

    def stop(self) -> None:
        """Nothing is being read."""

    def on_end(self, ended: Callable[[], None]) -> None:
        """Nothing ends."""


def _silent() -> None:
    """No sound."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """Everything outside the window that view models may use."""

    desktop: DesktopPort = field(default_factory=NoDesktop)
    voice: VoicePort = field(default_factory=NoVoice)
    chime: Callable[[], None] = _silent
    motion: MotionPort = field(default_factory=NoMotion)
