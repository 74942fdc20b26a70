# SPDX-License-Identifier: Apache-2.0
"""The real window over a session of fakes, with the view models of the screens where work is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import GemsEngine, make_engine
from gems_desktop.viewmodels.abuse import AbuseViewModel
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.carry import CarryViewModel
from gems_desktop.viewmodels.find_work import FindWorkViewModel
from gems_desktop.viewmodels.outbox import OutboxViewModel
from gems_desktop.viewmodels.queue import QueueViewModel
from gems_desktop.viewmodels.review import ReviewViewModel
from gems_desktop.viewmodels.set_aside import SetAsideViewModel
from gems_desktop.viewmodels.talk import TalkViewModel
from gems_desktop.viewmodels.work import WorkViewModel
from tests.helpers.accessible import left_untold
from tests.helpers.fake_session import FakeSession
from tests.helpers.frame import ROOT, FrameModel, items

PATIENCE_S = 20


class AppModel(FrameModel):
    """The frame's model with real view models behind its pages."""

    def __init__(self, models: dict[str, ViewModel], **values: Any) -> None:
        super().__init__(**values)
        self.models = models
        for model in models.values():
            # as AppViewModel does: what a slot returns would belong to the garbage collector of QML
            QQmlEngine.setObjectOwnership(model, QQmlEngine.ObjectOwnership.CppOwnership)
        self.undo_model.watch(models.values())

    reviewerAvailable = Property(bool, lambda self: True, constant=True)
    practiceReviewer = Property(bool, lambda self: False, constant=True)

    @Slot(str)
    def openPage(self, name: str) -> None:
        self.opened.append(name)
        self.put(page=name)

    @Slot(str, result=QObject)
    def screenModel(self, name: str) -> QObject:
        return self.models.get(name, self)

    @Slot(str)
    def openReport(self, address: str) -> None:
        self.opened.append(f"report {address}")

    @Slot()
    def usePracticeReviewer(self) -> None:
        self.opened.append("practice reviewer")


class Stage:
    """One window; `show` opens a page of it."""

    def __init__(self, session: FakeSession, images: DecodeClient, page: str, **values: Any) -> None:
        self.session = session
        self.closed = False
        self.find = FindWorkViewModel(session, images)
        self.work = WorkViewModel(session, images)
        self.review = ReviewViewModel(session, images)
        self.outbox = OutboxViewModel(session)
        self.queue = QueueViewModel(session)
        self.carry = CarryViewModel(session)
        self.set_aside = SetAsideViewModel(session)
        self.talk = TalkViewModel(session)
        self.abuse = AbuseViewModel(session)
        models: dict[str, ViewModel] = {
            "carry": self.carry,
            "findWork": self.find,
            "work": self.work,
            "review": self.review,
            "outbox": self.outbox,
            "queue": self.queue,
            "setAside": self.set_aside,
            "talk": self.talk,
            "abuse": self.abuse,
            "appeal": self.outbox.appeal,
            "case": self.outbox.caseModel,
        }
        self.app = AppModel(models, page=page, **values)
        self.engine: GemsEngine = make_engine(ROOT, images)
        self.engine.setInitialProperties({"appViewModel": self.app})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        window.show()
        window.requestActivate()

    async def until(self, condition: Callable[[], Any]) -> None:
        """Let Qt and the loop run until `condition` holds."""
        end = time.monotonic() + PATIENCE_S
        while True:
            QCoreApplication.processEvents()
            await asyncio.sleep(0)
            if condition():
                return
            assert time.monotonic() < end, "waited in vain"

    async def calm(self) -> None:
        """Until nothing runs and everything is laid out."""
        models = list(self.app.models.values())
        for _ in range(4):
            await self.until(lambda: not any(model.busy for model in models))
            self.window.grabWindow()
        await self.until(lambda: True)

    async def key(
        self, *keys: Qt.Key | str, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press keys one after the other, each time until nothing runs."""
        for key in keys:
            QTest.keyClick(self.window, key, with_)  # type: ignore[call-overload]
            await self.calm()

    async def click(self, item: QQuickItem) -> None:
        """A mouse click into the middle of an item."""
        point: QPoint = item.mapToScene(item.boundingRect().center()).toPoint()
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=point)
        await self.calm()

    def drawn(self) -> list[QQuickItem]:
        """Every visible item."""
        return [item for item in items(self.window.contentItem()) if item.isVisible()]

    def words(self) -> list[str]:
        """Every text on the screen."""
        return [str(item.property("text")) for item in self.drawn() if item.property("text")]

    def says(self, part: str) -> bool:
        """Whether a text with `part` is on the screen."""
        return any(part in words for words in self.words())

    def button(self, text: str) -> QQuickItem:
        """The button with this text."""
        return next(
            item
            for item in self.drawn()
            if item.property("text") == text and item.inherits("QQuickAbstractButton")
        )

    def of_type(self, name: str) -> list[QQuickItem]:
        """Visible items of one QML type."""
        return [item for item in self.drawn() if item.metaObject().className().startswith(f"{name}_QML")]

    def close(self) -> None:
        """Take the window apart before Python takes the models away; once is enough."""
        if self.closed:
            return
        self.closed = True
        untold = left_untold(self.window)
        for model in self.app.models.values():
            model.close()
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not untold, untold
