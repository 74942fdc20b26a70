# SPDX-License-Identifier: Apache-2.0
"""What an answer holds before anybody touched it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gems_protocol.modules import Module, bind, parse, parse_answer, start
from gems_protocol.modules.start import hand

CHOICE = "<Choice value='a'/><Choice value='b' alias='B' selected='true'/><Choice value='c' selected='true'/>"


def module(*inside: str) -> Module:
    """A module with a text and what is given."""
    return parse("<View><Text name='t' value='$t'/>" + "".join(inside) + "</View>")


def begun(*inside: str) -> list[dict[str, Any]]:
    """The values with which a module starts."""
    found = module(*inside)
    answer = start(found)
    assert parse_answer(answer, found) == answer
    return [result["value"] for result in answer]


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        (f"<Choices name='c' toName='t' choice='multiple'>{CHOICE}</Choices>", {"choices": ["B", "c"]}),
        (f"<Choices name='c' toName='t'>{CHOICE}</Choices>", {"choices": ["B"]}),
        (
            "<Choices name='c' toName='t' allowNested='true'><Choice value='a'>"
            "<Choice value='b' selected='true'/></Choice></Choices>",
            {"choices": [["a", "b"]]},
        ),
        (
            "<Taxonomy name='c' toName='t'><Choice value='a'><Choice value='b' selected='true'/></Choice></Taxonomy>",
            {"taxonomy": [["a", "b"]]},
        ),
        ("<TextArea name='w' toName='t' value='Dear reader'/>", {"text": ["Dear reader"]}),
        ("<Rating name='r' toName='t' defaultValue='3'/>", {"rating": 3}),
        ("<Number name='n' toName='t' defaultValue='-2.5'/>", {"number": -2.5}),
        ("<Number name='n' toName='t' defaultValue='7'/>", {"number": 7}),
    ],
)
def test_values(inside: str, value: dict[str, Any]) -> None:
    assert begun(inside) == [value]
    assert begun(inside.replace("name=", "perRegion='true' name=", 1)) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<Choices name='c' toName='t'><Choice value='a'/></Choices>",
        "<TextArea name='w' toName='t' value='$missing'/>",
        "<TextArea name='w' toName='t'/>",
        "<Rating name='r' toName='t' defaultValue='9'/>",
        "<Rating name='r' toName='t' defaultValue='0'/>",
        "<Number name='n' toName='t' defaultValue='nan'/>",
        "<Number name='n' toName='t' defaultValue='5' max='4'/>",
        "<DateTime name='d' toName='t'/>",
        "<Labels name='l' toName='t'><Label value='a' selected='true'/></Labels>",
    ],
)
def test_what_starts_empty(inside: str) -> None:
    assert begun(inside) == []


@pytest.mark.parametrize(
    ("draft", "texts"),
    [
        ("Hello", [["Hello"]]),
        (5, [["5"]]),
        (" ", []),
        (None, []),
        ([], []),
        pytest.param(10**5000, [], id="huge"),
    ],
)
def test_a_text_that_the_task_brings(draft: Any, texts: list[list[str]]) -> None:
    data = {"t": "x", "draft": draft}
    found = bind(module("<TextArea name='w' toName='t' value='$draft'/>"), data)
    assert [result["value"]["text"] for result in start(found, data)] == texts
    assert start(found) == []


def test_options_of_the_task_may_be_selected() -> None:
    found = module("<Choices name='c' toName='t' value='$o'/>")
    bound = bind(found, {"t": "x", "o": ["a", {"value": "b", "selected": True}]})
    assert [result["value"] for result in start(bound)] == [{"choices": ["b"]}]


def test_what_is_hidden_starts_empty_until_what_is_selected_shows_it() -> None:
    second = (
        "<Rating name='r' toName='t' defaultValue='2' visibleWhen='choice-selected' whenTagName='c'"
        " whenChoiceValue='{}'/>"
    )
    chosen = f"<Choices name='c' toName='t'>{CHOICE}</Choices>"
    assert begun(second.format("b"), chosen) == [{"choices": ["B"]}, {"rating": 2}]
    assert begun(second.format("a"), chosen) == [{"choices": ["B"]}]


def test_the_label_in_the_hand() -> None:
    assert hand(module("<Labels name='l' toName='t'><Label value='a'/></Labels>")) is None
    found = module(
        "<Labels name='l' toName='t'><Label value='a'/><Label value='b' selected='true'/></Labels>"
    )
    assert hand(found) == ("l", "b")


def test_many_defaults_take_no_time() -> None:
    many = "".join(
        f"<TextArea name='w{at}' toName='t' value='x' visibleWhen='choice-unselected' whenTagName='w{at - 1}'/>"
        for at in range(480)
    )
    began = time.process_time()
    start(module(many))
    assert time.process_time() - began < 1.5
