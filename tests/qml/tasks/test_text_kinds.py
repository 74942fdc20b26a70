# SPDX-License-Identifier: Apache-2.0
"""Texts with markup and dialogues by hand and by key: shown plain, marked as Label Studio writes it, heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gems_desktop.decoding.client import DecodeClient
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench
from tests.qml.tasks.sounds import keep, tones
from tests.qml.tasks.test_text_spans import canvas_of, mark, sweep, where

HYPER = """<View><HyperTextLabels name="ner" toName="text"><Label value="Person"/></HyperTextLabels>
  <HyperText name="text" value="$text"/></View>"""
TALK = """<View><ParagraphLabels name="ner" toName="text"><Label value="Key"/></ParagraphLabels>
  <Paragraphs name="text" value="$text" layout="dialogue" audioUrl="$sound"/></View>"""
PAGE = "<h1>Report</h1><p>By <b>Ann 👍 Lee</b> of <i>Rome</i>.</p><script>x()</script><ul><li>one<li>two</ul>"
TURNS = [
    {"author": "Ann", "text": "Hello 👍 you", "start": 0.5, "end": 1.5},
    {"author": "Bob", "text": "Fine,\nthanks", "start": 2, "duration": 1},
    {"author": "Ann", "text": "مرحبا"},
]


def test_markup_is_marked_by_node_and_by_the_whole(open_bench: OpenBench) -> None:
    bench = open_bench(HYPER, data={"text": PAGE})
    mark(bench, "Lee of Ro")
    assert bench.values("ner") == [
        {
            "start": "/p[1]/b[1]/text()[1]",
            "end": "/p[1]/i[1]/text()[1]",
            "startOffset": 7,
            "endOffset": 2,
            "globalOffsets": {"start": 15, "end": 24},
            "text": "Lee of Ro",
            "hypertextlabels": ["Person"],
        }
    ]
    canvas = canvas_of(bench)
    assert canvas.text is not None
    assert "x()" not in canvas.text.sheet.text and "<" not in canvas.text.sheet.text


def test_a_mark_across_blocks(open_bench: OpenBench) -> None:
    bench = open_bench(HYPER, data={"text": PAGE})
    sweep(bench, where(bench, "one"), where(bench, "two", end=True))
    value = bench.values("ner")[0]
    assert (value["start"], value["end"]) == ("/ul[1]/li[1]/text()[1]", "/ul[1]/li[2]/text()[1]")


@pytest.fixture
def talk(open_bench: OpenBench) -> Bench:
    """A dialogue without its sound."""
    return open_bench(TALK, data={"text": TURNS})


def test_a_dialogue_is_marked_by_turn(talk: Bench) -> None:
    mark(talk, "you")
    talk.model.select("")  # or the drag would move where it begins
    sweep(talk, where(talk, "you"), where(talk, "thanks", end=True))
    assert [(v["start"], v["startOffset"], v["end"], v["endOffset"]) for v in talk.values("ner")] == [
        ("0", 9, "0", 12),
        ("0", 9, "1", 12),
    ]
    assert talk.values("ner")[1]["text"] == "you\nFine,\nthanks"
    assert not [item for item in talk.drawn() if item.objectName() == "playDialogue"]


def test_ends_move_from_turn_to_turn(talk: Bench) -> None:
    mark(talk, "you")
    talk.key(Qt.Key.Key_Right, with_=Qt.KeyboardModifier.ShiftModifier)
    assert [(v["end"], v["endOffset"]) for v in talk.values("ner")] == [("1", 1)]


def test_a_fault_in_a_turn(open_bench: OpenBench) -> None:
    bench = open_bench(TALK, data={"text": TURNS}, read_only=True)
    bench.model.beside.ask(True)
    sweep(bench, where(bench, "Fi"), where(bench, "Fine", end=True))
    assert bench.model.beside.mark == {"kind": "span", "on": "text", "paragraph": 1, "start": 0, "end": 4}
    canvas = canvas_of(bench)
    assert canvas.text is not None and canvas.text.mark is not None


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Six seconds, by hash."""
    return dict([keep(tmp_path_factory.mktemp("sounds"), tones())])


@pytest.fixture
def heard(
    open_bench: OpenBench, sounds: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Bench, DecodeClient]]:
    """A dialogue with its sound, on a machine without a device."""

    def missing(*_: object) -> None:
        raise OSError("there is no sound device")

    monkeypatch.setattr("gems_desktop.items.sound_sink.DeviceSink", missing)
    client = DecodeClient(sounds.get)
    bench = open_bench(TALK, data={"text": TURNS, "sound": f"sha256:{next(iter(sounds))}"}, images=client)
    yield bench, client
    bench.close()
    client.close()


def test_the_turn_at_the_cursor_is_heard(heard: tuple[Bench, DecodeClient]) -> None:
    bench, _ = heard
    canvas = canvas_of(bench)
    assert canvas.text is not None
    sound = canvas.text.turn_sound
    bench.until(lambda: sound.property("ready"))
    bench.focus(canvas)
    bench.key(Qt.Key.Key_Down, Qt.Key.Key_Space)
    bench.until(lambda: canvas.text is not None and canvas.text.heard == 1)
    assert 2 <= sound.property("position") < 3
    bench.key(Qt.Key.Key_Space)
    assert not sound.property("playing")
    bench.click(bench.named("playDialogue"))
    assert sound.property("playing")
