# SPDX-License-Identifier: Apache-2.0
"""My removal from the platform, when there is one: whether I have appealed to its operator, and the appeal itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import TrustFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import say

MAX_REASON = 2_000  # characters, as the platform takes them


@dataclass(frozen=True, slots=True)
class RemovalProps:
    """What the card shows; `stage`: "" (not removed) | open | waiting | answered."""

    stage: str = ""
    stageText: str = ""
    sending: bool = False


def derive(facts: TrustFacts, *, sending: bool = False) -> RemovalProps:
    """How far it is. An appeal that waits may be written anew; it keeps its place in time."""
    if not facts.removed:
        return RemovalProps()
    if facts.removal_appeal == "waiting":
        text = say("Your appeal waits for the platform's operator. What you write now takes its place.")
    elif facts.removal_appeal == "answered":
        text = say("The operator has answered your appeal, and the removal stands. You may write again.")
    else:
        text = say("The platform gives you no more tasks. A person at the platform reads what you write.")
    return RemovalProps(facts.removal_appeal or "open", text, sending)


class RemovalViewModel(ViewModel):
    """The appeal against one's removal; the Trust page hands over its facts. `appealed` when it has arrived."""

    changed = Signal()
    appealed = Signal()

    stage = prop(str, "stage", changed)
    stageText = prop(str, "stageText", changed)
    sending = prop(bool, "sending", changed)
    longest = Property(int, lambda self: MAX_REASON, constant=True)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._facts: TrustFacts | None = None
        self._sending = False
        self._draft = ""
        self.show(RemovalProps())

    def take(self, facts: TrustFacts) -> None:
        """What is known of my standing now."""
        self._facts = facts
        self._arrange()

    def _arrange(self) -> None:
        if self._facts is not None:
            self.show(derive(self._facts, sending=self._sending))

    @Slot(result=str)
    def draft(self) -> str:
        """What was written before the page was left."""
        return self._draft

    @Slot(str)
    def keepDraft(self, text: str) -> None:
        """Remember what is being written."""
        self._draft = text

    @Slot(str)
    def appeal(self, reason: str) -> None:
        """Send the reason to the platform's operator."""
        if not self._sending and self._props.stage and reason.strip():
            self._sending = True
            self.fail(None)
            self._arrange()
            self.start(self._appeal(reason))

    async def _appeal(self, reason: str) -> None:
        try:
            await self.session.trust.appeal_removal(reason)
            self._draft = ""
            self.take(await self.session.trust.facts())
            self.appealed.emit()
        finally:
            self._sending = False
            self._arrange()
