# SPDX-License-Identifier: Apache-2.0
"""What is really drawn: each visible word or icon with the colour below it, found by walking the window's items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem, QQuickWindow

from tests.helpers.frame import items
from tests.qml.design.colours import contrast

LARGE = 24  # px: 18 points
ICONS = "Gems Icons"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One word or icon, with its ink and the ground below it as #rrggbb."""

    text: str
    ink: str
    ground: str
    pixels: int
    icon: bool
    off: bool

    @property
    def needed(self) -> float:
        """What WCAG 2.1 asks for: 3 for icons and large letters; what is switched off needs it too here."""
        return 3.0 if self.icon or self.off or self.pixels >= LARGE else 4.5

    @property
    def found(self) -> float:
        """The contrast as drawn."""
        return contrast(self.ink, self.ground)


def over(top: QColor, below: QColor, opacity: float = 1.0) -> QColor:
    """`top` painted over `below`."""
    share = top.alphaF() * opacity
    return QColor.fromRgbF(
        *(
            one * share + two * (1 - share)
            for one, two in zip(top.getRgbF()[:3], below.getRgbF()[:3], strict=True)
        )
    )


def _rectangles(item: QQuickItem, at: QPointF) -> Iterator[tuple[QColor, float]]:
    """The grounds that `item` and what is in it paint at this point of the window, from the back to the front."""
    if not item.isVisible() or not item.contains(item.mapFromScene(at)):
        return
    if item.inherits("QQuickRectangle"):
        colour = item.property("color")
        if isinstance(colour, QColor) and colour.alpha():
            yield colour, item.opacity()
    for child in sorted(item.childItems(), key=lambda each: each.z()):
        yield from _rectangles(child, at)


def ground_of(item: QQuickItem, window: QQuickWindow) -> QColor:
    """What `item` is drawn on: everything that its ancestors and what stands before them paint below its middle."""
    left, right = item.property("leftPadding") or 0.0, item.property("rightPadding") or 0.0
    at = item.mapToScene(QPointF(left + (item.width() - left - right) / 2, item.height() / 2))
    chain = [item]
    while (parent := chain[-1].parentItem()) is not None:
        chain.append(parent)
    colour = window.color()
    for outer, inner in zip(reversed(chain[1:]), reversed(chain[:-1]), strict=True):
        if outer.inherits("QQuickRectangle") and isinstance(own := outer.property("color"), QColor):
            colour = over(own, colour, outer.opacity())
        for sibling in sorted(outer.childItems(), key=lambda each: each.z()):
            if sibling is inner or sibling == inner:
                break
            for painted, opacity in _rectangles(sibling, at):
                colour = over(painted, colour, opacity)
    return colour


def drawn(window: QQuickWindow, root: QQuickItem | None = None) -> list[Drawn]:
    """Every word and icon that can be seen."""
    found = []
    for item in items(root or window.contentItem()):
        ink = item.property("color")
        text = item.property("text")
        shown = item.isVisible() and item.width() > 0 and item.height() > 0
        if not (item.inherits("QQuickText") and shown and text and isinstance(ink, QColor)):
            continue
        opacity, outer = 1.0, item
        while outer is not None:
            opacity *= outer.opacity()
            outer = outer.parentItem()
        ground = ground_of(item, window)
        font = item.property("font")
        found.append(
            Drawn(
                text=str(text),
                ink=over(ink, ground, opacity).name(),
                ground=ground.name(),
                pixels=font.pixelSize(),
                icon=font.family() == ICONS,
                off=not item.isEnabled(),
            )
        )
    return found


def unreadable(window: QQuickWindow, root: QQuickItem | None = None) -> list[str]:
    """What is too close to the ground it is drawn on."""
    return sorted(
        {
            f"{one.text[:30]!r} {one.ink} on {one.ground}: {one.found:.2f} < {one.needed}"
            for one in drawn(window, root)
            if one.found < one.needed
        }
    )
