# SPDX-License-Identifier: Apache-2.0
"""Money: what is proven in the channel and the wallet, the ledger behind it, and claims."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import (
    ClaimFacts,
    ClaimQuote,
    ClaimState,
    EarningsFacts,
    LedgerLine,
    Problem,
    Topic,
)
from gems_desktop.services.facts_history import Chosen
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, chart_prop, earned_chart
from gems_desktop.viewmodels.movement_words import KINDS, movement
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spans import ALL_TIME, WEEK, since
from gems_desktop.viewmodels.undecided import held_text, undecided
from gems_desktop.viewmodels.where import WhereRow, more_rows, together, where_rows
from gems_desktop.viewmodels.why import WhyViewModel
from gems_desktop.viewmodels.words import clock_time, exact, gem, grouped, say, sentence, short, typed_gem
from gems_protocol.amount import ZERO

DAYS_SHOWN = 30  # as far as the facts go
EXPORT_NAME = "earnings.csv"

_POCKETS = {"paid": "Channel", "bonded": "Bond", "stake": "Stake", "wallet": "Wallet", "fee": "Fee"}
_CLAIM_TONES = {ClaimState.CLAIMED: "good", ClaimState.FAILED: "bad"}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement."""

    when: str
    what: str
    campaign: str
    pocket: str
    amount: str
    practice: bool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim."""

    when: str
    amount: str
    fee: str
    stateText: str
    tone: str
    transaction: str
    progress: float


@dataclass(frozen=True, slots=True)
class EarningsProps:
    """What the screen shows besides ledger and claims."""

    ready: bool = False
    claimable: str = "0.00"
    claimableBeside: str = ""
    canClaim: bool = False
    together: str = "0.00"
    togetherBeside: str = ""
    heldText: str = ""
    earnedToday: str = "0.00"
    earnedWeek: str = "0.00"
    earnedTotal: str = "0.00"
    bondTarget: str = "0.00"
    differenceMessage: str = ""
    differenceSafe: str = ""
    differenceAction: str = ""
    chart: Chart = Chart()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class QuoteProps:
    """A claim as it would be; shown before it is made."""

    open: bool = False
    amount: str = ""
    fee: str = ""
    receives: str = ""
    receivesBeside: str = ""
    relayer: str = ""
    deadline: str = ""


def derive(facts: EarningsFacts, queue: QueueFacts | None = None) -> EarningsProps:
    """The page from what is proven; `queue` says what is accepted and not paid yet, or disputed."""
    difference = facts.difference or Problem("", "", "")
    return EarningsProps(
        ready=True,
        claimable=gem(facts.claimable),
        claimableBeside=beside(facts.claimable),
        canClaim=facts.claimable > ZERO,
        together=gem(together(facts)),
        togetherBeside=beside(together(facts)),
        heldText=held_text(undecided(queue or QueueFacts())),
        earnedToday=gem(facts.earned_today),
        earnedWeek=gem(facts.earned_week),
        earnedTotal=gem(facts.earned_total),
        bondTarget=gem(facts.bond_target),
        differenceMessage=sentence(difference.message),
        differenceSafe=sentence(difference.safe),
        differenceAction=sentence(difference.action),
        chart=earned_chart(facts.by_day, facts.today, DAYS_SHOWN),
    )


def ledger_row(line: LedgerLine) -> LedgerRow:
    """A movement in words."""
    return LedgerRow(
        when=clock_time(line.at),
        what=movement(line.what),
        campaign=line.campaign_title,
        pocket=say(_POCKETS[line.pocket]) if line.pocket in _POCKETS else "",
        amount=gem(line.amount, sign=True),
        practice=line.practice,
    )


def claim_row(claim: ClaimFacts) -> ClaimRow:
    """A claim in words, with how far it is."""
    way = (ClaimState.INTENDED, ClaimState.SENT, ClaimState.CONFIRMING, ClaimState.CLAIMED)
    done = way.index(claim.state) + 1 if claim.state in way else 0
    return ClaimRow(
        when=clock_time(claim.at),
        amount=gem(claim.amount),
        fee=gem(claim.fee),
        stateText=say(claim.state.value),
        tone=_CLAIM_TONES.get(claim.state, "info"),
        transaction=short(claim.tx_hash),
        progress=done / len(way),
    )


def quote_props(quote: ClaimQuote) -> QuoteProps:
    """A quote to the last unit, since this is what gets signed."""
    return QuoteProps(
        open=True,
        amount=exact(quote.amount),
        fee=exact(quote.fee),
        receives=exact(quote.receives),
        receivesBeside=beside(quote.receives),
        relayer=grouped(quote.relayer),
        deadline=clock_time(quote.deadline),
    )


class EarningsViewModel(ViewModel):
    """Earnings."""

    topics = frozenset({Topic.EARNINGS, Topic.WALLET, Topic.OUTBOX})
    changed = Signal()
    quoteChanged = Signal()
    claimingChanged = Signal()
    said = Signal(str, str)

    ready = prop(bool, "ready", changed)
    claimable = prop(str, "claimable", changed)
    claimableBeside = prop(str, "claimableBeside", changed)
    canClaim = prop(bool, "canClaim", changed)
    together = prop(str, "together", changed)
    togetherBeside = prop(str, "togetherBeside", changed)
    heldText = prop(str, "heldText", changed)
    earnedToday = prop(str, "earnedToday", changed)
    earnedWeek = prop(str, "earnedWeek", changed)
    earnedTotal = prop(str, "earnedTotal", changed)
    bondTarget = prop(str, "bondTarget", changed)
    differenceMessage = prop(str, "differenceMessage", changed)
    differenceSafe = prop(str, "differenceSafe", changed)
    differenceAction = prop(str, "differenceAction", changed)
    chart = chart_prop("chart", changed)
    quoteOpen = Property(bool, lambda self: self._shown_quote.open, notify=quoteChanged)
    quoteAmount = Property(str, lambda self: self._shown_quote.amount, notify=quoteChanged)
    quoteFee = Property(str, lambda self: self._shown_quote.fee, notify=quoteChanged)
    quoteReceives = Property(str, lambda self: self._shown_quote.receives, notify=quoteChanged)
    quoteReceivesBeside = Property(str, lambda self: self._shown_quote.receivesBeside, notify=quoteChanged)
    quoteRelayer = Property(str, lambda self: self._shown_quote.relayer, notify=quoteChanged)
    quoteDeadline = Property(str, lambda self: self._shown_quote.deadline, notify=quoteChanged)
    claiming = Property(bool, lambda self: self._claiming, notify=claimingChanged)

    def __init__(self, session: Session, export_folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._ledger = RowsModel(LedgerRow, self)
        self._claims = RowsModel(ClaimRow, self)
        self._where, self._more = RowsModel(WhereRow, self), RowsModel(WhereRow, self)
        self._lines: list[LedgerLine] = []
        self._why = WhyViewModel(session, self)
        self._folder = export_folder
        self._kinds, self._span = 0, ALL_TIME
        self._quote: ClaimQuote | None = None
        self._shown_quote = QuoteProps()
        self._claiming = False
        self.show(EarningsProps())

    def _ledger_model(self) -> QObject:
        return self._ledger

    def _claims_model(self) -> QObject:
        return self._claims

    ledger = Property(QObject, _ledger_model, constant=True)
    where = Property(QObject, lambda self: self._where, constant=True)
    more = Property(QObject, lambda self: self._more, constant=True)
    why = Property(QObject, lambda self: self._why, constant=True)
    claims = Property(QObject, _claims_model, constant=True)

    async def refresh(self) -> None:
        """Read the sums and the movements."""
        facts = await self.session.earnings.known()
        lines = await self.session.earnings.ledger(chosen=self._chosen())
        queue = await self.session.work.queue()
        self._lines = lines
        self._ledger.replace([ledger_row(line) for line in lines])
        self._where.replace(where_rows(facts))
        self._more.replace(more_rows(facts, undecided(queue)))
        newest = sorted(facts.claims, key=lambda claim: -claim.at)
        self._claims.replace([claim_row(claim) for claim in newest])
        self.show(derive(facts, queue))

    def close(self) -> None:
        """Stop what runs and listen no more."""
        self._why.close()
        super().close()

    @Slot(int)
    def explain(self, row: int) -> None:
        """Open why the movement in this row of the ledger is what it is."""
        if 0 <= row < len(self._lines):
            self._why.look(self._lines[row])

    def _chosen(self) -> Chosen:
        return Chosen(kinds=KINDS[self._kinds], since=since(self._span, int(time.time())))

    @Slot(int)
    def chooseKinds(self, kinds: int) -> None:
        """Show and export only these movements: the place of a group in KINDS."""
        if 0 <= kinds < len(KINDS) and kinds != self._kinds:
            self._kinds = kinds
            self.reload()

    @Slot(int)
    def chooseSpan(self, span: int) -> None:
        """Show and export only movements of this week, this month or all time (spans.py)."""
        if WEEK <= span <= ALL_TIME and span != self._span:
            self._span = span
            self.reload()

    @Slot()
    def askQuote(self) -> None:
        """Ask what a claim would cost; opens the quote."""
        self.start(self._ask_quote())

    async def _ask_quote(self) -> None:
        self._set_quote(await self.session.earnings.quote_claim())

    def _set_quote(self, quote: ClaimQuote | None) -> None:
        self._quote = quote
        self._shown_quote = (
            quote_props(quote) if quote is not None else replace(self._shown_quote, open=False)
        )
        self.quoteChanged.emit()

    @Slot()
    def cancelClaim(self) -> None:
        """Close the quote; nothing was signed."""
        self._set_quote(None)

    @Slot()
    def confirmClaim(self) -> None:
        """Sign and hand over exactly the claim that is shown."""
        quote = self._quote
        self._set_quote(None)
        if quote is not None and not self._claiming:
            self._set_claiming(True)
            self.start(self._claim(quote))

    async def _claim(self, quote: ClaimQuote) -> None:
        try:
            await self.session.earnings.claim(quote)
        finally:
            self._set_claiming(False)

    def _set_claiming(self, claiming: bool) -> None:
        self._claiming = claiming
        self.claimingChanged.emit()

    @Slot(str)
    def setBondTarget(self, text: str) -> None:
        """The standing order: how much of the pay stays as a bond (decimal GEM)."""
        self.start(self._set_bond_target(text))

    async def _set_bond_target(self, text: str) -> None:
        await self.session.earnings.set_bond_target(typed_gem(text))
        self.said.emit(say("The bond target is stored."), "good")

    @Slot()
    def exportCsv(self) -> None:
        """Write the ledger as CSV into the profile's folder and say where."""
        self.start(self._export())

    async def _export(self) -> None:
        path = f"{self._folder}/{EXPORT_NAME}" if self._folder else EXPORT_NAME
        lines = await self.session.earnings.export_csv(path, self._chosen())
        self.said.emit(say("Lines written to {path}: {n}", n=lines, path=path), "good")
