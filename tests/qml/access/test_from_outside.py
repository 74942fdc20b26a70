# SPDX-License-Identifier: Apache-2.0
"""A screen reader's own libraries, from outside, read a task, its choices and the balance, and follow the keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.helpers.outside_ears import Listened, Surroundings, flat, missing

SENTENCE = "The ferry came late again, but the view made up for it."
pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    made = Surroundings(tmp_path_factory.mktemp("runtime"))
    yield made
    made.end()


def everything(heard: Listened) -> list[dict[str, Any]]:
    window = heard.read()
    assert window is not None
    return flat(window)


def test_a_task_its_choices_and_the_balance_are_read_and_the_keyboard_is_followed(
    around: Surroundings,
) -> None:
    heard = Listened(around)
    try:
        assert any(each["name"] == "Balance 4.55 GEM" for each in everything(heard))
        heard.do("page work")
        told = everything(heard)
        names = [each["name"] for each in told]
        choices = [each["name"] for each in told if each["role"] == "radio button"]
        assert choices == ["Positive", "Negative", "Neutral"]
        # what is judged is read before what is asked of it, and the task says it when the keyboard comes to it
        assert names.index(SENTENCE) < names.index("Positive")
        task = next(each for each in told if each["name"] == "Task")
        assert SENTENCE in task["description"]
        assert not any("checked" in each["states"] for each in told)
        heard.do("key 2")
        assert heard.hears(event="checked", name="Negative", on=True)
        chosen = [each["name"] for each in everything(heard) if "checked" in each["states"]]
        assert chosen == ["Negative"]
        heard.do("page settings")
        heard.do("key Tab")
        assert heard.hears(event="focus", name="Language")
        heard.do("toast Sent")
        assert heard.hears(event="announcement", text="Sent")
        assert not [each for each in heard.events if each["event"] == "focus" and not each["name"]]
    finally:
        heard.end()


def test_an_arabic_window_is_heard_in_arabic(around: Surroundings) -> None:
    heard = Listened(around, "ar")
    try:
        names = [each["name"] for each in everything(heard)]
        letters = [name for name in names if any("\u0600" <= letter <= "\u06ff" for letter in name)]
        assert len(letters) > len(names) * 0.7, names
        heard.do("page settings")
        heard.do("key Tab")
        assert heard.hears(event="focus", name="اللغة"), heard.events
    finally:
        heard.end()
