# SPDX-License-Identifier: Apache-2.0
"""Walks everything that is drawn in a window and says what has no room: texts cut off or over each other, controls
that overlap, are too small to hit, lie outside the window or where no scrolling leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.helpers.accessible import type_of

SLACK = 2.0  # pixels: rounding of layouts and glyphs that lean over their box
SMALLEST = 24.0  # pixels: the least side of what can be clicked (WCAG 2.2, 2.5.8)
_ALIGNED = "effectiveHorizontalAlignment * 1000 + verticalAlignment"
WORKED = ("QQuickAbstractButton", "QQuickTextField", "QQuickComboBox", "QQuickSlider", "QQuickSpinBox")
#: Whatever is drawn over the page on purpose.
OVER = ("Toast",)


@dataclass(frozen=True)
class Seen:
    """One drawn item: where it is in the window, and what of the window it can be seen in (scrolled if need be)."""

    item: QQuickItem
    place: QRectF
    clip: QRectF
    sight: QRectF  # what of the window it can be seen in now
    above: tuple[QQuickItem, ...]  # from the window's content down to its parent

    def __str__(self) -> str:
        words = str(self.item.property("text") or self.item.objectName() or "")[:60]
        parents = [type_of(each) for each in self.above[-12:]]
        own = [each for each in parents if each not in _DULL][-4:]
        place = (
            f"{self.place.x():.0f},{self.place.y():.0f} {self.place.width():.0f}x{self.place.height():.0f}"
        )
        return f"{'/'.join(own)}/{type_of(self.item)} {words!r} at {place}"


_DULL = (
    "Item",
    "RowLayout",
    "ColumnLayout",
    "GridLayout",
    "ContentItem",
    "RootItem",
    "Loader",
    "Row",
    "Column",
)


@dataclass
class Found:
    """What is wrong, one line each."""

    lines: list[str] = field(default_factory=list)

    def add(self, what: str, *seen: object) -> None:
        """Note a fault."""
        self.lines.append(f"{what}: {' | '.join(str(each) for each in seen)}")


def cramped(window: QQuickWindow) -> list[str]:
    """What has no room in the window as it stands; empty when everything has."""
    found = Found()
    for layer in _layers(window):
        seen = list(layer)
        texts = [each for each in seen if _is_text(each.item)]
        controls = [each for each in seen if _is_control(each.item)]
        for each in texts:
            _text(each, found)
        for each in controls:
            _control(each, window, found)
        for each in seen:
            if each.item.inherits("QQuickFlickable"):
                _sideways(each, found)
        _over_each_other(texts, found, "texts over each other", 5.0)
        _over_each_other(controls, found, "controls over each other", SLACK + 1)
    return found.lines


def _layers(window: QQuickWindow) -> Iterator[Iterator[Seen]]:
    """The page, and the popup on top of all: what lies below a popup is covered on purpose."""
    root = window.contentItem()
    whole = QRectF(0, 0, window.width(), window.height())
    overlays = [each for each in root.childItems() if type_of(each) == "Overlay" and each.isVisible()]
    popups = [each for over in overlays for each in over.childItems() if each.inherits("QQuickPopupItem")]
    shown = [each for each in popups if each.isVisible()]
    for popup in shown[-1:]:
        yield _walk(popup, whole, whole, (root,))
    if not shown:
        pages = [each for each in root.childItems() if each not in overlays]
        yield (seen for each in pages for seen in _walk(each, whole, whole, (root,)))


def _walk(item: QQuickItem, clip: QRectF, sight: QRectF, above: tuple[QQuickItem, ...]) -> Iterator[Seen]:
    """Everything visible below `item`, with the part of the window in which it can come to be seen, and is now."""
    if not item.isVisible() or item.opacity() == 0 or type_of(item) in OVER:
        return
    place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    yield Seen(item, place, clip, sight, above)
    below = (*above, item)
    if item.inherits("QQuickFlickable"):
        inner, sight = _reach(item, place, clip), sight.intersected(place)
    elif item.clip():
        inner, sight = clip.intersected(place), sight.intersected(place)
    else:
        inner = clip
    for child in item.childItems():
        yield from _walk(child, inner, sight, below)


def _reach(flick: QQuickItem, place: QRectF, clip: QRectF) -> QRectF:
    """Where the contents of something that scrolls can be in the window, as they are scrolled now."""
    own = clip.intersected(place)
    content = flick.property("contentItem")
    origin = content.mapToScene(QPointF(0, 0)) if isinstance(content, QQuickItem) else place.topLeft()
    wide, high = float(flick.property("contentWidth")), float(flick.property("contentHeight"))
    x, y = float(flick.property("originX") or 0), float(flick.property("originY") or 0)
    if wide > flick.width() + 1:
        own.setLeft(origin.x() + x)
        own.setWidth(wide)
    if high > flick.height() + 1:
        own.setTop(origin.y() + y - SLACK)
        own.setHeight(high + 2 * SLACK)
    return own


def _is_text(item: QQuickItem) -> bool:
    return item.inherits("QQuickText") and bool(str(item.property("text")).strip()) and item.width() > 0


def _is_control(item: QQuickItem) -> bool:
    if item.inherits("QQuickScrollBar"):
        return False
    if any(item.inherits(name) for name in WORKED):
        # what stands inside a combo box or a number box is part of it
        parent = item.parentItem()
        return not (parent and (parent.inherits("QQuickComboBox") or parent.inherits("QQuickSpinBox")))
    return False


def painted(seen: Seen) -> QRectF:
    """Where the letters of a text are in the window."""
    item = seen.item
    wide, high = float(item.property("paintedWidth")), float(item.property("paintedHeight"))
    across, down = _alignment(item)
    room = QRectF(0, 0, item.width(), item.height()).adjusted(
        _number(item, "leftPadding"), _number(item, "topPadding"),
        -_number(item, "rightPadding"), -_number(item, "bottomPadding"),
    )  # fmt: skip
    left = room.width() - wide if across == 2 else (room.width() - wide) / 2 if across == 4 else 0.0
    top = room.height() - high if down == 0x40 else (room.height() - high) / 2 if down == 0x80 else 0.0
    return item.mapRectToScene(QRectF(room.left() + left, room.top() + top, wide, high))


def _number(item: QQuickItem, name: str) -> float:
    return float(item.property(name) or 0)


def _alignment(item: QQuickItem) -> tuple[int, int]:
    """Qt's numbers of where in its box a text stands; PySide6 cannot read these two enumerations itself."""
    asked = QQmlExpression(QQmlEngine.contextForObject(item), item, _ALIGNED).evaluate()
    value = asked[0] if isinstance(asked, tuple) else asked
    return (int(value) // 1000, int(value) % 1000) if value else (1, 0x20)


def _text(seen: Seen, found: Found) -> None:
    item = seen.item
    if item.property("truncated") and not _told_in_full(seen):
        found.add("cut short", seen)
    if "\ufffd" in str(item.property("text")):
        found.add("a letter that is none", seen)
    letters = painted(seen)
    if not _grown(seen.place).contains(letters):
        found.add(f"letters beyond their box, {_size(letters)}", seen)
    elif not _grown(seen.clip).contains(letters):
        found.add(f"letters that cannot be seen, clip {_size(seen.clip)}", seen)
    frame = _frame_of(seen)
    if frame is not None:
        edge = frame.mapRectToScene(QRectF(0, 0, frame.width(), frame.height()))
        if not _grown(edge).contains(letters):
            found.add(f"letters beyond {type_of(frame)}, {_size(edge)}", seen)


def _told_in_full(seen: Seen) -> bool:
    """A control whose words may be too long says them whole beside it, and declares so by `fullText`."""
    words = str(seen.item.property("text"))
    return any(words in str(each.property("fullText") or "") for each in seen.above)


def _frame_of(seen: Seen) -> QQuickItem | None:
    """The nearest thing with an edge around it, unless it scrolls under that edge."""
    for each in reversed(seen.above):
        if _scrolls(each):
            return None
        if _is_frame(each):
            return each
    return None


def _scrolls(item: QQuickItem) -> bool:
    return item.inherits("QQuickFlickable") and (
        float(item.property("contentHeight")) > item.height() + 1
        or float(item.property("contentWidth")) > item.width() + 1
    )


def _is_frame(item: QQuickItem) -> bool:
    """Something with an edge that can be seen, which holds its contents."""
    return (
        item.inherits("QQuickControl") or item.inherits("QQuickRectangle") or item.inherits("QQuickPopupItem")
    )


def _control(seen: Seen, window: QQuickWindow, found: Found) -> None:
    place = seen.place
    if place.width() < SMALLEST - 0.5 or place.height() < SMALLEST - 0.5:
        found.add("too small to hit", seen)
    if not _grown(seen.clip).contains(place):
        found.add(f"cannot be reached, clip {_size(seen.clip)}", seen)


def _sideways(seen: Seen, found: Found) -> None:
    """Only what is a table or a picture by nature may scroll sideways, never a page."""
    item = seen.item
    wide = float(item.property("contentWidth"))
    if wide > item.width() + 1 and item.width() > 300 and float(item.property("contentHeight")) > 200:
        found.add(f"scrolls sideways, {wide:.0f} wide", seen)


def _over_each_other(seen: list[Seen], found: Found, what: str, least: float) -> None:
    places = [(each, _letters_or_place(each), _scroller(each)) for each in seen]
    for at, (one, first, first_in) in enumerate(places):
        for two, second, second_in in places[at + 1 :]:
            both = first.intersected(second)
            if (
                first_in is not second_in
            ):  # one scrolls under the other's edge: only what is seen of both counts
                both = both.intersected(one.sight).intersected(two.sight)
            if both.width() <= least or both.height() <= least:
                continue
            if one.item not in two.above and two.item not in one.above:
                found.add(what, one, two)


def _letters_or_place(seen: Seen) -> QRectF:
    place = painted(seen) if _is_text(seen.item) else seen.place
    return place.intersected(seen.clip)


def _scroller(seen: Seen) -> QQuickItem | None:
    return next((each for each in reversed(seen.above) if _scrolls(each)), None)


def _grown(place: QRectF) -> QRectF:
    return place.adjusted(-SLACK, -SLACK, SLACK, SLACK)


def _size(place: QRectF) -> str:
    return f"{place.x():.0f},{place.y():.0f} {place.width():.0f}x{place.height():.0f}"
