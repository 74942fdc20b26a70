# SPDX-License-Identifier: Apache-2.0
"""The files for systems that are not run here: each is read with its own grammar and compared with the others."""

from __future__ import annotations

import ast
import importlib.util
import plistlib
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from defusedxml import ElementTree
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageWriter

from gems_desktop.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
APP_ID = "org.gems.Desktop"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- Windows ------------------------------------------------------------------------------------------------

SECTIONS = ("Setup", "Languages", "CustomMessages", "Tasks", "Files", "InstallDelete", "Icons", "Run", "Code")


def inno(text: str) -> dict[str, list[str]]:
    """The lines of each section of an Inno Setup script; raises ValueError where a line is none."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith((";", "#", "  #")):
            continue
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
            found[section] = []
            continue
        if section != "Code" and not re.match(r"(\w+\.)?\w+(=|: )", line):
            raise ValueError(line)
        found[section].append(line)
    return found


def rows(lines: list[str]) -> list[dict[str, str]]:
    """Lines such as `Name: "x"; Flags: y` as values."""
    return [dict(re.findall(r'(\w+): ("[^"]*"|[^;]+)', line)) for line in lines]


@pytest.fixture(scope="module")
def script() -> dict[str, list[str]]:
    return inno((PACKAGING / "windows" / "gems-desktop.iss").read_text("utf-8"))


def test_the_installer_needs_no_administrator(script: dict[str, list[str]]) -> None:
    setup = dict(line.split("=", 1) for line in script["Setup"])
    assert tuple(script) == SECTIONS
    assert setup["PrivilegesRequired"] == "lowest" and setup["DefaultDirName"].startswith("{localappdata}")
    assert re.fullmatch(r"\{\{[0-9A-F-]{36}\}", setup["AppId"]) and setup["AppVersion"] == "{#Version}"
    for name in ("LicenseFile", "SetupIconFile"):
        assert (PACKAGING / "windows" / setup[name].replace("\\", "/")).resolve().is_file()
    files = rows(script["Files"])
    assert files[0]["DestDir"] == '"{app}"' and "recursesubdirs" in files[0]["Flags"]


def test_the_installer_says_in_each_language_what_stays_and_deletes_none_of_it(
    script: dict[str, list[str]],
) -> None:
    languages = {row["Name"].strip('"') for row in rows(script["Languages"])}
    messages = dict(line.split("=", 1) for line in script["CustomMessages"])
    assert {f"{language}.Stays" for language in languages} == set(messages)
    assert languages <= set(LANGUAGES) and all(text.count("%1") == 1 for text in messages.values())
    assert "UninstallDelete" not in script and all(
        "userappdata" not in line for line in script["InstallDelete"]
    )
    assert any("usPostUninstall" in line for line in script["Code"])


def test_the_reader_of_installers_notices_a_broken_one() -> None:
    with pytest.raises(ValueError, match="neither"):
        inno("[Setup]\nAppName=Gems\nneither key nor value\n")


def test_version_info_is_what_pyinstaller_reads() -> None:
    text = load(PACKAGING / "windows" / "version_info.py").text("1.22.333")
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "VSVersionInfo"
    fixed = next(one.value for one in call.keywords if one.arg == "ffi")
    assert isinstance(fixed, ast.Call)
    numbers = {one.arg: ast.literal_eval(one.value) for one in fixed.keywords}
    assert numbers["filevers"] == numbers["prodvers"] == (1, 22, 333, 0)
    assert "'ProductVersion', '1.22.333'" in text


def test_the_spec_gives_each_system_what_it_shows(tmp_path: Path) -> None:
    of_system = load(PACKAGING / "of_system.py")
    assert of_system.looks(tmp_path, "linux") == {"icon": None}
    windows = of_system.looks(tmp_path, "win32")
    assert Path(windows["icon"]).is_file() and "VSVersionInfo" in Path(windows["version"]).read_text("utf-8")
    assert Path(of_system.looks(tmp_path, "darwin")["icon"]).suffix == ".icns"
    bundle = of_system.bundle()
    assert bundle["bundle_identifier"] == APP_ID and bundle["info_plist"]["CFBundleName"] == "Gems"


# --- macOS --------------------------------------------------------------------------------------------------


def test_property_lists() -> None:
    about = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert set(about["CFBundleLocalizations"]) == set(LANGUAGES) and about["LSMinimumSystemVersion"] >= "13"
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(rights) == {
        "com.apple.security.cs.allow-jit", "com.apple.security.cs.allow-unsigned-executable-memory",
    }, "nobody may attach, and libraries of others are not loaded"  # fmt: skip


# --- icons --------------------------------------------------------------------------------------------------


def test_icons_hold_the_sizes_that_they_name() -> None:
    icons = PACKAGING / "icons"
    for path in icons.glob("*.png"):
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert width == height == int(path.stem.rpartition("-")[2])
    ico = (icons / "gems-desktop.ico").read_bytes()
    for place in range(struct.unpack_from("<HHH", ico)[2]):
        size, start = struct.unpack_from("<II", ico, 6 + 16 * place + 8)
        assert ico[start : start + 4] == b"\x89PNG" and len(ico) >= start + size
    icns = (icons / "gems-desktop.icns").read_bytes()
    assert icns[:4] == b"icns" and struct.unpack(">I", icns[4:8])[0] == len(icns)


def _pictures(data: bytes) -> list[bytes]:
    """The PNG pictures in a file, whatever holds them."""
    return re.findall(rb"\x89PNG\r\n.*?IEND....", data, re.S)


def _furthest(one: bytes, other: bytes) -> int:
    """By how much a channel of a pixel differs at most: processors round what is mixed in different ways."""
    images = [QImage.fromData(data).convertToFormat(QImage.Format.Format_RGBA8888) for data in (one, other)]
    assert images[0].size() == images[1].size() and not images[0].isNull()
    return max(
        abs(a - b) for a, b in zip(bytes(images[0].constBits()), bytes(images[1].constBits()), strict=True)
    )


def test_the_icons_are_what_is_drawn(qapp_offscreen: None) -> None:
    for name, contents in load(PACKAGING / "icons" / "draw.py").drawn().items():
        kept, drawn = _pictures((PACKAGING / "icons" / name).read_bytes()), _pictures(contents)
        assert len(kept) == len(drawn) > 0
        for one, other in zip(kept, drawn, strict=True):
            assert _furthest(one, other) <= 4, f"{name}: python packaging/icons/draw.py"


def test_icons_that_look_different_are_seen_to_be(qapp_offscreen: None) -> None:
    drawing = load(PACKAGING / "icons" / "draw.py")
    (icon,) = _pictures(drawing.picture(64))
    other = QImage.fromData(icon)
    other.setPixelColor(32, 32, other.pixelColor(32, 32).darker(105))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(other)
    assert _furthest(icon, bytes(buffer.data().data())) > 4 and _furthest(icon, icon) == 0


@pytest.fixture
def qapp_offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


# --- Linux menus, AppImage, Flatpak -------------------------------------------------------------------------


def test_menu_entry_and_metainfo_name_one_another() -> None:
    root = ElementTree.parse(LINUX / f"{APP_ID}.metainfo.xml").getroot()
    assert root.findtext("id") == APP_ID and root.findtext("launchable") == "gems-desktop.desktop"
    entry = dict(
        line.split("=", 1)
        for line in (LINUX / "gems-desktop.desktop").read_text("utf-8").splitlines()
        if "=" in line
    )
    assert entry["Exec"] == entry["Icon"] == root.findtext("icon") == "gems-desktop"


@pytest.mark.parametrize(
    "order",
    [
        ["desktop-file-validate", str(LINUX / "gems-desktop.desktop")],
        ["appstreamcli", "validate", "--no-net", str(LINUX / f"{APP_ID}.metainfo.xml")],
    ],
    ids=["desktop-file-validate", "appstreamcli"],
)
def test_by_their_own_checkers(order: list[str]) -> None:
    if shutil.which(order[0]) is None:
        pytest.skip(f"{order[0]} is not here")
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_flatpak_has_no_hole_to_the_home() -> None:
    flatpak: dict[str, Any] = yaml.safe_load((LINUX / "flatpak" / f"{APP_ID}.yml").read_text("utf-8"))
    assert flatpak["id"] == APP_ID and flatpak["command"] == "gems-desktop"
    assert not [
        word for word in flatpak["finish-args"] if "filesystem" in word or word.endswith(("=all", "=home"))
    ]
    for source in flatpak["modules"][0]["sources"][1:]:
        assert (LINUX / "flatpak" / source["path"]).resolve().is_file()


def test_scripts_name_files_that_exist() -> None:
    make = (LINUX / "appimage" / "make.sh").read_text("utf-8")
    for name in re.findall(r'"\$here/(\S+?)"', make):
        assert (LINUX / "appimage" / name).resolve().is_file(), name
    for name in re.findall(r'"\$packaging/(\S+?)"', make):
        assert (PACKAGING / name).is_file(), name


# --- the matrix of builds -----------------------------------------------------------------------------------


def test_the_matrix() -> None:
    text = (PACKAGING / "ci" / "matrix.yml").read_text("utf-8")
    matrix: dict[Any, Any] = yaml.safe_load(text)
    job = matrix["jobs"]["build"]
    names = {row["name"] for row in job["strategy"]["matrix"]["include"]}
    assert names == {"linux-x86_64", "linux-aarch64", "windows-x86_64", "macos-arm64", "macos-x86_64"}
    assert (
        matrix["permissions"] == {"contents": "read"} and "secrets." not in text and "index-url" not in text
    )
    steps = job["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    said = " ".join(step.get("run", "") for step in steps)
    assert "python dev package" in said and "--self-test" in said
    for expression in re.findall(r"\$\{\{ (.*?) \}\}", text):
        assert re.fullmatch(r"(matrix|github)\.\w+", expression), expression
    python = (ROOT / "dev").read_text("utf-8")
    assert sys.version_info >= (3, 11) and '"--require-hashes"' in python, "what ./dev installs, it checks"
