# SPDX-License-Identifier: Apache-2.0
"""Watching, blocking and hiding what is offered: done at once, taken back with Undo, and listed with a way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import CampaignFacts, SettingsFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import beside, say, short


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """One requester that is blocked or campaign that is hidden; the key brings it back."""

    key: str
    blocked: bool
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class SetAsideProps:
    """What is said of them; watched and blocked are of the requester looked at."""

    count: int = 0
    text: str = ""
    watched: bool = False
    blocked: bool = False


def rows_of(options: SettingsFacts, campaigns: list[CampaignFacts]) -> list[SetAsideRow]:
    """What is set aside, the last one first; a requester with the titles of the work that is kept away."""
    rows = []
    for requester in reversed(options.blocked):
        titles = sorted(one.title for one in campaigns if one.requester == requester)
        rows.append(
            SetAsideRow(
                requester, True, say("Requester {who}", who=short(requester)), beside(*titles[:_TITLES_SHOWN])
            )
        )
    known = {one.campaign_id: one for one in campaigns}
    for campaign_id in reversed(options.hidden_campaigns):
        found = known.get(campaign_id)
        title = found.title if found else short(campaign_id)
        note = say("Requester {who}", who=short(found.requester)) if found else say("No longer offered")
        rows.append(SetAsideRow(campaign_id, False, title, note))
    return rows


_TITLES_SHOWN = 3


def summary(options: SettingsFacts) -> str:
    """How much is set aside; empty for nothing."""
    requesters, campaigns = len(options.blocked), len(options.hidden_campaigns)
    parts = [
        say("Requesters blocked: {n}", n=requesters) if requesters else "",
        say("Campaigns hidden: {n}", n=campaigns) if campaigns else "",
    ]
    return beside(*parts)


class SetAsideViewModel(ViewModel):
    """What the worker does not want to see, or wants to see first; `pending` is the last step, for Undo."""

    topics = frozenset({Topic.CAMPAIGNS, Topic.SETTINGS})
    changed = Signal()

    count = prop(int, "count", changed)
    text = prop(str, "text", changed)
    watched = prop(bool, "watched", changed)
    blocked = prop(bool, "blocked", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.pending = Pending(self)
        self._rows = RowsModel(SetAsideRow, self)
        self._looked_at = ""
        self.show(SetAsideProps())

    rows = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Read what is set aside, and how the requester looked at stands."""
        options = await self.session.settings.facts()
        rows: list[SetAsideRow] = []
        if options.blocked or options.hidden_campaigns:
            rows = rows_of(options, await self.session.sync.campaigns())
        about = self._looked_at
        watched = bool(about) and await self.session.notices.watched(about)
        self._rows.replace(rows)
        blocked = about in options.blocked
        self.show(SetAsideProps(len(rows), summary(options), watched and not blocked, blocked))

    @Slot(str)
    def look(self, requester: str) -> None:
        """This requester is on the screen now; "" for none."""
        self._looked_at = requester
        self.reload()

    @Slot(str, bool)
    def watch(self, requester: str, on: bool) -> None:
        """Watch a requester, or no more."""
        if requester:
            self.start(self.session.notices.watch(requester, on))

    @Slot(str)
    def block(self, requester: str) -> None:
        """Offer no more work of a requester."""
        if requester:
            sentence = say("Blocked: you are not offered work of {who} any more.", who=short(requester))
            self.start(self._do(requester, "", sentence))

    @Slot(str, str)
    def hide(self, campaign_id: str, title: str) -> None:
        """Offer one campaign no more."""
        if campaign_id:
            self.start(self._do("", campaign_id, say("Hidden: {title}", title=title)))

    async def _do(self, requester: str, campaign_id: str, sentence: str) -> None:
        await self.session.settings.set_aside(requester=requester, campaign_id=campaign_id, on=True)
        # it takes nothing away that is missed after a crash: done at once, and undone by its opposite
        key = requester or campaign_id
        self.pending.offer(Step(key, sentence, _done, lambda: self._back(requester, campaign_id)))

    def _back(self, requester: str, campaign_id: str) -> None:
        self.start(self.session.settings.set_aside(requester=requester, campaign_id=campaign_id, on=False))

    @Slot(str, bool)
    def bringBack(self, key: str, blocked: bool) -> None:
        """Offer a requester's work again, or a campaign."""
        if key in self.pending.keys:
            self.pending.undo()
        else:
            self._back(*((key, "") if blocked else ("", key)))


async def _done() -> None:
    """Nothing is left to do."""
