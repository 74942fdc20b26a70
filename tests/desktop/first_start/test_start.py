# SPDX-License-Identifier: Apache-2.0
"""First start on poor machines, from source and as built: it works, or says what happened, what is safe, what to do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from gems_desktop.startup_places import places
from tests.desktop.first_start.program import Machine, Seen, built, can_mount

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="machines of Linux")
mounts = pytest.mark.skipif(not can_mount(), reason="needs mounts of its own")
long = pytest.mark.long

ARABIC = "مجلد العمل 💎"


@pytest.fixture(params=["source", pytest.param("built", marks=long)])
def program(request: pytest.FixtureRequest) -> Path | None:
    """None from source, or the packaged program."""
    if request.param == "source":
        return None
    found = built()
    if found is None:
        pytest.skip("no build is here: GEMS_BUILT names one")
    return found


@pytest.fixture
def machine(tmp_path: Path, program: Path | None) -> Machine:
    return Machine(tmp_path, program=program)


@pytest.fixture
def dead_bus(tmp_path: Path) -> Iterator[str]:
    """A D-Bus that lets everybody in and answers nobody."""
    place = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen(50)
        yield f"unix:path={place}"


def usable(seen: Seen) -> None:
    """It came to the way in, or to an open session."""
    assert (seen.code, seen.said.get("phase")) == (0, "welcome"), seen
    assert seen.said["message"] == ""


def refused(seen: Seen, what: str) -> None:
    """The window says what is wrong, and everything that has to be said with it."""
    assert (seen.code, seen.said.get("phase")) == (0, "failed"), seen
    assert what in seen.said["message"]
    assert seen.said["safe"] and seen.said["action"]
    assert "Traceback" not in seen.text


def on_the_terminal(seen: Seen, code: int, what: str) -> None:
    """No window can be: three sentences, no more."""
    assert seen.code == code and what in seen.text, seen
    assert "were not touched" in seen.text and "Traceback" not in seen.text


def test_a_path_in_arabic_letters_and_every_file_in_a_known_place(
    tmp_path: Path, program: Path | None
) -> None:
    machine = Machine(tmp_path, ARABIC, program)
    before = set(tmp_path.rglob("*"))
    usable(machine.start())
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before - {machine.probe}
    assert any(path.name == "gems.db" for path in made)
    names = {name: machine.environ.get(name, "") for name in ("HOME", "TMPDIR")}
    with patch.dict("os.environ", names), patch("tempfile.tempdir", names["TMPDIR"]):
        for name in ("GEMS_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ.pop(name, None)
        known = [place.path for place in places() if place.path is not None]
    stray = [path for path in made if not any(path.is_relative_to(place) for place in known)]
    assert stray == []
    where = machine.start("--where")
    assert str(machine.home / ".local" / "share" / "gems" / "profiles") in where.text and where.said == {}


def test_no_display(machine: Machine) -> None:
    for name, value in (("QT_QPA_PLATFORM", ""), ("DISPLAY", ":1234"), ("WAYLAND_DISPLAY", "none")):
        machine.environ[name] = value
    on_the_terminal(machine.start(), 2, "needs a display")
    assert list(machine.home.iterdir()) == []


@long
def test_a_display_that_is_not_ours(machine: Machine) -> None:
    machine.environ |= {"QT_QPA_PLATFORM": "", "DISPLAY": "gems.invalid:0"}
    on_the_terminal(machine.start(), 2, "needs a display")


@mounts
def test_a_home_that_can_only_be_read(machine: Machine) -> None:
    refused(machine.start(first=machine.read_only(), apart="-m"), "can only be read")


@mounts
@long
def test_a_used_home_that_can_only_be_read(machine: Machine) -> None:
    usable(machine.start())
    refused(machine.start(first=machine.read_only(), apart="-m"), "can only be read")


@mounts
def test_a_home_that_is_full(machine: Machine) -> None:
    refused(machine.start(first=machine.full(1), apart="-m"), "disk is full")


@mounts
@long
def test_a_used_home_that_is_full(machine: Machine) -> None:
    usable(machine.start())
    refused(machine.start(first=machine.full(), apart="-m"), "disk is full")


def test_a_bus_that_never_answers_and_a_locale_without_letters(
    tmp_path: Path, program: Path | None, dead_bus: str
) -> None:
    machine = Machine(tmp_path, ARABIC, program)
    machine.environ |= {"DBUS_SESSION_BUS_ADDRESS": dead_bus, "DBUS_SYSTEM_BUS_ADDRESS": dead_bus}
    machine.environ |= {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    machine.environ |= {"TZ": "Nowhere/Odd:bad", "TMPDIR": "/nonexistent"}
    del machine.environ["PYTHON_KEYRING_BACKEND"]
    usable(machine.start())


@mounts
@long
@pytest.mark.parametrize("folders", ["/usr/share/fonts /etc/fonts", "/run /dev/snd /dev/dri"])
def test_without_fonts_or_devices(machine: Machine, folders: str) -> None:
    hide = "; ".join(f"[ ! -d {one} ] || mount -t tmpfs none {one}" for one in folders.split())
    usable(machine.start(first=hide, apart="-m"))


@mounts
@long
def test_without_a_network(machine: Machine) -> None:
    usable(machine.start(apart="-n -m"))


@long
def test_few_files_may_be_open(machine: Machine) -> None:
    usable(machine.start(first="ulimit -n 256"))


@long
def test_a_path_that_is_too_long(tmp_path: Path, program: Path | None) -> None:
    machine = Machine(tmp_path, "/".join(["d" * 200] * 4), program)
    refused(machine.start(), "too long")


@long
def test_a_file_where_the_home_should_be(machine: Machine) -> None:
    file = machine.folder / "file"
    file.touch()
    machine.environ["HOME"] = str(file)
    refused(machine.start(), "There is a file")


@long
def test_the_built_program_in_a_folder_of_any_name(tmp_path: Path) -> None:
    found = built()
    if found is None:
        pytest.skip("no build is here: GEMS_BUILT names one")
    folder = tmp_path / f"{ARABIC} {'x' * 100}"
    shutil.copytree(found.parent, folder, symlinks=True)
    machine = Machine(tmp_path, program=folder / found.name)
    machine.environ["LC_ALL"] = "POSIX"
    usable(machine.start())


@long
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs an X server")
def test_broken_graphics_are_done_without(machine: Machine, dead_bus: str, display: str) -> None:
    machine.environ |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display, "GEMS_RENDERER": "gpu"}
    machine.environ |= {"QT_XCB_GL_INTEGRATION": "none", "DBUS_SESSION_BUS_ADDRESS": dead_bus}
    machine.environ.pop("QT_QUICK_BACKEND", None)
    usable(machine.start())


@long
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs a compiler")
@pytest.mark.parametrize("seconds", [-1_795_000_000, 2_338_000_000], ids=["1970", "2100"])
def test_a_clock_that_is_far_off(machine: Machine, seconds: int) -> None:
    library = machine.folder / "other_clock.so"
    source = Path(__file__).with_name("other_clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-w", "-o", library, source, "-ldl"], check=True)
    machine.environ |= {"SHIFT_S": str(seconds), "LD_PRELOAD": str(library)}
    usable(machine.start())
    usable(machine.start())


@pytest.fixture
def half_a_gigabyte() -> Iterator[Path]:
    """A group of processes that gets no more memory than that."""
    group = Path("/sys/fs/cgroup/memory") / f"gems-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(512 * 1024 * 1024))
    except OSError:
        pytest.skip("needs groups of processes with memory of their own")
    yield group
    group.rmdir()


@long
def test_little_memory(machine: Machine, half_a_gigabyte: Path) -> None:
    usable(machine.start(first=f"echo $$ > {half_a_gigabyte}/cgroup.procs"))
    assert int((half_a_gigabyte / "memory.failcnt").read_text()) == 0


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of a test's own, on a number that it chooses."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        yield ":" + told.readline().strip()
    process.terminate()
    process.wait()
