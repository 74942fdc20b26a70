# SPDX-License-Identifier: Apache-2.0
"""Remembers how the application's last starts went, so that one which cannot start is started more carefully.

A file in the profile's folder counts the starts that did not reach an open session, and says whether the last run
ended in order. After two failed starts the third is in safe mode; what another version failed at does not count, for
its starts say nothing of this one's. The standard library only: it runs before Qt.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "starts.json"
FAILED_BEFORE_SAFE_MODE = 2
_MAX_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Starts:
    """failed: starts in a row of `version` that did not reach an open session. running: the last run did not end in
    order.
    """

    failed: int = 0
    running: bool = False
    version: str = ""

    @property
    def careful(self) -> bool:
        """Whether this start is one in safe mode."""
        return self.failed >= FAILED_BEFORE_SAFE_MODE


def read(folder: Path) -> Starts:
    """How the last starts of the profile in `folder` went; nothing known counts as well."""
    try:
        raw = (folder / NAME).read_bytes()[: _MAX_BYTES + 1]
        value = json.loads(raw)
        failed, running, version = value["failed"], value["running"], value.get("version", "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Starts()
    if type(failed) is not int or not 0 <= failed < 1_000 or type(running) is not bool:
        return Starts()
    return Starts(failed, running, version if type(version) is str else "")


def begin(folder: Path, version: str = "") -> Starts:
    """Count a start of `version` that has not got anywhere yet; how those before it went."""
    before = read(folder)
    if before.version != version:
        before = Starts(0, before.running, version)
    _write(folder, Starts(before.failed + 1, running=True, version=version))
    return before


def opened(folder: Path) -> None:
    """The session is open: this start did not fail."""
    _write(folder, Starts(0, running=True))


def ended(folder: Path) -> None:
    """The application ends in order; a start that the user gave up is no failed one."""
    _write(folder, Starts(0, running=False))


def ended_badly(folder: Path) -> bool:
    """Whether the last run, which is over, did not end in order."""
    return read(folder).running


def _write(folder: Path, starts: Starts) -> None:
    """Best effort: a disk that is full must not keep the application from starting."""
    fresh = folder / f"{NAME}.new"
    text = json.dumps(asdict(starts)).encode()
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        os.replace(fresh, folder / NAME)
    except OSError:
        return
