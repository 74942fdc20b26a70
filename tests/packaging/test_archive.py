# SPDX-License-Identifier: Apache-2.0
"""The archives: the layout of an installation, and the same bytes whatever the disk says of times and owners."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
from backports import zstd

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import archive  # noqa: E402

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the layout of Linux")


def built(place: Path, names: tuple[str, ...] = ("b", "a", "deep/c")) -> Path:
    folder = place / "gems-desktop"
    for name in names:
        (folder / "_internal" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "_internal" / name).write_bytes(name.encode() * 1000)
    (folder / "gems-desktop").write_bytes(b"program")
    (folder / "gems-desktop").chmod(0o700)
    (folder / "_internal" / "link").symlink_to("a")
    return folder


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@linux
def test_it_is_an_installation(tmp_path: Path) -> None:
    (packed,) = archive.pack(built(tmp_path), tmp_path, ("tar.xz",))
    with tarfile.open(packed) as tar:
        members = {member.name: member for member in tar}
        current = tar.extractfile("gems-desktop/current")
        assert current is not None and current.read() == f"{VERSION}\n".encode()
    inner = f"gems-desktop/versions/{VERSION}"
    for program in ("gems-desktop/gems-desktop", "gems-desktop/uninstall.sh", f"{inner}/gems-desktop"):
        assert members[program].mode == 0o755
    assert members[f"{inner}/_internal/deep/c"].mode == 0o644
    assert members[f"{inner}/_internal/link"].linkname == "a"
    assert {(member.uid, member.gid, member.uname, member.mtime) for member in members.values()} == {
        (0, 0, "", 1700000000)
    }


@linux
def test_what_is_unpacked_starts(tmp_path: Path) -> None:
    folder = built(tmp_path)
    (folder / "gems-desktop").write_text('#!/bin/sh\necho "started with $*"\n')
    (packed,) = archive.pack(folder, tmp_path, ("tar.xz",))
    with tarfile.open(packed) as tar:
        tar.extractall(tmp_path / "out", filter="data")
    started = subprocess.run(
        [tmp_path / "out" / "gems-desktop" / "gems-desktop", "--x"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert started.stdout == "started with --x\n"


def test_times_masks_and_the_order_of_the_disk_are_not_in_it(tmp_path: Path) -> None:
    first, second = built(tmp_path / "1"), built(tmp_path / "2", ("deep/c", "a", "b"))
    for path in second.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (1, 1))
            path.chmod(0o775 if path.is_dir() or path.stat().st_mode & 0o100 else 0o600)
    packed = [archive.pack(folder, folder.parent) for folder in (first, second)]
    for one, two in zip(*packed, strict=True):
        assert one.read_bytes() == two.read_bytes()
    (second / "_internal" / "a").chmod(0o755)  # the control: whether a file may be started is in it
    assert archive.pack(second, second.parent, ("tar.xz",))[0].read_bytes() != packed[0][0].read_bytes()


def test_both_formats_hold_the_same(tmp_path: Path) -> None:
    xz, zst = archive.pack(built(tmp_path), tmp_path)
    assert (xz.suffixes[-1], zst.suffixes[-1]) == (".xz", ".zst")
    with tarfile.open(xz) as one, zstd.open(zst) as plain, tarfile.open(fileobj=plain, mode="r|") as two:
        assert [(m.name, m.size, m.mode) for m in one] == [(m.name, m.size, m.mode) for m in two]
