# SPDX-License-Identifier: Apache-2.0
"""One movement of money opened: its parts with their sum, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts_why import LedgerLine, WhyFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.movement_words import movement
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.why_words import evidence_words, part_words
from gems_desktop.viewmodels.words import clock_time, exact, say


@dataclass(frozen=True, slots=True)
class PartRow:
    """One summand, to its last decimal."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence of evidence."""

    text: str


@dataclass(frozen=True, slots=True)
class WhyProps:
    """The opened movement. itemId: of the task whose page tells more, or ""."""

    open: bool = False
    title: str = ""
    when: str = ""
    sum: str = ""
    beside: str = ""
    task: str = ""
    itemId: str = ""
    transaction: str = ""


def signed(text: str, positive: bool) -> str:
    """A plus before what came."""
    return "+" + text if positive else text


def derive(facts: WhyFacts) -> WhyProps:
    """The movement in words."""
    line = facts.line
    task = ""
    if facts.index is not None:
        task = say("Task {n} of {campaign}", n=facts.index + 1, campaign=line.campaign_title)
    return WhyProps(
        open=True,
        title=movement(line.what),
        when=clock_time(line.at),
        sum=signed(exact(line.amount), line.amount.units > 0),
        beside=beside(line.amount),
        task=task or line.campaign_title,
        itemId=facts.opens,
        transaction=facts.tx_hash,
    )


def part_rows(facts: WhyFacts) -> list[PartRow]:
    """The summands."""
    return [
        PartRow(part_words(part), signed(exact(part.amount), part.amount.units > 0)) for part in facts.parts
    ]


class WhyViewModel(ViewModel):
    """The explanation of one movement; the earnings page owns it."""

    changed = Signal()

    open = prop(bool, "open", changed)
    title = prop(str, "title", changed)
    when = prop(str, "when", changed)
    sum = prop(str, "sum", changed)
    beside = prop(str, "beside", changed)
    task = prop(str, "task", changed)
    itemId = prop(str, "itemId", changed)
    transaction = prop(str, "transaction", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._parts, self._evidence = RowsModel(PartRow, self), RowsModel(SentenceRow, self)
        self.show(WhyProps())

    parts = Property(QObject, lambda self: self._parts, constant=True)
    evidence = Property(QObject, lambda self: self._evidence, constant=True)

    def look(self, line: LedgerLine) -> None:
        """Open the explanation of a movement."""
        self.start(self._look(line))

    async def _look(self, line: LedgerLine) -> None:
        facts = await self.session.why.why(line)
        self._parts.replace(part_rows(facts))
        self._evidence.replace([SentenceRow(text) for text in evidence_words(facts)])
        self.show(derive(facts))

    @Slot()
    def leave(self) -> None:
        """Close it."""
        self.show(replace(self._props, open=False))
