# SPDX-License-Identifier: Apache-2.0
"""A line of Arabic or Urdu is laid out from the right, also where it begins with a foreign word or an amount."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextLayout

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "resources" / "i18n"))

import reading_side

BEGINS_FOREIGN = ["GEM لك وحدك", "%1 GEM في الساعة", "{name} کھولیں", "(CSV) ایکسپورٹ کریں", "1 GEM يساوي"]
STAYS = ["GEM", "%1 GEM", "Open", "", "في الساعة %1 GEM", "%n يومًا", "۵ %1", "\u200f{grade} – العمل"]


@pytest.mark.parametrize("text", BEGINS_FOREIGN)
def test_a_line_that_begins_foreign_is_marked_once(text: str) -> None:
    marked = reading_side.from_its_side(text)
    assert marked == "\u200f" + text
    assert reading_side.from_its_side(marked) == marked


@pytest.mark.parametrize("text", STAYS)
def test_everything_else_stays(text: str) -> None:
    assert reading_side.from_its_side(text) == text


def test_the_mark_turns_the_line(qt_app: QGuiApplication) -> None:
    def amount_is_left_of_words(text: str) -> bool:
        layout = QTextLayout(text)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(500)
        layout.endLayout()
        number, words = (line.cursorToX(text.index(part)) for part in ("2", "ف"))
        return bool(_x(number) < _x(words))

    text = "22.15 GEM في الساعة"
    assert amount_is_left_of_words(text)  # the fault: read from the right, the number comes last
    assert not amount_is_left_of_words(reading_side.from_its_side(text))


def _x(place: object) -> float:
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]
