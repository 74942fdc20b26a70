# SPDX-License-Identifier: Apache-2.0
"""What Windows and macOS show of the program besides its window: icon, version, and macOS its bundle."""

import plistlib
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any

PACKAGING = Path(__file__).resolve().parent
ICONS = {"win32": "gems-desktop.ico", "darwin": "gems-desktop.icns"}


def version() -> str:
    """Return the version in pyproject.toml."""
    told: str = tomllib.loads((PACKAGING.parent / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return told


def icon(system: str = sys.platform) -> str | None:
    """Return the file of the icon that is built in, or None where a menu entry names it (Linux)."""
    return str(PACKAGING / "icons" / ICONS[system]) if system in ICONS else None


def looks(work: Path, system: str = sys.platform) -> dict[str, Any]:
    """Return EXE's arguments for `system`; what Windows shows as properties is written into `work`."""
    if system != "win32":
        return {"icon": icon(system)}
    about = work / "version_info.txt"
    text = runpy.run_path(str(PACKAGING / "windows" / "version_info.py"))["text"](version())
    about.write_text(text, "utf-8")
    return {"icon": icon(system), "version": str(about)}


def bundle() -> dict[str, Any]:
    """Return BUNDLE's arguments; packaging/macos/make-dmg.sh goes on from what it makes."""
    return {
        "name": "Gems.app",
        "icon": icon("darwin"),
        "version": version(),
        "bundle_identifier": "org.gems.Desktop",
        "info_plist": plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes()),
    }
