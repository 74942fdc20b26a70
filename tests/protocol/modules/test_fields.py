# SPDX-License-Identifier: Apache-2.0
"""What a task's fields may hold, problem by problem and row by row; hostile data is told in words."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gems_protocol.modules import bind, check, check_rows, limits, parse, task_problems
from gems_protocol.modules.check import row_problems

HASH = "sha256:" + "ab" * 32
CONFIG = """<View>
  <Header value="About $topic"/><Text name="t" value="$t"/><Image name="i" value="$i"/>
  <Paragraphs name="p" value="$p" audioUrl="$sound"/><Table name="b" value="$b"/><List name="l" value="$l"/>
  <Chat name="m" value="$m"/>
  <TimeSeries name="s" value="$s" timeColumn="time"><Channel column="x"/></TimeSeries>
  <Choices name="c" toName="t" value="$o"/><TextArea name="w" toName="t" value="$w"/>
</View>"""
MODULE = parse(CONFIG)
TASK: dict[str, Any] = {
    "topic": "cats",
    "t": "words",
    "i": HASH,
    "p": [{"author": "A", "text": "Hello"}],
    "sound": HASH,
    "b": {"a": 1, "b": [1, 2]},
    "l": [{"id": 1, "title": "One"}],
    "m": [{"role": "user", "content": "Hi"}],
    "s": {"time": [1, 2], "x": [0.5, None]},
    "o": ["a", {"value": "b"}],
    "w": "draft",
}


def deep(depth: int) -> Any:
    """Lists in lists."""
    found: Any = "end"
    for _ in range(depth):
        found = [found]
    return found


def test_a_sound_task() -> None:
    assert set(MODULE.variables()) == set(TASK)
    assert task_problems(MODULE, TASK) == [] == row_problems(MODULE, TASK)
    assert task_problems(MODULE, TASK | {"more": deep(5000)}) == []  # what nobody looks at


@pytest.mark.parametrize("name", sorted(TASK))
def test_a_missing_field(name: str) -> None:
    without = {key: value for key, value in TASK.items() if key != name}
    assert task_problems(MODULE, without) == [f"The field {name} is missing."]
    assert task_problems(MODULE, TASK | {name: None}) == [f"The field {name} is missing."]


WRONG: list[tuple[str, Any, str]] = [
    ("topic", ["a"], "is not a text"),
    ("topic", "x" * (limits.TEXT_LENGTH + 1), "is longer than"),
    ("t", {}, "is not a text"),
    ("t", True, "is not a text"),
    ("t", ["a", 1.5], "is not a text"),
    ("t", ["x" * limits.TEXT_LENGTH, "y"], "is longer than"),
    ("i", 5, "is not a text"),
    ("i", [], "1 to 60 pages"),
    ("i", [HASH] * (limits.PAGES + 1), "1 to 60 pages"),
    ("i", [HASH, "x.png"], "does not name a file by its content hash"),
    ("sound", "file:///etc/passwd", "does not name a file by its content hash"),
    ("p", "Hello", "paragraphs"),
    ("p", [], "paragraphs"),
    ("p", [{"author": "A"}], "has no text"),
    ("p", [{"author": 5, "text": "x"}], "author that is not a text"),
    ("p", [{"text": "x"}] * (limits.PARAGRAPHS + 1), "paragraphs"),
    ("p", [{"text": "x" * 10_001}] * 2, "is longer than"),
    ("b", "x", "is no table"),
    ("b", [], "is no table"),
    ("b", [{}] * (limits.TABLE_ROWS + 1), "is no table"),
    ("b", [{str(at): 1 for at in range(limits.TABLE_CELLS + 1)}], "too many cells"),
    ("b", {"a": "x" * (limits.CELL_LENGTH + 1)}, "too many cells"),
    ("b", {"a": [[["x" * limits.CELL_LENGTH]]]}, "too many cells"),
    ("l", [], f"1 to {limits.LIST_ITEMS} items"),
    ("l", [{"id": 1}, {"id": "1"}], "the same id"),
    ("m", [{"role": "user"}], "has no role or no content"),
    ("m", [{"role": 5, "content": "x"}], "has no role or no content"),
    ("m", ["x"], "has no role or no content"),
    ("m", [{"role": "u", "content": "x" * (limits.TEXT_LENGTH + 1)}], "is longer than"),
    ("m", [{"role": "u", "content": "x"}] * (limits.MESSAGES + 1), "messages"),
    ("s", [], "object of columns"),
    ("s", {"time": [1]}, "no column x"),
    ("s", {"time": [], "x": [1]}, "no column time"),
    ("s", {"time": [1], "x": [[1]]}, "more than single values"),
    ("o", "x", "are not a list"),
    ("o", ["x"] * (limits.DATA_OPTIONS + 1), "more than 1000 options"),
    ("w", ["a", {}], "is not a text"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG, ids=[f"{w[0]}{at}" for at, w in enumerate(WRONG)])
def test_wrong_fields(name: str, value: Any, said: str) -> None:
    (problem,) = task_problems(MODULE, TASK | {name: value})
    assert name in problem and said in problem and len(problem) < 200


STRANGE: list[tuple[Any, str]] = [
    ("a\ud800b", "half a character"),
    (["a", {"b": "\udc00"}], "half a character"),
    ([{"\ud800": 1}], "names that are no texts"),
    ([{5: 1}], "names that are no texts"),
    (10**5000, "too large"),
    ([-(2**60)], "too large"),
    ([float("nan")], "number that is none"),
    ({"a": float("inf")}, "number that is none"),
    (deep(5000), "nested too deep"),
    ([None] * (limits.DATA_PARTS + 1), "holds too much"),
    (b"bytes", "what no task can hold"),
    ([object()], "what no task can hold"),
]


@pytest.mark.parametrize("name", sorted(TASK))
@pytest.mark.parametrize(("value", "said"), STRANGE, ids=range(len(STRANGE)))
def test_strange_data_is_told_for_every_field(name: str, value: Any, said: str) -> None:
    began = time.process_time()
    (problem,) = task_problems(MODULE, TASK | {name: value})
    assert problem.startswith(f"The field {name} ") and said in problem
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("name", sorted(TASK))
@pytest.mark.parametrize("value", [value for value, _ in STRANGE[:9]], ids=range(9))
def test_binding_strange_data_refuses_or_works(name: str, value: Any) -> None:
    try:
        assert bind(MODULE, TASK | {name: value}).bound
    except ValueError as error:
        assert "task" in str(error) or "list" in str(error)


def test_rows() -> None:
    rows: list[object] = [TASK, "x", TASK | {"t": None}, TASK | {"o": []}, TASK | {"i": "x.png", "t": 5}]
    assert check_rows(CONFIG, rows) == [
        "Row 2: This is not an object with fields.",
        "Row 3: The field t is missing.",
        "Row 5: The field i does not name a file by its content hash.",
    ]
    assert check_rows(CONFIG, rows[4:], names=True) == []
    assert check_rows(CONFIG, []) == []
    assert check_rows("<View><Magic/></View>", rows) == [
        "line 1: the tag Magic is not supported",
        "it has no control, so nothing could be answered",
    ]


def test_of_many_problems_the_first_are_told() -> None:
    told = check_rows(CONFIG, ({} for _ in range(32)))
    assert len(told) == limits.SHOWN_LINES + 1
    assert told[0] == "Row 1: The field topic is missing."
    assert told[-1] == f"… and {32 * len(TASK) - limits.SHOWN_LINES} more."


def test_check_says_what_check_rows_says() -> None:
    wrong = TASK | {"l": []}
    assert [f"Row 1: {problem}" for problem in check(CONFIG, wrong).task_problems] == check_rows(
        CONFIG, [wrong]
    )
