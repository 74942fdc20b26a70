# SPDX-License-Identifier: Apache-2.0
"""An installation that is killed anywhere leaves the old version or the new one, whole, and the next try succeeds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gems_desktop.adapters.update_install import is_whole
from gems_desktop.adapters.update_layout import Layout
from tests.desktop.updates import killed
from tests.desktop.updates.publisher import NOW, Machine, Publisher, tree, update_files


def killing(made: Path, work: Path, count: int, seed: int) -> list[dict[str, object]]:
    """What came of `count` kills."""
    done = subprocess.run(
        [sys.executable, killed.__file__, str(made), str(work), str(count), str(seed)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def judge(tries: list[dict[str, object]]) -> None:
    for one in tries:
        assert one["after"] in ("0.1.0", "0.2.0") and one["again"] == 0 and one["then"] == "0.2.0", one
    died = [one for one in tries if one["result"] == -9]
    assert len(died) >= len(tries) * 2 // 3, "at least those at an event were killed before they were done"


def test_kills(made: Path, tmp_path: Path) -> None:
    count = int(os.environ.get("GEMS_KILLS", "24"))
    tries = killing(made, tmp_path / "work", count, 9)
    assert len(tries) == count
    judge(tries)


@pytest.mark.long
def test_many_kills(made: Path, tmp_path: Path) -> None:
    tries = killing(made, tmp_path / "work", 200, 10)
    judge(tries)
    assert {one["after"] for one in tries} == {"0.1.0", "0.2.0"}, "before the switch and after it"


def test_control_a_switch_before_the_files_is_noticed(made: Path, machine: Machine) -> None:
    wanted = {version: tree(made / "built" / version) for version in ("0.1.0", "0.2.0")}
    target = machine.layout.folder("0.2.0")
    target.mkdir()
    shutil.copy(made / "built/0.2.0/gems-desktop", target)
    machine.layout.switch_to("0.2.0")
    assert killed.state(machine, wanted) == "not whole: 0.2.0"


def test_a_whole_folder_is_told_from_others(made: Path, publisher: Publisher, tmp_path: Path) -> None:
    index = update_files.read_index(publisher.index_path())
    folder = tmp_path / "copy"
    shutil.copytree(made / "built/0.2.0", folder, symlinks=True)
    assert is_whole(folder, index)
    library = folder / "_internal/lib.so"
    for change, undo in (
        (lambda: library.chmod(0o755), lambda: library.chmod(0o644)),
        (lambda: (folder / "more").touch(), lambda: (folder / "more").unlink()),
        (lambda: (folder / "link").symlink_to("more"), lambda: (folder / "link").unlink()),
        (lambda: library.rename(folder / "moved"), lambda: (folder / "moved").rename(library)),
    ):
        change()
        assert not is_whole(folder, index)
        undo()
        assert is_whole(folder, index)


def test_the_previous_version_is_one_that_was_usable(machine: Machine) -> None:
    layout = Layout(machine.layout.root)
    layout.switch_to("0.2.0")
    layout.switch_to("0.3.0")  # 0.2.0 was never started
    assert layout.name("previous") == "0.1.0" and NOW
