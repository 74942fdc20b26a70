# SPDX-License-Identifier: Apache-2.0
"""Amounts stand below each other: the ten figures have one width, in each weight of the window's letters."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from gems_desktop.engine import load_fonts
from tests.qml.design.colours import ROOT


def widths(family: str, weight: QFont.Weight, letters: str) -> set[float]:
    font = QFont(family)
    font.setPixelSize(32)
    font.setWeight(weight)
    return {QFontMetricsF(font).horizontalAdvance(letter) for letter in letters}


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold])
def test_figures_have_one_width(qt_app: QGuiApplication, weight: QFont.Weight) -> None:
    load_fonts(ROOT / "resources")
    assert len(widths("Gems Sans", weight, "0123456789")) == 1
    assert len(widths("Gems Sans", weight, "iIMW")) > 1  # a control: letters do not
