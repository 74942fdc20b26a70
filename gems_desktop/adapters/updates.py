# SPDX-License-Identifier: Apache-2.0
"""Updates as the service sees them: the installation that runs, what was built into it, and one thread for the work."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop import __version__
from gems_desktop.adapters.bounded_json import loads
from gems_desktop.adapters.profile import data_home
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.adapters.update_layout import (
    CURRENT,
    NEWEST,
    ROOT_FILE,
    SHIPPED,
    SOURCE_FILE,
    Layout,
    here,
    off_reason,
    order,
    write_whole,
)
from gems_desktop.services.facts_updates import Offer, Standing
from gems_desktop.services.ports_updates import UpdateFailed, UpdateStopped

if TYPE_CHECKING:
    from gems_desktop.adapters.update_install import Installing

FOLDER = ".updates"  # beside the profiles; no profile is named like this
_STATE, _CACHE = "state.json", "metadata"
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
_LOCK_POLL_S = 0.2


def target_name(machine: str, system: str = sys.platform) -> str:
    """The name of the signed index for a kind of computer."""
    kind = machine.lower()
    return f"stable/{_SYSTEMS.get(system, system)}-{_MACHINES.get(kind, kind)}.json.xz"


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy of the program this is. Tests make their own; `this_copy` is what runs."""

    layout: Layout | None
    version: str
    shipped: Path
    home: Path


def this_copy() -> Copy:
    """The copy that runs, and the user's folder."""
    layout, version = here()
    return Copy(layout, version or __version__, SHIPPED, data_home())


class Updates:
    """Implements UpdatesPort."""

    def __init__(self, proxy: Proxy | None = None, copy: Copy | None = None) -> None:
        self._proxy = proxy or Proxy()
        self._copy = copy or this_copy()
        self._found: Installing | None = None
        self._over = threading.Event()
        self._stopped: Callable[[], bool] = lambda: False

    async def standing(self) -> Standing:
        """See UpdatesPort."""
        return await asyncio.to_thread(self._standing)

    def _standing(self) -> Standing:
        copy, kept = self._copy, self._state()
        reason = off_reason(copy.layout, copy.shipped)
        waiting = copy.layout.name(CURRENT) if copy.layout and not reason else ""
        at = kept.get("checked_at")
        return Standing(
            copy.version, reason, waiting if waiting != copy.version else "",
            at if isinstance(at, int) else None, kept.get("checks") is not False, self._went_back(),
        )  # fmt: skip

    def _went_back(self) -> str:
        """The newest version that did not start here, if it is newer than the one that runs."""
        tried = self._copy.layout.refused() if self._copy.layout is not None else frozenset()
        newest = max(tried, key=order, default="")
        return newest if newest and order(newest) > order(self._copy.version) else ""

    async def look(self, folder: str, now: int) -> Offer | None:
        """See UpdatesPort."""
        try:
            return await asyncio.to_thread(self.look_now, folder, now)
        except UpdateStopped as error:  # the program ends
            raise UpdateFailed("offline") from error

    def look_now(self, folder: str, now: int) -> Offer | None:
        """`look` in this thread."""
        self._found = None
        layout = self._layout()
        trust, source, target = self._ask_whom(layout, folder)
        from gems_desktop.adapters.update_install import Installing
        from gems_desktop.adapters.update_trust import newest_index

        with self._alone(self._folder(), self._over.is_set):
            index = newest_index(trust, source, target, now)
        with suppress(OSError):  # a disk that is full forgets when it was asked
            self._keep({"checked_at": now})
        newest = max(self._copy.version, layout.name(CURRENT) or self._copy.version, key=order)
        older = order(index.version) < order(newest) or index.version == self._copy.version
        if older or index.version in layout.refused():
            return None
        installing = Installing(layout, index, source)
        try:
            size = installing.plan().size
        except OSError as error:
            raise UpdateFailed("disk") from error
        self._found = installing
        return Offer(index.version, size, index.whole_size)

    async def bring(self, told: Callable[[int], None], stopped: Callable[[], bool]) -> None:
        """See UpdatesPort."""
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self.bring_now, lambda done: _tell(loop, told, done), stopped)

    def bring_now(self, told: Callable[[int], None], stopped: Callable[[], bool]) -> None:
        """`bring` in this thread."""
        layout = self._layout()
        if self._found is None:
            raise UpdateFailed("source")
        self._stopped = stopped
        try:
            with self._alone(layout.versions, self._unwanted):
                self._found.install(told, self._unwanted)
        finally:
            self._stopped = lambda: False

    def end(self) -> None:
        """See UpdatesPort."""
        self._over.set()

    def _unwanted(self) -> bool:
        return self._over.is_set() or self._stopped()

    async def keep_checks(self, on: bool) -> None:
        """See UpdatesPort."""
        with suppress(OSError):
            await asyncio.to_thread(self._keep, {"checks": on})

    def _layout(self) -> Layout:
        if self._copy.layout is None or off_reason(self._copy.layout, self._copy.shipped):
            raise UpdateFailed("source")
        return self._copy.layout

    def _folder(self) -> Path:
        folder = self._copy.home / FOLDER
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UpdateFailed("disk") from error
        return folder

    def _ask_whom(self, layout: Layout, folder: str) -> Any:
        """The trust that was built in, and where the bytes come from: a folder changes only that."""
        import platform

        from gems_desktop.adapters.update_source import Folder, Web
        from gems_desktop.adapters.update_trust import Trust

        try:
            root = (self._copy.shipped / ROOT_FILE).read_bytes()
            built = loads((self._copy.shipped / SOURCE_FILE).read_bytes())
            url, at = str(built["url"]), int(built.get("built_at", 0))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UpdateFailed("source") from error
        source = Folder(Path(folder)) if folder else Web(url, self._proxy, self._unwanted)
        trust = Trust(self._folder() / _CACHE, layout.root / NEWEST, root, at)
        return trust, source, target_name(platform.machine())

    def _state(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            kept = loads((self._copy.home / FOLDER / _STATE).read_bytes())
            return kept if isinstance(kept, dict) else {}
        return {}

    def _keep(self, change: dict[str, Any]) -> None:
        folder = self._copy.home / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _STATE, json.dumps({**self._state(), **change}, sort_keys=True).encode())

    @contextmanager
    def _alone(self, folder: Path, stopped: Callable[[], bool]) -> Iterator[None]:
        """One window of this user at a time; another one waits here until it is stopped."""
        from gems_desktop.adapters.profile import ProfileLock
        from gems_desktop.services.errors import ProfileInUse, StoreUnreadable

        while True:
            try:
                lock = ProfileLock(folder)
                break
            except ProfileInUse as error:
                if stopped():
                    raise UpdateStopped from error
                time.sleep(_LOCK_POLL_S)
            except StoreUnreadable as error:
                raise UpdateFailed("disk") from error
        try:
            yield
        finally:
            lock.release()


def _tell(loop: asyncio.AbstractEventLoop, told: Callable[[int], None], done: int) -> None:
    with suppress(RuntimeError):  # the window was closed meanwhile
        loop.call_soon_threadsafe(told, done)
