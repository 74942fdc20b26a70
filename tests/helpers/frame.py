# SPDX-License-Identifier: Apache-2.0
"""A window with the real frame around any page, for tests and for looking at."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import GemsEngine, make_engine
from gems_desktop.viewmodels.care import CareViewModel
from gems_desktop.viewmodels.help import HelpViewModel
from gems_desktop.viewmodels.undo import UndoViewModel

ROOT = Path(__file__).resolve().parents[2]


class FrameModel(QObject):
    """What the frame reads, as plain values; `opened` records what was asked for."""

    changed = Signal()
    toast = Signal(str, str)
    noticesWanted = Signal()

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.care_model = CareViewModel(self)
        self.undo_model = UndoViewModel(self)
        self.help_model = HelpViewModel(self)
        self.values: dict[str, Any] = {
            "page": "",
            "framed": True,
            "badges": {"outbox": "12"},
            "rightToLeft": False,
            "themeMode": "light",
            "textScale": 1.0,
            "reducedMotion": True,
            "practice": True,
            "practiceReviewer": False,
            "connection": "online",
            "connectionText": "Online",
            "unsent": 12,
            "megabytesText": "3.1 MB today",
            "balanceText": "17.805",
            "problemMessage": "",
            "problemSafe": "",
            "problemAction": "",
            "problemRetryable": False,
        }
        self.values.update(values)

    def put(self, **values: Any) -> None:
        """Change values and tell."""
        self.values.update(values)
        self.changed.emit()

    @Slot(str)
    def openPage(self, name: str) -> None:
        self.opened.append(name)

    @Slot(str, result=QObject)
    def screenModel(self, name: str) -> QObject:
        return self

    @Slot()
    def retry(self) -> None:
        self.opened.append("retry")

    @Slot()
    def dismissProblem(self) -> None:
        self.put(problemMessage="")

    care = Property(QObject, lambda self: self.care_model, constant=True)
    undo = Property(QObject, lambda self: self.undo_model, constant=True)
    help = Property(QObject, lambda self: self.help_model, constant=True)
    page = Property(str, lambda self: self.values["page"], notify=changed)
    framed = Property(bool, lambda self: self.values["framed"], notify=changed)
    badges = Property("QVariantMap", lambda self: self.values["badges"], notify=changed)
    rightToLeft = Property(bool, lambda self: self.values["rightToLeft"], notify=changed)
    themeMode = Property(str, lambda self: self.values["themeMode"], notify=changed)
    textScale = Property(float, lambda self: self.values["textScale"], notify=changed)
    reducedMotion = Property(bool, lambda self: self.values["reducedMotion"], notify=changed)
    practice = Property(bool, lambda self: self.values["practice"], notify=changed)
    practiceReviewer = Property(bool, lambda self: self.values["practiceReviewer"], notify=changed)
    connection = Property(str, lambda self: self.values["connection"], notify=changed)
    connectionText = Property(str, lambda self: self.values["connectionText"], notify=changed)
    unsent = Property(int, lambda self: self.values["unsent"], notify=changed)
    megabytesText = Property(str, lambda self: self.values["megabytesText"], notify=changed)
    balanceText = Property(str, lambda self: self.values["balanceText"], notify=changed)
    problemMessage = Property(str, lambda self: self.values["problemMessage"], notify=changed)
    problemSafe = Property(str, lambda self: self.values["problemSafe"], notify=changed)
    problemAction = Property(str, lambda self: self.values["problemAction"], notify=changed)
    problemRetryable = Property(bool, lambda self: self.values["problemRetryable"], notify=changed)


class Frame:
    """The real window with `page_file` where a screen would be."""

    def __init__(self, model: FrameModel, page_file: Path, images: DecodeClient) -> None:
        self.model = model
        self.engine: GemsEngine = make_engine(ROOT, images)
        # the pages of tests live outside ui/
        self.engine.interceptor.allow(page_file.parent)
        self.engine.setInitialProperties({"appViewModel": model})
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "Main.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        loader = next(item for item in items(window.contentItem()) if item.inherits("QQuickLoader"))
        self.component = QQmlComponent(self.engine, QUrl.fromLocalFile(str(page_file)))
        page = self.component.create(self.engine.contextForObject(window))
        assert isinstance(page, QQuickItem), self.component.errorString()
        self.page = page
        loader.setProperty("sourceComponent", None)
        page.setParent(loader)
        page.setParentItem(loader)
        self.fit(loader)
        loader.widthChanged.connect(lambda: self.fit(loader))
        loader.heightChanged.connect(lambda: self.fit(loader))

    def close(self) -> None:
        """Take the window apart before Python takes the items away."""
        self.window.close()
        self.page.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def fit(self, loader: QQuickItem) -> None:
        """Let the page fill its place."""
        self.page.setSize(loader.size())


def items(root: QQuickItem) -> list[QQuickItem]:
    """`root` and everything drawn below it."""
    found = [root]
    for child in root.childItems():
        found += items(child)
    return found
