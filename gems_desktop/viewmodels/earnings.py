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
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.history import Chosen
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.movement_words import KINDS, movement
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.spans import ALL_TIME, WEEK, since
from gems_desktop.viewmodels.undecided import held_text, undecided
from gems_desktop.viewmodels.words import clock_time, gem, grouped, say, sentence, short
from gems_protocol.amount import UNIT, ZERO, Amount

DAYS_SHOWN = 14  # bars that stay readable on a 1366 pixel window at 200 %
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
    owed: str = "0.00"
    claimable: str = "0.00"
    canClaim: bool = False
    bonded: str = "0.00"
    atStake: str = "0.00"
    bondFree: str = "0.00"
    inReview: str = "0.00"
    held: str = "0.00"
    heldText: str = ""
    disputed: str = "0.00"
    hasDisputed: bool = False
    claimed: str = "0.00"
    deposit: str = "0.00"
    walletGem: str = "0.00"
    gasCoin: str = "0.00"
    earnedToday: str = "0.00"
    earnedWeek: str = "0.00"
    earnedTotal: str = "0.00"
    bondTarget: str = "0.00"
    differenceMessage: str = ""
    differenceSafe: str = ""
    differenceAction: str = ""
    bars: tuple[float, ...] = ()
    barLabels: tuple[str, ...] = ()
    barSummary: str = ""


@dataclass(frozen=True, slots=True)
class QuoteProps:
    """A claim as it would be; shown before it is made."""

    open: bool = False
    amount: str = ""
    fee: str = ""
    receives: str = ""
    relayer: str = ""
    deadline: str = ""


def derive(facts: EarningsFacts, queue: QueueFacts | None = None) -> EarningsProps:
    """The page from what is proven; `queue` says what is accepted and not paid yet, or disputed."""
    money = undecided(queue or QueueFacts())
    days = facts.by_day[-DAYS_SHOWN:]
    difference = facts.difference or Problem("", "", "")
    return EarningsProps(
        ready=True,
        owed=gem(facts.owed),
        claimable=gem(facts.claimable),
        canClaim=facts.claimable > ZERO,
        bonded=gem(facts.bonded),
        atStake=gem(facts.at_stake),
        bondFree=gem(facts.bond_free),
        inReview=gem(facts.in_review),
        held=gem(money.held),
        heldText=held_text(money),
        disputed=gem(money.disputed),
        hasDisputed=money.disputed > ZERO,
        claimed=gem(facts.claimed),
        deposit=gem(facts.deposit),
        walletGem=gem(facts.wallet_gem),
        gasCoin=Amount(facts.gas_coin).text(6),
        earnedToday=gem(facts.earned_today),
        earnedWeek=gem(facts.earned_week),
        earnedTotal=gem(facts.earned_total),
        bondTarget=gem(facts.bond_target),
        differenceMessage=sentence(difference.message),
        differenceSafe=sentence(difference.safe),
        differenceAction=sentence(difference.action),
        bars=tuple(amount.units / UNIT for _, amount in days),  # a chart's height, never money
        barLabels=tuple(day[5:] for day, _ in days),
        barSummary=say("Earned in the last seven days: {amount} GEM", amount=gem(facts.earned_week)),
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
        amount=quote.amount.exact(),
        fee=quote.fee.exact(),
        receives=quote.receives.exact(),
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
    owed = prop(str, "owed", changed)
    claimable = prop(str, "claimable", changed)
    canClaim = prop(bool, "canClaim", changed)
    bonded = prop(str, "bonded", changed)
    atStake = prop(str, "atStake", changed)
    bondFree = prop(str, "bondFree", changed)
    inReview = prop(str, "inReview", changed)
    held = prop(str, "held", changed)
    heldText = prop(str, "heldText", changed)
    disputed = prop(str, "disputed", changed)
    hasDisputed = prop(bool, "hasDisputed", changed)
    claimed = prop(str, "claimed", changed)
    deposit = prop(str, "deposit", changed)
    walletGem = prop(str, "walletGem", changed)
    gasCoin = prop(str, "gasCoin", changed)
    earnedToday = prop(str, "earnedToday", changed)
    earnedWeek = prop(str, "earnedWeek", changed)
    earnedTotal = prop(str, "earnedTotal", changed)
    bondTarget = prop(str, "bondTarget", changed)
    differenceMessage = prop(str, "differenceMessage", changed)
    differenceSafe = prop(str, "differenceSafe", changed)
    differenceAction = prop(str, "differenceAction", changed)
    barSummary = prop(str, "barSummary", changed)
    bars = Property(list, lambda self: list(self._props.bars), notify=changed)
    barLabels = Property(list, lambda self: list(self._props.barLabels), notify=changed)
    quoteOpen = Property(bool, lambda self: self._shown_quote.open, notify=quoteChanged)
    quoteAmount = Property(str, lambda self: self._shown_quote.amount, notify=quoteChanged)
    quoteFee = Property(str, lambda self: self._shown_quote.fee, notify=quoteChanged)
    quoteReceives = Property(str, lambda self: self._shown_quote.receives, notify=quoteChanged)
    quoteRelayer = Property(str, lambda self: self._shown_quote.relayer, notify=quoteChanged)
    quoteDeadline = Property(str, lambda self: self._shown_quote.deadline, notify=quoteChanged)
    claiming = Property(bool, lambda self: self._claiming, notify=claimingChanged)

    def __init__(self, session: Session, export_folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._ledger = RowsModel(LedgerRow, self)
        self._claims = RowsModel(ClaimRow, self)
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
    claims = Property(QObject, _claims_model, constant=True)

    async def refresh(self) -> None:
        """Read the sums and the movements."""
        facts = await self.session.earnings.facts()
        lines = await self.session.earnings.ledger(chosen=self._chosen())
        queue = await self.session.work.queue()
        self._ledger.replace([ledger_row(line) for line in lines])
        newest = sorted(facts.claims, key=lambda claim: -claim.at)
        self._claims.replace([claim_row(claim) for claim in newest])
        self.show(derive(facts, queue))

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
        await self.session.earnings.set_bond_target(Amount.gem(text))
        self.said.emit(say("The bond target is stored."), "good")

    @Slot()
    def exportCsv(self) -> None:
        """Write the ledger as CSV into the profile's folder and say where."""
        self.start(self._export())

    async def _export(self) -> None:
        path = f"{self._folder}/{EXPORT_NAME}" if self._folder else EXPORT_NAME
        lines = await self.session.earnings.export_csv(path, self._chosen())
        self.said.emit(say("Lines written to {path}: {n}", n=lines, path=path), "good")
