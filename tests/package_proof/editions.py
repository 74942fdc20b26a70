# SPDX-License-Identifier: Apache-2.0
"""Three versions of the program out of one build or two: the first, one that looks otherwise, one that does not start.

The window's files lie unpacked in one file, so a text of them can be put in the place of another that is as long.
"""

from __future__ import annotations

import shutil
from pathlib import Path

FIRST, SECOND, BROKEN = "0.1.0", "0.2.0", "0.3.0"
#: The heading of a part of the settings, and what the second edition has in its place.
MARKED = "Second edition"
_HEADING = ('title: qsTr("New versions")', f'title: "{MARKED}"')
#: In the window's first file: a word that QML knows, and one that it does not.
_ERROR = ("function onToast(", "funktion onToast(")
_ENTRY, _FOLDER = 22, 2
_UI = "_internal/ui.rcc"
TRUST = "_internal/resources/updates"


def second(build: Path, trust: Path, target: Path) -> None:
    """A program with another text in its window, one more file, and another program file, out of the same build or of
    another one. trust: what is built in for its updates.
    """
    shutil.copytree(build, target, symlinks=True)
    shutil.copytree(trust, target / TRUST, dirs_exist_ok=True)
    _change(target / _UI, *_HEADING)
    (target / "_internal" / "more.py").write_text("# one more module\n", "utf-8")
    with (target / "gems-desktop").open("ab") as program:
        program.write(b"second edition")


def broken(second: Path, target: Path) -> None:
    """The second edition with an error in its window's first file: it begins to start, and no window comes."""
    shutil.copytree(second, target, symlinks=True)
    _change(target / _UI, *_ERROR)


def _change(ui: Path, old: str, new: str) -> None:
    """Put a text in the place of another, as long, and let the files be a minute younger, as a later release's are."""
    content = ui.read_bytes()
    assert content.count(old.encode()) == 1, f"the window's files do not say {old} once"
    content = content.replace(old.encode(), new.ljust(len(old)).encode())
    time = _time(content)
    ui.write_bytes(content.replace(time, (int.from_bytes(time) + 60_000).to_bytes(8)))


def _time(content: bytes) -> bytes:
    """The time of the first file in Qt's format of resources (3): all have the same, which Qt's cache goes by."""
    assert content[:8] == b"qres\0\0\0\3", "another format of resources"
    entry = int.from_bytes(content[8:12])
    while int.from_bytes(content[entry + 4 : entry + 6]) & _FOLDER:
        entry += _ENTRY
    return content[entry + 14 : entry + 22]
