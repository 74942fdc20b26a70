# SPDX-License-Identifier: Apache-2.0
"""Files of the wrong kind, changed files, and tasks that are left while their files are being read."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtQuick import QQuickWindow

from gems_desktop.decoding.client import DecodeClient
from gems_protocol.modules import parse
from tests.helpers.media_desk import MEDIA
from tests.helpers.waiting import wait
from tests.qml.tasks.conftest import OpenBench

TAGS = {
    "Image": '<RectangleLabels name="c" toName="o"><Label value="A"/></RectangleLabels>',
    "Audio": '<Labels name="c" toName="o"><Label value="A"/></Labels>',
    "Video": '<TimelineLabels name="c" toName="o"><Label value="A"/></TimelineLabels>',
    "Pdf": '<Choices name="c" toName="o"><Choice value="A"/></Choices>',
}
MODULES = {tag: parse(f'<View><{tag} name="o" value="$d"/>{c}</View>') for tag, c in TAGS.items()}
FITS = {("Image", "picture"), ("Audio", "sound"), ("Video", "film")}


@pytest.fixture(scope="module")
def shelf(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Path]]:
    """Files by what they are, each with the hash that a task names it by."""
    folder = tmp_path_factory.mktemp("shelf")
    made = {"picture": next(iter(files.values())), "sound": MEDIA / "tone.wav", "film": MEDIA / "counter.mp4"}
    written = {
        "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "playlist": b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "nothing": b"",
    }
    for name, content in written.items():
        made[name] = folder / name
        made[name].write_bytes(content)
    found = {name: (hashlib.sha256(path.read_bytes()).hexdigest(), path) for name, path in made.items()}
    changed = folder / "changed.png"
    changed.write_bytes(found["picture"][1].read_bytes() + b"x")
    return {**found, "changed": ("ab" * 32, changed)}


@pytest.fixture(scope="module")
def store(shelf: dict[str, tuple[str, Path]]) -> Iterator[DecodeClient]:
    """A client for these."""
    client = DecodeClient(dict(shelf.values()).get)
    yield client
    client.close()


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was raised where nobody could catch it."""
    found: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, value, trace: found.append(repr(value)))
    return found


def until(condition: Callable[[], Any]) -> None:
    """Run events until `condition`; fails after a bound."""
    for _ in range(500):
        if condition():
            return
        wait(20)
    raise AssertionError("what was waited for did not come")


@pytest.mark.parametrize("tag", ["Image", "Audio", "Video", "Pdf"])
def test_a_file_of_the_wrong_kind_is_refused_in_words(
    tag: str,
    open_bench: OpenBench,
    store: DecodeClient,
    shelf: dict[str, tuple[str, Path]],
    faults: list[str],
) -> None:
    bench = open_bench(MODULES[tag], data={"d": "sha256:" + "00" * 32}, images=store)
    model = bench.model
    for name, (sha256, _) in shelf.items():
        model.open(MODULES[tag], {"d": f"sha256:{sha256}"}, [])
        until(lambda: bench.window.grabWindow() is not None and (model.shown or model.pictureProblem))
        assert bool(model.shown) is ((tag, name) in FITS), name
    assert not faults


def test_another_kind_of_task_while_files_are_read(
    open_bench: OpenBench, store: DecodeClient, shelf: dict[str, tuple[str, Path]], faults: list[str]
) -> None:
    """The answers of workers came to players and waves that were gone with their task."""
    names = list(shelf)
    bench = None
    for turn in range(48):
        tag = list(TAGS)[turn * 7 % 4]
        data = {"d": f"sha256:{shelf[names[turn * 5 % len(names)]][0]}"}
        if bench is None:
            bench = open_bench(MODULES[tag], data=data, images=store)
        else:
            bench.model.open(MODULES[tag], data, [])
        wait(turn % 5 * 8)
    assert bench is not None
    wait(300)
    assert not faults
    window = bench.engine.rootObjects()[0]  # the wrapper went with an item that asked for it
    assert isinstance(window, QQuickWindow)
    bench.window = window
