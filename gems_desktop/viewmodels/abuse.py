# SPDX-License-Identifier: Apache-2.0
"""Reporting what is wrong with a campaign, a task or a message to the platform's operator."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts_messages import LONGEST_NOTE, Reported, Thing
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import say

REASONS = {
    "personal_data": "It asks for personal data, or shows it",
    "disturbing_unannounced": "It shows disturbing things without a warning",
    "illegal": "It is against the law",
    "scam_or_off_platform_pay": "It is a fraud, or wants to pay outside of the platform",
    "malware_or_link": "It wants me to open a link or a program",
    "harassment": "Somebody is insulted or threatened",
    "wrong_pay": "It pays something else than it says",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One thing that can be wrong."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class AbuseProps:
    """What the dialog shows; about: of what; stateText: of the report that was made of it."""

    open: bool = False
    about: str = ""
    stateText: str = ""


def state_text(made: Reported | None) -> str:
    """Where a report is; empty for none."""
    if made is None:
        return ""
    if made.state == "sent":
        return say("You reported this")
    if made.state == "refused":
        return say("The platform did not take it")
    return say("Waits for the next connection")


class AbuseViewModel(ViewModel):
    """A report that is being made; `said` what came of it."""

    changed = Signal()
    said = Signal(str, str)

    open = prop(bool, "open", changed)
    about = prop(str, "about", changed)
    stateText = prop(str, "stateText", changed)
    longest = Property(int, lambda self: LONGEST_NOTE, constant=True)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(ReasonRow, self)
        self._thing: Thing | None = None
        self.show(AbuseProps())

    reasons = Property(QObject, lambda self: self._rows, constant=True)

    @Slot(str, str)
    def openCampaign(self, campaign_id: str, title: str) -> None:
        """Begin a report of a whole campaign."""
        self.start(self._open(Thing(campaign_id), title))

    @Slot(str, str)
    def openTask(self, item_id: str, title: str) -> None:
        """Begin a report of a task or review of mine."""
        self.start(self._open_task(item_id, title))

    @Slot(str, str)
    def openMessage(self, message_id: str, title: str) -> None:
        """Begin a report of what a requester wrote."""
        self.start(self._open(Thing("", message_id=message_id), title))

    async def _open_task(self, item_id: str, title: str) -> None:
        await self._open(await self.session.messages.thing_of(item_id), title)

    async def _open(self, thing: Thing, title: str) -> None:
        self._rows.replace([ReasonRow(code, say(REASONS[code])) for code in REASONS])
        made = await self.session.messages.reported(thing.key)
        self._thing = thing
        self.fail(None)
        self.show(AbuseProps(True, title, state_text(made)))

    @Slot()
    def leave(self) -> None:
        """Show it no more."""
        self._thing = None
        self.show(AbuseProps())

    @Slot(int, str)
    def report(self, row: int, note: str) -> None:
        """Make the report for the reason in this row; it leaves with the next connection."""
        if self._thing is not None and 0 <= row < len(REASONS):
            self.start(self._report(self._thing, tuple(REASONS)[row], note))

    async def _report(self, thing: Thing, reason: str, note: str) -> None:
        await self.session.messages.report(thing, reason, note)
        self.leave()
        self.said.emit(say("Your report goes to the operator with the next connection."), "good")
