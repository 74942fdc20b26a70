# SPDX-License-Identifier: Apache-2.0
"""Whether two answers say the same: symmetric, reflexive, by overlap of boxes and likeness of texts."""

from __future__ import annotations

import random
from fractions import Fraction
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import agree, agreement, limits
from gems_protocol.modules.compare.geometry import shape_of
from gems_protocol.modules.compare.shapes import FULL
from gems_protocol.modules.compare.texts import LONG_TEXT, distance
from tests.protocol.modules.configs import box, choice, everything, parts, typed

MODULE = everything()
HALF = Fraction(1, 2)

BOXES = st.lists(
    st.builds(
        lambda x, y, w, h, label: box(x, y, w, h, label),
        st.integers(0, 4).map(lambda n: n * 5),
        st.integers(0, 1),
        st.sampled_from([20, 25, 30]),
        st.sampled_from([10, 12.5]),
        st.sampled_from(["Cat", "dog"]),
    ),
    max_size=6,
)
ANSWERS = st.builds(
    lambda kind, chosen, boxes, texts: (
        [choice(kind)] * bool(kind)
        + ([parts(*chosen)] if chosen else [])
        + [region | {"id": f"b{at}"} for at, region in enumerate(boxes)]
        + ([typed(*texts)] if texts else [])
    ),
    st.sampled_from(["", "good", "Bad"]),
    st.lists(st.sampled_from(["Head", "Tail", "Legs"]), unique=True),
    BOXES,
    st.lists(st.text("ab ", min_size=1, max_size=6), max_size=2),
)


@settings(max_examples=400)
@given(ANSWERS, ANSWERS)
def test_symmetric_and_reflexive(first: list[Any], second: list[Any]) -> None:
    assert agree(first, first, MODULE) and agreement(first, first, MODULE) == 1
    assert agree(first, second, MODULE) == agree(second, first, MODULE)
    share = agreement(first, second, MODULE)
    assert share == agreement(second, first, MODULE) and 0 <= share <= 1
    assert agree(first, second, MODULE) == (share == 1)


@given(ANSWERS, st.randoms())
def test_the_order_of_results_means_nothing(answer: list[Any], chance: random.Random) -> None:
    mixed = list(answer)
    chance.shuffle(mixed)
    assert agree(answer, mixed, MODULE)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (box(), box(), Fraction(1)),
        (box(0, 0, 10, 10), box(10, 0, 10, 10), Fraction(0)),  # they touch
        (box(0, 0, 10, 10), box(50, 50, 10, 10), Fraction(0)),
        (box(0, 0, 10, 10), box(0, 0, 10, 5), HALF),
        (box(0, 0, 10, 10), box(5, 0, 10, 10), Fraction(1, 3)),
        (box(0, 0, 10, 10), box(2.5, 2.5, 5, 5), Fraction(1, 4)),
        (box(0, 0, 100, 100), box(0, 0, 0.0001, 0.0001), Fraction(1, 10**12)),
    ],
)
def test_overlap(first: dict[str, Any], second: dict[str, Any], share: Fraction) -> None:
    one, two = shape_of(first), shape_of(second)
    assert one.bound(two) == two.bound(one) == share * FULL // 1
    assert agree([first], [second], MODULE) == (share >= HALF)


def test_boxes_of_another_label_are_other_boxes() -> None:
    assert not agree([box(label="Cat")], [box(label="dog")], MODULE)
    assert not agree([box()], [], MODULE)
    assert not agree([box()], [box(), box(id="b2", label="dog")], MODULE)


def test_a_box_has_one_partner() -> None:
    both = [box(), box(id="b2")]
    assert not agree([box()], both, MODULE)
    assert agreement([box()], both, MODULE) == Fraction(2, 3)
    assert agree(both, both[::-1], MODULE)


def test_the_better_overlap_is_paired_first() -> None:
    ours = [box(0, 0, 10, 10, id="a"), box(4, 0, 10, 10, id="b")]
    theirs = [box(3, 0, 10, 10, id="c"), box(0, 0, 10, 9, id="d")]
    assert agree(ours, theirs, MODULE) and agree(theirs, ours, MODULE)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("A cat", "a  CAT ", True),
        ("Straße", "STRASSE", True),
        ("abcde", "abcdX", True),  # four of five
        ("abcd", "abcX", False),  # three of four
        ("abc", "xyz", False),
        ("\U0001f600", "\U0001f601", False),
        ("word " * LONG_TEXT, "word " * (LONG_TEXT - 100), True),
        ("word " * LONG_TEXT, "other " * LONG_TEXT, False),
    ],
)
def test_likeness_of_texts(first: str, second: str, same: bool) -> None:
    assert agree([typed(first)], [typed(second)], MODULE) is same
    assert agree([typed(second)], [typed(first)], MODULE) is same


def test_choices() -> None:
    assert agree([parts("Head", "Tail")], [parts("Tail", "Head")], MODULE)
    assert not agree([parts("Head")], [parts("Head", "Tail")], MODULE)
    assert agreement([parts("Head")], [parts("Head", "Tail")], MODULE) == HALF


def test_the_largest_answers_are_compared_in_bounded_work() -> None:
    def largest(seed: int) -> list[dict[str, Any]]:
        chance = random.Random(seed)
        boxes = [
            box(chance.uniform(0, 9), chance.uniform(0, 9), 80, 80, id=f"b{at}")
            for at in range(limits.REGIONS // 4)
        ]
        return [*boxes, typed(chr(97 + seed) * limits.TYPED_LENGTH, "b" * limits.TYPED_LENGTH)]

    # letter by letter and in fractions this would take minutes
    assert not agree(largest(1), largest(2), MODULE)


def _letter_by_letter(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@given(st.text("abc é", max_size=80), st.text("abc é", max_size=80))
def test_the_distance_of_texts_is_that_of_the_table(one: str, two: str) -> None:
    assert distance(one, two) == _letter_by_letter(one, two)


def test_comparing_costs_little_at_its_largest() -> None:
    """A verifier's answer is compared while nobody else can write: many long texts must not hold everybody up."""
    text = "ab" * (LONG_TEXT // 2)
    start = process_time()
    for _ in range(100):
        assert distance(text, text[1:] + "c") == 2
    assert process_time() - start < 5
