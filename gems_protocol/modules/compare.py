# SPDX-License-Identifier: Apache-2.0
"""Whether two answers to one task say the same: declared by the module's controls, used where people are compared."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from gems_protocol.modules.answer import Region
from gems_protocol.modules.tree import Module, Node

BOX_OVERLAP = Fraction(1, 2)  # intersection over union from which two boxes mean the same thing
TEXT_LIKENESS = Fraction(4, 5)  # share of characters from which two typed texts say the same
LONG_TEXT = 1_000  # characters: beyond, comparing letter by letter would take seconds
_UNITS = 1_000_000  # of a percent: whole numbers are compared quickly and alike everywhere


def agree(first: list[Region], second: list[Region], module: Module) -> bool:
    """Whether the answers say the same in every control."""
    return all(_COMPARED[node.tag](_of(first, node), _of(second, node)) == 1 for node in module.controls())


def agreement(first: list[Region], second: list[Region], module: Module) -> Fraction:
    """How far the answers agree, 0 to 1: the mean over the controls."""
    controls = module.controls()
    parts = [_COMPARED[node.tag](_of(first, node), _of(second, node)) for node in controls]
    return sum(parts, Fraction(0)) / len(controls)


def _of(answer: list[Region], control: Node) -> list[Region]:
    return [region for region in answer if region["from_name"] == control.name]


def _choices(first: list[Region], second: list[Region]) -> Fraction:
    one = {item for region in first for item in region["value"]["choices"]}
    two = {item for region in second for item in region["value"]["choices"]}
    return Fraction(1) if one == two else Fraction(len(one & two), max(len(one | two), 1) + 1)


Rect = tuple[int, int, int, int]  # left, top, right, bottom in _UNITS


def overlap(first: dict[str, Any], second: dict[str, Any]) -> Fraction:
    """Intersection over union of two upright rectangles in percent."""
    shared, union = _overlap(_rect(first), _rect(second))
    return Fraction(shared, union)


def _rect(value: dict[str, Any]) -> Rect:
    x, y, width, height = (round(value[key] * _UNITS) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _overlap(one: Rect, two: Rect) -> tuple[int, int]:
    """Shared and joint area."""
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    shared = max(across, 0) * max(down, 0)
    both = (one[2] - one[0]) * (one[3] - one[1]) + (two[2] - two[0]) * (two[3] - two[1])
    return shared, max(both - shared, 1)


def _boxes(first: list[Region], second: list[Region]) -> Fraction:
    """Share of boxes that have a partner of the same label; the best overlaps are paired first."""
    if not first and not second:
        return Fraction(1)
    ours = [(region["value"]["rectanglelabels"], _rect(region["value"])) for region in first]
    theirs = [(region["value"]["rectanglelabels"], _rect(region["value"])) for region in second]
    pairs = []
    for i, (label, one) in enumerate(ours):
        for j, (other, two) in enumerate(theirs):
            if label == other:
                shared, union = _overlap(one, two)
                if shared * BOX_OVERLAP.denominator >= union * BOX_OVERLAP.numerator:
                    # equal overlaps go by place, so that neither answer is the first
                    pairs.append((shared / union, min(one, two), max(one, two), i, j))
    left, right = set(range(len(first))), set(range(len(second)))
    paired = 0
    for *_, i, j in sorted(pairs, reverse=True):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            paired += 1
    return Fraction(2 * paired, len(first) + len(second))


def _texts(first: list[Region], second: list[Region]) -> Fraction:
    one = "\n".join(text for region in first for text in region["value"]["text"])
    two = "\n".join(text for region in second for text in region["value"]["text"])
    likeness = _likeness(" ".join(one.casefold().split()), " ".join(two.casefold().split()))
    return Fraction(1) if likeness >= TEXT_LIKENESS else likeness


def _likeness(one: str, two: str) -> Fraction:
    """One minus the normalised Levenshtein distance; of long texts the share of words that both have."""
    longest = max(len(one), len(two))
    if longest == 0 or one == two:
        return Fraction(1)
    if longest > LONG_TEXT:
        ours, theirs = Counter(one.split()), Counter(two.split())
        return Fraction(2 * (ours & theirs).total(), ours.total() + theirs.total())
    return Fraction(longest - _distance(one, two), longest)


def _distance(one: str, two: str) -> int:
    """Levenshtein distance by Myers' bit vectors: a whole column of the table in one number, so that a text as long
    as LONG_TEXT takes a millisecond."""
    if not one:
        return len(two)
    places: dict[str, int] = {}
    for place, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << place
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, distance = every, 0, len(one)  # where the column grows by one, where it falls by one
    for char in two:
        equal = places.get(char, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        right, left = down | (~(horizontal | up) & every), up & horizontal
        distance += bool(right & last) - bool(left & last)
        right, left = (right << 1 | 1) & every, (left << 1) & every
        up, down = left | (~(vertical | right) & every), right & vertical
    return distance


_COMPARED = {"Choices": _choices, "RectangleLabels": _boxes, "TextArea": _texts}
