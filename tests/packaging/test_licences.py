# SPDX-License-Identifier: Apache-2.0
"""The licences: everything that may be shipped has its text, and what has none stops the build."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import components  # noqa: E402
import licences  # noqa: E402
import shipped  # noqa: E402

MODULES = [
    "gems_desktop.main",
    "sqlalchemy.engine",
    "keyring",
    "jaraco",
    "jaraco.context",
    "_sysconfigdata_x",
]
FILES = [
    *(
        "ui.rcc",
        "gems-desktop",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/lib/libavcodec.so.61",
        "libssl.so.3",
    ),
    *("resources/fonts/GemsSans-Regular.ttf", "PySide6/Qt/lib/libicudata.so.73"),
]


def test_every_distribution_of_the_application_installs_its_licence() -> None:
    lock = (ROOT / "packaging" / "requirements" / "app.lock").read_text("utf-8")
    there = {shipped.normal(found.name): found for found in importlib.metadata.distributions()}
    for name in re.findall(r"^([a-z0-9-]+)==", lock, re.M):
        if name in there and name not in licences.QT_FOR_PYTHON:
            assert licences.of_distribution(name, there[name]), name
            assert shipped.licence(there[name]), name


def test_every_component_has_its_texts_and_every_text_a_component() -> None:
    for part in components.COMPONENTS:
        assert licences.of_component(part), part.name
    used = {name for part in components.COMPONENTS for name in part.texts}
    assert used == {path.name for path in licences.TEXTS.iterdir()}


def test_a_text_that_is_missing_stops_it() -> None:
    with pytest.raises(licences.NoLicence, match=r"FFmpeg: nothing\.txt"):
        licences.of_component(replace(components.COMPONENTS[2], texts=("nothing.txt",)))


def test_a_file_that_nobody_knows_stops_it() -> None:
    with pytest.raises(licences.NoLicence, match=r"unknown origin: libmystery\.so\.1"):
        licences.collect(MODULES, [*FILES, "libmystery.so.1"])
    with pytest.raises(shipped.UnknownOrigin, match="mystery"):
        licences.collect([*MODULES, "mystery.inner"], FILES)


def test_the_file_names_all_and_says_how_qt_is_replaced() -> None:
    text = licences.collect(MODULES, FILES)
    for said in (
        "sqlalchemy ",
        "keyring ",
        "jaraco-context ",
        "Qt 6.",
        "FFmpeg ",
        "ICU ",
        "OpenSSL",
        "OFL-1.1",
    ):
        assert said in text, said
    assert "You may replace them" in text and "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "libxcb" not in text  # which is not among these files
    assert text == licences.collect(MODULES, FILES)


def test_ffmpeg_is_the_one_without_gpl_parts() -> None:
    library = next(iter(sorted(components.qt_folder().glob("lib/libavutil*"))), None)
    if library is None:
        pytest.skip("this system's wheel keeps FFmpeg elsewhere")
    assert b"license: LGPL version 2.1 or later" in library.read_bytes()


def test_a_text_that_stood_before_is_named_instead() -> None:
    parts = [licences.section(title, ["the same words"]) for title in ("one", "two")]
    assert "The same text as that of one." in licences.once(parts)[1]
