# SPDX-License-Identifier: Apache-2.0
"""English plurals: the catalogue is current, and the window says "1 task" and "10 tasks"."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from tests.helpers.frame import ROOT
from tests.qml.screens_b.conftest import OpenStage

FOLDER = ROOT / "resources" / "i18n"


@pytest.fixture
def english(qt_app: QGuiApplication) -> Iterator[None]:
    """The application speaks English with plurals."""
    translator = QTranslator()
    assert translator.load(str(FOLDER / "gems_en.qm"))
    qt_app.installTranslator(translator)
    yield
    qt_app.removeTranslator(translator)


def test_the_catalogue_is_current(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_catalogues", FOLDER / "make_catalogues.py")
    assert spec is not None and spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.forms("%n answer(s) in %n box(es)") == ("%n answer in %n box", "%n answers in %n boxes")
    hint = "run python resources/i18n/make_catalogues.py"
    assert (FOLDER / "gems_en.ts").read_bytes() == make.catalogue(tmp_path), hint


@pytest.mark.usefixtures("english")
async def test_one_task_and_ten_tasks(open_stage: OpenStage) -> None:
    stage = await open_stage("findWork")
    await stage.key(Qt.Key.Key_Return)
    assert stage.says("Take 10 tasks")
    stage.find.choose(1)
    await stage.calm()
    assert "Take 1 task" in stage.words()
