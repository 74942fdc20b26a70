# SPDX-License-Identifier: Apache-2.0
"""A requester as the evidence shows them: how they pay, how they judge, with counts and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import CampaignFacts, ReportFacts, Topic
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, chart_prop
from gems_desktop.viewmodels.report_charts import promptness_chart
from gems_desktop.viewmodels.report_rows import (
    ChainRow,
    RatableRow,
    RatingRow,
    RequesterRow,
    ShareRow,
    chain_row,
    ratable_rows,
    rating_row,
    rejected_text,
    requester_rows,
    share_row,
)
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.trust_words import said_text
from gems_desktop.viewmodels.words import duration, gem, grouped, hourly, say
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import GemsError

#: Shares with bounds say these already.
_SHOWN_AS_SHARES = frozenset({"rejects", "overturned", "no_decisions"})


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
    appealText: str = ""
    explanations: tuple[str, ...] = ()
    release: str = ""
    releaseText: str = ""
    payPerHour: str = ""
    payPerHourText: str = ""
    reviewPay: str = ""
    reviewPayText: str = ""
    timesText: str = ""
    funded: str = ""
    fundedText: str = ""
    promptness: Chart = Chart()  # noqa: RUF009 - frozen
    tasksTotal: int = 0
    checkedText: str = ""
    chainFits: bool = True


def derive(facts: ReportFacts) -> ReportProps:
    """The report in words; says plainly when there is too little to judge."""
    judged = facts.accepted + facts.rejected
    return ReportProps(
        ready=True,
        address=facts.requester,
        fullAddress=grouped(facts.requester),
        practice=facts.practice,
        paidOut=gem(facts.paid_out),
        accepted=facts.accepted,
        rejected=facts.rejected,
        acceptedShare=facts.accepted / judged if judged else 0.0,
        judgedText=rejected_text(facts.rejected, judged),
        appealText=appeal_text(facts),
        explanations=tuple(
            said_text(said) for said in facts.explanations if said.code not in _SHOWN_AS_SHARES
        ),
        release=duration(facts.median_release_s) if facts.median_release_s is not None else "–",
        releaseText=release_text(facts),
        payPerHour=_pay(facts.pay_per_hour),
        payPerHourText=_measured(facts.pay_per_hour),
        reviewPay=_pay(facts.verifier_pay_per_hour),
        reviewPayText=_measured(facts.verifier_pay_per_hour),
        timesText=times_text(facts),
        funded=gem(facts.funded_now),
        fundedText=(
            say("Locked in the contract for work that is still open.")
            if facts.funded_now > ZERO
            else say("Nothing is locked for open work.")
        ),
        promptness=promptness_chart(facts, release_text(facts)),
        tasksTotal=facts.tasks_total,
        checkedText=checked_text(facts),
        chainFits=all(check.agrees for check in facts.chain),
    )


def release_text(facts: ReportFacts) -> str:
    """How long pay takes."""
    if facts.p95_release_s is None:
        return say("Nothing has been paid yet.")
    return say("Half of all pay arrives faster; 95 of 100 within {time}.", time=duration(facts.p95_release_s))


def _pay(amount: Amount | None) -> str:
    return hourly(amount) if amount is not None else "–"


def _measured(amount: Amount | None) -> str:
    if amount is None:
        return say("Too little work was done to measure it.")
    return say("Measured over the work that was really done.")


def times_text(facts: ReportFacts) -> str:
    """How long a task and a review take."""
    parts = []
    if facts.median_task_s is not None:
        parts.append(say("Half of all tasks took less than {time}.", time=duration(facts.median_task_s)))
    if facts.median_review_s is not None:
        parts.append(say("Half of all reviews took less than {time}.", time=duration(facts.median_review_s)))
    return " ".join(parts)


def appeal_text(facts: ReportFacts) -> str:
    """What happened to verdicts that somebody objected to."""
    parts = []
    if facts.appealed == 0:
        parts.append(say("No rejection was appealed."))
    elif not facts.worker_appeals:
        parts.append(say("Appeals won by the worker: {won} of {n}.", won=facts.overturned, n=facts.appealed))
    if facts.requester_appeals:
        parts.append(
            say(
                "Objections of the requester to accepted answers: {n}; upheld: {won}.",
                n=facts.requester_appeals,
                won=facts.requester_appeals_won,
            )
        )
    return " ".join(parts)


def checked_text(facts: ReportFacts) -> str:
    """Whether the money was compared with the chain."""
    if any(not check.agrees for check in facts.chain):
        return say("The chain says something else than the platform about the money: see below.")
    if facts.checked_on_chain:
        return say("The money was checked on the chain by this computer.")
    return say("The money has not been checked on the chain yet.")


class ReportViewModel(ViewModel):
    """The requester report, and the list of requesters it can be opened for; `said` carries a message and its tone."""

    topics = frozenset({Topic.CAMPAIGNS})
    changed = Signal()
    said = Signal(str, str)

    ready = prop(bool, "ready", changed)
    address = prop(str, "address", changed)
    fullAddress = prop(str, "fullAddress", changed)
    practice = prop(bool, "practice", changed)
    paidOut = prop(str, "paidOut", changed)
    accepted = prop(int, "accepted", changed)
    rejected = prop(int, "rejected", changed)
    acceptedShare = prop(float, "acceptedShare", changed)
    judgedText = prop(str, "judgedText", changed)
    appealText = prop(str, "appealText", changed)
    release = prop(str, "release", changed)
    releaseText = prop(str, "releaseText", changed)
    payPerHour = prop(str, "payPerHour", changed)
    payPerHourText = prop(str, "payPerHourText", changed)
    reviewPay = prop(str, "reviewPay", changed)
    reviewPayText = prop(str, "reviewPayText", changed)
    timesText = prop(str, "timesText", changed)
    funded = prop(str, "funded", changed)
    fundedText = prop(str, "fundedText", changed)
    promptness = chart_prop("promptness", changed)
    tasksTotal = prop(int, "tasksTotal", changed)
    checkedText = prop(str, "checkedText", changed)
    chainFits = prop(bool, "chainFits", changed)
    explanations = Property(list, lambda self: list(self._props.explanations), notify=changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._requesters = RowsModel(RequesterRow, self)
        self._shares = RowsModel(ShareRow, self)
        self._ratings = RowsModel(RatingRow, self)
        self._chain = RowsModel(ChainRow, self)
        self._ratable = RowsModel(RatableRow, self)
        self._wanted = ""
        self._asked = False
        self.show(ReportProps())

    requesters = Property(QObject, lambda self: self._requesters, constant=True)
    shares = Property(QObject, lambda self: self._shares, constant=True)
    ratings = Property(QObject, lambda self: self._ratings, constant=True)
    chain = Property(QObject, lambda self: self._chain, constant=True)
    ratable = Property(QObject, lambda self: self._ratable, constant=True)

    async def refresh(self) -> None:
        """The known requesters, and the open report from what is stored."""
        campaigns = await self.session.sync.campaigns()
        self._requesters.replace(requester_rows(campaigns))
        # a report that was just compared with the chain would lose the comparison if it were read again
        if not self._asked:
            await self._read(refresh=False)
        else:
            self._offer_rating(campaigns, await self.session.work.judged_in())

    async def _read(self, *, refresh: bool) -> None:
        wanted = self._wanted
        if not wanted:
            self.show(ReportProps(ready=True))
            return
        self._asked = refresh
        facts = await self.session.reports.report(wanted, refresh=refresh)
        campaigns = await self.session.sync.campaigns()
        done = await self.session.work.judged_in()
        if wanted == self._wanted:
            titles = {each.campaign_id: each.title for each in campaigns}
            self._shares.replace([row for share in facts.shares if (row := share_row(share))])
            self._ratings.replace([rating_row(rating) for rating in facts.ratings])
            self._chain.replace([chain_row(check, titles) for check in facts.chain])
            self._offer_rating(campaigns, done)
            self.show(derive(facts))

    def _offer_rating(self, campaigns: list[CampaignFacts], done: frozenset[str]) -> None:
        self._ratable.replace(ratable_rows(self._wanted, campaigns, done))

    @Slot(str)
    def openReport(self, address: str) -> None:
        """Open the report of one requester; an empty address goes back to the list."""
        self._wanted = address
        self._asked = False
        self.fail(None)
        for model in (self._shares, self._ratings, self._chain, self._ratable):
            model.replace([])
        self.show(
            ReportProps(ready=not address, address=address, fullAddress=grouped(address) if address else "")
        )
        self.start(self._open())

    async def _open(self) -> None:
        """The report as it is now, compared with the chain; the stored one when that cannot be had."""
        try:
            await self._read(refresh=True)
        except GemsError:
            await self._read(refresh=False)
            raise

    @Slot(int)
    def openRow(self, row: int) -> None:
        """Open the report of a row of `requesters`."""
        if 0 <= row < len(self._requesters.rows):
            self.openReport(self._requesters.rows[row].address)

    @Slot(int, int, int, int, int)
    def rate(self, row: int, pay: int, clarity: int, speed: int, fairness: int) -> None:
        """Rate the campaign in a row of `ratable`, 1 (bad) to 5 (good) each."""
        marks = (pay, clarity, speed, fairness)
        if 0 <= row < len(self._ratable.rows) and all(1 <= mark <= 5 for mark in marks):
            self.fail(None)
            self.start(self._rate(self._ratable.rows[row].campaignId, *marks))

    async def _rate(self, campaign_id: str, pay: int, clarity: int, speed: int, fairness: int) -> None:
        await self.session.reports.rate(campaign_id, pay, clarity, speed, fairness)
        self.said.emit(say("Your rating is stored. Thank you."), "good")
        await self._read(refresh=True)
