# SPDX-License-Identifier: Apache-2.0
"""What the engine refuses, how the process is hardened, and colours that can be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent

from gems_desktop import qmltypes
from gems_desktop.decoding.client import DecodeClient
from gems_desktop.engine import GemsEngine, OwnFilesOnly, make_engine
from gems_desktop.hardening import SCRUBBED, choose_renderer, clean_environment
from tests.helpers.canary import canary
from tests.helpers.frame import ROOT


@pytest.fixture
def engine(no_pictures: DecodeClient) -> GemsEngine:
    return make_engine(ROOT, no_pictures)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("qrc:/x.qml", True),
        ("image://task/" + "0" * 64, True),
        ("image://other/x", False),
        ("http://127.0.0.1/x.qml", False),
        ("https://example.invalid/", False),
        ("data:text/plain,x", False),
        ("file:///etc/passwd", False),
        ("file://server/share/x.qml", False),
        ("ftp://127.0.0.1/", False),
    ],
)
def test_addresses(address: str, allowed: bool) -> None:
    assert OwnFilesOnly((ROOT / "ui",)).allows(QUrl(address)) is allowed


def test_only_own_folders_also_through_links_and_dots(tmp_path: Path) -> None:
    inside, outside = tmp_path / "ui", tmp_path / "ui-not"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.qml").write_text("", "utf-8")
    (inside / "link.qml").symlink_to(outside / "a.qml")
    guard = OwnFilesOnly((inside,))
    assert guard.allows(QUrl.fromLocalFile(str(inside / "a.qml")))
    assert not guard.allows(QUrl.fromLocalFile(str(outside / "a.qml")))
    assert not guard.allows(QUrl.fromLocalFile(str(inside / ".." / "ui-not" / "a.qml")))
    assert not guard.allows(QUrl.fromLocalFile(str(inside / "link.qml")))


def test_a_page_that_reaches_out_reaches_nobody(
    engine: GemsEngine, tmp_path: Path, qt_messages: list[str]
) -> None:
    with canary() as bird:
        (tmp_path / "out.qml").write_text(
            f"""import QtQuick
Item {{
    Image {{ source: "{bird.url()}" }}
    BorderImage {{ source: "{bird.url()}" }}
    FontLoader {{ source: "{bird.url()}" }}
    Loader {{ source: "{bird.url("evil.qml")}" }}
    Image {{ source: "file:///etc/hostname" }}
    property var xhr: {{ const x = new XMLHttpRequest(); x.open("GET", "{bird.url()}"); x.send(); return x; }}
}}""",
            "utf-8",
        )
        engine.interceptor.allow(tmp_path)
        component = QQmlComponent(engine, QUrl.fromLocalFile(str(tmp_path / "out.qml")))
        item = component.create()
        assert item is not None, component.errorString()
        for _ in range(20):
            QGuiApplication.processEvents()
        item.deleteLater()
        assert bird.hits == []
        assert len(engine.interceptor.refused) >= 4
    # every refusal is also told as a warning of Qt, which is as it should be
    assert qt_messages
    qt_messages.clear()


def test_hostile_settings_are_dropped() -> None:
    environ = dict.fromkeys(SCRUBBED, "evil") | {"HOME": "/home/me"}
    clean_environment(environ)
    assert "evil" not in environ.values()
    assert environ["HOME"] == "/home/me"
    assert environ["QT_FFMPEG_PROTOCOL_WHITELIST"] == "file"


@pytest.mark.skipif(sys.platform != "linux", reason="render nodes are Linux's")
def test_the_renderer_is_chosen(tmp_path: Path) -> None:
    assert choose_renderer({}, tmp_path) == "software"
    (tmp_path / "renderD128").touch()
    assert choose_renderer({}, tmp_path) == "gpu"
    assert choose_renderer({"GEMS_RENDERER": "software"}, tmp_path) == "software"
    assert choose_renderer({"QT_QPA_PLATFORM": "offscreen"}, tmp_path) == "software"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and prctl")
def test_a_hardened_process_leaves_no_dump_and_no_open_file() -> None:
    code = """
import os, resource, ctypes
from gems_desktop.hardening import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)))
"""
    environ = dict(os.environ)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["0", "0", "0o77"]


def test_the_types_for_qmllint_are_current(qt_app: QGuiApplication) -> None:
    for path, text in qmltypes.files().items():
        assert path.read_text("utf-8") == text, "run python -m gems_desktop.qmltypes"


PAIRS = [
    *(
        (ink, ground, 4.5)
        for ink in ("text", "textMuted")
        for ground in ("window", "surface", "raised", "sunken", "hover")
    ),
    *((ink, f"{ink}Soft", 4.5) for ink in ("good", "bad", "warn", "info")),
    *((ink, ground, 4.5) for ink in ("good", "bad", "warn", "info") for ground in ("window", "surface")),
    ("accentInk", "accent", 4.5),
    ("accentInk", "accentHover", 4.5),
    ("accentSoftInk", "accentSoft", 4.5),
    ("accent", "surface", 4.5),
    ("text", "accentSoft", 4.5),
    ("outline", "surface", 3.0),
    ("outline", "raised", 3.0),
    ("focus", "window", 3.0),
    ("focus", "surface", 3.0),
    ("window", "text", 4.5),
]


def luminance(color: QColor) -> float:
    parts = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_colours_can_be_read(engine: GemsEngine, mode: str) -> None:
    here = Path(__file__).resolve().parent
    engine.interceptor.allow(here)
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(here / "ThemeProbe.qml")))
    probe = component.create()
    theme = probe.property("theme")
    theme.setProperty("mode", mode)
    faults = []
    for ink, ground, least in PAIRS:
        one, two = sorted((luminance(theme.property(ink)), luminance(theme.property(ground))), reverse=True)
        ratio = (one + 0.05) / (two + 0.05)
        if ratio < least:
            faults.append(f"{ink} on {ground}: {ratio:.2f} < {least}")
    theme.setProperty("mode", "system")
    assert not faults
