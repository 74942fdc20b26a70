# SPDX-License-Identifier: Apache-2.0
"""Puts the window's QML into one file, ui.rcc: three hundred small ones cost more to unpack, sign and update."""

import shutil
import subprocess
import sys
from pathlib import Path

#: Where gems_desktop/own_ui.py looks for it.
PREFIX = "/gems/ui"
#: Not for the packaged window: the catalogue of components, and what only tools and people read.
LEFT_OUT_FOLDERS = ("catalogue",)
LEFT_OUT_NAMES = (".md", ".qmltypes", ".ini")


def files(ui: Path) -> list[Path]:
    """Return what goes in, relative to `ui`, sorted."""
    found = (path.relative_to(ui) for path in ui.rglob("*") if path.is_file())
    kept = (path for path in found if not set(path.parts) & set(LEFT_OUT_FOLDERS))
    return sorted(
        path
        for path in kept
        if not path.name.endswith(LEFT_OUT_NAMES) and not any(part.startswith(".") for part in path.parts)
    )


def listing(ui: Path) -> str:
    """Return the .qrc text that names every file by its absolute path."""
    lines = [f'    <file alias="{path.as_posix()}">{(ui / path).as_posix()}</file>' for path in files(ui)]
    return "\n".join(["<RCC>", f'  <qresource prefix="{PREFIX}">', *lines, "  </qresource>", "</RCC>", ""])


def write(ui: Path, target: Path) -> None:
    """Write `target`, uncompressed: the archive and the updates' patches do that better over everything.

    The files' times in it are SOURCE_DATE_EPOCH's where that is set; Qt keeps what it compiled as long as they stay.
    """
    program = shutil.which("pyside6-rcc", path=str(Path(sys.executable).parent)) or "pyside6-rcc"
    names = target.with_suffix(".qrc")
    names.write_text(listing(ui), "utf-8")
    subprocess.run([program, "--binary", "--no-compress", "-o", str(target), str(names)], check=True)
