# SPDX-License-Identifier: Apache-2.0
"""The package's bench on a tiny program: it sees when a window is painted, when it is ready, what it weighs."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from bench.keyboard_hour.photos import BITS, CELLS, CHECK, checked
from bench.package import budgets, command, reading, sizes, starts
from bench.package.programs import NAME, Program, built_folder
from bench.package.watching import ALIKE, changed, painted
from bench.result import CannotMeasure, Figure
from tests.window.x_screen import missing

needs_x = pytest.mark.skipif(sys.platform != "linux" or bool(missing()), reason="no Xvfb")

#: A window through Xlib alone: after a moment a chequered area, and later, or not, a second one beside it.
WINDOW = """
import ctypes, ctypes.util, os, sys, time
x = ctypes.CDLL(ctypes.util.find_library("X11"))
x.XOpenDisplay.restype = display = ctypes.c_void_p
seen = ctypes.c_void_p(x.XOpenDisplay(None))
x.XDefaultRootWindow.restype = x.XCreateSimpleWindow.restype = ctypes.c_ulong
x.XCreateGC.restype = ctypes.c_void_p
root = x.XDefaultRootWindow(seen)
window = ctypes.c_ulong(x.XCreateSimpleWindow(seen, ctypes.c_ulong(root), 0, 0, 1000, 700, 0, 0, 0xFFFFFF))
pen = ctypes.c_void_p(x.XCreateGC(seen, window, 0, None))
x.XMapWindow(seen, window)
x.XSync(seen, 0)
time.sleep(0.2)
def chequers(left):
    for at in range(0, 700, 2):
        x.XFillRectangle(seen, window, pen, left + at % 100, at, 50, 2)
    x.XSync(seen, 0)
chequers(0)
if "slow" in sys.argv:
    time.sleep(1.5)
    if os.environ.get("SAYS"):
        with open(os.environ["SAYS"], "w") as file:
            print('{"at": %r}' % time.monotonic(), file=file)
        sys.exit()
if "whole" in sys.argv or "slow" in sys.argv:
    time.sleep(0.3)
    chequers(400)
time.sleep(60)
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starts, "LEARN_S", 0.7)
    monkeypatch.setattr(starts, "IDLE_S", 0.0)


@pytest.mark.usefixtures("quick")
@needs_x
def test_a_window_is_seen_when_it_is_painted_and_when_it_is_whole(tmp_path: Path) -> None:
    program = Program("tiny", (sys.executable, "-c", WINDOW, "whole"))
    seen = starts.start(
        program, starts.learn(program, tmp_path, tmp_path), tmp_path, tmp_path, cold=False, idle=True
    )
    assert 0.2 < seen.first_paint < seen.first_page == seen.usable < 20  # the white window alone is no paint
    assert seen.usable - seen.first_paint > 0.2
    assert 1 < seen.idle_mb < 100


@pytest.mark.usefixtures("quick")
@needs_x
def test_control_a_window_that_stays_half_is_no_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Program("tiny", (sys.executable, "-c", WINDOW, "whole"))
    pages = starts.learn(whole, tmp_path, tmp_path)
    monkeypatch.setattr(starts, "PATIENCE_S", 1.0)
    half = Program("half", (sys.executable, "-c", WINDOW))
    with pytest.raises(CannotMeasure, match=r"half: .* pieces are not as awaited"):
        starts.start(half, pages, tmp_path, tmp_path, cold=False, idle=False)


@pytest.mark.usefixtures("quick")
@needs_x
@pytest.mark.parametrize("probe", ["SAYS", ""])
def test_a_page_that_only_waits_is_not_taken_for_the_first_one(tmp_path: Path, probe: str) -> None:
    """With no probe, the control, it is: it stands longer than a window that is ready has to."""
    slow = Program("slow", (sys.executable, "-c", WINDOW, "slow"), probe=probe)
    whole = Program("tiny", (sys.executable, "-c", WINDOW, "whole"))
    taken, finished = (starts.learn(one, tmp_path, tmp_path).ready for one in (slow, whole))
    assert (changed(taken, finished) <= ALIKE) is bool(probe)


class Drawn:
    """A screen on which the strip of a photo stands, in a page that is as light as its light cells nearly are."""

    width, height = 800, 200

    def __init__(self, number: int, left: int, top: int, wide: int = 24, spoilt: bool = False) -> None:
        bits = checked(number) ^ spoilt
        cells = [False, True, *(bool(bits >> at & 1) for at in reversed(range(BITS + CHECK)))]
        strip = b"".join((b"\xfc\xff\xfd\0" if light else b"\4\0\2\0") * wide for light in cells)
        page = b"\xd8\xe4\xeb\0"
        painted = page * left + strip + page * (self.width - left - wide * CELLS)
        self._lines = [painted if top <= y < top + 30 else page * self.width for y in range(self.height)]

    def line(self, y: int) -> bytes:
        return self._lines[y]

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        blue, green, red = self._lines[y][4 * x : 4 * x + 3]
        return red, green, blue


@pytest.mark.parametrize(
    ("number", "left", "top"), [(0, 0, 8), (53, 243, 122), (1234, 391, 170), (4095, 17, 60)]
)
def test_a_photos_number_is_found_wherever_it_stands(number: int, left: int, top: int) -> None:
    screen: Any = Drawn(number, left, top)
    assert reading.number(screen, reading.find_strip(screen)) == number
    assert not reading.find_strip(cast(Any, Drawn(number, left, top, spoilt=True))), "half painted"
    assert not reading.find_strip(cast(Any, Drawn(number, left, top, wide=5))), "too small to be read"


def test_a_reader_follows_the_photo_when_it_moves() -> None:
    typist = reading.Reader(cast(Any, Drawn(7, 243, 122)), cast(Any, None), 0.0, random.Random(1))
    assert typist.wait_for([], lambda number: number is not None) == 7
    first = cast(Any, Drawn(8, 243, 122))
    typist.screen = cast(Any, Drawn(8, 200, 90, 27))
    assert typist.number([]) == 8
    assert reading.number(typist.screen, reading.find_strip(first)) is None, "the control: where it was first"


def test_a_plain_area_is_not_painted_content() -> None:
    black, white, text = b"\0\0\0\0" * 4, b"\xff\xff\xff\0" * 4, b"\xff\xff\xff\0\0\0\0\0" * 2
    assert not painted((black, black), (white, white))
    assert painted((black, black), (white, text))
    assert not painted((black, text), (white, text)), "what was there before is not the program's"
    assert changed((black,) * 40, (white,) * 20 + (black,) * 20) == 20 > ALIKE


def test_sizes_of_a_folder_and_its_download(tmp_path: Path) -> None:
    built = tmp_path / NAME
    (built / "_internal").mkdir(parents=True)
    (built / NAME).write_bytes(b"1" * 1000)
    (built / "_internal" / "library").write_bytes(b"2" * 500)
    (built / "_internal" / "link").symlink_to("library")
    (tmp_path / f"{NAME}-0.1.0-linux-x86_64.tar.xz").write_bytes(b"3" * 300)
    assert built_folder(tmp_path) == built_folder(built) == built
    assert sizes.ours(built, sizes.find_archive(built)) == sizes.Size("packaged", 300, 1500, 3)
    shutil.move(built, tmp_path / "versions" / "0.1.0")
    (tmp_path / "current").write_text("0.1.0\n")
    assert built_folder(tmp_path) == tmp_path / "versions" / "0.1.0"
    with pytest.raises(CannotMeasure):
        built_folder(tmp_path / "elsewhere")


def test_the_command_weighs_without_starting_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr("bench.__main__.keep", lambda name, result: kept.append(name))
    (tmp_path / "_internal").mkdir()
    (tmp_path / NAME).touch()
    assert command.main(["--built", str(tmp_path), "--part", "sizes"]) == 0
    assert kept == ["package"]
    assert "packaged: files" in capsys.readouterr().out
    assert command.main(["--built", str(tmp_path / "none"), "--part", "sizes"]) == 1


@pytest.mark.parametrize(("paint", "met"), [(0.49, True), (0.51, False)])
def test_budgets_are_ratios_of_one_run(paint: float, met: bool) -> None:
    figures = [
        Figure("packaged: first paint, warm", "s", (paint,)),
        Figure("electrum: first paint, warm", "s", (1,)),
    ]
    (held,) = budgets.check({one.name: one.median for one in figures})
    assert (held.met, held.of) == (met, "electrum")
