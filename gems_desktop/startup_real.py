# SPDX-License-Identifier: Apache-2.0
"""The network, the profiles and the view models of a real run, put together from adapters, services and pages."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.shown import ROOT, Shown
from gems_desktop.startup_options import Options
from gems_desktop.startup_world import Greeting

if TYPE_CHECKING:
    from gems_desktop.adapters.vault import SignerClient
    from gems_desktop.services.facts_profiles import Looks
    from gems_desktop.services.network import Network
    from gems_desktop.services.ports_outside import Beyond
    from gems_desktop.services.updating import Updating
    from gems_desktop.startup_care import RunKeeper

PRACTICE_PASSWORD = b"practice"  # of the practice reviewer only, whose words stand in network.json
#: What the pages behind Home load, in steps that are short enough to type between them.
_STEPS = (
    *(
        f"gems_desktop.items.{name}"
        for name in ("image_canvas", "text_canvas", "timeline_canvas", "registered")
    ),
    *(
        f"gems_desktop.viewmodels.{name}"
        for name in ("parts", "work", "review", "outbox", "earnings", "trust")
    ),
    *(f"gems_desktop.viewmodels.{name}" for name in ("find_work", "settings", "safety", "catalogue")),
)


class RealWorld:
    """The network, the profiles and the view models of a real run (startup.World)."""

    def __init__(self, options: Options, shown: Shown, keeper: RunKeeper | None = None) -> None:
        from gems_desktop.adapters.profiles import ProfileShelf
        from gems_desktop.instance import FirstInstance
        from gems_desktop.startup_local import LocalNetwork
        from gems_desktop.startup_profile import first_folder, home_of
        from gems_desktop.startup_updates import ProxyOfProfile

        self.root = home_of(options)
        self.shelf = ProfileShelf(self.root / "profiles")
        self.instance = FirstInstance()
        self.instance.wanted.connect(shown.come_forward)
        self.instance.listen(first_folder(options))
        self.practice = options.local
        self.reviewer_available = False
        self.use_language = shown.use_language
        self._be_still = shown.model.be_still
        self._compile_ahead = shown.compile_ahead
        self.painted = shown.painted
        self._options = options
        self._fresh = options.fresh
        self._pictures = shown.pictures
        self._decoder = shown.decoder
        self._keeper = keeper
        self._network: Network | None = None
        self._reviewer_words = ""
        self._local = LocalNetwork()
        self._log: logging.Handler | None = None
        self._opened = self.root
        #: Of a wallet that is asked for before its profile, the first of the two, is open.
        self._signer: tuple[str, SignerClient] | None = None
        self._updates: Updating | None = None
        self._update_proxy = ProxyOfProfile()

    @cached_property
    def beyond(self) -> Beyond:
        """What of the desktop is used outside the window; the way in does without."""
        from gems_desktop.startup_outside import beyond

        made = beyond(ROOT / "resources" / "icons", self._be_still)
        made.motion.begin()
        return made

    def folder(self, profile: str) -> Path:
        """The folder of a profile; raises StoreUnreadable."""
        from gems_desktop.adapters.profile import profile_folder

        return profile_folder(profile, self.root / "profiles")

    async def prepare(self, tell: Callable[[str], None]) -> None:
        """See World."""
        with self._explained(self._options.profile):
            await self._prepare(tell)

    @contextmanager
    def _explained(self, profile: str) -> Iterator[None]:
        """Say why, where a profile's folder cannot be used."""
        from gems_desktop.adapters.home_trouble import why
        from gems_desktop.services.errors import StoreUnreadable

        try:
            yield
        except StoreUnreadable as error:
            if type(error) is not StoreUnreadable:
                raise
            raise why(self.root / "profiles" / profile) from error

    async def _prepare(self, tell: Callable[[str], None]) -> None:
        """A profile that is open elsewhere is noticed before anything is started over it."""
        from gems_desktop.adapters.network_file import read_network
        from gems_desktop.adapters.profile import ProfileLock

        if self._network is not None:
            return
        ProfileLock(self.folder(self._options.profile)).release()
        if self._fresh:
            self._set_aside()
        file = self._options.network
        if file is None:
            file = await self._local.start(self.root / "network", self._fresh, tell)
            self._fresh = False
        network = read_network(file)
        self._reviewer_words = _reviewer_words(file) if network.practice else ""
        self.practice = network.practice
        self.reviewer_available = bool(self._reviewer_words)
        self._network = network

    def _set_aside(self) -> None:
        """Profiles of a former practice network are kept, under another name."""
        from gems_desktop.services.errors import StoreUnreadable

        profiles = self.root / "profiles"
        try:
            os.replace(profiles, self.root / f"profiles-before-{time.time_ns()}")
        except OSError as error:
            raise StoreUnreadable from error

    async def greet(self, profile: str) -> Greeting | None:
        """See World."""
        await self._end_signer()
        with self._explained(profile):
            return self._greet(profile)

    def _greet(self, profile: str) -> Greeting | None:
        from gems_desktop import __version__
        from gems_desktop.adapters.profile import ProfileLock
        from gems_desktop.adapters.vault import SignerClient
        from gems_desktop.session import signer_config

        found = self.shelf.behind_password(profile, __version__)
        if found is None or self._network is None:
            return None
        folder = self.folder(profile)
        ProfileLock(folder).release()
        signer = SignerClient(signer_config(folder, self._network))
        self._signer = profile, signer
        return Greeting(profile, *found, signer)

    async def _end_signer(self) -> None:
        """End one that was started for a profile that is not opened after all."""
        started, self._signer = self._signer, None
        if started is not None:
            await started[1].close()

    def keep_looks(self, profile: str, looks: Looks) -> None:
        """See World."""
        from gems_desktop import __version__

        self.shelf.keep_looks(profile, __version__, looks)

    async def open(self, profile: str) -> Any:
        """See World."""
        signer = None
        if self._signer is not None and self._signer[0] == profile:
            signer, self._signer = self._signer[1], None
        await self._end_signer()
        try:
            with self._explained(profile):
                return await self._open(profile, signer)
        except BaseException:
            if signer is not None:
                await signer.close()
            raise

    async def _open(self, profile: str, signer: SignerClient | None) -> Any:
        from gems_desktop.network_kind import metered
        from gems_desktop.session import media_folder, open_session

        folder = self.folder(profile)
        self._opened = folder
        self._log_into(folder)
        if self._network is None:
            raise RuntimeError("prepare comes before open")
        self.instance.listen(folder)
        session = await open_session(folder, self._network, started=signer, profile=profile, metered=metered)
        self._pictures.media = media_folder(session)
        self.shelf.used(profile)
        if self._keeper is not None:
            self._keeper.opened(folder, self._network, session.context.signer)
        return session

    def _log_into(self, folder: Path) -> None:
        from gems_desktop.startup_log import ProfileLog

        logger = logging.getLogger()
        if self._log is not None:
            logger.removeHandler(self._log)
        self._log = ProfileLog(folder)
        logger.addHandler(self._log)

    def way_back(self, profile: str) -> Any:
        """See World."""
        from gems_desktop.adapters.store_going_back import way_back

        return way_back(self.folder(profile))

    def go_back(self, profile: str) -> None:
        """See World."""
        from gems_desktop.adapters.store_going_back import go_back

        go_back(self.folder(profile))

    async def unlock_reviewer(self, session: Any) -> None:
        """See World."""
        wallet = await session.wallet.facts()
        if wallet.unlocked:
            return
        if wallet.exists:
            await session.wallet.unlock(bytearray(PRACTICE_PASSWORD))
        else:
            await session.wallet.restore(bytearray(self._reviewer_words, "ascii"))
            await session.wallet.protect(bytearray(PRACTICE_PASSWORD))

    def way_in(self, session: Any) -> dict[str, Any]:
        """See World."""
        from gems_desktop.viewmodels.way_in import way_in_of

        return dict(way_in_of(session, self.shelf))

    def home(self, session: Any) -> dict[str, Any]:
        """See World."""
        import gems_desktop.items.chart  # noqa: F401 - Home's, which QML asks for by name
        from gems_desktop.network_kind import metered
        from gems_desktop.startup_updates import updating
        from gems_desktop.viewmodels.catalogue_home import home_of

        self._update_proxy.follow(session.context.proxy)
        self._updates = self._updates or updating(self._update_proxy)
        self._compile_ahead("Gems/screens/HomeScreen.qml")
        metered()  # Qt loads what it asks the system with: 12 ms that Home would wait for
        return dict(home_of(session, str(self._opened), self.beyond, self._updates))

    def load_pages(self) -> Iterator[None]:
        """See World."""
        for name in _STEPS:
            yield
            import_module(name)

    def pages(self, session: Any) -> dict[str, Any]:
        """See World."""
        from gems_desktop.engine import register_items
        from gems_desktop.viewmodels.catalogue import pages_of

        register_items()
        return dict(pages_of(session, str(self._opened), self._decoder, self.beyond))

    async def stop_network(self) -> None:
        """End the local network while the window stays, as if its computer were switched off."""
        await self._local.stop()

    async def close(self) -> None:
        """See World."""
        if self._updates is not None:
            await self._updates.end()
        self._pictures.media = None
        self.instance.close()
        await self._end_signer()
        if "beyond" in self.__dict__:
            await self.beyond.desktop.close()
            await self.beyond.motion.close()
        await self._local.stop()
        if self._log is not None:
            logging.getLogger().removeHandler(self._log)


def _reviewer_words(file: Path) -> str:
    """The seed words of the practice reviewer that a practice network publishes, or nothing."""
    value = json.loads(file.read_bytes())
    words = value.get("practice_reviewer_words")
    return words if isinstance(words, str) and words.isascii() and len(words) < 300 else ""
