# SPDX-License-Identifier: Apache-2.0
"""The question how a requester was, once their judgement is there: shown until it is answered, left or the window
closes, and for each campaign once."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_report import RateOffer
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.words import say


class RateOfferViewModel(ViewModel):
    """At most one question; `wanted` carries the requester whose report is opened for the answer."""

    topics = frozenset({Topic.OUTBOX, Topic.CAMPAIGNS})
    changed = Signal()
    wanted = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._shown: RateOffer | None = None
        self._left = False  # one question in a run of the window is enough
        self.show("")

    sentence = Property(str, lambda self: str(self._props), notify=changed)

    async def refresh(self) -> None:
        """Ask for a question; one that stands goes only when its campaign was rated."""
        found = await self.session.reports.to_rate(self._shown.campaign_id if self._shown else "")
        if self._left:
            return
        self._shown = found
        self.show(_question(found.title) if found else "")

    @Slot()
    def seen(self) -> None:
        """It stands on the screen: it is not asked again."""
        if self._shown is not None and not self._left:
            self.start(self.session.reports.rating_asked(self._shown.campaign_id))

    @Slot()
    def rate(self) -> None:
        """Go and answer."""
        shown = self._shown
        self.leave()
        if shown is not None:
            self.wanted.emit(shown.requester)

    @Slot()
    def leave(self) -> None:
        """Not now, and not again."""
        self._shown, self._left = None, True
        self.show("")


def _question(title: str) -> str:
    return say("Your answers for “{title}” were judged. How was its requester?", title=title)
