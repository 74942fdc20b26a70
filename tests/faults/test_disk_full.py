# SPDX-License-Identifier: Apache-2.0
"""A disk that fills up and gets room again: said in words, what was saved stays, work goes on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.flows import Stage
from tests.faults.harness import KillLoop, proven, ticking, warm, worker

SIZE = "260m"  # work is only taken while 200 MB are free (services/queue.py)
MOUNT = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'
ROOMS = (0, 4096, 20_000, 60_000, 150_000)


def _sandbox(disk: Path) -> tuple[str, ...]:
    """A command that starts another one where `disk` is a small disk of its own."""
    return ("unshare", "-Urm", "sh", "-c", MOUNT, SIZE, str(disk))


def _can_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"],  # noqa: S108 - in a namespace of its own
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not _can_mount(), reason="no small disk can be mounted here (user namespaces are off)"
    ),
]


async def _fill(loop: KillLoop, leave: int) -> None:
    life = await loop.warm.begin(mode="fill", disk=str(loop.folder), leave=leave)
    await life.until("did", "fill")
    assert await life.next() is None
    await life.gone()


async def _full(stage: Stage, folder: Path, cycles: int) -> None:
    folder.mkdir()
    async with warm(*_sandbox(folder)) as small:
        loop = await worker(stage, small, f"full {cycles}", cycles * 4)
        loop.folder = folder
        async with ticking(stage):
            await loop.cycles(3, ("edit", "finish", "send"))
            for number in range(cycles):
                await loop.cycles(1, ("turn", "pull", "edit"))
                await _fill(loop, ROOMS[number % len(ROOMS)])
                await loop.cycles(2, (("edit", "send"), ("seal", "open"), ("lease", "send"))[number % 3])
                await _fill(loop, 1 << 40)
            told = await proven(loop)
    full = {why for why in loop.refused if "DiskFull" in why}
    assert full and all("The disk is full, so this could not be saved." in why for why in full), loop.refused
    assert not loop.notices and loop.promises.receipts and int(told["paid"])


async def test_a_full_disk_loses_nothing_and_work_goes_on(stage: Stage, tmp_path: Path) -> None:
    await _full(stage, tmp_path / "disk", 3)


@pytest.mark.long
async def test_a_disk_that_is_full_many_times(stage: Stage, tmp_path: Path) -> None:
    await _full(stage, tmp_path / "disk", 100)
