# SPDX-License-Identifier: Apache-2.0
"""A chat by hand and by key: messages judged, written, edited, taken away; those of the task come along."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_protocol.modules import problems
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import OpenBench

CHAT = """<View><Chat name="chat" value="$chat" minMessages="3" maxMessages="6" editable="true"/>
  <View visibleWhen="no-region-selected"><Header value="Click on a message"/></View>
  <View visibleWhen="region-selected" whenRole="assistant">
    <Choices name="tone" toName="chat" perRegion="true"><Choice value="Warm" hotkey="w"/>
      <Choice value="Cold"/></Choices>
  </View>
  <Choices name="whole" toName="chat"><Choice value="Good" hotkey="g"/><Choice value="Bad"/></Choices></View>"""
SAID = [{"role": "user", "content": "Hello?"}, {"role": "assistant", "content": "Hi <b>there</b>"}]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """A chat of two messages."""
    return open_bench(CHAT, data={"chat": SAID})


def messages(bench: Bench) -> list[tuple[str, str]]:
    """Role and content of each message of the answer."""
    return [(v["chatmessage"]["role"], v["chatmessage"]["content"]) for v in bench.values("chat")]


def bubbles(bench: Bench) -> list[QQuickItem]:
    """The messages on the screen, from above."""
    found = [item for item in bench.of_type("TaskMessage") if item.property("index") >= 0]
    return sorted(found, key=lambda item: item.mapToScene(item.boundingRect().topLeft()).y())


def test_a_message_is_judged(bench: Bench) -> None:
    assert "Click on a message" in bench.words()
    assert bench.model.answer() == []
    bench.click(bubbles(bench)[1])
    assert "Warm" in bench.words() and "Click on a message" not in bench.words()
    assert messages(bench) == [("user", "Hello?"), ("assistant", "Hi <b>there</b>")]
    bench.click(bench.option("Warm"))
    tone = next(result for result in bench.model.answer() if result["from_name"] == "tone")
    assert tone["id"] == "chat-1" and tone["type"] == "choices"
    assert tone["value"] == {"chatmessage": SAID[1], "choices": ["Warm"]}
    bench.click(bubbles(bench)[0])
    assert "Warm" not in bench.words(), "it is asked about assistants alone"
    bench.click(bubbles(bench)[0])
    assert str(bench.model.selected) == ""


def test_by_key_alone(bench: Bench) -> None:
    bench.focus(bench.named("messages"))
    bench.key(Qt.Key.Key_Down, Qt.Key.Key_Down, "w")
    assert [value["choices"] for value in bench.values("tone")] == [["Warm"]]
    bench.key(Qt.Key.Key_Up)
    assert str(bench.model.selected) == "chat-0"
    bench.key(Qt.Key.Key_Escape)
    assert str(bench.model.selected) == ""


def test_messages_of_the_task_come_with_the_first_edit(bench: Bench) -> None:
    bench.key("g")
    assert [edit["op"] for edit in bench.edits] == ["all"], "one step to undo"
    assert len(messages(bench)) == 2 and bench.values("whole") == [{"choices": ["Good"]}]
    bench.click(bench.option("Bad"))
    assert [edit["op"] for edit in bench.edits] == ["all", "choose"]


def test_messages_are_written_in_turns(bench: Bench) -> None:
    field = bench.named("chatField")
    bench.focus(field)
    bench.type("How are you")
    bench.key(Qt.Key.Key_Return, with_=CONTROL)
    assert field.property("text") == ""
    assert problems(bench.model.answer(), bench.model.module) == []
    bench.type("Fine")
    bench.click(bench.named("send"))
    assert messages(bench)[2:] == [("user", "How are you"), ("assistant", "Fine")]
    assert [bubble.property("mine") for bubble in bubbles(bench)] == [False, False, True, True]


def test_no_more_than_the_most(bench: Bench) -> None:
    for _ in range(4):
        bench.focus(bench.named("chatField"))
        bench.type("more")
        bench.key(Qt.Key.Key_Return, with_=CONTROL)
    assert len(messages(bench)) == 6
    assert not [item for item in bench.drawn() if item.objectName() == "chatField"]


def test_own_messages_are_edited_and_taken_away(bench: Bench) -> None:
    bench.focus(bench.named("chatField"))
    bench.type("Bye")
    bench.key(Qt.Key.Key_Return, with_=CONTROL)
    bench.focus(bench.named("messages"))
    bench.key(Qt.Key.Key_Up, "e")
    bench.key(Qt.Key.Key_End)
    bench.type(" now")
    bench.key(Qt.Key.Key_Return, with_=CONTROL)
    assert messages(bench)[-1] == ("user", "Bye now")
    bench.key(Qt.Key.Key_Delete)
    assert len(messages(bench)) == 2
    bench.key(Qt.Key.Key_Up, Qt.Key.Key_Delete, "e")
    assert len(messages(bench)) == 2, "those of the task stay as they are"


def test_data_that_is_no_chat(open_bench: OpenBench) -> None:
    strange: list[Any] = [None, {"role": "x"}, {"role": "bot\u202e", "content": "odd\u202e role"}, *SAID]
    bench = open_bench(CHAT, data={"chat": strange})
    assert len(bubbles(bench)) == 3
    bench.click(bubbles(bench)[0])
    assert str(bench.model.selected) == "", "a role that answers do not know"
    assert not any("\u202e" in word for word in bench.words())
    bench.key("g")
    assert [role for role, _ in messages(bench)] == ["user", "assistant"]


def test_read_only(open_bench: OpenBench, bench: Bench) -> None:
    bench.click(bubbles(bench)[1])
    bench.key("w")
    seen = open_bench(CHAT, bench.model.answer(), data={"chat": SAID}, read_only=True)
    assert not [item for item in seen.drawn() if item.objectName() == "chatField"]
    seen.focus(seen.named("messages"))
    seen.key(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert seen.chosen() == ["Warm"]
    seen.key(Qt.Key.Key_Delete)
    assert seen.edits == []


def test_another_task(bench: Bench) -> None:
    bench.focus(bench.named("chatField"))
    bench.type("half")
    bench.model.open(bench.model.module, {"chat": []}, [])
    bench.settle()
    assert bubbles(bench) == [] and bench.named("chatField").property("text") == ""
