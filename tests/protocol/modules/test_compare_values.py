# SPDX-License-Identifier: Apache-2.0
"""Agreement of what concerns the whole task: classes, scales, dates, rankings, texts, and what a module declares."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.modules import ConfigRefused, Module, agree, agreement, parse
from gems_protocol.modules.compare import comparison, shares, wrong_declarations
from gems_protocol.modules.compare.declared import default
from gems_protocol.modules.compare.texts import likeness
from gems_protocol.modules.compare.values import measure
from gems_protocol.modules.tree import Kind, Node

ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)
OPTIONS = '<Choice value="a"><Choice value="b"/><Choice value="c"/></Choice><Choice value="d"/>'


def module(controls: str) -> Module:
    return parse(f'<View><Text name="t" value="$t"/><Text name="u" value="$u"/>{controls}</View>')


EVERY = module(
    f"""<Choices name="choices" toName="t" choice="multiple">{OPTIONS}</Choices>
    <Taxonomy name="taxonomy" toName="t">{OPTIONS}</Taxonomy>
    <Rating name="rating" toName="t" maxRating="10"/><Number name="number" toName="t"/>
    <DateTime name="datetime" toName="t"/><Pairwise name="pairwise" toName="t,u"/>
    <TextArea name="textarea" toName="t"/><TextArea name="note" toName="t" gems-compare="none"/>"""
)


def said(control: str, value: dict[str, Any], kind: str = "") -> dict[str, Any]:
    return {"id": control, "from_name": control, "to_name": "t", "type": kind or control, "value": value}


def share(control: str, first: Any, second: Any, key: str = "") -> Fraction:
    one, two = ([said(control, {key or control: value})] for value in (first, second))
    found = shares(one, two, EVERY)
    assert found == shares(two, one, EVERY) and agree(one, one, EVERY)
    assert agree(one, two, EVERY) is (found[control] == 1)
    return found[control]


@pytest.mark.parametrize(
    ("control", "key", "first", "second", "expected"),
    [
        ("choices", "", ["a", "d"], ["d", "a"], ONE),
        ("choices", "", ["a", "b"], ["a"], HALF),
        ("choices", "", [["a", "b"]], [["a", "b"]], ONE),
        ("choices", "", ["a"], ["d"], ZERO),
        ("taxonomy", "", [["a", "b"]], [["a", "b"]], ONE),
        ("taxonomy", "", [["a", "b"]], [["a", "c"]], Fraction(1, 3)),  # the same branch
        ("taxonomy", "", [["a"]], [["d"]], ZERO),
        ("rating", "", 7, 7, ONE),
        ("rating", "", 7, 8, Fraction(9, 10)),
        ("rating", "", 0, 10, ZERO),
        ("number", "", 3, 3.0, ONE),
        ("number", "", 0.1 + 0.2, 0.3, ONE),
        ("number", "", 1990, 1991, Fraction(1990, 1991)),
        ("number", "", -5, 5, ZERO),
        ("number", "", 0, 0.001, ZERO),
        ("datetime", "", "2024-05-03", "2024-05-03", ONE),
        ("datetime", "", "2024-05-03", "2024-05-04", HALF),
        ("pairwise", "selected", "left", "left", ONE),
        ("pairwise", "selected", "left", "right", ZERO),
        ("textarea", "text", ["A cat"], ["a  CAT"], ONE),
        ("textarea", "text", ["abcd"], ["abcX"], Fraction(3, 4)),
    ],
)
def test_measures(control: str, key: str, first: Any, second: Any, expected: Fraction) -> None:
    assert share(control, first, second, key) == expected


def test_what_both_leave_open_says_nothing() -> None:
    one, two = [said("choices", {"choices": ["a"]})], [said("choices", {"choices": ["d"]})]
    assert agreement(one, two, EVERY) == 0  # however many other fields are empty in both
    assert agreement([], [], EVERY) == 1 and agree([], [], EVERY)
    assert agreement(one, [], EVERY) == 0 and not agree(one, [], EVERY)
    assert agreement([*one, said("rating", {"rating": 3})], one, EVERY) == HALF


def test_a_remark_is_not_compared() -> None:
    one = [said("choices", {"choices": ["a"]}), said("note", {"text": ["hm"]}, "textarea")]
    assert agree(one, one[:1], EVERY)
    alone = module('<TextArea name="note" toName="t" gems-compare="none"/>')
    assert not agree(one[1:], [], alone)  # nothing but remarks: they are what is compared


RANKS = st.permutations("abcdef")
BUCKETS = st.lists(st.sampled_from(["", "x", "y"]), min_size=6, max_size=6)


def ranked(order: Any, buckets: list[str]) -> dict[str, Any]:
    found: dict[str, list[str]] = {name: [] for name in sorted(set(buckets))}
    for item in order:
        found[buckets["abcdef".index(item)]].append(item)
    return {"ranker": found}


def ranking() -> Node:
    return Node("Ranker", Kind.CONTROL, name="rank")


@given(RANKS, RANKS)
def test_rankings_by_kendall(first: list[str], second: list[str]) -> None:
    one, two = ({"ranker": {"rank": list(order)}} for order in (first, second))
    same = sum(
        (first.index(a) < first.index(b)) == (second.index(a) < second.index(b))
        for a, b in combinations("abcdef", 2)
    )
    assert measure([one], [two], ranking(), "order") == Fraction(same, 15)
    assert measure([one], [two], ranking(), "order") == measure([two], [one], ranking(), "order")


@given(RANKS, BUCKETS, RANKS, BUCKETS)
def test_buckets(first: list[str], here: list[str], second: list[str], there: list[str]) -> None:
    one, two = ranked(first, here), ranked(second, there)
    found = measure([one], [two], ranking(), "order")
    assert found == measure([two], [one], ranking(), "order")
    assert 0 <= found <= Fraction(sum(a == b for a, b in zip(here, there, strict=True)), 6)
    assert measure([one], [one], ranking(), "order") == 1


def test_one_neighbour_changed_of_five_is_the_same_ranking() -> None:
    node, way = ranking(), default(ranking())
    one, two, three = ({"ranker": {"rank": list(order)}} for order in ("abcde", "abced", "cba"))
    assert way.settle(measure([one], [two], node, "order")) == 1
    assert way.settle(measure([{"ranker": {"rank": list("abc")}}], [three], node, "order")) == 0


def chat(*said: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"m{at}",
            "from_name": "chat",
            "to_name": "chat",
            "type": "chatmessage",
            "value": {"chatmessage": {"role": role, "content": content}},
        }
        for at, (role, content) in enumerate(said)
    ]


def test_chats_and_what_is_said_about_their_messages() -> None:
    talk = parse(
        '<View><Chat name="chat" value="$c"/><Choices name="kind" toName="chat" perRegion="true">'
        '<Choice value="good"/><Choice value="bad"/></Choices></View>'
    )
    one = chat(("user", "What is it?"), ("assistant", "A cat."))
    two = chat(("user", "what is it"), ("assistant", "A dog."))
    assert agree(one, one, talk) and not agree(one, two, talk) and not agree(one, one[:1], talk)
    assert shares(one, two, talk) == shares(two, one, talk) == {"chat": HALF}

    def rated(answer: list[Any], place: int, option: str) -> list[Any]:
        value = {**answer[place]["value"], "choices": [option]}
        return [*answer, said("kind", value, "choices") | {"id": f"m{place}", "to_name": "chat"}]

    assert agree(rated(one, 1, "good"), rated(one, 1, "good"), talk)
    assert shares(rated(one, 1, "good"), rated(one, 1, "bad"), talk)["kind"] == 0
    assert shares(rated(one, 1, "good"), rated(one, 0, "good"), talk)["kind"] == 0


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467", ONE),
        ("I \u2764\ufe0f it", "I \u2764 it", ONE),  # the same sign, drawn in colour or not
        ("cafe\u0301", "caf\u00e9", ONE),
        ("\u0642\u0637\u0629", "\u0642\u0637", Fraction(2, 3)),
        ("\U0001f600\U0001f600", "\U0001f600\U0001f601", HALF),
        ("", "", ONE),
        ("", "a", ZERO),
    ],
)
def test_texts_of_all_scripts(one: str, two: str, expected: Fraction) -> None:
    assert likeness(one, two) == likeness(two, one) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric(one: str, two: str) -> None:
    assert likeness(one, two) == likeness(two, one) and 0 <= likeness(one, two) <= 1 == likeness(one, one)


def test_what_a_module_declares() -> None:
    lenient = module(
        f"""<Choices name="c" toName="t" choice="multiple" gems-compare="iou" gems-threshold="0.5">{OPTIONS}</Choices>
        <Rating name="r" toName="t" gems-threshold=".8"/><Number name="n" toName="t" gems-threshold="0.95"/>
        <TextArea name="x" toName="t" gems-compare="exact"/>"""
    )
    assert not wrong_declarations(lenient)
    one, two = [said("c", {"choices": ["a", "b"]}, "choices")], [said("c", {"choices": ["a"]}, "choices")]
    assert agree(one, two, lenient)
    stars = [[said("r", {"rating": n}, "rating")] for n in (3, 4, 5)]
    assert agree(stars[0], stars[1], lenient) and not agree(stars[0], stars[2], lenient)
    counts = [[said("n", {"number": n}, "number")] for n in (100, 96, 90)]
    assert agree(counts[0], counts[1], lenient) and not agree(counts[0], counts[2], lenient)
    words = [[said("x", {"text": [text]}, "textarea")] for text in ("A cat", "a cat")]
    assert not agree(words[0], words[1], lenient) and agreement(words[0], words[1], lenient) == 0


@pytest.mark.parametrize(
    "declared",
    [
        'gems-compare="text"',
        'gems-threshold="0.5"',
        'gems-compare="iou" gems-threshold="1.5"',
        'gems-compare="iou" gems-threshold="0"',
        'gems-compare="iou" gems-threshold="half"',
        'gems-compare="none" gems-threshold="0.5"',
    ],
)
def test_declarations_that_cannot_be_followed_are_named(declared: str) -> None:
    config = f'<Choices name="c" toName="t" {{}}>{OPTIONS}</Choices>'
    with pytest.raises(ConfigRefused, match="gems-"):
        module(config.format(declared))
    sound = module(config.format("")).root
    given = tuple(re.findall(r'([\w-]+)="([^"]*)"', declared))
    children = tuple(replace(n, attributes=given) if n.name == "c" else n for n in sound.children)
    wrong = Module(replace(sound, children=children))
    assert len(wrong_declarations(wrong)) == 1 and "line" in wrong_declarations(wrong)[0]
    node = wrong.control("c")
    assert node is not None and comparison(node).threshold in (ONE, HALF)
