# SPDX-License-Identifier: Apache-2.0
"""Safe mode after two failed starts, and reports that hold nothing of their sender's."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gems_desktop.diagnosing import native, report, starts
from gems_desktop.startup_log import ProfileLog

SECRET = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed abandon abandon about"
ROOT = Path(__file__).resolve().parents[3]


def test_the_third_start_after_two_that_failed_is_careful(tmp_path: Path) -> None:
    assert not starts.begin(tmp_path).careful
    assert not starts.begin(tmp_path).careful
    assert starts.begin(tmp_path).careful
    starts.opened(tmp_path)
    assert not starts.begin(tmp_path).careful, "a start that got through is forgiven"


def test_a_version_that_was_gone_back_from_makes_no_start_of_another_careful(tmp_path: Path) -> None:
    for _ in range(2):
        starts.begin(tmp_path, "0.3.0")
    assert not starts.begin(tmp_path, "0.2.0").careful
    assert not starts.begin(tmp_path, "0.2.0").careful
    assert starts.begin(tmp_path, "0.2.0").careful, "its own two failed starts count"


def test_only_a_run_that_did_not_end_in_order_ended_badly(tmp_path: Path) -> None:
    assert not starts.ended_badly(tmp_path)
    starts.begin(tmp_path)
    starts.opened(tmp_path)
    assert starts.ended_badly(tmp_path)
    starts.ended(tmp_path)
    assert not starts.ended_badly(tmp_path)
    assert starts.read(tmp_path) == starts.Starts()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"failed":-1,"running":true}', b'{"failed":true}', b"9" * 9000]
)
def test_a_spoilt_note_of_starts_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / starts.NAME).write_bytes(content)
    assert starts.read(tmp_path) == starts.Starts()


def test_a_full_disk_does_not_keep_it_from_starting(tmp_path: Path) -> None:
    assert starts.begin(tmp_path / "nowhere") == starts.Starts()


def test_a_report_says_where_and_nothing_of_the_values(tmp_path: Path) -> None:
    log = ProfileLog(tmp_path)
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        import logging

        record = logging.LogRecord(
            "gems_desktop.x",
            logging.ERROR,
            __file__,
            1,
            "a fault of %s",
            (SECRET,),
            (ValueError, error, error.__traceback__),
        )
        log.emit(record)
        text = report.compose(error, tmp_path)
    assert "builtins.ValueError" in text and "test_starts_and_reports.py" in text and "a fault of %s" in text
    for word in (*SECRET.split(), str(tmp_path), str(Path.home()), os.environ.get("USER") or "/root/"):
        assert word not in text, word


def test_reports_are_for_their_owner_and_the_oldest_give_way(tmp_path: Path) -> None:
    files = [report.save(tmp_path, f"{number}\n") for number in range(report.KEPT + 3)]
    assert len(set(files)) == len(files)
    assert stat.S_IMODE(files[-1].stat().st_mode) == 0o600
    left = list((tmp_path / report.FOLDER).iterdir())
    assert len(left) == report.KEPT and files[-1] in left


def test_a_crash_below_python_leaves_its_places_without_paths(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gems_desktop.diagnosing.native import NativeWatch\n"
        "import ctypes\n"
        "watch = NativeWatch(Path(sys.argv[1]))\n"
        "def fall(): ctypes.string_at(0)\n"
        "fall()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode != 0
    lines = native.last(tmp_path)
    assert any("Fatal Python error" in line for line in lines)
    assert any(line.endswith(" fall") for line in lines)
    assert not any("/" in line for line in lines)
    text = report.compose(None, tmp_path, crash=lines)
    assert "How the last run ended:" in text and "fall" in text
    native.NativeWatch(tmp_path).close()
    assert native.last(tmp_path) == [], "the next run that ends in order leaves nothing"
