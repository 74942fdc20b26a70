# SPDX-License-Identifier: Apache-2.0
"""Campaigns as rows, sorted and filtered, and one of them in full before anything is accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import CampaignFacts, Connection, ConnectionFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.campaign_page import (
    FactRow,
    pay_facts,
    requester_facts,
    risk_facts,
    time_facts,
)
from gems_desktop.viewmodels.campaign_row import CampaignRow, batch_sentence, row_of, takeable, usual
from gems_desktop.viewmodels.choosing import arrange
from gems_desktop.viewmodels.find_filter import FilterViewModel
from gems_desktop.viewmodels.practice import PracticeViewModel
from gems_desktop.viewmodels.remaining import with_remaining
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.task import Pictures
from gems_desktop.viewmodels.words import clock_time, say

MAX_BATCH = 100  # tasks in one lease: two of them are days without a line; one signature whatever the size
_SECTIONS = {"pay": pay_facts, "risk": risk_facts, "time": time_facts, "requester": requester_facts}


@dataclass(frozen=True, slots=True)
class FindWorkInputs:
    """What the page is made from."""

    campaigns: tuple[CampaignFacts, ...] = ()
    connection: ConnectionFacts = ConnectionFacts(Connection.ONLINE)  # noqa: RUF009 - frozen
    ready: bool = False
    words: str = ""
    selected: str = ""
    wanted: int = 0  # 0: as many as are usual
    leasing: bool = False
    asking: bool = False
    avoided: frozenset[str] = frozenset()  # categories of warnings that are not offered

    @property
    def offered(self) -> tuple[CampaignFacts, ...]:
        """The campaigns that are not set aside and warn of nothing that this worker keeps away."""
        return tuple(c for c in self.campaigns if not c.set_aside and not self._avoids(c))

    def _avoids(self, campaign: CampaignFacts) -> bool:
        warning = campaign.content_warning
        return warning is not None and bool(self.avoided.intersection(warning.categories))

    @property
    def kept_away(self) -> str:
        """How many campaigns are not offered for what they warn of; empty for none."""
        count = sum(map(self._avoids, self.campaigns))
        return say("{n} kept away by your settings", n=count) if count else ""

    @property
    def campaign(self) -> CampaignFacts | None:
        """The selected one."""
        return next((c for c in self.offered if c.campaign_id == self.selected), None)


@dataclass(frozen=True, slots=True)
class FindWorkProps:
    """What the page shows besides its rows."""

    ready: bool
    words: str
    total: int
    subtitle: str
    selectedId: str
    offline: bool
    asking: bool
    leasing: bool
    leaseText: str
    leaseProgress: float
    count: int
    most: int
    batchText: str


def derive(inputs: FindWorkInputs) -> FindWorkProps:
    """The page's words and numbers."""
    campaign, link = inputs.campaign, inputs.connection
    most = takeable(campaign, MAX_BATCH, MAX_BATCH) if campaign else MAX_BATCH
    wanted = inputs.wanted or (usual(campaign) if campaign else 1)
    count = max(1, min(wanted, most))
    fetched = max((c.fetched_at for c in inputs.campaigns), default=0)
    counting = inputs.leasing and link.fetching and link.syncing_total > 0
    return FindWorkProps(
        ready=inputs.ready,
        words=inputs.words,
        total=len(inputs.offered),
        subtitle=" · ".join(
            part
            for part in (say("As of {time}", time=clock_time(fetched)) if fetched else "", inputs.kept_away)
            if part
        ),
        selectedId=campaign.campaign_id if campaign else "",
        offline=link.connection is Connection.OFFLINE,
        asking=inputs.asking,
        leasing=inputs.leasing,
        leaseText=_lease_text(link) if counting else say("Asking for tasks…"),
        leaseProgress=link.syncing_done / link.syncing_total if counting else 0.05,
        count=count,
        most=most,
        batchText=batch_sentence(campaign, count) if campaign else "",
    )


def _lease_text(link: ConnectionFacts) -> str:
    text = say("Fetching {done} of {total}", done=link.syncing_done, total=link.syncing_total)
    return with_remaining(text, link.seconds_left)


class FindWorkViewModel(ViewModel):
    """Find work; `leased` tells that a batch is on this computer."""

    topics = frozenset({Topic.CAMPAIGNS, Topic.CONNECTION, Topic.SETTINGS})
    changed = Signal()
    leased = Signal()

    ready = prop(bool, "ready", changed)
    words = prop(str, "words", changed)
    total = prop(int, "total", changed)
    subtitle = prop(str, "subtitle", changed)
    selectedId = prop(str, "selectedId", changed)
    offline = prop(bool, "offline", changed)
    asking = prop(bool, "asking", changed)
    leasing = prop(bool, "leasing", changed)
    leaseText = prop(str, "leaseText", changed)
    leaseProgress = prop(float, "leaseProgress", changed)
    count = prop(int, "count", changed)
    most = prop(int, "most", changed)
    batchText = prop(str, "batchText", changed)

    def __init__(self, session: Session, images: Pictures, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._practice = PracticeViewModel(session, images, self)
        self._practice.passedIt.connect(self.reload)
        self._filter = FilterViewModel(session, self)
        self._filter.chosen.connect(self._put)
        self._facts = {section: RowsModel(FactRow, self) for section in _SECTIONS}
        self._rows = RowsModel(CampaignRow, self)
        self._one = RowsModel(CampaignRow, self)
        self._inputs = FindWorkInputs()
        self.show(derive(self._inputs))

    def _campaigns_model(self) -> QObject:
        return self._rows

    def _selected_model(self) -> QObject:
        return self._one

    campaigns = Property(QObject, _campaigns_model, constant=True)
    # The selected campaign as a model of one row or none, so that its page binds to roles.
    selected = Property(QObject, _selected_model, constant=True)
    # What is said of it, section by section.
    payFacts = Property(QObject, lambda self: self._facts["pay"], constant=True)
    riskFacts = Property(QObject, lambda self: self._facts["risk"], constant=True)
    timeFacts = Property(QObject, lambda self: self._facts["time"], constant=True)
    requesterFacts = Property(QObject, lambda self: self._facts["requester"], constant=True)
    practice = Property(QObject, lambda self: self._practice, constant=True)
    filter = Property(QObject, lambda self: self._filter, constant=True)

    async def refresh(self) -> None:
        """Show what is known on this computer."""
        campaigns = await self.session.sync.campaigns()
        link = await self.session.sync.facts()
        options = await self.session.settings.facts()
        avoided = frozenset(options.hidden_content)
        self._filter.read(options, campaigns)
        self._put(campaigns=tuple(campaigns), connection=link, avoided=avoided, ready=True)

    def _put(self, **values: object) -> None:
        """Change inputs and show what follows."""
        inputs = replace(self._inputs, **values)  # type: ignore[arg-type]
        self._inputs = inputs
        kept = arrange(list(inputs.offered), self._filter.choice, inputs.words)
        self._rows.replace([row_of(campaign) for campaign in kept])
        self._one.replace([row_of(inputs.campaign)] if inputs.campaign else [])
        for section, facts_of in _SECTIONS.items():
            self._facts[section].replace(facts_of(inputs.campaign) if inputs.campaign else [])
        self.show(derive(inputs))

    @Slot()
    def ask(self) -> None:
        """Show what is known, then ask the platform."""
        if not self._inputs.asking:
            self._put(asking=True)
            self.start(self._ask())

    async def _ask(self) -> None:
        try:
            await self.refresh()
            await self.session.sync.campaigns(refresh=True)
            await self.refresh()
        finally:
            self._put(asking=False)

    @Slot(str)
    def search(self, words: str) -> None:
        """Show only campaigns with these words."""
        self._put(words=words)

    @Slot(str)
    def select(self, campaign_id: str) -> None:
        """Open one campaign's page; an empty id closes it."""
        if campaign_id != self._inputs.selected:
            self._put(selected=campaign_id, wanted=0)

    @Slot()
    def openPractice(self) -> None:
        """Open the practice set of the selected campaign."""
        campaign = self._inputs.campaign
        if campaign is not None and campaign.practice_ppm:
            self.fail(None)
            self._practice.open(campaign.campaign_id)

    @Slot(int)
    def choose(self, count: int) -> None:
        """How many tasks to take."""
        self._put(wanted=count)

    @Slot()
    def lease(self) -> None:
        """Take the chosen number of tasks of the selected campaign."""
        campaign = self._inputs.campaign
        if campaign is None or not campaign.can_lease or self._inputs.leasing:
            return
        self.fail(None)
        self._put(leasing=True)
        self.start(self._lease(campaign.campaign_id, self._props.count))

    async def _lease(self, campaign_id: str, count: int) -> None:
        try:
            await self.session.sync.fetch_batch(campaign_id, count)
        finally:
            self._put(leasing=False)
        self.leased.emit()

    def close(self) -> None:
        """Stop what runs here and in the practice."""
        self._practice.close()
        self._filter.close()
        super().close()
