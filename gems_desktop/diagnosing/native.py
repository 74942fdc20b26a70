# SPDX-License-Identifier: Apache-2.0
"""What is left of a crash below Python (in Qt, in a driver): the places in our code where every thread was.

Python's faulthandler writes them to a file as the process dies; the next start reads them, without the paths.
"""

from __future__ import annotations

import faulthandler
import os
import re
from pathlib import Path
from typing import IO

from gems_desktop.hardening import NO_LINK

NAME = "crash.native"
_MAX_BYTES = 64_000
_MAX_LINES = 80
_PLACE = re.compile(r'\s*File "([^"]*)", line (\d+) in (\S+)')
_HEAD = re.compile(r"(Fatal Python error|Current thread|Thread|Windows fatal exception)\b[^/\\]*")


class NativeWatch:
    """While it is open, a crash leaves its places in the profile's folder."""

    def __init__(self, folder: Path) -> None:
        """Begin; raises OSError when the folder cannot be written to."""
        handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, 0o600)
        self._file: IO[bytes] = os.fdopen(handle, "wb", buffering=0)
        faulthandler.enable(self._file, all_threads=True)

    def close(self) -> None:
        """End in order: nothing is left."""
        faulthandler.disable()
        self._file.close()


def last(folder: Path) -> list[str]:
    """The lines of the last crash with file names only; none when the last run did not crash."""
    try:
        with open(folder / NAME, "rb") as file:
            text = file.read(_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    found = []
    for line in text.splitlines()[:_MAX_LINES]:
        place, head = _PLACE.match(line), _HEAD.match(line)
        if place is not None:
            name = re.split(r"[/\\]", place[1])[-1]
            found.append(f"  {name}:{place[2]} {place[3]}")
        elif head is not None:
            found.append(head[0].strip())
    return found
