# SPDX-License-Identifier: Apache-2.0
"""One start of one program on a screen of its own: when it is painted, when it can be used, what it holds then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bench.bench_memory import IDLE_S, family, pss
from bench.package.cold import make_cold
from bench.package.programs import Program, quiet_environment
from bench.package.watching import Picture, known, painted, picture, rest, watch
from bench.platform.spent import cpu
from bench.result import CannotMeasure
from tests.window.hands import Hands
from tests.window.x_screen import XScreen

LEARN_S = 6.0  # so long nothing larger changes in a window that is ready: the warm-up waits for it
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Start:
    """Seconds from before the process to its first painted content, to its first page whole, until it can be used
    (what the person's typing takes is left out); of all its processes CPU seconds until then and MB (PSS) at rest."""

    first_paint: float
    first_page: float
    usable: float
    cpu: float
    idle_mb: float


@contextmanager
def running(program: Program, screen: XScreen, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program on the screen; it and all its children are ended afterwards."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            program.command,
            env=quiet_environment(screen.environment(home), program, home),
            cwd=home,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        except CannotMeasure as reason:
            log.seek(0)
            raise CannotMeasure(
                f"{program.name}: {reason}: {log.read()[-600:].decode(errors='replace')}"
            ) from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    below = family(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in below[1:]:  # its children, had they sessions of their own
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@dataclass(frozen=True)
class Pages:
    """What a program looks like when it is ready, from a run with patience; `opened`: behind its password."""

    ready: Picture
    opened: Picture | None = None


@contextmanager
def new_screen(folder: Path) -> Iterator[tuple[XScreen, Hands]]:
    """An X server for one start: nothing of the one before is left on it."""
    screen = XScreen(Path(tempfile.mkdtemp(dir=folder)))
    hands = Hands(screen.name)
    try:
        yield screen, hands
    finally:
        hands.close()
        screen.end()


def learn(program: Program, folder: Path, home: Path) -> Pages:
    """The warm-up: start it once and see how it looks in the end."""
    unfinished = before_ready(program, folder, home) if program.probe else []
    with new_screen(folder) as (screen, hands):
        empty = picture(screen)
        with running(program, screen, home):
            end = time.monotonic() + PATIENCE_S
            while not painted(empty, picture(screen)):
                if time.monotonic() > end:
                    raise CannotMeasure("no painted window")
                time.sleep(0.05)
            ready = rest(screen, LEARN_S, PATIENCE_S, unfinished)
            if not program.password:
                return Pages(ready)
            type_password(hands, program.password)
            hands.key("Return")
            time.sleep(1)
            return Pages(ready, rest(screen, LEARN_S, PATIENCE_S, [ready]))


def before_ready(program: Program, folder: Path, home: Path) -> list[Picture]:
    """What a program with a probe shows until it says that its start is over: all that is not its first page yet."""
    said = Path(tempfile.mkdtemp(dir=folder)) / "said"
    taken: list[tuple[float, Picture]] = []  # when each was begun
    asked = replace(program, environment={**program.environment, program.probe: str(said)})
    with new_screen(folder) as (screen, _):
        taken.append((0.0, picture(screen)))
        with running(asked, screen, home):
            end = time.monotonic() + PATIENCE_S
            while True:
                begun, now = time.monotonic(), picture(screen)
                if said.exists() and (text := said.read_text("utf-8")):
                    stood = json.loads(text)["at"]  # what was taken after that may be the page itself
                    return [one for at, one in taken if at < stood]
                if not known([one for _, one in taken], now):
                    taken.append((begun, now))
                if time.monotonic() > end:
                    raise CannotMeasure("its probe does not say that the start is over")
                time.sleep(0.02)


def start(program: Program, pages: Pages, folder: Path, home: Path, *, cold: bool, idle: bool) -> Start:
    """Start it once on a new screen; `idle`: also wait and weigh it."""
    with new_screen(folder) as (screen, hands):
        empty = picture(screen)
        if cold:
            make_cold(program.folders)
        begun = time.monotonic()
        with running(program, screen, home) as process:
            seen = watch(screen, empty, pages.ready, PATIENCE_S)
            page = usable = seen.ready - begun
            if pages.opened is not None:
                type_password(hands, program.password)
                pressed = time.monotonic()
                hands.key("Return")
                usable += watch(screen, pages.ready, pages.opened, PATIENCE_S).ready - pressed
            spent = cpu(family(process.pid))
            if idle:
                time.sleep(IDLE_S)
            weight = sum(pss(one) for one in family(process.pid)) / 1024 if idle else 0.0
            return Start(seen.first - begun, page, usable, spent, weight)


def type_password(hands: Hands, password: str) -> None:
    """Into the page that is shown; a moment passes, so that the page has it all."""
    hands.focus_window()
    time.sleep(0.2)
    hands.type(password)
    time.sleep(0.3)
