# SPDX-License-Identifier: Apache-2.0
"""What the frame reads: the phase, the page, the status strip, the looks, and the way from one page to another.

Stands before the first paint, so nothing of the services is imported here; the session comes in by `attach`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine

from gems_desktop import languages
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.care import CareViewModel
from gems_desktop.viewmodels.clipboard import ShortClipboard
from gems_desktop.viewmodels.help import HelpViewModel
from gems_desktop.viewmodels.undo import UndoViewModel

if TYPE_CHECKING:
    from gems_desktop.services.facts import ConnectionFacts, Problem

log = logging.getLogger(__name__)


class Phase(Enum):
    """How far the application is."""

    STARTING = "starting"
    FAILED = "failed"
    WELCOME = "welcome"
    OPEN = "open"


class Host(Protocol):
    """Who starts, restarts and switches profiles: the composition root."""

    def retry(self) -> None: ...
    def switch_profile(self, name: str) -> None: ...
    def use_language(self, language: str) -> None: ...
    def lock(self) -> None: ...
    def pause(self, paused: bool) -> None: ...
    def keep_language(self, language: str) -> None: ...
    def go_back(self) -> None: ...
    def all_pages(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the command line decides for this run, over the stored options; None leaves the option."""

    language: str | None = None
    theme: str | None = None
    text_scale: int | None = None


@dataclass(frozen=True, slots=True)
class AppProps:
    """What the frame shows."""

    phase: str = Phase.STARTING.value
    page: str = "starting"
    startingText: str = ""
    language: str = "en"
    rightToLeft: bool = False
    themeMode: str = "system"
    textScale: float = 1.0
    reducedMotion: bool = False
    systemStill: bool = False  # the system asks for less motion
    practice: bool = False
    profile: str = "default"
    practiceReviewer: bool = False
    opening: bool = False  # the way in stands already while the profile is being opened
    reviewerAvailable: bool = False
    connection: str = "offline"
    paused: bool = False  # the user works offline
    connectionText: str = ""
    unsent: int = 0
    megabytesText: str = ""
    balanceText: str = ""
    balanceBeside: str = ""  # the same in the own currency
    problemMessage: str = ""
    problemSafe: str = ""
    problemAction: str = ""
    problemRetryable: bool = False
    wayBack: str = ""  # what going on with the copy from before an update would mean; "" where there is none


def with_connection(props: AppProps, facts: ConnectionFacts) -> AppProps:
    """The status strip."""
    from gems_desktop.viewmodels.rate_words import beside
    from gems_desktop.viewmodels.syncing_words import syncing_text
    from gems_desktop.viewmodels.words import gem, say, size

    kind = facts.connection.value
    texts = {
        "online": say("Online"),
        "offline": say("Offline: go on working, it is sent later"),
        "syncing": syncing_text(facts),
    }
    return replace(
        props,
        connection=kind,
        connectionText=texts[kind],
        unsent=facts.unsent,
        megabytesText=say("{size} today", size=size(facts.bytes_today)),
        balanceText=gem(facts.balance),
        balanceBeside=beside(facts.balance),
    )


def with_problem(props: AppProps, problem: Problem | None) -> AppProps:
    """A fault of the whole application, or none."""
    from gems_desktop.viewmodels.words import sentence

    return replace(
        props,
        problemMessage=sentence(problem.message) if problem else "",
        problemSafe=sentence(problem.safe) if problem else "",
        problemAction=sentence(problem.action) if problem else "",
        problemRetryable=problem is not None and problem.retryable,
    )


class AppViewModel(QObject):
    """The frame's view model; lives as long as the window, while sessions and screens come and go."""

    changed = Signal()
    pageChanged = Signal()
    badgesChanged = Signal()
    toast = Signal(str, str)
    noticesWanted = Signal()  # the panel of notices, from the tray

    def __init__(self, fixed: Fixed | None = None, profile: str = "default", practice: bool = False) -> None:
        super().__init__()
        self.fixed = fixed or Fixed()
        self.host: Host | None = None
        language = self.fixed.language or numbers.of_system()
        self._props = AppProps(
            language=language,
            rightToLeft=numbers.right_to_left(language),
            themeMode=self.fixed.theme or "system",
            textScale=(self.fixed.text_scale or 100) / 100,
            practice=practice,
            profile=profile,
        )
        self.care_model = CareViewModel(self)
        self.undo_model = UndoViewModel(self)
        self.help_model = HelpViewModel(self)
        self._clipboard = ShortClipboard(self)
        self._left = ""  # the page on which the wallet was locked
        self._badges: dict[str, str] = {}
        self._screens: dict[str, QObject] = {}
        numbers.speak(language)
        self._apply_direction()

    # --- for the composition root ------------------------------------------------------------------------
    @property
    def props(self) -> AppProps:
        """What is shown now."""
        return self._props

    @property
    def screens(self) -> dict[str, QObject]:
        """The screens' view models by page."""
        return self._screens

    def screen(self, name: str) -> QObject | None:
        """A screen's view model; one whose turn has not come yet after the start is made now, with all others."""
        if name not in self._screens and self._props.phase == Phase.OPEN.value and self.host is not None:
            self.host.all_pages()
        return self._screens.get(name)

    def show(self, props: AppProps) -> None:
        """Publish new props; `pageChanged` comes last, when everything the page reads is there."""
        old, self._props = self._props, props
        if props == old:
            return
        if props.language != old.language:
            numbers.speak(props.language)
            if self.host is not None:
                self.host.use_language(props.language)
            self._apply_direction()
        self.changed.emit()
        if props.language != old.language:
            self.help_model.retell()
        if props.page != old.page:
            self.help_model.close()
            self.pageChanged.emit()

    def change(self, **values: Any) -> None:
        """Publish some new values."""
        self.show(replace(self._props, **values))

    def be_still(self, still: bool) -> None:
        """The system asks for less motion, or no longer does."""
        self.change(systemStill=still)

    def starting(self, text: str) -> None:
        """The start goes on; `text` says with what, calmly, in a fixed sentence."""
        from gems_desktop.viewmodels.words import sentence

        calm = replace(with_problem(self._props, None), wayBack="", opening=False)
        said = sentence(text)
        self.show(replace(calm, phase=Phase.STARTING.value, page="starting", startingText=said))

    def failed(self, problem: Problem) -> None:
        """The start cannot go on."""
        self.show(
            replace(
                with_problem(self._props, problem), phase=Phase.FAILED.value, page="starting", startingText=""
            )
        )

    def attach(self, screens: dict[str, QObject]) -> None:
        """Take over view models of an opened session: the way in's first, then the others."""
        for screen in screens.values():
            screen.setParent(self)
            # what a slot returns would otherwise belong to the garbage collector of QML
            QQmlEngine.setObjectOwnership(screen, QQmlEngine.ObjectOwnership.CppOwnership)
        self._screens = {**self._screens, **screens}
        self.undo_model.watch(screens.values())

    def detach(self) -> None:
        """Let go of the session's view models; the starting page must be shown by now."""
        screens, self._screens = self._screens, {}
        self.undo_model.forget()
        for screen in screens.values():
            screen.deleteLater()
        self.set_badges({})

    def welcome(self) -> None:
        """Show the way in; unlocking leads back to the page that was open."""
        self._left = self._props.page if self._props.phase == Phase.OPEN.value else ""
        self.change(phase=Phase.WELCOME.value, page="welcome", startingText="")

    def opened(self) -> None:
        """The wallet is open: show Home, or go on where the user is or was."""
        page = self._props.page if self._props.phase == Phase.OPEN.value else self._left or "home"
        self._left = ""
        self.change(phase=Phase.OPEN.value, page=page, startingText="")

    def set_badges(self, badges: dict[str, str]) -> None:
        """Short texts beside the pages of the rail."""
        if badges != self._badges:
            self._badges = badges
            self.badgesChanged.emit()

    def _apply_direction(self) -> None:
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._props.rightToLeft != app.isRightToLeft():
            from PySide6.QtCore import Qt  # makes all of Qt's enumerations: not before the first frame

            sides = Qt.LayoutDirection
            app.setLayoutDirection(sides.RightToLeft if self._props.rightToLeft else sides.LeftToRight)

    # --- for QML -----------------------------------------------------------------------------------------
    @Slot(str)
    def openPage(self, name: str) -> None:
        """Go to a page of the open session; other names do nothing."""
        self.help_model.close()
        if self._props.phase == Phase.OPEN.value and self.screen(name) is not None and name != "welcome":
            self.change(page=name)

    @Slot(str)
    def openReport(self, address: str) -> None:
        """Go to the report of one requester."""
        report: Any = self.screen("requesterReport")
        if report is not None:
            report.openReport(address)
            self.openPage("requesterReport")

    @Slot(str, result=QObject)
    def screenModel(self, name: str) -> QObject:
        """The view model of a page."""
        return self.screen(name) or self

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        """Speak another language from now on, and keep it as an option when a session is open."""
        if language in languages.LANGUAGES:
            self.fixed = replace(self.fixed, language=None)
            self.change(language=language, rightToLeft=numbers.right_to_left(language))
            if self.host is not None:
                self.host.keep_language(language)

    @Slot(str)
    def switchProfile(self, name: str) -> None:
        """Close this profile and open another one."""
        if self.host is not None and name != self._props.profile:
            self.host.switch_profile(name)

    @Slot()
    def usePracticeReviewer(self) -> None:
        """Work as the practice account that may already review."""
        if self._props.reviewerAvailable:
            self._left = "review"  # what it is for
            self.switchProfile(PRACTICE_REVIEWER)

    @Slot()
    def useOwnAccount(self) -> None:
        """Back to the profile that the window was opened with."""
        if self.host is not None and self._props.practiceReviewer:
            self.host.switch_profile("")

    @Slot(str)
    def copyAddress(self, address: str) -> None:
        """Put an address into the clipboard for a minute."""
        self._clipboard.copy(address)

    @Slot()
    def clearClipboard(self) -> None:
        """Take away what `copyAddress` put there; at the end, and when the wallet is locked."""
        self._clipboard.clear()

    @Slot()
    def lock(self) -> None:
        """Lock the wallet."""
        if self.host is not None:
            self.host.lock()

    @Slot(bool)
    def setPaused(self, paused: bool) -> None:
        """Work offline: exchange nothing by itself; or go on."""
        if self.host is not None:
            self.host.pause(paused)

    @Slot()
    def retry(self) -> None:
        """Try again what failed."""
        if self.host is not None:
            self.host.retry()

    @Slot()
    def goBack(self) -> None:
        """Go on with the copy from before an update, which the user has confirmed."""
        if self.host is not None and self._props.wayBack:
            self.host.go_back()

    @Slot()
    def dismissProblem(self) -> None:
        """The user has read the fault."""
        self.show(with_problem(self._props, None))

    languageCodes = Property(list, lambda self: list(languages.NAMES), constant=True)
    languageNames = Property(list, lambda self: list(languages.NAMES.values()), constant=True)
    care = Property(QObject, lambda self: self.care_model, constant=True)
    help = Property(QObject, lambda self: self.help_model, constant=True)
    undo = Property(QObject, lambda self: self.undo_model, constant=True)
    phase = Property(str, lambda self: self._props.phase, notify=changed)
    page = Property(
        str, lambda self: self._props.page, lambda self, name: self.openPage(name), notify=pageChanged
    )
    framed = Property(bool, lambda self: self._props.phase == Phase.OPEN.value, notify=changed)
    badges = Property(dict, lambda self: self._badges, notify=badgesChanged)
    startingText = Property(str, lambda self: self._props.startingText, notify=changed)
    language = Property(str, lambda self: self._props.language, notify=changed)
    rightToLeft = Property(bool, lambda self: self._props.rightToLeft, notify=changed)
    themeMode = Property(str, lambda self: self._props.themeMode, notify=changed)
    textScale = Property(float, lambda self: self._props.textScale, notify=changed)
    reducedMotion = Property(
        bool, lambda self: self._props.reducedMotion or self._props.systemStill, notify=changed
    )
    practice = Property(bool, lambda self: self._props.practice, notify=changed)
    profile = Property(str, lambda self: self._props.profile, notify=changed)
    practiceReviewer = Property(bool, lambda self: self._props.practiceReviewer, notify=changed)
    reviewerAvailable = Property(bool, lambda self: self._props.reviewerAvailable, notify=changed)
    paused = Property(bool, lambda self: self._props.paused, notify=changed)
    wayBack = Property(str, lambda self: self._props.wayBack, notify=changed)
    connection = Property(str, lambda self: self._props.connection, notify=changed)
    connectionText = Property(str, lambda self: self._props.connectionText, notify=changed)
    unsent = Property(int, lambda self: self._props.unsent, notify=changed)
    megabytesText = Property(str, lambda self: self._props.megabytesText, notify=changed)
    balanceText = Property(str, lambda self: self._props.balanceText, notify=changed)
    balanceBeside = Property(str, lambda self: self._props.balanceBeside, notify=changed)
    problemMessage = Property(str, lambda self: self._props.problemMessage, notify=changed)
    problemSafe = Property(str, lambda self: self._props.problemSafe, notify=changed)
    problemAction = Property(str, lambda self: self._props.problemAction, notify=changed)
    problemRetryable = Property(bool, lambda self: self._props.problemRetryable, notify=changed)


PRACTICE_REVIEWER = "practice-reviewer"
