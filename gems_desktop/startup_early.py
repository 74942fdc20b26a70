# SPDX-License-Identifier: Apache-2.0
"""The way in before the profile is open: the password is asked for while the database and the services are loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gems_desktop.viewmodels.app import AppViewModel
from gems_desktop.viewmodels.app_looks import with_settings
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.services.facts import WalletFacts
    from gems_desktop.startup_world import Greeting, World

_TURN_S = 0.01


async def ask_early(
    app: AppViewModel, world: World, coming: Coming, attach: Callable[[Any], dict[str, Any]]
) -> None:
    """Ask for the password; returns when the page was painted.

    attach: hands the way in's view models over such a session to `app`.
    """
    app.show(with_settings(app.props, coming.looks, app.fixed))
    way_in = attach(coming)
    app.change(opening=True)
    app.welcome()
    way_in["welcome"].begin()
    while way_in["welcome"].step == "loading":  # not `busy`: what is entered by then waits for the session
        await asyncio.sleep(_TURN_S)
    await world.painted()


def withdraw(app: AppViewModel) -> None:
    """The starting page in the place of one that asks in vain; what was said of a way back stays."""
    back = app.props.wayBack
    app.starting("")
    app.change(wayBack=back)


class Coming:
    """A session that is being opened; implements of Session what the way in asks, the rest waits for it."""

    def __init__(self, greeting: Greeting) -> None:
        self.profile, self.looks = greeting.profile, greeting.looks
        self.language = ""  # that was chosen meanwhile
        self._early = _EarlyWallet(self, greeting)
        self._session: Any = None
        self._there = asyncio.Event()
        self._listeners: dict[object, tuple[Callable[..., None], Callable[[], None] | None]] = {}

    def arrived(self, session: Any) -> None:
        """Here it is."""
        self._session = session
        for key, (listener, _) in self._listeners.items():
            self._listeners[key] = listener, session.subscribe(listener)
        self._there.set()

    async def whole(self) -> Any:
        """The session, once it is open; whoever waits for one that never opens is cancelled with its page."""
        await self._there.wait()
        return self._session

    async def as_told(self) -> bool:
        """Whether the signer found the wallet as its file said."""
        try:
            found = await self._early.starting
        except GemsError:
            return False
        told = await self._early.facts()
        return (found.exists, found.storage) == (told.exists, told.storage)

    def subscribe(self, listener: Callable[..., None]) -> Callable[[], None]:
        """See Session; nothing is told before there is something to tell."""
        key = object()
        self._listeners[key] = listener, self._session.subscribe(listener) if self._session else None

        def forget() -> None:
            _, unsubscribe = self._listeners.pop(key)
            if unsubscribe is not None:
                unsubscribe()

        return forget

    @property
    def wallet(self) -> Any:
        """The wallet that its signer knows before the profile is open."""
        return self._early if self._session is None else self._session.wallet

    def __getattr__(self, name: str) -> Any:
        return _Later(self, name) if self._session is None else getattr(self._session, name)


class _Later:
    """A service of a session that is coming: each of its calls waits for it."""

    def __init__(self, coming: Coming, name: str) -> None:
        self._coming, self._name = coming, name

    def __getattr__(self, call: str) -> Any:
        async def asked(*arguments: Any, **named: Any) -> Any:
            session = await self._coming.whole()
            return await getattr(getattr(session, self._name), call)(*arguments, **named)

        return asked


class _EarlyWallet(_Later):
    """What the way in of a locked wallet asks; everything else that a wallet does waits for the session.

    Its signer starts meanwhile; what that finds wrong with the wallet is looked at when the session is there.
    """

    def __init__(self, coming: Coming, greeting: Greeting) -> None:
        super().__init__(coming, "wallet")
        self._facts, self._signer = greeting.wallet, greeting.signer
        self.starting = asyncio.ensure_future(self._signer.wallet())
        self.starting.add_done_callback(
            lambda told: told.cancelled() or told.exception()
        )  # see Coming.as_told

    async def facts(self) -> WalletFacts:
        """See Wallet; from its file."""
        return self._facts

    async def unlock(self, password: bytearray | None) -> None:
        """See Wallet; the key is derived meanwhile, and a wrong password is told at once."""
        try:
            await self._signer.unlock(password)
        finally:
            if password is not None:
                password[:] = bytes(len(password))
        await (await self._coming.whole()).wallet.unlocked()
