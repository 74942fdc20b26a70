# SPDX-License-Identifier: Apache-2.0
"""Every control with long and hostile words: nothing cut off at twice the size, mirrored, plain, named for readers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.helpers.plaintext import find_rich_text
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

LONG = "<b>a rather long</b> name of something that surely does not fit one line"
WORD = "w" * 60
Q = quoteattr(LONG)
OBJECT = '<Text name="text" value="$text"/>'
CONTROLS = {
    "rating": f'<Rating name="r" toName="text" maxRating="10" hint={Q} required="true"/>',
    "number": f'<Number name="n" toName="text" min="0" max="100" step="0.5" slider="true" hint={Q}/>',
    "datetime": f'<DateTime name="d" toName="text" hint={Q} format="%d %B %Y %H:%M"/>',
    "taxonomy": f'<Taxonomy name="t" toName="text" required="true"><Choice value={Q}><Choice value="{WORD}"/></Choice>'
    f"<Choice value={quoteattr(LONG + ' too')}/></Taxonomy>",
    "nested": f'<Choices name="c" toName="text" allowNested="true"><Choice value={Q}><Choice value={Q} alias="x"/>'
    f'</Choice><Choice value="{WORD}"/></Choices>',
    "folded": f'<Choices name="c" toName="text" layout="select"><Choice value={Q}/><Choice value="b"/></Choices>',
    "labels": f'<Labels name="l" toName="text" maxUsages="1"><Label value={Q}/><Label value="{WORD}"/></Labels>',
    "textarea": f'<TextArea name="a" toName="text" placeholder={Q} required="true" maxSubmissions="3"/>',
    "pairwise": f'<Pairwise name="p" toName="text,two" hint={Q}/><Text name="two" value="$text"/>',
    "ranker": f'<List name="i" value="$items" title={Q}/><Ranker name="k" toName="i"><Bucket name="x" title={Q}/>'
    '<Bucket name="y" title="Y"/></Ranker>',
    "list": f'<List name="i" value="$items" title={Q}/><TextArea name="a" toName="i"/>',
    "table": '<Table name="i" value="$table"/><TextArea name="a" toName="i"/>',
}
DATA: dict[str, Any] = {
    "text": LONG * 3,
    "items": [{"id": key, "title": LONG, "body": LONG * 2} for key in "ab"],
    "table": [{LONG: LONG, WORD: WORD, "c": at} for at in range(4)],
}


def config(kind: str) -> str:
    """A task with one control and what it is about."""
    return f"<View>{OBJECT}{CONTROLS[kind]}</View>"


def edges(item: QQuickItem) -> tuple[float, float]:
    """Where an item begins and ends in the window."""
    box = item.mapRectToScene(item.boundingRect())
    return box.left(), box.right()


def whole(bench: Bench, width: int) -> None:
    """Nothing is cut off, nothing reaches beyond the window, no rows overlap."""
    for item in bench.drawn():
        if item.property("contentHeight") is None or not item.property("text"):
            continue
        said = str(item.property("text"))[:30]
        assert item.property("contentHeight") <= item.height() + 1, f"{said} is cut off below"
        assert item.property("contentWidth") <= item.width() + 1, f"{said} is cut off at the side"
        left, right = edges(item)
        assert left >= -1 and (right <= width + 1 or inside_table(item)), f"{said} reaches beyond the window"
    rows = sorted(
        (item for item in bench.drawn() if item.property("kind") and item.property("side")),
        key=lambda row: (edges(row)[0], row.y()),
    )
    for upper, lower in pairwise(rows):
        if edges(upper)[0] == edges(lower)[0]:
            assert upper.y() + upper.height() <= lower.y() + 0.5, "rows overlap"


def inside_table(item: QQuickItem) -> bool:
    """Whether an item scrolls sideways in a table."""
    above: QQuickItem | None = item
    while above is not None:
        if above.objectName() == "table":
            return True
        above = above.parentItem()
    return False


@pytest.mark.parametrize("kind", sorted(CONTROLS))
@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((1024, 600), 2.0), ((420, 700), 2.0)])
def test_nothing_is_cut_off(open_bench: OpenBench, kind: str, size: tuple[int, int], scale: float) -> None:
    bench = open_bench(config(kind), data=DATA, size=size, text_scale=scale)
    bench.settle()
    whole(bench, size[0])
    assert find_rich_text(bench.window, bench.engine) == []


@pytest.mark.parametrize("kind", sorted(CONTROLS))
def test_mirrored(open_bench: OpenBench, qt_app: QGuiApplication, kind: str) -> None:
    qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        bench = open_bench(config(kind), data=DATA, size=(1100, 700))
        bench.settle()
        whole(bench, 1100)
        bench.close()
    finally:
        qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("kind", sorted(CONTROLS))
def test_what_takes_the_keyboard_has_a_name(open_bench: OpenBench, kind: str) -> None:
    bench = open_bench(config(kind), data=DATA)
    stops = [item for item in bench.drawn() if item.property("activeFocusOnTab") and item.isEnabled()]
    assert stops
    for item in stops:
        found = QAccessible.queryAccessibleInterface(item)
        name = found.text(QAccessible.Text.Name) if found is not None else ""
        assert name, f"{item.metaObject().className()} {item.objectName()} has no name"
