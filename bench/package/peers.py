# SPDX-License-Identifier: Apache-2.0
"""Other people's programs, each in a folder of its own: Electrum (a wallet), Anki and labelme (work at a desk)."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.package import debs
from bench.package.programs import PASSWORD, Program
from bench.package.sizes import Size, files_size, folder_size
from bench.result import CannotMeasure

PEERS = ("electrum", "labelme", "anki", "chromium")
_WHEELS = {"labelme": ["labelme"], "anki": ["aqt[qt]"]}
_DEBS = {
    "electrum": ["electrum", "python3-pyqt5", "python3-qdarkstyle", "fonts-dejavu-core"],
    "chromium": ["chromium"],
}
_MAKE_ANKI = """import sys; from pathlib import Path; from aqt.profiles import ProfileManager
base = Path(sys.argv[1]); base.mkdir(); made = ProfileManager(base)
made.setupMeta(); made.setLang("en_US"); made.create("User 1")
made.openProfile("User 1"); made.save()"""


@dataclass(frozen=True)
class Peer:
    """A program beside ours, with what it weighs."""

    program: Program
    size: Size


def find(name: str, folder: Path, home: Path) -> Peer:
    """Install the peer below `folder` if it is not there, and prepare what it works on in `home`."""
    if name in _WHEELS:
        return _of_wheels(name, folder / name, home)
    root = debs.install(_DEBS[name], folder / name)
    installed, files = folder_size([root])
    size = Size(name, files_size(folder / name / "debs", ["*.deb"]), installed, files)
    told = debs.environment(root)
    if name == "chromium":
        browser = (str(root / "usr/lib/chromium/chromium"), "--no-sandbox", "--disable-gpu", "--no-first-run",
                   "--disable-dev-shm-usage", "--password-store=basic")  # fmt: skip
        return Peer(Program(name, browser, told, (root,), cold=False), size)
    told |= {"PYTHONHOME": str(root / "usr"), "PYTHONDONTWRITEBYTECODE": "",
             "QT_PLUGIN_PATH": str(root / "usr/lib/x86_64-linux-gnu/qt5/plugins")}  # fmt: skip
    command = (
        str(root / "usr/bin/python3.11"),
        str(root / "usr/bin/electrum"),
        "--offline",
        "-D",
        str(home / "btc"),
    )
    _compile(command[0], root / "usr/lib", told)
    if not (home / "btc/wallets/default_wallet").exists():
        _run([*command, "create", "--password", PASSWORD], told, home)
        # or a question about updates stands before its main window
        _run([*command, "setconfig", "check_updates", "false"], told, home)
    return Peer(Program(name, command, told, (root,), PASSWORD), size)


def _of_wheels(name: str, folder: Path, home: Path) -> Peer:
    wheels, place = folder / "wheels", folder / "venv"
    python = place / "bin" / "python"
    if not (place / "bin" / name).exists():
        print(f"installing {name} into {place}", flush=True)
        _run([sys.executable, "-m", "venv", str(place)], {}, folder.parent)
        pip = [str(python), "-m", "pip", "-q"]
        _run([*pip, "download", "-d", str(wheels), *_WHEELS[name]], {}, folder.parent)
        _run([*pip, "install", "--no-index", "--find-links", str(wheels), *_WHEELS[name]], {}, folder.parent)
    command: tuple[str, ...] = (str(place / "bin" / name),)
    told: dict[str, str] = {}
    if name == "anki":
        told = {"QTWEBENGINE_DISABLE_SANDBOX": "1", "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}
        if not (home / "anki").exists():
            _run(
                [str(python), "-c", _MAKE_ANKI, str(home / "anki")],
                told | {"QT_QPA_PLATFORM": "offscreen"},
                home,
            )
        command += ("-b", str(home / "anki"), "-p", "User 1")
    installed, files = folder_size([place])
    return Peer(
        Program(name, command, told, (place,), cold=False), Size(name, files_size(wheels), installed, files)
    )


def _compile(python: str, folder: Path, told: dict[str, str]) -> None:
    """Debian compiles Python's files when it installs them."""
    if not any(folder.glob("python3/dist-packages/__pycache__")):
        command = [python, "-m", "compileall", "-q", str(folder)]
        subprocess.run(command, env={**os.environ, **told}, capture_output=True, check=False)
        (folder / "python3/dist-packages/__pycache__").mkdir(exist_ok=True)


def _run(command: list[str], told: dict[str, str], at: Path) -> None:
    at.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **told}
    done = subprocess.run(command, env=environment, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMeasure(f"{' '.join(command[:4])}: {done.stderr[-400:]}")
