# SPDX-License-Identifier: Apache-2.0
"""Comparing two builds: every kind of difference is told, and none where there is none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import reproducible  # noqa: E402
import ui_resource  # noqa: E402


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    first = tmp_path / "one"
    (first / "in").mkdir(parents=True)
    for name in ("a", "b", "in/c"):
        (first / name).write_bytes(name.encode() * 9)
    (first / "link").symlink_to("a")
    return first, Path(shutil.copytree(first, tmp_path / "two", symlinks=True))


def test_the_same_is_the_same(two: tuple[Path, Path]) -> None:
    assert reproducible.difference(*two) == []


def test_each_difference_is_told(two: tuple[Path, Path]) -> None:
    first, second = two
    (second / "a").write_bytes(b"aaXaaaaXa")
    (second / "b").chmod(0o755)
    (second / "in" / "c").rename(second / "in" / "d")
    (second / "link").unlink()
    (second / "link").symlink_to("b")
    assert reproducible.difference(first, second) == [
        "differs (2 bytes, the first at 2): a",
        "differs (in its mode): b",
        "differs: link",
        "only in the first: in/c",
        "only in the second: in/d",
    ]
    (second / "a").write_bytes(b"a")
    assert "differs (9 and 1 bytes): a" in reproducible.difference(first, second)


def test_the_windows_files_become_the_same_resource_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for name in ("here", "somewhere/else"):
        ui = Path(
            shutil.copytree(
                ROOT / "ui" / "Gems" / "tasks", tmp_path / name / "Gems", copy_function=shutil.copyfile
            )
        )
        ui_resource.write(ui.parent, tmp_path / name / "ui.rcc")
        made.append((tmp_path / name / "ui.rcc").read_bytes())
    assert made[0] == made[1]
    assert b"Bands.js".decode().encode("utf-16-be") in made[0] and str(tmp_path).encode() not in made[0]
    (tmp_path / "here" / "Gems" / "Bands.js").write_text("other")
    ui_resource.write(tmp_path / "here", tmp_path / "here" / "ui.rcc")
    assert (tmp_path / "here" / "ui.rcc").read_bytes() != made[1]
