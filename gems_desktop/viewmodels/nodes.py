# SPDX-License-Identifier: Apache-2.0
"""The addresses of chain nodes: those of the network, or the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
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
        self.show(NodesProps())

    async def refresh(self) -> None:
        """Read the addresses."""
        urls = (await self.session.settings.facts()).rpc_urls
        one = say("With two nodes of different operators, one that lies is noticed.")
        two = say("The first two are compared before money is believed.")
        self.show(NodesProps(urls, one if len(urls) < 2 else two))

    @Slot(str)
    def add(self, url: str) -> None:
        """Ask this node too."""
        self._change((*self._props.urls, url.strip()))

    @Slot(int)
    def remove(self, place: int) -> None:
        """Ask this node no more; without any those of the network are asked."""
        self._change(tuple(url for at, url in enumerate(self._props.urls) if at != place))

    @Slot()
    def forget(self) -> None:
        """Use those of the network again."""
        self._change(())

    def _change(self, urls: tuple[str, ...]) -> None:
        self.start(self._keep(urls))

    async def _keep(self, urls: tuple[str, ...]) -> None:
        await self.session.settings.change(rpc_urls=urls)
        await self.refresh()
