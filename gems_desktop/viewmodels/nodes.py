# SPDX-License-Identifier: Apache-2.0
"""The addresses of chain nodes: those of the network, or the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.words import say


@dataclass(frozen=True, slots=True)
class NodesProps:
    """The addresses in use, and advice about them."""

    urls: tuple[str, ...] = ()
    advice: str = ""


class NodesViewModel(ViewModel):
    """Chain nodes, a card of the settings page."""

    topics = frozenset({Topic.SETTINGS})
    changed = Signal()

    advice = prop(str, "advice", changed)
    urls = Property(list, lambda self: list(self._props.urls), notify=changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.pending = Pending(self)
        self.show(NodesProps())

    async def refresh(self) -> None:
        """Read the addresses."""
        known = (await self.session.settings.facts()).rpc_urls
        urls = tuple(url for url in known if url not in self.pending.keys)
        one = say("With two nodes of different operators, one that lies is noticed.")
        two = say("The first two are compared before money is believed.")
        self.show(NodesProps(urls, one if len(urls) < 2 else two))

    @Slot(str)
    def add(self, url: str) -> None:
        """Ask this node too."""
        self.start(self._add(url.strip()))

    async def _add(self, url: str) -> None:
        await self.pending.settle()  # one after the other: neither may undo the other's change
        await self._keep((*(await self.session.settings.facts()).rpc_urls, url))

    @Slot(int)
    def remove(self, place: int) -> None:
        """Ask this node no more; without any those of the network are asked."""
        if 0 <= place < len(self._props.urls):
            url = self._props.urls[place]
            said = say("This node is not asked any more: {url}", url=url)
            self.pending.offer(Step(url, said, lambda: self._drop(url), self.reload))
            self.reload()

    async def _drop(self, url: str) -> None:
        known = (await self.session.settings.facts()).rpc_urls
        await self._keep(tuple(one for one in known if one != url))

    async def settle(self) -> None:
        """Do what waits to be taken back, before the window or the profile closes."""
        await self.pending.settle()

    @Slot()
    def forget(self) -> None:
        """Use those of the network again."""
        self.start(self._forget())

    async def _forget(self) -> None:
        await self.pending.settle()
        await self._keep(())

    async def _keep(self, urls: tuple[str, ...]) -> None:
        await self.session.settings.change(rpc_urls=urls)
        await self.refresh()
