# SPDX-License-Identifier: Apache-2.0
"""One task in a window of its own: real key and mouse events go in, edits come out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from gems_desktop.engine import GemsEngine, make_engine
from gems_desktop.items.image_canvas import ImageCanvas
from gems_desktop.viewmodels.task import Pictures, TaskViewModel
from gems_protocol.modules import Module
from gems_protocol.modules.answer import Region
from tests.helpers.accessible import left_untold
from tests.helpers.frame import ROOT, items
from tests.helpers.waiting import becomes_active, wait

_ROUNDS = 1000  # of up to 10 ms: a bound for a condition that never comes
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Bench:
    """A window with one task. `edits` are those that the user made."""

    def __init__(
        self,
        module: Module,
        data: dict[str, Any],
        images: Pictures,
        answer: list[Region] | None = None,
        *,
        read_only: bool = False,
        size: tuple[int, int] = (1100, 700),
        text_scale: float = 1.0,
    ) -> None:
        self.edits: list[dict[str, Any]] = []
        self.model = TaskViewModel(module, data, answer or [], images, read_only=read_only)
        self.model.edited.connect(self.edits.append)
        self.engine: GemsEngine = make_engine(ROOT, images)  # type: ignore[arg-type]
        self.engine.setInitialProperties(
            {"viewModel": self.model, "width": size[0], "height": size[1], "textScale": text_scale}
        )
        self.engine.load(QUrl.fromLocalFile(str(ROOT / "ui" / "Gems" / "tasks" / "TaskPreview.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        self.closed = False
        window.show()
        window.requestActivate()
        assert becomes_active(window)
        self.settle()

    def until(self, condition: Callable[[], Any]) -> None:
        """Run events until `condition`; fails after a bound."""
        for _ in range(_ROUNDS):
            if condition():
                return
            wait(10)
        raise AssertionError("what was waited for did not come")

    def settle(self) -> None:
        """Let everything be laid out and painted."""
        for _ in range(3):
            QCoreApplication.processEvents()
            self.window.grabWindow()

    def painted(self) -> None:
        """Until the pictures are on the screen."""
        self.until(lambda: self.window.grabWindow() is not None and self.model.shown)
        self.settle()

    # --- finding -----------------------------------------------------------------------------------------
    def drawn(self) -> list[QQuickItem]:
        """Every visible item."""
        return [item for item in items(self.window.contentItem()) if item.isVisible()]

    def of_type(self, name: str) -> list[QQuickItem]:
        """Visible items of one QML type."""
        return [item for item in self.drawn() if item.metaObject().className().startswith(f"{name}_QML")]

    def named(self, name: str) -> QQuickItem:
        """The visible item with this objectName."""
        return next(item for item in self.drawn() if item.objectName() == name)

    @property
    def canvas(self) -> ImageCanvas:
        """The picture."""
        canvas = self.named("canvas")
        assert isinstance(canvas, ImageCanvas)
        return canvas

    def option(self, text: str) -> QQuickItem:
        """The option with these words."""
        return next(item for item in self.of_type("TaskOption") if item.property("text") == text)

    def chosen(self) -> list[str]:
        """The words of the options that are marked."""
        return [str(item.property("text")) for item in self.of_type("TaskOption") if item.property("chosen")]

    def words(self) -> list[str]:
        """Every text on the screen."""
        return [str(item.property("text")) for item in self.drawn() if item.property("text")]

    def values(self, control: str) -> list[dict[str, Any]]:
        """The values that the answer has for a control."""
        return [region["value"] for region in self.model.answer() if region["from_name"] == control]

    # --- hand and keys -----------------------------------------------------------------------------------
    def key(self, *keys: Qt.Key | str, with_: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self.window, key, with_)  # type: ignore[call-overload]
        self.settle()

    def passes(self, key: Qt.Key) -> bool:
        """Press a key; whether nothing in the task took it, so that the screen around it gets it."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, NONE)
        QCoreApplication.sendEvent(self.window, event)
        self.settle()
        return not event.isAccepted()

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            QTest.keyClick(self.window, letter)
        QCoreApplication.processEvents()

    def click(self, item: QQuickItem) -> None:
        """Click into the middle of an item."""
        point: QPoint = item.mapToScene(item.boundingRect().center()).toPoint()
        QTest.mouseClick(self.window, LEFT, NONE, point)
        self.settle()

    def at(self, x: float, y: float) -> QPoint:
        """A place of the picture, in percent of it, in the window."""
        return self.canvas.mapToScene(self.canvas.point_of(x, y)).toPoint()

    def click_at(self, x: float, y: float) -> None:
        """Click on the picture."""
        QTest.mouseClick(self.window, LEFT, NONE, self.at(x, y))
        self.settle()

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        button: Qt.MouseButton = LEFT,
        drop: bool = True,
    ) -> None:
        """Drag on the picture, from and to places in percent of it."""
        one, two = self.at(*start), self.at(*end)
        QTest.mousePress(self.window, button, NONE, one)
        for step in range(1, 6):
            QTest.mouseMove(self.window, one + (two - one) * step / 5)
            QCoreApplication.processEvents()
        if drop:
            QTest.mouseRelease(self.window, button, NONE, two)
        self.settle()

    def wheel(self, x: float, y: float, notches: int) -> None:
        """Turn the wheel over the picture."""
        point = QPointF(self.at(x, y))
        event = QWheelEvent(
            point,
            point,
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(self.window, event)
        self.settle()

    def focus(self, item: QQuickItem) -> None:
        """Give an item the keyboard."""
        item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        self.settle()

    def close(self) -> None:
        """Take the window apart before Python takes the model away; once is enough."""
        if self.closed:
            return
        self.closed = True
        untold = left_untold(self.window)
        self.window.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        assert not untold, untold


def picture(folder: Path, width: int = 400, height: int = 300) -> tuple[str, Path]:
    """A picture and its SHA-256."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    painter = QPainter(image)
    painter.fillRect(width // 4, height // 4, width // 2, height // 2, QColor("wheat"))
    painter.end()
    file = folder / f"{width}x{height}.png"
    assert image.save(str(file))
    return hashlib.sha256(file.read_bytes()).hexdigest(), file
