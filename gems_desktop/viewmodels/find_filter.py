# SPDX-License-Identifier: Apache-2.0
"""The filter of Find work as its controls show it; each change is shown at once and kept in the profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QLocale, QObject, Signal, Slot

from gems_desktop.languages import NAMES
from gems_desktop.services.facts import CampaignFacts, SettingsFacts
from gems_desktop.services.session import Session
from gems_desktop.services.settings import ONLY
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.choosing import Choice, Order, choice_of
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say, size

SIZES = (0, 100, 1_000, 10_000)  # kilobytes of a task at most
_KIND_NAMES = {
    "pictures": "Pictures",
    "text": "Texts",
    "sound": "Sound",
    "video": "Videos",
    "documents": "Documents",
    "measurements": "Measurements",
}


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One word to choose; value "" or 0 is any."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FilterProps:
    """What the controls show."""

    order: str = Order.PAY_PER_HOUR.value
    cards: bool = False
    watchedFirst: bool = True
    noStake: bool = False
    fitsBond: bool = False
    real: bool = False
    watched: bool = False
    mixed: bool = False  # practice and real work stand beside each other
    kind: int = 0  # places in the lists
    language: int = 0
    size: int = 0
    pay: int = 0
    count: int = 0


class FilterViewModel(ViewModel):
    """The filter; `chosen` tells that other campaigns fit now."""

    changed = Signal()
    chosen = Signal()

    order = prop(str, "order", changed)
    cards = prop(bool, "cards", changed)
    watchedFirst = prop(bool, "watchedFirst", changed)
    noStake = prop(bool, "noStake", changed)
    fitsBond = prop(bool, "fitsBond", changed)
    real = prop(bool, "real", changed)
    watched = prop(bool, "watched", changed)
    mixed = prop(bool, "mixed", changed)
    kind = prop(int, "kind", changed)
    language = prop(int, "language", changed)
    size = prop(int, "size", changed)
    pay = prop(int, "pay", changed)
    count = prop(int, "count", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._kinds, self._languages, self._sizes = (RowsModel(OptionRow, self) for _ in range(3))
        self.choice, self._cards, self._mixed = Choice(), False, False
        self._waiting = 0  # changes that are not stored yet: what is read meanwhile is older
        self._show()

    kinds = Property(QObject, lambda self: self._kinds, constant=True)
    languages = Property(QObject, lambda self: self._languages, constant=True)
    sizes = Property(QObject, lambda self: self._sizes, constant=True)

    def read(self, options: SettingsFacts, campaigns: list[CampaignFacts]) -> None:
        """Show what the profile remembers, with the kinds and languages that there are to choose from."""
        if not self._waiting:
            self.choice, self._cards = choice_of(options), options.find_cards
        kinds = {kind for one in campaigns for kind in one.kinds} | {self.choice.kind}
        spoken = {code.partition("-")[0] for one in campaigns for code in one.languages}
        self._kinds.replace(
            [
                OptionRow("", say("All kinds of tasks")),
                *(OptionRow(kind, say(_KIND_NAMES[kind])) for kind in _KIND_NAMES if kind in kinds),
            ]
        )
        codes = sorted(spoken | {self.choice.language} - {""}, key=_language_name)
        self._languages.replace(
            [
                OptionRow("", say("All languages")),
                *(OptionRow(code, _language_name(code)) for code in codes if code),
            ]
        )
        self._sizes.replace(
            [OptionRow(str(at), _size_name(at)) for at in sorted({*SIZES, self.choice.kilobytes})]
        )
        self._mixed = len({one.practice for one in campaigns}) > 1
        self._show()

    def _show(self) -> None:
        only = self.choice.only
        self.show(
            FilterProps(
                order=self.choice.order.value,
                cards=self._cards,
                watchedFirst=self.choice.watched_first,
                noStake="noStake" in only,
                fitsBond="fitsBond" in only,
                real="real" in only,
                watched="watched" in only,
                mixed=self._mixed or "real" in only,
                kind=_place(self._kinds, self.choice.kind),
                language=_place(self._languages, self.choice.language),
                size=_place(self._sizes, str(self.choice.kilobytes)),
                pay=self.choice.pay,
                count=self.choice.count,
            )
        )

    def _put(self, options: dict[str, Any], **values: Any) -> None:
        self.choice = replace(self.choice, **values)
        self._show()
        self.chosen.emit()
        self._waiting += 1
        self.start(self._keep(options))

    async def _keep(self, options: dict[str, Any]) -> None:
        try:
            await self.session.settings.change(**options)
        finally:
            self._waiting -= 1

    @Slot(str)
    def sortBy(self, order: str) -> None:
        """Sort by one of Order's values."""
        self._put({"find_order": order}, order=Order(order))

    @Slot(bool)
    def showCards(self, cards: bool) -> None:
        """Cards, or rows."""
        self._cards = cards
        self._put({"find_cards": cards})

    @Slot(bool)
    def putWatchedFirst(self, first: bool) -> None:
        """Whether watched requesters' campaigns come before the others."""
        self._put({"find_watched_first": first}, watched_first=first)

    @Slot(str, bool)
    def setOnly(self, name: str, on: bool) -> None:
        """Show only campaigns of one of ONLY, or no more."""
        if name in ONLY:
            only = self.choice.only | {name} if on else self.choice.only - {name}
            self._put({"find_only": sorted(only)}, only=only)

    @Slot(int)
    def chooseKind(self, at: int) -> None:
        """One of `kinds`."""
        self._put({"find_kind": self._kinds.rows[at].value}, kind=self._kinds.rows[at].value)

    @Slot(int)
    def chooseLanguage(self, at: int) -> None:
        """One of `languages`."""
        self._put({"find_language": self._languages.rows[at].value}, language=self._languages.rows[at].value)

    @Slot(int)
    def chooseSize(self, at: int) -> None:
        """One of `sizes`."""
        kilobytes = int(self._sizes.rows[at].value)
        self._put({"find_kilobytes": kilobytes}, kilobytes=kilobytes)

    @Slot(int)
    def choosePay(self, gem: int) -> None:
        """At least so many GEM for an hour."""
        self._put({"find_pay": gem}, pay=gem)

    @Slot()
    def clear(self) -> None:
        """No filter; the order stays."""
        options = {"find_only": [], "find_kind": "", "find_language": "", "find_kilobytes": 0, "find_pay": 0}
        self._put(options, only=frozenset(), kind="", language="", kilobytes=0, pay=0)


def _place(rows: RowsModel, value: str) -> int:
    return next((at for at, row in enumerate(rows.rows) if row.value == value), 0)


def _language_name(code: str) -> str:
    return NAMES.get(code) or QLocale(code).nativeLanguageName() or code


def _size_name(kilobytes: int) -> str:
    return say("up to {size} a task", size=size(kilobytes * 1_000)) if kilobytes else say("Any download")
