# SPDX-License-Identifier: Apache-2.0
"""A conversation with the requester of a task of mine: read and written without a network, sent with the next one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_messages import LONGEST, Message, Talk
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import beside, clock_time, say


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One message as it is shown; stateText: where a message of mine is."""

    messageId: str
    mine: bool
    who: str
    when: str
    text: str
    stateText: str
    failed: bool
    canTakeBack: bool
    canReport: bool


@dataclass(frozen=True, slots=True)
class TalkProps:
    """What is shown besides the messages. campaignTask: the task that a message from a campaign's page is about."""

    open: bool = False
    heading: str = ""
    muted: bool = False
    canMute: bool = False
    campaignTask: str = ""


def row_of(message: Message) -> TalkRow:
    """A message in words."""
    return TalkRow(
        messageId=message.message_id,
        mine=message.mine,
        who=say("You") if message.mine else say("The requester"),
        when=clock_time(message.at),
        text=message.text,
        stateText=_state(message),
        failed=message.state == "refused",
        canTakeBack=message.state in ("waiting", "refused"),
        canReport=not message.mine and not message.reported,
    )


def _state(message: Message) -> str:
    if message.state == "refused":
        closed = message.problem == "late"
        return say("Not sent: this conversation is closed") if closed else say("The platform did not take it")
    if message.state == "received":
        return say("You reported this") if message.reported else ""
    return say("Sent") if message.state == "sent" else say("Waits for the next connection")


def derive(talk: Talk | None, campaign_task: str) -> TalkProps:
    """What is said of a conversation, or of none."""
    if talk is None:
        return TalkProps(campaignTask=campaign_task)
    heading = beside(talk.title, say("Task no. {n}", n=talk.number))
    return TalkProps(True, heading, talk.muted, bool(talk.thread_id), campaign_task)


class TalkViewModel(ViewModel):
    """The open conversation; `opened` when there is one to be shown."""

    topics = frozenset({Topic.OUTBOX})
    changed = Signal()

    open = prop(bool, "open", changed)
    heading = prop(str, "heading", changed)
    muted = prop(bool, "muted", changed)
    canMute = prop(bool, "canMute", changed)
    campaignTask = prop(str, "campaignTask", changed)
    longest = Property(int, lambda self: LONGEST, constant=True)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._rows = RowsModel(TalkRow, self)
        self._item, self._campaign, self._campaign_task = "", "", ""
        self._talk: Talk | None = None
        self._drafts: dict[str, str] = {}
        self.show(TalkProps())

    messages = Property(QObject, lambda self: self._rows, constant=True)

    async def refresh(self) -> None:
        """Read the open conversation again."""
        if self._campaign:
            self._campaign_task = await self.session.messages.newest_task(self._campaign)
        item = self._item
        talk = await self.session.messages.talk(item) if item else None
        if item != self._item:
            return
        self._talk = talk
        self._rows.replace([row_of(message) for message in talk.messages] if talk is not None else [])
        self.show(derive(talk, self._campaign_task))
        if talk is not None and any(message.fresh for message in talk.messages):
            await self.session.messages.see(item)

    @Slot(str)
    def lookAtCampaign(self, campaign_id: str) -> None:
        """This campaign is on the screen now; "" for none."""
        if campaign_id != self._campaign:
            self._campaign, self._campaign_task = campaign_id, ""
            self.reload()

    @Slot(str)
    def openTask(self, item_id: str) -> None:
        """Show the conversation about a task of mine."""
        if item_id:
            self.fail(None)
            self._item = item_id
            self.reload()

    @Slot()
    def leave(self) -> None:
        """Show it no more."""
        self._item, self._talk = "", None
        self._rows.replace([])
        self.show(derive(None, self._campaign_task))

    @Slot(result=str)
    def draft(self) -> str:
        """What was being written about this task."""
        return self._drafts.get(self._item, "")

    @Slot(str)
    def keepDraft(self, text: str) -> None:
        """Remember what is being written."""
        if self._item:
            self._drafts[self._item] = text

    @Slot(str)
    def write(self, text: str) -> None:
        """Keep the message; it leaves with the next connection."""
        if self._item and text.strip():
            self.start(self._write(self._item, text))

    async def _write(self, item: str, text: str) -> None:
        await self.session.messages.write(item, text)
        self._drafts.pop(item, None)
        await self.refresh()

    @Slot(str)
    def takeBack(self, message_id: str) -> None:
        """Drop a message that has not left."""
        self.start(self.session.messages.take_back(message_id))

    @Slot(bool)
    def mute(self, on: bool) -> None:
        """Be told no more of what is written here, or again."""
        if self._item:
            self.start(self.session.messages.mute(self._item, on))
