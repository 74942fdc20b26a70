# SPDX-License-Identifier: Apache-2.0
"""A requester as the evidence shows them: how they pay, how they judge, with counts and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import CampaignFacts, ReportFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import duration, gem, grouped, percent, say, short
from gems_protocol.amount import ZERO


@dataclass(frozen=True, slots=True)
class RequesterRow:
    """A requester with campaigns on offer."""

    address: str
    shortAddress: str
    campaigns: str
    practice: bool


@dataclass(frozen=True, slots=True)
class ReportProps:
    """One report; `address` is empty while the list is shown."""

    ready: bool = False
    address: str = ""
    fullAddress: str = ""
    practice: bool = False
    paidOut: str = ""
    accepted: int = 0
    rejected: int = 0
    acceptedShare: float = 0.0
    judgedText: str = ""
    appealed: int = 0
    overturned: int = 0
    appealText: str = ""
    release: str = ""
    releaseText: str = ""
    payPerHour: str = ""
    payPerHourText: str = ""
    funded: str = ""
    fundedText: str = ""
    tasksTotal: int = 0
    checkedText: str = ""


def derive(facts: ReportFacts) -> ReportProps:
    """The report in words; says plainly when there is too little to judge."""
    judged = facts.accepted + facts.rejected
    share_ppm = facts.rejected * 1_000_000 // judged if judged else 0
    return ReportProps(
        ready=True,
        address=facts.requester,
        fullAddress=grouped(facts.requester),
        practice=facts.practice,
        paidOut=gem(facts.paid_out),
        accepted=facts.accepted,
        rejected=facts.rejected,
        acceptedShare=facts.accepted / judged if judged else 0.0,
        judgedText=(
            say("{share} of {n} judged answers were rejected.", share=percent(share_ppm), n=judged)
            if judged
            else say("No answer has been judged yet, so nothing can be said about fairness.")
        ),
        appealed=facts.appealed,
        overturned=facts.overturned,
        appealText=appeal_text(facts),
        release=duration(facts.median_release_s) if facts.median_release_s is not None else "–",
        releaseText=(
            say(
                "Half of all pay arrives faster; 95 of 100 within {time}.", time=duration(facts.p95_release_s)
            )
            if facts.p95_release_s is not None
            else say("Nothing has been paid yet.")
        ),
        payPerHour=gem(facts.pay_per_hour) if facts.pay_per_hour is not None else "–",
        payPerHourText=(
            say("Measured over the work that was really done.")
            if facts.pay_per_hour is not None
            else say("Too little work was done to measure it.")
        ),
        funded=gem(facts.funded_now),
        fundedText=(
            say("Locked in the contract for work that is still open.")
            if facts.funded_now > ZERO
            else say("Nothing is locked for open work.")
        ),
        tasksTotal=facts.tasks_total,
        checkedText=(
            say("The money was checked on the chain by this computer.")
            if facts.checked_on_chain
            else say("The money has not been checked on the chain yet.")
        ),
    )


def appeal_text(facts: ReportFacts) -> str:
    """What happened to rejections that were appealed."""
    if facts.appealed == 0:
        return say("No rejection was appealed.")
    return say("{won} of {n} appeals were won by the worker.", won=facts.overturned, n=facts.appealed)


def requester_rows(campaigns: list[CampaignFacts]) -> list[RequesterRow]:
    """Each requester once, with the titles of what they offer."""
    titles: dict[str, list[str]] = {}
    practice: dict[str, bool] = {}
    for campaign in campaigns:
        titles.setdefault(campaign.requester, []).append(campaign.title)
        practice[campaign.requester] = campaign.practice
    return [
        RequesterRow(address, short(address), " · ".join(names), practice[address])
        for address, names in titles.items()
    ]


class ReportViewModel(ViewModel):
    """The requester report, and the list of requesters it can be opened for."""

    topics = frozenset({Topic.CAMPAIGNS})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    address = prop(str, "address", changed)
    fullAddress = prop(str, "fullAddress", changed)
    practice = prop(bool, "practice", changed)
    paidOut = prop(str, "paidOut", changed)
    accepted = prop(int, "accepted", changed)
    rejected = prop(int, "rejected", changed)
    acceptedShare = prop(float, "acceptedShare", changed)
    judgedText = prop(str, "judgedText", changed)
    appealed = prop(int, "appealed", changed)
    overturned = prop(int, "overturned", changed)
    appealText = prop(str, "appealText", changed)
    release = prop(str, "release", changed)
    releaseText = prop(str, "releaseText", changed)
    payPerHour = prop(str, "payPerHour", changed)
    payPerHourText = prop(str, "payPerHourText", changed)
    funded = prop(str, "funded", changed)
    fundedText = prop(str, "fundedText", changed)
    tasksTotal = prop(int, "tasksTotal", changed)
    checkedText = prop(str, "checkedText", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._requesters = RowsModel(RequesterRow, self)
        self._wanted = ""
        self.show(ReportProps())

    def _requesters_model(self) -> QObject:
        return self._requesters

    requesters = Property(QObject, _requesters_model, constant=True)

    async def refresh(self) -> None:
        """The known requesters, and the open report from what is stored."""
        self._requesters.replace(requester_rows(await self.session.sync.campaigns()))
        await self._read(refresh=False)

    async def _read(self, *, refresh: bool) -> None:
        wanted = self._wanted
        if not wanted:
            self.show(ReportProps(ready=True))
            return
        facts = await self.session.reports.report(wanted, refresh=refresh)
        if wanted == self._wanted:
            self.show(derive(facts))

    @Slot(str)
    def openReport(self, address: str) -> None:
        """Open the report of one requester; an empty address goes back to the list."""
        self._wanted = address
        self.fail(None)
        self.show(
            ReportProps(ready=not address, address=address, fullAddress=grouped(address) if address else "")
        )
        self.start(self._read(refresh=True))

    @Slot(int)
    def openRow(self, row: int) -> None:
        """Open the report of a row of `requesters`."""
        if 0 <= row < len(self._requesters.rows):
            self.openReport(self._requesters.rows[row].address)
