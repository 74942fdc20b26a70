# SPDX-License-Identifier: Apache-2.0
"""The bell and its panel, and what leaves the window: looked at when something changed, and each minute."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from gems_desktop.services.facts import Connection, SettingsFacts, Topic
from gems_desktop.services.facts_notices import KINDS, Notice, Outside, Quiet
from gems_desktop.services.ports_outside import Beyond, Said
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.notice_words import PLACES, body, outside, title
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock, clock_time, number, say
from gems_protocol.errors import GemsError

log = logging.getLogger(__name__)

TICK_MS = 60_000
SOON_MS = 1_000
LISTED_EVERY_S = 3_600  # how old the list of campaigns may get while new work is told of
_AT_ONCE = frozenset((Topic.NOTICES, Topic.SETTINGS))
_LOOKS = frozenset((Topic.OUTBOX, Topic.EARNINGS, Topic.CAMPAIGNS, Topic.WORK, Topic.PROBLEM, Topic.WALLET))


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as it is shown."""

    noticeId: str
    title: str
    body: str
    time: str
    iconName: str
    page: str
    fresh: bool
    alert: bool


@dataclass(frozen=True, slots=True)
class NoticesProps:
    """The bell, and the options."""

    unread: int = 0
    unreadText: str = ""
    alert: bool = False
    work: bool = True
    verdicts: bool = True
    deadlines: bool = True
    money: bool = True
    outside: bool = True
    amounts: bool = False
    sound: bool = False
    quiet: bool = False
    quietFrom: int = 22 * 60
    quietTo: int = 7 * 60
    tray: bool = False
    trayKeeps: bool = False


def options_of(facts: SettingsFacts) -> Outside:
    """How notices leave the window, by the options."""
    return Outside(
        kinds=frozenset(facts.notice_kinds),
        on=facts.notices_outside,
        quiet=Quiet(facts.quiet, facts.quiet_from, facts.quiet_to),
        amounts=facts.notice_amounts,
        sound=facts.notice_sound,
    )


def rows_of(notices: tuple[Notice, ...]) -> list[NoticeRow]:
    """The panel, the newest first."""
    return [
        NoticeRow(
            notice.notice_id,
            title(notice),
            body(notice, amounts=True),
            clock_time(notice.at),
            *PLACES[notice.what],
            not notice.seen,
            notice.what in ("trouble", "claim_failed"),
        )
        for notice in notices
    ]


def derive(notices: tuple[Notice, ...], facts: SettingsFacts) -> NoticesProps:
    """The bell and the options."""
    unread = [notice for notice in notices if not notice.seen]
    kinds = {kind: kind in facts.notice_kinds for kind in KINDS}
    return NoticesProps(
        unread=len(unread),
        unreadText=(number(len(unread)) if len(unread) < 100 else number(99) + "+") if unread else "",
        alert=any(notice.kind not in KINDS for notice in unread),
        **kinds,
        outside=facts.notices_outside,
        amounts=facts.notice_amounts,
        sound=facts.notice_sound,
        quiet=facts.quiet,
        quietFrom=facts.quiet_from,
        quietTo=facts.quiet_to,
        tray=facts.tray,
        trayKeeps=facts.tray_keeps,
    )


def local_minute(moment: int) -> int:
    """The minute of the local day, whatever clocks were put forward or back."""
    here = datetime.fromtimestamp(moment, UTC).astimezone()
    return here.hour * 60 + here.minute


class NoticesViewModel(ViewModel):
    """Notices."""

    topics = _LOOKS | _AT_ONCE
    changed = Signal()
    wanted = Signal(str)  # a notification was clicked: come forward with this page

    unread = prop(int, "unread", changed)
    unreadText = prop(str, "unreadText", changed)
    alert = prop(bool, "alert", changed)
    work = prop(bool, "work", changed)
    verdicts = prop(bool, "verdicts", changed)
    deadlines = prop(bool, "deadlines", changed)
    money = prop(bool, "money", changed)
    outside = prop(bool, "outside", changed)
    amounts = prop(bool, "amounts", changed)
    sound = prop(bool, "sound", changed)
    quiet = prop(bool, "quiet", changed)
    quietFrom = prop(int, "quietFrom", changed)
    quietTo = prop(int, "quietTo", changed)
    tray = prop(bool, "tray", changed)
    trayKeeps = prop(bool, "trayKeeps", changed)

    def __init__(
        self, session: Session, beyond: Beyond | None = None, now: Callable[[], float] | None = None
    ) -> None:
        super().__init__(session)
        self._beyond = beyond or Beyond()
        self._now = now or (lambda: datetime.now(UTC).timestamp())
        self._rows = RowsModel(NoticeRow, self)
        self._facts = SettingsFacts()
        self._looking, self._again = False, False
        self.in_front: Callable[[], bool] = lambda: True  # whether the user looks at the window
        self._beyond.desktop.on_page(self.wanted.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._soon = QTimer(self)
        self._soon.setInterval(SOON_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.reload)
        self._listed_at = self._now()
        self.show(NoticesProps())

    rows = Property(QObject, lambda self: self._rows, constant=True)

    def _on_topics(self, touched: frozenset[Topic]) -> None:
        """Options and notices at once; what work touches, which may be every second, together a little later."""
        if touched & _AT_ONCE:
            self.reload()
        elif touched & _LOOKS and not self._soon.isActive():
            self._soon.start()

    def _tick(self) -> None:
        self.start(self._minute())

    async def _minute(self) -> None:
        """Deadlines come nearer by themselves; new work is asked for now and then, where bytes do not count."""
        await self._reread()
        if "work" not in self._facts.notice_kinds or 0 <= self._now() - self._listed_at < LISTED_EVERY_S:
            return
        self._listed_at = self._now()
        if (await self.session.sync.facts()).connection is not Connection.ONLINE:
            return
        if (await self.session.work.queue()).metered is True:
            return
        try:
            await self.session.sync.campaigns(refresh=True)
        except GemsError as error:
            log.debug("the list of campaigns was not read: %s", type(error).__name__)

    async def refresh(self) -> None:
        """Look for what happened, show it, and tell outside what may be told; asked again meanwhile, once more."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        try:
            self._again = True
            while self._again:
                self._again = False
                await self._look()
        finally:
            self._looking = False

    async def _look(self) -> None:
        await self.session.notices.collect()
        self._facts = await self.session.settings.facts()
        notices = await self.session.notices.facts()
        self._rows.replace(rows_of(notices))
        self.show(derive(notices, self._facts))
        if not self._timer.isActive():
            self._timer.start()
        await self._tell()

    async def _tell(self) -> None:
        options = options_of(self._facts)
        minute = local_minute(int(self._now()))
        told = await self.session.notices.to_tell(options, minute, self.in_front())
        if not told:
            return
        if options.sound:
            self._beyond.chime()
        for said in outside(told, amounts=options.amounts):
            await self._beyond.desktop.tell(said)

    @Slot(int, result=str)
    def pageOf(self, row: int) -> str:
        """The page that a notice leads to, or nothing."""
        return self._rows.rows[row].page if 0 <= row < len(self._rows.rows) else ""

    @Slot()
    def markAll(self) -> None:
        """Everything has been read."""
        self.start(self._see())

    @Slot(int)
    def markRead(self, row: int) -> None:
        """This one has been read."""
        if 0 <= row < len(self._rows.rows):
            self.start(self._see(self._rows.rows[row].noticeId))

    async def _see(self, only: str = "") -> None:
        await self.session.notices.see(only)
        await self.refresh()

    @Slot(str, bool)
    def setKind(self, kind: str, on: bool) -> None:
        """Tell of one of KINDS outside the window, or not."""
        if kind in KINDS:
            kinds = [each for each in KINDS if (on if each == kind else each in self._facts.notice_kinds)]
            self._change(notice_kinds=kinds)

    @Slot(str, bool)
    def setOption(self, name: str, on: bool) -> None:
        """Switch one of the other options."""
        options = {
            "outside": "notices_outside",
            "amounts": "notice_amounts",
            "sound": "notice_sound",
            "quiet": "quiet",
            "tray": "tray",
            "trayKeeps": "tray_keeps",
        }
        if name in options:
            self._change(**{options[name]: on})

    @Slot(int, int)
    def setQuiet(self, start: int, end: int) -> None:
        """The quiet hours, in minutes of the local day."""
        self._change(quiet_from=start % 1_440, quiet_to=end % 1_440)

    @Slot(int, result=str)
    def minuteText(self, minute: int) -> str:
        """A time of the day as it is written here."""
        day = datetime.fromtimestamp(int(self._now()), UTC).astimezone()
        return clock(day.replace(hour=minute // 60 % 24, minute=minute % 60).timestamp())

    @Slot()
    def preview(self) -> None:
        """Show how a notice comes: as a notification, and with its sound where that is wanted."""
        self.start(self._preview())

    async def _preview(self) -> None:
        if self._facts.notice_sound:
            self._beyond.chime()
        said = Said(say("This is how a notice looks"), say("A click on it opens Gems."), "home")
        self.previewed.emit(await self._beyond.desktop.tell(said))

    previewed = Signal(bool)  # whether the system showed it

    def _change(self, **options: Any) -> None:
        self.start(self._store(options))

    async def _store(self, options: dict[str, Any]) -> None:
        await self.session.settings.change(**options)
        await self.refresh()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._soon.stop()
        super().close()
