# SPDX-License-Identifier: Apache-2.0
"""The launcher: it counts starts of a new version that never became usable, goes back, and starts what is whole."""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from gems_desktop.adapters import update_usable
from gems_desktop.adapters.update_layout import Layout, found_at
from gems_desktop.adapters.update_usable import clean, settle
from tests.desktop.updates.publisher import LAUNCHER, NOW, Machine, tree


def updated(machine: Machine) -> Machine:
    updates = machine.updates()
    assert updates.look_now("", NOW) is not None
    updates.bring_now(lambda done: None, lambda: False)
    return machine


def test_two_starts_that_fail_go_back_and_it_is_not_offered_again(machine: Machine, made: Path) -> None:
    updated(machine)
    assert [machine.start(), machine.start("--version"), machine.start("--self-test")] == [
        "0.2.0", "0.2.0 --version", "0.2.0 --self-test",
    ], "a start that opens no window proves nothing"  # fmt: skip
    assert machine.start() == "0.2.0"
    assert machine.start() == "0.1.0", "twice it did not become usable"
    assert machine.layout.refused() == {"0.2.0"} and not machine.layout.on_trial()
    assert machine.start() == "0.1.0"
    assert machine.updates().look_now("", NOW) is None, "not offered again"
    settle(machine.layout, "0.1.0")
    assert machine.versions() == {"0.1.0"}
    assert tree(machine.layout.folder("0.1.0")) == tree(made / "built/0.1.0")


def test_control_a_start_that_becomes_usable_ends_the_trial(machine: Machine) -> None:
    updated(machine)
    assert machine.start() == "0.2.0"
    settle(machine.layout, "0.2.0")
    assert [machine.start() for _ in range(5)] == ["0.2.0"] * 5
    assert machine.layout.refused() == frozenset() and machine.layout.name("previous") == "0.1.0"


def test_the_old_window_ends_no_trial(machine: Machine) -> None:
    updated(machine)
    machine.start()
    settle(machine.layout, "0.1.0")
    assert machine.layout.on_trial() and machine.versions() == {"0.1.0", "0.2.0"}


def test_a_second_window_is_no_start(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    updated(machine)
    monkeypatch.setattr(update_usable, "here", lambda: (machine.layout, "0.2.0"))
    for _ in range(4):
        assert machine.start() == "0.2.0"
        (noted,) = (machine.layout.root / "trial").read_text().split()
        monkeypatch.setattr(os, "getpid", lambda noted=noted: int(noted))
        update_usable.uncount_start()
    update_usable.mark_usable()
    assert not machine.layout.on_trial()
    update_usable.uncount_start()
    assert not machine.layout.on_trial()


def test_versions_refused_add_up(machine: Machine) -> None:
    (machine.layout.root / "refused").write_text("0.1.5\n0.1.6\n")
    updated(machine)
    for _ in range(3):
        machine.start()
    assert machine.layout.refused() == {"0.1.5", "0.1.6", "0.2.0"}


def test_it_is_found_through_a_link_from_anywhere(machine: Machine, tmp_path: Path) -> None:
    link = tmp_path / "my bin" / "gems"
    link.parent.mkdir()
    link.symlink_to(machine.layout.root / "gems-desktop")
    root = machine.layout.root
    for command, where in (([str(link)], "/"), (["./gems-desktop"], root), (["sh", "gems-desktop"], root)):
        done = subprocess.run([*command, "x  y"], cwd=where, capture_output=True, text=True, check=True)
        assert done.stdout == "0.1.0 x  y\n"


@pytest.mark.parametrize("spoilt", ["", "0.9.0", "../../evil", "0.1.0; evil", "\0\0", None])
def test_spoilt_names_start_what_is_whole(machine: Machine, spoilt: str | None) -> None:
    current = machine.layout.root / "current"
    current.unlink() if spoilt is None else current.write_text(spoilt)
    assert machine.start() == "0.1.0"
    assert machine.layout.name("current") == "0.1.0"


def test_without_any_version_it_says_so(machine: Machine) -> None:
    (machine.layout.folder("0.1.0") / "gems-desktop").unlink()
    assert "install it again" in machine.start()


def test_a_folder_that_cannot_be_written_is_started_from(machine: Machine, tmp_path: Path) -> None:
    updated(machine)
    (machine.layout.root / ".trial.launch").mkdir()  # also for root, whom permissions do not stop
    assert [machine.start() for _ in range(4)] == ["0.2.0"] * 4


def test_what_runs_is_not_removed(machine: Machine) -> None:
    for name in ("0.0.1", "0.0.2"):
        folder = machine.layout.folder(name)
        folder.mkdir()
        (folder / "gems-desktop").write_text("")
    machine.layout.part("0.0.9").mkdir()
    machine.layout.part("0.5.0").mkdir()
    with (machine.layout.folder("0.0.1") / "gems-desktop").open("rb") as running:
        fcntl.flock(running, fcntl.LOCK_SH)
        clean(machine.layout, "0.1.0")
        assert machine.versions() == {"0.1.0", "0.0.1"}
    clean(machine.layout, "0.1.0")
    assert machine.versions() == {"0.1.0"}
    assert machine.layout.part("0.5.0").is_dir() and not machine.layout.part("0.0.9").exists()


def test_an_installation_is_found_from_its_program(machine: Machine, tmp_path: Path) -> None:
    assert found_at(machine.layout.folder("0.1.0") / "gems-desktop") == Layout(machine.layout.root.resolve())
    assert found_at(tmp_path / "gems-desktop") is None
    assert found_at(Path("/usr/lib/gems-desktop/gems-desktop")) is None


def test_the_launcher_is_plain_sh() -> None:
    assert LAUNCHER.read_text().startswith("#!/bin/sh\n") and LAUNCHER.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", str(LAUNCHER)], check=False).returncode == 0
