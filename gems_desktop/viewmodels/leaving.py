# SPDX-License-Identifier: Apache-2.0
"""My own close of the payment channel: what comes when and at what fee, in words, before anything is signed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_upkeep import CloseQuote, UpkeepFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import clock_time, exact, gem, say
from gems_protocol.amount import ZERO


@dataclass(frozen=True, slots=True)
class LeavingProps:
    """Whether a close can be asked for, one that is on its way, and the quote that waits for a yes."""

    canClose: bool = False
    onItsWay: bool = False
    asking: bool = False
    quote: str = ""


def quote_words(quote: CloseQuote) -> str:
    """What the close brings, one paragraph for each thing."""
    said = [
        say(
            "To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.",
            amount=exact(quote.pays_now),
            fee=exact(quote.fee),
        ),
        say(
            "From your bond, when the closing ends, from {time} on: {amount} GEM.",
            time=clock_time(quote.ends_at),
            amount=exact(quote.bond),
        ),
    ]
    if quote.at_stake > ZERO:
        said.append(say("At stake in work that is not judged yet: {amount} GEM", amount=gem(quote.at_stake)))
    if quote.waiting:
        said.append(say("Work of yours is not paid yet. In this channel it cannot be paid any more."))
    said.append(say("A closed channel is never opened again: you earn nothing more in it."))
    return "\n\n".join(said)


def derive(facts: UpkeepFacts, asked: CloseQuote | None) -> LeavingProps:
    """The card from what is known."""
    return LeavingProps(
        canClose=facts.newest > 0 and facts.closing is None and not facts.leaving,
        onItsWay=facts.leaving,
        asking=asked is not None,
        quote="" if asked is None else quote_words(asked),
    )


class LeavingViewModel(ViewModel):
    """A card of the settings, and its question."""

    topics = frozenset({Topic.EARNINGS, Topic.PROBLEM})
    changed = Signal()
    said = Signal(str, str)

    canClose = prop(bool, "canClose", changed)
    onItsWay = prop(bool, "onItsWay", changed)
    asking = prop(bool, "asking", changed)
    quote = prop(str, "quote", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._asked: CloseQuote | None = None
        self.show(LeavingProps())

    async def refresh(self) -> None:
        """Read the upkeep."""
        self.show(derive(await self.session.earnings.upkeep(), self._asked))

    @Slot()
    def ask(self) -> None:
        """Ask what a close would bring, and show it as a question."""
        self.fail(None)
        self.start(self._ask())

    async def _ask(self) -> None:
        self._asked = await self.session.earnings.quote_close()
        await self.refresh()

    @Slot()
    def drop(self) -> None:
        """No close after all."""
        self._asked = None
        self.start(self.refresh())

    @Slot()
    def confirm(self) -> None:
        """Sign what was asked, which the signer asks once more, and hand it to the relayer."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self.start(self._close(asked))

    async def _close(self, asked: CloseQuote) -> None:
        await self.refresh()
        await self.session.earnings.close_channel(asked)
        await self.refresh()
        self.said.emit(
            say("The close was handed to the relayer. The chain's word comes in a moment."), "good"
        )
