# SPDX-License-Identifier: Apache-2.0
"""The launcher, which no update replaces, in odd surroundings: slow starts, strange folders and environments."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.update_layout import Layout
from gems_desktop.adapters.update_usable import settle, uncount
from tests.desktop.updates.publisher import LAUNCHER, Machine

#: A version that is loading until its input ends.
SLOW = "#!/bin/sh\necho {version}\nread -r _\n"


def installation(root: Path, *versions: str, program: str = SLOW) -> Layout:
    """The first version is the previous one, the last is on trial."""
    layout = Layout(root)
    for version in versions:
        layout.folder(version).mkdir(parents=True)
        path = layout.folder(version) / "gems-desktop"
        path.write_text(program.format(version=version))
        path.chmod(0o755)
    (root / "gems-desktop").write_bytes(LAUNCHER.read_bytes())
    (root / "gems-desktop").chmod(0o755)
    (root / "current").write_text(versions[0])
    layout.switch_to(versions[-1])
    return layout


def begin(layout: Layout, *before: str, **more: Any) -> tuple[subprocess.Popen[str], str]:
    """Start it without waiting for its end; which version loads."""
    command = [*before, str(layout.root / "gems-desktop")]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = subprocess.Popen(command, text=True, **pipes, **more)
    assert started.stdout is not None
    return started, started.stdout.readline().strip()


def end(started: subprocess.Popen[str]) -> None:
    started.communicate()


def test_impatient_starts_of_one_that_loads_slowly_do_not_go_back(tmp_path: Path) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    all_started = [begin(layout) for _ in range(6)]
    try:
        assert [version for _, version in all_started] == ["0.2.0"] * 6 and not layout.refused()
        for started, _ in all_started[1:]:
            uncount(layout, "0.2.0", started.pid)  # second windows, which bring the first one forward
        settle(layout, "0.2.0")
        assert not layout.on_trial()
    finally:
        for started, _ in all_started:
            end(started)


def test_control_the_same_starts_go_back_once_two_have_ended(tmp_path: Path) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    first, second, third = (begin(layout)[0] for _ in range(3))
    end(first)
    fourth, version = begin(layout)
    assert version == "0.2.0", "one has failed"
    end(second)
    fifth, version = begin(layout)
    assert version == "0.1.0" and layout.refused() == {"0.2.0"}
    for started in (third, fourth, fifth):
        end(started)


@pytest.mark.parametrize("noted", ["08\n", "9\nx\n-1\n", "99999999999999999999\n" * 3, "\0\n", "0\n" * 3])
def test_a_spoilt_note_of_starts_keeps_nothing_from_starting(tmp_path: Path, noted: str) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    (layout.root / "trial").write_text(noted)
    started, version = begin(layout)
    end(started)
    assert version == "0.2.0" and started.returncode == 1  # `read` at the end of its input


@pytest.mark.parametrize(
    "name", ["with spaces  two", "-n", "$(touch evil)", "a\nb", "غميس", "*", 'it\'s "so"']
)
def test_folders_of_any_name(tmp_path: Path, name: str) -> None:
    layout = installation(tmp_path / name, "0.1.0", "0.2.0")
    for expected in ("0.2.0", "0.2.0", "0.1.0"):
        started, version = begin(layout)
        end(started)
        assert version == expected
    started, version = begin(Layout(Path(name)), "sh", "--", cwd=tmp_path)
    end(started)
    assert version == "0.1.0"
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "odd", [{"IFS": ".0"}, {"CDPATH": "/"}, {"POSIXLY_CORRECT": "1"}, {"PATH": "/nowhere"}]
)
def test_environments_of_any_kind(tmp_path: Path, odd: dict[str, str]) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    started, version = begin(layout, env={**os.environ, **odd})
    end(started)
    assert version == "0.2.0"


def test_everybody_may_read_what_an_administrators_umask_wrote(tmp_path: Path) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    for _ in range(3):
        end(begin(layout, umask=0o077)[0])
    assert layout.name("current") == "0.1.0"
    for name in ("current", "refused"):
        assert (layout.root / name).stat().st_mode & 0o777 == 0o644


def test_the_newest_that_failed_is_never_forgotten(tmp_path: Path) -> None:
    layout = installation(tmp_path / "gems", "0.1.0", "0.2.0")
    (layout.root / "refused").write_text("".join(f"0.0.{n}\n" for n in range(1000)))
    for _ in range(3):
        end(begin(layout)[0])
    assert "0.2.0" in layout.refused(), "only the beginning of that file is read"


def test_a_file_system_without_locks_ends_the_trial(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(fcntl, "flock", none)
    (machine.layout.root / "trial").write_text("")
    settle(machine.layout, "0.1.0")
    assert not machine.layout.on_trial()
