# SPDX-License-Identifier: Apache-2.0
"""Puts hostile strings into every string of a running window."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QMetaType, QObject
from PySide6.QtQuick import QQuickWindow

#: Names that are addresses of files or keys of our own tables, not words; outside strings never reach them.
NOT_WORDS = frozenset(
    {
        "objectName",
        "family",
        "source",
        "name",
        "iconName",
        "icon",
        "kind",
        "tone",
        "variant",
        "fileName",
        "current",
        "mode",
        "contextType",
        "textRole",
        "valueRole",
        "property",
    }
)


#: Places that get a string of very many letters: laying one out takes half a second.
FEW = 12


def places(root: QObject) -> list[tuple[QObject, str]]:
    """Every writable string property of every object below `root`."""
    found: list[tuple[QObject, str]] = []
    for thing in [root, *root.findChildren(QObject)]:
        meta = thing.metaObject()
        for at in range(meta.propertyCount()):
            prop = meta.property(at)
            if (
                prop.isWritable()
                and prop.typeId() == QMetaType.Type.QString.value
                and prop.name() not in NOT_WORDS
            ):
                found.append((thing, prop.name()))
    return found


def storm(window: QQuickWindow, strings: list[str], paint_every: int = 20) -> int:
    """Set each string everywhere, painting now and then; returns how many places there were.

    Strings over 2,000 letters, which our services cut, go to a few of the places: laying them out is what costs.
    """
    spots = places(window)
    most = len(spots)
    for at, text in enumerate(strings):
        if at % paint_every == 0:
            spots = places(window)  # some strings are keys of lists, whose rows are made anew
        step = max(1, most // FEW) if len(text) > 2000 else 1 if len(text) < 600 else 8
        for thing, name in spots[at % step :: step]:
            if shiboken6.isValid(thing):
                thing.setProperty(name, text)
        QCoreApplication.processEvents()
        if at % paint_every == 0:
            assert not window.grabWindow().isNull()
    return most
