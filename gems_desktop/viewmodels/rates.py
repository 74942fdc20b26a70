# SPDX-License-Identifier: Apache-2.0
"""The user's own currency beside GEM: which one, by whose word, and how old that is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QLocale, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_rates import RateFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rate_words import per_gem, sentence
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say
from gems_protocol.rate import MalformedRate, is_code


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """One currency of the list; an empty code shows GEM alone."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class RatesProps:
    """What Settings and Earnings show. offer: the currency of this region, while a rate is known and none is chosen."""

    ready: bool = False
    currency: str = ""
    index: int = 0
    sentence: str = ""
    old: bool = False
    missing: str = ""
    own: str = ""
    offer: str = ""


def currencies(facts: RateFacts, region: str) -> list[CurrencyRow]:
    """None, the chosen one, that of the region, and all that the platform says something of."""
    codes = {rate.code for rate in facts.offered} | {facts.currency, region}
    return [CurrencyRow("", say("None"))] + [CurrencyRow(code, code) for code in sorted(codes) if code]


def derive(facts: RateFacts, region: str) -> RatesProps:
    """The choice in words."""
    codes = [row.code for row in currencies(facts, region)]
    known = any(rate.code == region for rate in facts.offered)
    missing = ""
    if facts.currency and facts.rate is None:
        missing = say(
            "No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.",
            code=facts.currency,
        )
    return RatesProps(
        ready=True,
        currency=facts.currency,
        index=codes.index(facts.currency),
        sentence=sentence(facts),
        old=facts.old,
        missing=missing,
        own=per_gem(facts.mine) if facts.mine is not None else "",
        offer=region if known and not facts.currency else "",
    )


def region_currency() -> str:
    """The code of the money of the system's region; "" when the system does not say."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if is_code(code) else ""


class RatesViewModel(ViewModel):
    """The local currency."""

    topics = frozenset({Topic.SETTINGS})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    currency = prop(str, "currency", changed)
    index = prop(int, "index", changed)
    sentence = prop(str, "sentence", changed)
    old = prop(bool, "old", changed)
    missing = prop(str, "missing", changed)
    own = prop(str, "own", changed)
    offer = prop(str, "offer", changed)

    def __init__(self, session: Session, region: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._region = region_currency() if region is None else region
        self._rows = RowsModel(CurrencyRow, self)
        self.show(RatesProps())

    rows = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Read what is chosen and known."""
        facts = await self.session.rates.facts()
        self._rows.replace(currencies(facts, self._region))
        self.show(derive(facts, self._region))

    @Slot(str)
    def choose(self, code: str) -> None:
        """Show amounts in this currency too, "" in none."""
        self.fail(None)
        self.start(self.session.rates.choose(code.strip().upper()))

    @Slot(str)
    def keepOwn(self, typed: str) -> None:
        """What one GEM is worth as it was typed, in any digits; nothing forgets it."""
        self.fail(None)
        self.start(self._keep_own(typed))

    async def _keep_own(self, typed: str) -> None:
        plain = numbers.plain(typed)
        if typed.strip() and not plain:
            raise MalformedRate(
                "This amount can be read in two ways.",
                safe="Nothing was changed.",
                action="Leave out the mark between thousands.",
            )
        await self.session.rates.keep_own(plain)

    @Slot()
    def look(self) -> None:
        """Earnings was opened: a rate that is an hour old is asked for again."""
        self.start(self.session.rates.look())
