# SPDX-License-Identifier: Apache-2.0
"""What a task's data fills in: options, limits, words; what it cannot do."""

from __future__ import annotations

from typing import Any

import pytest

from gems_protocol.modules import Module, Node, bind, limits, parse, parse_answer


def module(*inside: str) -> Module:
    """A module with a text and what is given."""
    return parse("<View><Text name='t' value='$t'/>" + "".join(inside) + "</View>")


def control(found: Module) -> Node:
    """The only control."""
    (node,) = found.controls()
    return node


def stored(found: Module) -> list[str]:
    """The options of the only control."""
    return [option.stored for option in control(found).options]


def test_nothing_to_fill_costs_nothing() -> None:
    plain = module("<Choices name='c' toName='t'><Choice value='a'/></Choices>")
    bound = bind(plain, {"t": "x"})
    assert bound.root is plain.root and bound.bound and not plain.bound


def test_options_of_the_task_come_after_the_authors() -> None:
    dynamic = module("<Choices name='c' toName='t' value='$o'><Choice value='a'/></Choices>")
    assert stored(dynamic) == ["a"]
    assert stored(bind(dynamic, {"o": ["b", "a"]})) == ["a", "b"]
    assert stored(bind(dynamic, {})) == ["a"]
    assert dynamic.variables() == ("t", "o")


def test_below_choices_there_is_something_with_allow_nested_only() -> None:
    data = {"o": [{"value": "a", "children": ["b"]}]}
    flat = module("<Choices name='c' toName='t' value='$o'/>")
    deep = module("<Choices name='c' toName='t' value='$o' allowNested='true'/>")
    tree = module("<Taxonomy name='c' toName='t' value='$o'/>")
    paths = [[path for path, _ in control(bind(each, data)).every_option()] for each in (flat, deep, tree)]
    assert paths == [[("a",)], [("a",), ("a", "b")], [("a",), ("a", "b")]]


def test_fields_in_options() -> None:
    woven = module(
        "<Choices name='c' toName='t'><Choice value='$first'/><Choice value='The $second'/>"
        "<Choice value='$missing'/><Choice value='$first'/></Choices>"
    )
    assert woven.variables() == ("t", "first", "second", "missing")
    bound = bind(woven, {"first": "One", "second": 2})
    assert stored(bound) == ["One", "The 2"]
    answer = [{"id": "c", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["One"]}}]
    assert parse_answer(answer, bound) == parse_answer(answer, woven) == answer


def test_fields_in_words() -> None:
    found = parse(
        "<View><Header value='Title: $title ($n)'/><Text name='t' value='$a, $b'/>"
        "<Choices name='c' toName='t'><Choice value='x'/></Choices></View>"
    )
    assert found.variables() == ("title", "n", "a", "b")
    header, text = bind(found, {"title": "<b>\u202e", "n": 3, "a": "$secret", "b": True}).objects()
    assert header.get("value") == "Title: <b>\ufffd (3)"
    assert text.get("value") == " $secret, " and text.variable == ""  # what a task says names no field


def test_limits_of_the_task() -> None:
    chat = parse("<View><Chat name='m' value='$m' maxMessages='$most' minMessages='$least'/></View>")
    (node,) = bind(chat, {"m": [], "most": 5, "least": "x" * 100_000}).objects()
    assert node.number("maxMessages", 9) == 5 and node.number("minMessages", 1) == 1
    assert len(node.get("minMessages")) <= limits.TEXT_LENGTH


def test_words_do_not_grow_without_bound() -> None:
    woven = parse(
        f"<View><Text name='t' value='{'$a ' * 5000}'/>"
        "<Choices name='c' toName='t'><Choice value='x'/></Choices></View>"
    )
    (text,) = bind(woven, {"a": "y" * 100_000}).objects()
    assert len(text.get("value")) <= limits.TEXT_LENGTH


@pytest.mark.parametrize(
    "value", [None, True, 1, "x", {}, [[]], [10**5000], ["x"] * 2000, [{"value": "a", "children": 5}]]
)
def test_options_that_do_not_fit_are_refused_in_words(value: Any) -> None:
    with pytest.raises(ValueError, match="task"):
        bind(module("<Labels name='l' toName='t' value='$o'/>"), {"o": value})


STRANGE: list[Any] = [None, True, 10**5000, 1.5, [], {}, float("nan"), "\ud800"]


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_strange_words_never_break_the_binding(value: Any) -> None:
    found = module(
        "<Header value='a $x'/><Choices name='c' toName='t' hint='$x'><Choice value='b$x'/></Choices>"
    )
    bound = bind(found, {"x": value})
    assert stored(bound)[0].startswith("b")
