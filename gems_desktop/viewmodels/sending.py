# SPDX-License-Identifier: Apache-2.0
"""Receiving and sending GEM: my address and its QR code, a quote before anything is signed, what is under way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import segno
from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import ClaimState, Topic
from gems_desktop.services.facts_safety import BookEntry
from gems_desktop.services.facts_upkeep import SendQuote, TransferFacts
from gems_desktop.services.session import Session
from gems_desktop.services.wallet_errors import BadAddress
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, exact, gem, say, short, typed_gem
from gems_protocol.address import checksummed, groups, parse_address
from gems_protocol.amount import ZERO

_TONES = {ClaimState.CLAIMED.name: "good", ClaimState.FAILED.name: "bad"}
_STATES = {
    "INTENDED": "Written down, not yet sent",
    "SENT": "Handed to the relayer",
    "CONFIRMING": "On chain, waiting for confirmations",
    "CLAIMED": "Arrived",
    "FAILED": "Did not go through; nothing was taken",
}


@dataclass(frozen=True, slots=True)
class TransferRow:
    """GEM that was sent, or is on its way."""

    when: str
    to: str
    amount: str
    fee: str
    stateText: str
    tone: str


@dataclass(frozen=True, slots=True)
class BookRow:
    """An address to choose."""

    name: str
    address: str
    shown: str


@dataclass(frozen=True, slots=True)
class SendingProps:
    """My own address, and whether anything was sent."""

    address: str = ""
    grouped: str = ""
    bits: tuple[str, ...] = ()
    walletGem: str = "0.00"
    claimable: str = "0.00"
    canSend: bool = False
    canSendChannel: bool = False


@dataclass(frozen=True, slots=True)
class QuoteProps:
    """A transfer as it would be, to the last unit."""

    open: bool = False
    fromChannel: bool = False
    to: str = ""
    name: str = ""
    amount: str = ""
    fee: str = ""
    arrives: str = ""
    arrivesBeside: str = ""
    until: str = ""


def qr_bits(address: str) -> tuple[str, ...]:
    """The QR code of an address, a row of 0 and 1 per line, its quiet border included; none for none."""
    if not address:
        return ()
    code = segno.make(checksummed(address), error="m", micro=False)
    return tuple("".join("1" if bit else "0" for bit in row) for row in code.matrix_iter(border=4))


def quote_props(quote: SendQuote, name: str) -> QuoteProps:
    """A quote in words; the whole address, since money goes there."""
    return QuoteProps(
        open=True,
        fromChannel=quote.source == "channel",
        to=groups(quote.to),
        name=name,
        amount=exact(quote.amount),
        fee=exact(quote.fee),
        arrives=exact(quote.arrives),
        arrivesBeside=beside(quote.arrives),
        until=clock_time(quote.until),
    )


def transfer_row(transfer: TransferFacts) -> TransferRow:
    """A transfer in words."""
    return TransferRow(
        when=clock_time(transfer.at),
        to=short(checksummed(transfer.to)),
        amount=gem(transfer.amount),
        fee=gem(transfer.fee),
        stateText=say(_STATES[transfer.state]),
        tone=_TONES.get(transfer.state, "info"),
    )


class SendingViewModel(ViewModel):
    """Receive and send, dialogs of the earnings page."""

    topics = frozenset({Topic.EARNINGS, Topic.WALLET})
    changed = Signal()
    quoteChanged = Signal()
    said = Signal(str, str)

    address = prop(str, "address", changed)
    grouped = prop(str, "grouped", changed)
    walletGem = prop(str, "walletGem", changed)
    claimable = prop(str, "claimable", changed)
    canSend = prop(bool, "canSend", changed)
    canSendChannel = prop(bool, "canSendChannel", changed)
    bits = Property(list, lambda self: list(self._props.bits), notify=changed)
    quoteOpen = Property(bool, lambda self: self._shown.open, notify=quoteChanged)
    quoteFromChannel = Property(bool, lambda self: self._shown.fromChannel, notify=quoteChanged)
    quoteTo = Property(str, lambda self: self._shown.to, notify=quoteChanged)
    quoteName = Property(str, lambda self: self._shown.name, notify=quoteChanged)
    quoteAmount = Property(str, lambda self: self._shown.amount, notify=quoteChanged)
    quoteFee = Property(str, lambda self: self._shown.fee, notify=quoteChanged)
    quoteArrives = Property(str, lambda self: self._shown.arrives, notify=quoteChanged)
    quoteArrivesBeside = Property(str, lambda self: self._shown.arrivesBeside, notify=quoteChanged)
    quoteUntil = Property(str, lambda self: self._shown.until, notify=quoteChanged)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._transfers, self._book = RowsModel(TransferRow, self), RowsModel(BookRow, self)
        self._entries: tuple[BookEntry, ...] = ()
        self._quote: SendQuote | None = None
        self._shown = QuoteProps()
        self.show(SendingProps())

    def _transfers_model(self) -> QObject:
        return self._transfers

    def _book_model(self) -> QObject:
        return self._book

    transfers = Property(QObject, _transfers_model, constant=True)
    book = Property(QObject, _book_model, constant=True)

    async def refresh(self) -> None:
        """Read the address, the sums, the address book and what was sent."""
        wallet, money = await self.session.wallet.facts(), await self.session.earnings.facts()
        sent = await self.session.earnings.transfers()
        self._transfers.replace([transfer_row(one) for one in sent])
        if wallet.unlocked:
            self._entries = (await self.session.wallet.safety()).book
        rows = [BookRow(one.name, one.address, groups(one.address)) for one in self._entries]
        self._book.replace(rows)
        self.show(
            SendingProps(
                address=checksummed(wallet.address) if wallet.address else "",
                grouped=groups(wallet.address) if wallet.address else "",
                bits=qr_bits(wallet.address),
                walletGem=gem(money.wallet_gem),
                claimable=gem(money.claimable),
                canSend=money.wallet_gem > ZERO,
                canSendChannel=money.claimable > ZERO,
            )
        )

    @Slot(str, result=bool)
    def isAddress(self, typed: str) -> bool:
        """Whether this is a whole address whose capitals fit."""
        return parse_address(typed) is not None

    @Slot(str, str, bool)
    def askQuote(self, to: str, amount: str, from_channel: bool) -> None:
        """Ask what sending would cost; opens the quote."""
        self.start(self._ask(to, amount, from_channel))

    async def _ask(self, to: str, amount: str, from_channel: bool) -> None:
        address = parse_address(to)
        if address is None:
            raise BadAddress
        source, units = ("channel", ZERO) if from_channel else ("wallet", typed_gem(amount))
        quote = await self.session.earnings.quote_send(source, address, units)
        name = next((one.name for one in self._entries if one.address == address), "")
        self._set_quote(quote, quote_props(quote, name))

    def _set_quote(self, quote: SendQuote | None, shown: QuoteProps) -> None:
        self._quote, self._shown = quote, shown
        self.quoteChanged.emit()

    @Slot()
    def cancelSend(self) -> None:
        """Close the quote; nothing was signed."""
        self._set_quote(None, replace(self._shown, open=False))

    @Slot()
    def confirmSend(self) -> None:
        """Sign and hand over exactly what is shown, once."""
        quote = self._quote
        self._set_quote(None, replace(self._shown, open=False))
        if quote is not None:
            self.start(self._send(quote))

    async def _send(self, quote: SendQuote) -> None:
        await self.session.earnings.send(quote)
        self.said.emit(say("On its way: {amount} GEM", amount=gem(quote.arrives)), "good")
