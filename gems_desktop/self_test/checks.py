# SPDX-License-Identifier: Apache-2.0
"""One check after the other: each named, timed, told at once; a fault of any kind is a result and not the end."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

#: A reason longer than this says no more.
_REASON = 600


class Failed(Exception):
    """A check found a fault; its text says which."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is checked and where: the application's folder, and a folder that is gone afterwards."""

    root: Path
    folder: Path

    @property
    def samples(self) -> Path:
        """The small files that are decoded and shown."""
        return self.root / "resources" / "self_test"

    def below(self, name: str) -> Path:
        """A new folder for one check."""
        made = self.folder / name
        made.mkdir(mode=0o700)
        return made


@dataclass(frozen=True, slots=True)
class Result:
    """How one check ended; `says` is a note, or the reason of a failure."""

    name: str
    ok: bool
    seconds: float
    says: str

    def line(self) -> str:
        """What a person reads."""
        kind = "ok    " if self.ok else "FAILED"
        return f"{kind}  {self.seconds:6.2f} s  {self.name}" + (f": {self.says}" if self.says else "")


class Checks:
    """Carries checks out and keeps their results; `tell` gets each line at once."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self.results: list[Result] = []

    @property
    def passed(self) -> bool:
        """Whether something was checked and nothing failed."""
        return bool(self.results) and all(result.ok for result in self.results)

    def run(self, name: str, work: Callable[[], str | None]) -> None:
        """Do one check; what it returns is a note."""
        with self._timed(name) as note:
            note.append(work() or "")

    async def run_async(self, name: str, work: Callable[[], Awaitable[str | None]]) -> None:
        """The same for one that waits."""
        with self._timed(name) as note:
            note.append(await work() or "")

    def part(self, name: str, work: Callable[[], object]) -> None:
        """Do what makes checks of its own; it is a check itself only where it cannot go on."""
        with self._timed(f"part {name}", told=False):
            work()

    @contextmanager
    def _timed(self, name: str, *, told: bool = True) -> Iterator[list[str]]:
        began, note, reason = time.monotonic(), [""], ""
        try:
            yield note
        except Failed as failure:
            reason = str(failure)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a check is what it found
            reason = f"{type(error).__name__}: {error}"
        if told or reason:
            seconds = round(time.monotonic() - began, 3)
            self.results.append(Result(name, not reason, seconds, (reason or note[-1])[:_REASON]))
            self._tell(self.results[-1].line())

    def report(self) -> dict[str, Any]:
        """Everything as JSON."""
        return {"ok": self.passed, "checks": [asdict(result) for result in self.results]}
