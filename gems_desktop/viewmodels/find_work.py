# SPDX-License-Identifier: Apache-2.0
"""Campaigns as rows, sorted and filtered, and one of them in full before anything is accepted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import CampaignFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import duration, gem, percent, say, short, size
from gems_protocol.amount import ZERO

MAX_BATCH = 50  # tasks in one lease: about an hour of work, and one signature whatever the size


class Order(Enum):
    """By what the campaigns are sorted."""

    PAY_PER_HOUR = "payPerHour"
    REWARD = "reward"
    SHORTEST = "shortest"
    SMALLEST_STAKE = "smallestStake"


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One row, and with the further fields the whole page of a campaign."""

    campaignId: str
    title: str
    description: str
    instructions: str
    moduleName: str
    reward: str
    stake: str
    hasStake: bool
    payPerHour: str
    minutes: str
    tasksOpen: int
    megabytes: str
    policySentence: str
    worstCase: str
    fee: str
    audit: str
    deadline: str
    requester: str
    requesterShort: str
    requesterSentence: str
    contentWarning: str
    practice: bool
    canLease: bool
    whyNot: str


def row_of(campaign: CampaignFacts) -> CampaignRow:
    """A campaign as it is said to a worker."""
    seconds = campaign.measured_seconds or campaign.expected_seconds
    return CampaignRow(
        campaignId=campaign.campaign_id,
        title=campaign.title,
        description=campaign.description,
        instructions=campaign.instructions,
        moduleName=campaign.module_name,
        reward=gem(campaign.reward),
        stake=gem(campaign.stake),
        hasStake=campaign.stake != ZERO,
        payPerHour=gem(campaign.pay_per_hour) if campaign.pay_per_hour is not None else "–",
        minutes=duration(seconds),
        tasksOpen=campaign.tasks_open,
        megabytes=size(campaign.media_bytes_per_task),
        policySentence=policy_sentence(campaign),
        worstCase=gem(campaign.worst_case),
        fee=percent(campaign.fee_ppm),
        audit=percent(campaign.audit_ppm),
        deadline=duration(campaign.lease_s),
        requester=campaign.requester,
        requesterShort=short(campaign.requester),
        requesterSentence=requester_sentence(campaign),
        contentWarning=campaign.content_warning or "",
        practice=campaign.practice,
        canLease=campaign.can_lease,
        whyNot=campaign.why_not,
    )


def policy_sentence(campaign: CampaignFacts) -> str:
    """What happens to an answer, in words."""
    if campaign.policy == "girm":
        return say(
            "No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers "
            "are checked. The fee falls with every checked answer that was right.",
            fee=percent(campaign.fee_ppm),
            audit=percent(campaign.audit_ppm),
        )
    if campaign.policy == "consensus":
        return say(
            "Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they "
            "agree; you may correct a rejected answer once.",
            stake=gem(campaign.stake),
        )
    return say("Answers are checked by the rule “{name}”.", name=campaign.policy)


def requester_sentence(campaign: CampaignFacts) -> str:
    """What is known of the requester, shortly."""
    if campaign.rejection_ppm is None:
        return say("No judged work yet")
    paid = (
        say(", pays within {time}", time=duration(campaign.median_release_s))
        if campaign.median_release_s is not None
        else ""
    )
    return say("{share} of answers rejected", share=percent(campaign.rejection_ppm)) + paid


def arrange(campaigns: list[CampaignFacts], order: Order, words: str) -> list[CampaignFacts]:
    """The campaigns that hold all of `words` in title, description or module, in `order`."""
    wanted = words.casefold().split()
    kept = [
        campaign
        for campaign in campaigns
        if all(
            word in f"{campaign.title} {campaign.description} {campaign.module_name}".casefold()
            for word in wanted
        )
    ]
    keys = {
        Order.PAY_PER_HOUR: lambda c: (-(c.pay_per_hour or ZERO).units, c.title),
        Order.REWARD: lambda c: (-c.reward.units, c.title),
        Order.SHORTEST: lambda c: (c.measured_seconds or c.expected_seconds, c.title),
        Order.SMALLEST_STAKE: lambda c: (c.stake.units, c.title),
    }
    return sorted(kept, key=keys[order])


@dataclass(frozen=True, slots=True)
class FindWorkProps:
    """What the page shows besides its rows."""

    ready: bool
    order: str
    words: str
    total: int
    selectedId: str
    fetchedAt: int
    leasing: bool


class FindWorkViewModel(ViewModel):
    """Find work."""

    topics = frozenset({Topic.CAMPAIGNS})
    changed = Signal()
    selectedChanged = Signal()
    leased = Signal()

    ready = prop(bool, "ready", changed)
    order = prop(str, "order", changed)
    words = prop(str, "words", changed)
    total = prop(int, "total", changed)
    selectedId = prop(str, "selectedId", changed)
    leasing = prop(bool, "leasing", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(CampaignRow, self)
        self._one = RowsModel(CampaignRow, self)
        self._campaigns: list[CampaignFacts] = []
        self.show(FindWorkProps(False, Order.PAY_PER_HOUR.value, "", 0, "", 0, False))

    def _campaigns_model(self) -> QObject:
        return self._rows

    def _selected_model(self) -> QObject:
        return self._one

    campaigns = Property(QObject, _campaigns_model, constant=True)
    # The selected campaign as a model of one row or none, so that its page binds to roles.
    selected = Property(QObject, _selected_model, constant=True)

    async def refresh(self) -> None:
        """Show what is known on this computer."""
        self._take(await self.session.sync.campaigns())

    def _take(self, campaigns: list[CampaignFacts]) -> None:
        self._campaigns = campaigns
        self._arrange(replace(self._props, ready=True))

    def _arrange(self, props: FindWorkProps) -> None:
        kept = arrange(self._campaigns, Order(props.order), props.words)
        rows = [row_of(campaign) for campaign in kept]
        self._rows.replace(rows)
        self._one.replace([row_of(c) for c in self._campaigns if c.campaign_id == props.selectedId])
        self.show(replace(props, total=len(self._campaigns)))

    @Slot()
    def ask(self) -> None:
        """Ask the platform for campaigns."""
        self.start(self._ask())

    async def _ask(self) -> None:
        self._take(await self.session.sync.campaigns())
        self._take(await self.session.sync.campaigns(refresh=True))

    @Slot(str)
    def sortBy(self, order: str) -> None:
        """Sort by one of Order's values."""
        self._arrange(replace(self._props, order=Order(order).value))

    @Slot(str)
    def search(self, words: str) -> None:
        """Show only campaigns with these words."""
        self._arrange(replace(self._props, words=words))

    @Slot(str)
    def select(self, campaign_id: str) -> None:
        """Open one campaign's page; an empty id closes it."""
        self._arrange(replace(self._props, selectedId=campaign_id))

    @Slot(str, int)
    def lease(self, campaign_id: str, count: int) -> None:
        """Take up to `count` tasks; emits `leased` when they are on this computer."""
        self.show(replace(self._props, leasing=True))
        self.start(self._lease(campaign_id, min(max(count, 1), MAX_BATCH)))

    async def _lease(self, campaign_id: str, count: int) -> None:
        try:
            await self.session.sync.fetch_batch(campaign_id, count)
        finally:
            self.show(replace(self._props, leasing=False))
        self.leased.emit()
