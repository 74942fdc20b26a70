# SPDX-License-Identifier: Apache-2.0
"""Answers any task as a person would, with real mouse and key events: looks at the rows and acts by their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from gems_desktop.viewmodels.task_hand import LABEL_TAGS, shapes
from gems_desktop.viewmodels.task_regions import kind_of
from gems_protocol.modules import Node
from gems_protocol.modules.visible import fits, shown
from tests.helpers.frame import items
from tests.qml.tasks.bench import LEFT, NONE, Bench

WORDS = "a word"
_STEPS = 6  # of a drag


class Stuck(AssertionError):
    """Something cannot be answered by hand."""


class Worker:
    """Somebody at the bench. `did` tells what was done, for the report."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.did: list[str] = []

    def work(self) -> None:
        """Draw a region with every shape there is, say what is asked about it, then answer about the whole task."""
        for node in self.bench.model.module.objects():
            for shape in shapes(self.bench.model.module, node.name) if node.tag != "Chat" else ():
                self._region(node, shape)
        self._chats()
        self._relate()
        for control in self.bench.model.module.controls():
            if not control.per_region and control.tag in _ANSWERS:
                self._answer(control)

    # --- regions -----------------------------------------------------------------------------------------
    def _region(self, node: Node, shape: Node) -> None:
        model = self.bench.model
        labels = shape if shape.tag in LABEL_TAGS else self._labels_for(node)
        model.select("")
        self.bench.settle()
        if labels is not None and labels.options:
            self._click_option(labels, labels.options[0].shown)
        if len(shapes(model.module, node.name)) > 1 and shape.tag not in LABEL_TAGS:
            model.chooseTool(node.name, shape.name)
        before = len(model.regions())
        _GESTURES[kind_of(shape, model.module)](self, node)
        self.bench.settle()
        if len(model.regions()) <= before:
            raise Stuck(f"no region of {shape.tag} came on {node.name}")
        self.did.append(f"{shape.tag} on {node.tag}")
        self._about_selected()

    def _labels_for(self, node: Node) -> Node | None:
        found = (
            c for c in self.bench.model.module.controls() if c.tag == "Labels" and node.name in c.to_names
        )
        return next(found, None)

    def _about_selected(self) -> None:
        model = self.bench.model
        if not model.selected and model.regions():
            model.select(model.regions()[-1].id)
            self.bench.settle()
        for control in model.module.controls():
            about = control.per_region and fits(model.module, control, model.answer(), str(model.selected))
            if about and self._is_shown(control):
                self._answer(control)

    def _chats(self) -> None:
        for node in self.bench.model.module.objects():
            if node.tag == "Chat":
                self._chat(node)

    def _chat(self, node: Node) -> None:
        """Write what is still missing, then judge each message that something is asked about."""
        wanted = max(node.number("minMessages", 0) - len(self.bench.model.data[node.variable]), 1)
        for _ in range(wanted):
            self.bench.focus(next(item for item in self._inside(node) if item.objectName() == "chatField"))
            self.bench.type(WORDS)
            self.bench.key(Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
        self.did.append("Chat")
        asked = [control for control in self.bench.model.module.controls() if control.per_region]
        for message in range(2) if asked else ():
            self._judge(message)

    def _judge(self, message: int) -> None:
        bubbles = [item for item in self.bench.of_type("TaskMessage") if item.property("index") == message]
        self.bench.click(bubbles[0])
        for control in self.bench.model.module.controls():
            if control.per_region and self._is_shown(control):
                self._answer(control)

    def _is_shown(self, node: Node) -> bool:
        model = self.bench.model
        return node.place in shown(model.module, model.answer(), str(model.selected))

    def _relate(self) -> None:
        """A second region, then the link from it to the first."""
        model = self.bench.model
        if model.module.relations() is None:
            return
        text = next(node for node in model.module.objects() if node.tag == "Text")
        canvas = self.bench.named(f"text-{text.name}")
        model.select("")
        self._drag(canvas, lambda part: canvas.point_of(round(20 + 8 * part)))
        self.bench.key("r")
        QTest.mouseClick(self.bench.window, LEFT, NONE, canvas.mapToScene(canvas.point_of(3)).toPoint())
        self.bench.settle()
        if not any(result["type"] == "relation" for result in model.answer()):
            raise Stuck("no relation came")
        self.did.append("Relation")

    # --- gestures ----------------------------------------------------------------------------------------
    def _on_picture(self, *places: tuple[float, float], node: Node) -> list[QPoint]:
        canvas = self._canvas(node)
        return [canvas.mapToScene(canvas.point_of(x, y)).toPoint() for x, y in places]

    def _canvas(self, node: Node) -> QQuickItem:
        row = self._row(node)
        return next(
            item for item in items(row) if item.isVisible() and item.objectName() in ("canvas", "film")
        )

    def _drag_box(self, node: Node) -> None:
        along = 12.0 * len(self.bench.model.regions())  # beside what is there already
        start, end = self._on_picture((15 + along, 20), (24 + along, 45), node=node)
        self._sweep(start, end)

    def _polygon(self, node: Node) -> None:
        for point in self._on_picture((25, 65), (45, 62), (50, 85), (30, 90), node=node):
            QTest.mouseClick(self.bench.window, LEFT, NONE, point)
            self.bench.settle()
        self.bench.key(Qt.Key.Key_Return)

    def _point(self, node: Node) -> None:
        QTest.mouseClick(self.bench.window, LEFT, NONE, self._on_picture((75, 30), node=node)[0])

    def _stroke(self, node: Node) -> None:
        start, end = self._on_picture((30, 30), (60, 40), node=node)
        self._sweep(start, end)

    def _span(self, node: Node) -> None:
        canvas = self.bench.named(f"text-{node.name}")
        self._drag(canvas, lambda part: canvas.point_of(round(1 + 6 * part)))

    def _stretch(self, node: Node) -> None:
        row = self._row(node)
        canvas = next(item for item in items(row) if item.isVisible() and item.objectName() == "time")
        wide, high = canvas.width(), canvas.height()
        self._drag(canvas, lambda part: QPointF(wide * (0.2 + 0.3 * part), high * 0.5))

    def _drag(self, item: QQuickItem, at: Callable[[float], QPointF]) -> None:
        self._sweep(item.mapToScene(at(0)).toPoint(), item.mapToScene(at(1)).toPoint())

    def _sweep(self, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(self.bench.window, LEFT, NONE, start)
        for step in range(1, _STEPS + 1):
            QTest.mouseMove(self.bench.window, start + (end - start) * step / _STEPS)
            QCoreApplication.processEvents()
        QTest.mouseRelease(self.bench.window, LEFT, NONE, end)
        self.bench.settle()

    # --- controls ----------------------------------------------------------------------------------------
    def _row(self, node: Node) -> QQuickItem:
        rows = [
            item
            for item in self.bench.drawn()
            if item.property("kind") and item.property("name") == node.name
        ]
        if not rows:
            raise Stuck(f"{node.tag} {node.name} is not on the screen")
        return rows[0]

    def _inside(self, node: Node) -> Iterator[QQuickItem]:
        return (item for item in items(self._row(node)) if item.isVisible())

    def _click_option(self, node: Node, words: str) -> None:
        for item in self._inside(node):
            if item.metaObject().className().startswith("TaskOption_QML") and item.property("text") == words:
                self.bench.click(item)
                return
        raise Stuck(f"{words} of {node.name} is not on the screen")

    def _answer(self, node: Node) -> None:
        if not self._is_shown(node):
            return
        before = self.bench.model.answer()
        _ANSWERS[node.tag](self, node)
        self.bench.settle()
        if self.bench.model.answer() == before:
            raise Stuck(f"{node.tag} {node.name} took no answer")
        self.did.append(node.tag)

    def _choose(self, node: Node) -> None:
        self._click_option(node, node.options[0].shown)

    def _write(self, node: Node) -> None:
        field = next(item for item in self._inside(node) if item.objectName() == "field0")
        self.bench.click(field)
        self.bench.type(WORDS)
        self.bench.model.flush()

    def _rate(self, node: Node) -> None:
        self.bench.click(next(item for item in self._inside(node) if item.objectName() == "star3"))

    def _prefer(self, node: Node) -> None:
        self.bench.click(next(item for item in self._inside(node) if item.objectName() == "left"))

    def _classify(self, node: Node) -> None:
        tree = next(item for item in self._inside(node) if item.objectName() == "tree")
        branch = next(
            i
            for i in items(tree)
            if i.isVisible() and i.metaObject().className().startswith("TaskBranch_QML")
        )
        self.bench.click(branch)

    def _rank(self, node: Node) -> None:
        cards = [item for item in self._inside(node) if item.objectName() == "card0"]
        self.bench.focus(cards[0])
        self.bench.key(Qt.Key.Key_Down, with_=Qt.KeyboardModifier.AltModifier)
        if node.options:
            self.bench.key(Qt.Key.Key_Right, with_=Qt.KeyboardModifier.AltModifier)


_GESTURES: dict[str, Callable[[Worker, Node], None]] = {
    "rectangle": Worker._drag_box,
    "ellipse": Worker._drag_box,
    "polygon": Worker._polygon,
    "keypoint": Worker._point,
    "brush": Worker._stroke,
    "span": Worker._span,
    "time": Worker._stretch,
    "timeline": Worker._stretch,
    "videorectangle": Worker._drag_box,
}
_ANSWERS: dict[str, Callable[[Worker, Node], None]] = {
    "Choices": Worker._choose,
    "TextArea": Worker._write,
    "Rating": Worker._rate,
    "Pairwise": Worker._prefer,
    "Taxonomy": Worker._classify,
    "Ranker": Worker._rank,
}
