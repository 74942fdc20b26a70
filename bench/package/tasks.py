# SPDX-License-Identifier: Apache-2.0
"""What the application holds after 500 tasks with a photo each, typed from outside through the X server."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from bench.bench_memory import IDLE_S, family, pss
from bench.package.profile import Profile
from bench.package.programs import Program
from bench.package.reading import Reader
from bench.package.starts import PATIENCE_S, Pages, new_screen, running, type_password
from bench.package.watching import picture, watch

WORK_PAGE = "3"  # with Control: the third page of the rail
SETTLE_S = 1.0
FIRST_S = 60.0  # so long the first photo may take


@dataclass(frozen=True)
class Held:
    """MB (PSS of the window and its helpers): on Home after three idle seconds, after `tasks` tasks, at the most."""

    idle: float
    after: float
    most: float
    tasks: int
    minutes: float


def run(program: Program, pages: Pages, profile: Profile, folder: Path, tasks: int) -> Held:
    """Type `tasks` tasks, each with a photo of its own, in one run of the program; one more must be leased.

    The profile is copied first and left as it was. Raises CannotMeasure, also where a key was lost."""
    home = folder / "typed"
    shutil.copytree(profile.home, home)
    command = tuple(str(home) if word == str(profile.home) else word for word in program.command)
    copied = Program(program.name, command, program.environment, program.folders, program.password)
    try:
        return _typed(copied, pages, folder, tasks)
    finally:
        shutil.rmtree(home)


def _typed(program: Program, pages: Pages, folder: Path, tasks: int) -> Held:
    assert pages.opened is not None
    outside = folder / "outside"
    outside.mkdir(exist_ok=True)
    with new_screen(folder) as (screen, hands), running(program, screen, outside) as process:
        watch(screen, picture(screen), pages.ready, PATIENCE_S)
        type_password(hands, program.password)
        hands.key("Return")
        watch(screen, pages.ready, pages.opened, PATIENCE_S)
        time.sleep(IDLE_S)

        def held() -> float:
            return sum(pss(one) for one in family(process.pid)) / 1024

        idle, sizes = held(), []
        hands.key(WORK_PAGE, "Control")
        typist = Reader(screen, hands, 0.0, random.Random(1))
        typist.wait_for([], lambda number: number is not None, FIRST_S)
        begun = time.monotonic()
        typist.round([], tasks, lambda _: sizes.append(held()))
        minutes = (time.monotonic() - begun) / 60
        time.sleep(SETTLE_S)
        after = held()
        return Held(idle, after, max([*sizes, after]), tasks, minutes)
