# SPDX-License-Identifier: Apache-2.0
"""The channel's upkeep in words: what is wrong, a close with its time, and where copies of the newest voucher are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.copies import FILE, PLATFORM, no_copy
from gems_desktop.services.facts import SettingsFacts, Topic
from gems_desktop.services.facts_upkeep import ClosingFacts, CopyFacts, UpkeepFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.pending import Pending, Step
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, gem, say, sentence, typed_gem
from gems_protocol.amount import UNIT, ZERO, Amount

_HUNDREDTH = UNIT // 100
_MOST_TOWERS = 8
FILE_NAME = "newest-voucher.json"


@dataclass(frozen=True, slots=True)
class TroubleRow:
    """Something that must be looked at."""

    happened: str
    kept: str
    advice: str
    proof: str = ""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A place that keeps a voucher."""

    place: str
    said: str
    tone: str
    tower: bool


@dataclass(frozen=True, slots=True)
class UpkeepProps:
    """What is shown besides the rows."""

    ready: bool = False
    closing: bool = False
    closingTitle: str = ""
    closingText: str = ""
    closingUntil: float = 0.0
    claimUntil: float = 0.0
    hasVoucher: bool = False
    copyNote: str = ""
    autoClaim: str = "0.00"
    folder: str = ""


def closing_words(closing: ClosingFacts | None) -> tuple[str, str]:
    """(Title, what comes of it) of a close."""
    if closing is None:
        return "", ""
    if closing.ended:
        text = say(
            "Everything in it has been paid out. {amount} GEM came to your wallet.", amount=gem(closing.bond)
        )
        return say("Your payment channel is closed"), text
    title = say("The platform closes your channel") if closing.by_hub else say("Your channel is being closed")
    if closing.forfeited:
        text = say(
            "It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.",
            amount=gem(closing.bond),
        )
    elif closing.missing > ZERO:
        text = say("Your newest voucher is being handed in for {amount} GEM.", amount=gem(closing.missing))
    else:
        text = say(
            "Nothing is missing. From your bond come {amount} GEM at the end.", amount=gem(closing.bond)
        )
    return title, text


def copy_row(copy: CopyFacts) -> CopyRow:
    """A place in words."""
    names = {PLATFORM: say("At the platform"), FILE: say("In your folder")}
    if copy.newest:
        said, tone = say("The newest, since {time}", time=clock_time(copy.at)), "good"
    elif copy.problem:
        said, tone = sentence(copy.problem), "warn"
    else:
        said, tone = say("An older one, since {time}", time=clock_time(copy.at)), "info"
    return CopyRow(names.get(copy.place, copy.place), said, tone, copy.place not in names)


def derive(facts: UpkeepFacts, options: SettingsFacts) -> UpkeepProps:
    """The cards from what is known."""
    alone = no_copy(facts.copies, facts.newest)
    title, text = closing_words(facts.closing)
    return UpkeepProps(
        ready=True,
        closing=facts.closing is not None,
        closingTitle=title,
        closingText=text,
        closingUntil=float(facts.closing.until) if facts.closing else 0.0,
        claimUntil=float(facts.claim_until),
        hasVoucher=facts.newest > 0,
        copyNote=" ".join(map(sentence, (alone.message, alone.safe, alone.action))) if alone else "",
        autoClaim=gem(Amount(options.auto_claim * _HUNDREDTH)),
        folder=options.voucher_folder,
    )


class UpkeepViewModel(ViewModel):
    """Upkeep, shown on the earnings page."""

    topics = frozenset({Topic.EARNINGS, Topic.PROBLEM, Topic.SETTINGS})
    changed = Signal()
    said = Signal(str, str)

    ready = prop(bool, "ready", changed)
    closing = prop(bool, "closing", changed)
    closingTitle = prop(str, "closingTitle", changed)
    closingText = prop(str, "closingText", changed)
    closingUntil = prop(float, "closingUntil", changed)
    claimUntil = prop(float, "claimUntil", changed)
    hasVoucher = prop(bool, "hasVoucher", changed)
    copyNote = prop(str, "copyNote", changed)
    autoClaim = prop(str, "autoClaim", changed)
    folder = prop(str, "folder", changed)

    def __init__(self, session: Session, export_folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._export = export_folder
        self.pending = Pending(self)
        self._troubles, self._copies = RowsModel(TroubleRow, self), RowsModel(CopyRow, self)
        self._towers: tuple[str, ...] = ()
        self._closing_seen = False
        self.show(UpkeepProps())

    def _troubles_model(self) -> QObject:
        return self._troubles

    def _copies_model(self) -> QObject:
        return self._copies

    troubles = Property(QObject, _troubles_model, constant=True)
    copies = Property(QObject, _copies_model, constant=True)

    async def refresh(self) -> None:
        """Read the upkeep and the options."""
        facts, options = await self.session.earnings.upkeep(), await self.session.settings.facts()
        options = replace(
            options, towers=tuple(one for one in options.towers if one not in self.pending.keys)
        )
        self._towers = options.towers
        told = [
            TroubleRow(sentence(one.message), sentence(one.safe), sentence(one.action), one.proof)
            for one in facts.troubles
        ]
        kept = {copy.place: copy for copy in facts.copies}
        wanted = [
            copy for copy in facts.copies if copy.place in (PLATFORM, FILE) or copy.place in self._towers
        ]
        wanted += [CopyFacts(tower, 0, 0, False) for tower in options.towers if tower not in kept]
        closing = facts.closing
        if closing is not None and closing.ended and self._closing_seen:
            self.said.emit(". ".join(closing_words(closing)), "good")
        self._closing_seen = closing is not None and not closing.ended
        self._troubles.replace(told)
        self._copies.replace([copy_row(copy) for copy in wanted])
        self.show(derive(facts, options))

    @Slot(str)
    def setAutoClaim(self, text: str) -> None:
        """Claim by itself from so many GEM on; 0 never does."""
        self.start(self._set_auto_claim(text))

    async def _set_auto_claim(self, text: str) -> None:
        hundredths = typed_gem(text.strip() or "0").units // _HUNDREDTH
        await self.session.settings.change(auto_claim=hundredths)
        self.said.emit(say("Kept."), "good")

    @Slot(str)
    def addTower(self, address: str) -> None:
        """Keep a copy at this watch-tower too."""
        self.start(self._add_tower(address.strip().rstrip("/")))

    async def _add_tower(self, address: str) -> None:
        await self.pending.settle()  # one after the other: neither may undo the other's change
        known = (await self.session.settings.facts()).towers
        if len(known) < _MOST_TOWERS and address not in known:
            await self.session.settings.change(towers=(*known, address))

    @Slot(str)
    def removeTower(self, address: str) -> None:
        """Keep no further copies there."""
        if address in self._towers:
            said = say("This watch-tower gets no further copies: {place}", place=address)
            self.pending.offer(Step(address, said, lambda: self._drop(address), self.reload))
            self.reload()

    async def _drop(self, address: str) -> None:
        known = (await self.session.settings.facts()).towers
        await self.session.settings.change(towers=tuple(one for one in known if one != address))

    async def settle(self) -> None:
        """Do what waits to be taken back, before the window or the profile closes."""
        await self.pending.settle()

    @Slot(str)
    def chooseFolder(self, folder: str) -> None:
        """Write each new voucher into this folder; an empty text: none."""
        self.start(self.session.settings.change(voucher_folder=folder.strip()))

    @Slot(str)
    def lookForVoucher(self, place: str) -> None:
        """Look for a newer voucher in a file (its path) or at a watch-tower (its address)."""
        if place.strip():
            self.fail(None)
            self.start(self._look(place.strip()))

    async def _look(self, place: str) -> None:
        path = place if "://" in place else str(Path(place).expanduser())
        if await self.session.sync.look_for_voucher(path):
            self.said.emit(say("A newer voucher was there. It is kept and counts from now on."), "good")
        else:
            self.said.emit(say("There is no newer voucher there; yours is the newest."), "info")

    @Slot()
    def writeVoucher(self) -> None:
        """Write the newest voucher into the profile's folder now, and say where."""
        self.start(self._write(f"{self._export}/{FILE_NAME}"))

    async def _write(self, path: str) -> None:
        await self.session.earnings.write_voucher(path)
        self.said.emit(say("Your newest voucher was written to {path}", path=path), "good")
