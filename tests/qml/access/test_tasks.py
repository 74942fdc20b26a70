# SPDX-License-Identifier: Apache-2.0
"""A task of every kind and each step of the way in: heard, reached by Tab, and what is chosen is told as it changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.helpers import keyboard
from tests.helpers.accessible import faults, heard, tree
from tests.qml.access.conftest import MakeWindow, OpenBench, shown
from tests.qml.tasks.conftest import BOXES, CHOICES, TYPED
from tests.qml.tasks.test_controls_order import BUCKETS, ITEMS, LIST, ORDER, PAIR, TABLE
from tests.qml.tasks.test_kinds_in_turn import OTHERS

Role = QAccessible.Role
TREE = """<View><Text name="t" value="$text"/><Taxonomy name="x" toName="t"><Choice value="Animals">
  <Choice value="Birds"/></Choice><Choice value="Plants"/></Taxonomy></View>"""
MORE = """<View><Text name="t" value="$text"/><Rating name="r" toName="t"/><Number name="n" toName="t" min="1" max="9"/>
  <DateTime name="d" toName="t"/><Choices name="c" toName="t" choice="multiple"><Choice value="A"/><Choice value="B"/>
  </Choices></View>"""
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (config, data) for name, (config, data, _) in OTHERS.items()},
    "choices": (CHOICES, {"text": "It rains."}),
    "boxes": (BOXES, {"photo": ""}),
    "typed": (TYPED, {"text": "It rains."}),
    "pair": (PAIR, {"a": "One thing", "b": "Another thing"}),
    "order": (ORDER.format(""), ITEMS),
    "buckets": (ORDER.format(BUCKETS), ITEMS),
    "list": (LIST, ITEMS),
    "long table": (TABLE, {"table": [{"number": at, "word": f"w{at}"} for at in range(50)]}),
    "tree": (TREE, {"text": "It rains."}),
    "more": (MORE, {"text": "It rains."}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_is_heard_and_reached(open_bench: OpenBench, kind: str, qt_messages: list[str]) -> None:
    config, data = KINDS[kind]
    bench = open_bench(config, data=data)
    if kind == "boxes":
        bench.until(lambda: bench.model.pictureProblem)
        qt_messages.clear()
    assert not faults(bench.window)
    assert not [each for each in keyboard.faults(bench.window) if "Task'" not in each]


def test_what_is_chosen_is_told_as_it_changes(open_bench: OpenBench) -> None:
    bench = open_bench(CHOICES)

    def chosen() -> list[str]:
        return [each.name for each in tree(bench.window) if "checked" in each.states]

    bench.focus(bench.option("Happy"))
    said = heard(bench.window)
    assert said is not None and said.name == "Happy" and said.description == "It smiles" and chosen() == []
    bench.key(Qt.Key.Key_Space)
    assert chosen() == ["Happy"]
    bench.key("2")
    assert chosen() == ["Angry"]
    bench.click(bench.option("Verb"))
    assert chosen() == ["Angry", "Verb"]
    read = [each.name for each in tree(bench.window)]
    assert read.index("Judge") < read.index("It rains again.") < read.index("Happy") < read.index("Verb")


@pytest.mark.parametrize("wallet", ["none", "locked"])
def test_the_way_in_is_heard_and_reached(make_window: MakeWindow, wallet: str) -> None:
    window = make_window(wallet)
    window.begin()
    shown(window)
    steps = 0
    while True:
        assert not [*faults(window.window), *keyboard.faults(window.window)], steps
        steps += 1
        if wallet == "locked" or steps > 2:
            break
        window.focus("language-en" if steps == 1 else "makeWallet")
        window.key(Qt.Key.Key_Return if steps == 1 else Qt.Key.Key_Space)
        shown(window)
    if wallet == "locked":
        field = next(each for each in tree(window.window) if "passwordEdit" in each.states)
        assert field.role is Role.EditableText and field.description.startswith("Password")
