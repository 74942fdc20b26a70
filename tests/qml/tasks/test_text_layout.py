# SPDX-License-Identifier: Apache-2.0
"""Any text is laid out, found again by place and point, and coloured so that it can be read; a long one quickly."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from gems_desktop.items import text_paint
from gems_desktop.items.text_colours import READABLE, behind, contrast, legible
from gems_desktop.items.text_cursor import TextCursor
from gems_desktop.items.text_layout import Metrics, Page
from gems_desktop.viewmodels.parts.text import Span
from gems_desktop.viewmodels.task_rows import PALETTE
from gems_protocol.modules import limits
from gems_protocol.modules.reading import from_hypertext, from_text
from tests.protocol.test_graphemes import TEXTS

PIECES = st.sampled_from(
    ["שלום ", "abc ", "مرحبا", "👨\u200d👩\u200d👧", "e\u0301", "\n", " ", "नमस्ते", "你好", "٣٤"]
)
MIXED = st.lists(st.one_of(PIECES, TEXTS), max_size=12).map("".join)
QUICK_S = (
    0.05  # of painting a screen of a text with many marks: three frames, on a machine shared with others
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MIXED, st.data())
def test_any_text(qt_app: QGuiApplication, text: str, data: st.DataObject) -> None:
    page = Page(from_text(text), 300, Metrics(column=260))
    stops = {*page.sheet.alignment.shown, *(block.end for block in page.sheet.blocks), 0}
    point = QPointF(data.draw(st.floats(-50, 400)), data.draw(st.floats(-50, page.height + 50)))
    place = page.place_at(point)
    assert place in stops
    assert page.caret(place).height() > 0
    start = page.stop(data.draw(st.integers(0, page.sheet.length)))
    for piece in page.pieces(start, page.sheet.length, 0, page.height):
        assert piece.width() >= 0 and page.left - 1 <= piece.left()
    cursor = TextCursor()
    cursor.put(start)
    for right, by_word in ((True, False), (False, False), (True, True), (False, True)):
        cursor.sideways(page, right, by_word, extend=True)
        assert cursor.place in stops
    for lines in (1, -1, 5, -5):
        cursor.upright(page, lines, extend=False)
        assert cursor.place in stops
    for end, whole in ((True, False), (False, False), (True, True)):
        cursor.line_end(page, end, whole, extend=False)
        assert cursor.place in stops
    assert cursor.place == page.sheet.length


@given(TEXTS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_markup(qt_app: QGuiApplication, text: str) -> None:
    page = Page(from_hypertext(f"<h1>{text}</h1><table><tr><td>{text}<td>b</table>{text}"), 300, Metrics())
    assert page.height > 0


@pytest.mark.parametrize("ground", ["#FFFDF9", "#201D1A", "#000000"])
@pytest.mark.parametrize("colour", [*PALETTE, "#ffff00", "#000000", "#ffffff", "#ff0000"])
def test_colours_leave_the_words_readable(ground: str, colour: str) -> None:
    paper = QColor(ground)
    ink = QColor("#1F1B17") if paper.lightness() > 128 else QColor("#F3EEE7")
    for strong in (False, True):
        assert contrast(behind(QColor(colour), paper, ink, strong=strong), ink) >= READABLE
    assert contrast(legible(QColor(colour), paper, ink), paper) >= READABLE - 0.1


def test_the_column_stands_right_where_the_window_does(qt_app: QGuiApplication) -> None:
    qt_app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert Page(from_text("x"), 1000, Metrics(column=300)).left > 600
    finally:
        qt_app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_long_text_with_many_marks_is_painted_quickly(qt_app: QGuiApplication) -> None:
    words = "The quick brown fox שלום עולם 👨\u200d👩\u200d👧 jumps. "
    sheet = from_text((words * 600)[: limits.TEXT_LENGTH])
    page = Page(sheet, 760, Metrics())
    spans = tuple(
        Span(str(at), page.stop(at * 40), page.stop(at * 40 + 60), "Label", PALETTE[at % 8])
        for at in range(limits.REGIONS)
    )
    image = QImage(760, 440, QImage.Format.Format_ARGB32_Premultiplied)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        painter = QPainter(image)
        top = page.height / 2
        painter.translate(0, -top)
        scene = text_paint.Scene(
            page, text_paint.Inks(), top, top + 440, spans, (), (), "3", (0, 90), 5, None
        )
        text_paint.paint(painter, scene)
        painter.end()
        took.append(time.perf_counter() - started)
    assert min(took) < QUICK_S
