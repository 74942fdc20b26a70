# SPDX-License-Identifier: Apache-2.0
"""A walk through a window by Tab alone: where the keyboard rests, what is said there, and what is wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from tests.helpers.accessible import MUTE, Node, by_item, key_of, of_item, type_of
from tests.helpers.app_window import items

_MOST = 150  # stops: more than any page has
_SLACK = 6.0  # pixels


@dataclass(frozen=True, repr=False)
class Stop:
    """Where the keyboard rests, its place in the window, and what a reader says of it."""

    item: QQuickItem
    place: QRectF
    # of the stop before it, just now: what takes the keyboard may have scrolled the page
    before: QRectF | None
    node: Node | None

    # Taken at once: by the time that it is told, what the stop was on may be gone.
    key: int
    kind: str
    object_name: str

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from the others."""
        return self.object_name, self.node.name if self.node else ""

    def __repr__(self) -> str:
        said = f"{self.node.role.name} {self.node.name!r}" if self.node else "nothing said"
        return f"{self.kind} {self.object_name} ({said})"


def stops(window: QQuickWindow, *, back: bool = False) -> list[Stop]:
    """Every stop from where the keyboard is until it is there again."""
    found: list[Stop] = []
    known = by_item(window)
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    for _ in range(_MOST):
        QTest.keyClick(window, key)
        QCoreApplication.processEvents()
        window.grabWindow()
        item = window.activeFocusItem()
        if item is None or any(key_of(item) == each.key for each in found):
            break
        before = place_of(found[-1].item) if found else None
        if not back and key_of(item) not in known:
            known = by_item(window)  # rows come as they are scrolled to
        found.append(
            Stop(
                item,
                place_of(item),
                before,
                of_item(item, known),
                key_of(item),
                type_of(item),
                item.objectName(),
            )
        )
    return found


def place_of(item: QQuickItem) -> QRectF:
    """Where an item is drawn, in the window."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def faults(window: QQuickWindow, mirrored: bool = False) -> list[str]:
    """What somebody without a mouse stumbles over; empty when there is nothing."""
    way = stops(window)
    if not way:
        return ["Tab leads nowhere"]
    return [
        *_silent(way),
        *_out_of_sight(window, way),
        *_out_of_order(way, mirrored),
        *_never_reached(window, way),
        *_one_way(window, way),
    ]


def _silent(way: list[Stop]) -> Iterator[str]:
    for stop in way:
        if stop.node is None or not (stop.node.name + stop.node.description).strip():
            yield f"nothing is said of: {stop}"
        elif stop.node.role in MUTE:
            yield f"a role that says nothing: {stop}"


def _out_of_sight(window: QQuickWindow, way: list[Stop]) -> Iterator[str]:
    whole = QRectF(-_SLACK, -_SLACK, window.width() + 2 * _SLACK, window.height() + 2 * _SLACK)
    for stop in way:
        if not whole.intersects(stop.place) or (
            stop.place.height() < window.height() / 2 and not whole.contains(stop.place)
        ):
            yield f"not in view: {stop} {stop.place}"


def _out_of_order(way: list[Stop], mirrored: bool) -> Iterator[str]:
    """A stop above the one before it, unless it begins another column further along the line, or the next round."""
    first = min(stop.place.top() for stop in way)
    for one, two in pairwise(way):
        was = two.before or one.place
        above = two.place.bottom() <= was.top() + _SLACK
        beside = (
            two.place.right() <= was.left() + _SLACK if mirrored else two.place.left() >= was.right() - _SLACK
        )
        if above and not beside and not _frame(two) and two.place.top() > first:
            yield f"back up from {one} to {two}"


def _frame(stop: Stop) -> bool:
    """Whether it is of the frame around the page, where each round begins."""
    at: QQuickItem | None = stop.item
    while at is not None:
        if type_of(at) in ("NavRail", "StatusStrip", "Toast"):
            return True
        at = at.parentItem()
    return False


def _never_reached(window: QQuickWindow, way: list[Stop]) -> Iterator[str]:
    been = {stop.key for stop in way}
    for stop in way:  # a scope counts as reached with the item in it
        at = stop.item.parentItem()
        while at is not None:
            been.add(key_of(at))
            at = at.parentItem()
    modal = _top_popup(window)
    for item in items(modal or window.contentItem()):
        if wants_tab(item) and key_of(item) not in been:
            yield f"never reached: {type_of(item)} {item.objectName()} {item.property('text') or ''}"


def _top_popup(window: QQuickWindow) -> QQuickItem | None:
    found = [
        item for item in items(window.contentItem()) if type_of(item) == "PopupItem" and item.isVisible()
    ]
    return found[-1] if found else None


def wants_tab(item: QQuickItem) -> bool:
    """Whether Tab should come to an item."""
    return (
        bool(item.property("activeFocusOnTab")) and item.isVisible() and item.isEnabled() and item.width() > 0
    )


def _one_way(window: QQuickWindow, way: list[Stop]) -> Iterator[str]:
    """Shift+Tab goes the same way back."""
    back = {stop.key for stop in stops(window, back=True)}
    for stop in way:
        if stop.key not in back:
            yield f"not reached backwards: {stop}"


def unmarked(window: QQuickWindow, draw: Callable[[], None]) -> list[str]:
    """Stops that look the same with the keyboard on them and without it."""
    found = []
    way = stops(window)
    for stop in way:
        if stop.item.property("width") is None:
            continue
        stop.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        draw()
        with_it = window.grabWindow()
        other = next((each for each in way if not _near(each, stop)), None)
        if other is None:
            continue
        place = place_of(stop.item)
        other.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        draw()
        if place_of(stop.item) == place and not differs(with_it, window.grabWindow(), place):
            found.append(f"looks the same with the keyboard: {stop}")
    return found


def _near(one: Stop, two: Stop) -> bool:
    return one.place.adjusted(-12, -12, 12, 12).intersects(two.place)


def differs(one: QImage, two: QImage, place: QRectF) -> bool:
    """Whether two pictures of a window differ at a place, its edge included."""
    area = place.adjusted(-5, -5, 5, 5).toRect().intersected(one.rect())
    return one.copy(area) != two.copy(area)
