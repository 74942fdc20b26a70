# SPDX-License-Identifier: Apache-2.0
"""How far two people's values of one control agree, 0 to 1: classes, numbers, dates, rankings, texts, chats."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import Any

from gems_protocol.modules.compare.texts import likeness
from gems_protocol.modules.tree import Node

Value = dict[str, Any]
ZERO, ONE = Fraction(0), Fraction(1)
_STARS = 5  # of a Rating that does not say how many


def measure(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    """The agreement of what two answers hold for one control (the values of its results, at least one in all)."""
    if not first or not second:
        return ZERO
    return _MEASURES[node.tag](first, second, node, kind)


def common(one: set[Any], two: set[Any]) -> Fraction:
    """Jaccard's index: the share of all items that both have."""
    return Fraction(len(one & two), len(one | two)) if one or two else ONE


def _equal(first: Any, second: Any) -> Fraction:
    return ONE if first == second else ZERO


def _choices(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    one, two = (
        {_frozen(item) for value in values for item in value["choices"]} for values in (first, second)
    )
    return common(one, two)


def _frozen(item: Any) -> Hashable:
    return tuple(item) if isinstance(item, list) else item


def _taxonomy(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    """Jaccard over the paths with all that stand above them, so that a near branch is nearer than a far one."""
    return common(_branches(first), _branches(second))


def _branches(values: list[Value]) -> set[tuple[str, ...]]:
    paths = [path for value in values for path in value["taxonomy"]]
    return {tuple(path[:depth]) for path in paths for depth in range(1, len(path) + 1)}


def _pairwise(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    return _equal([value["selected"] for value in first], [value["selected"] for value in second])


def _rating(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    one, two = first[0]["rating"], second[0]["rating"]
    if one == two or kind == "exact":
        return _equal(one, two)
    most = max(node.number("maxRating", _STARS), one, two, 1)
    return ONE - Fraction(abs(one - two), most)


def _number(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    one, two = first[0]["number"], second[0]["number"]
    if one == two or kind == "exact":
        return _equal(one, two)
    # as written in decimal: what a float is in binary is nobody's answer
    left, right = (Fraction(n) if isinstance(n, int) else Fraction(str(n)) for n in (one, two))
    return max(ONE - abs(left - right) / max(abs(left), abs(right)), ZERO)


def _datetime(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    one, two = str(first[0]["datetime"]), str(second[0]["datetime"])
    if one == two or kind == "exact":
        return _equal(one, two)
    if kind == "text":
        return likeness(one, two)
    left, right = re.findall(r"[0-9]+", one), re.findall(r"[0-9]+", two)
    same = sum(a == b for a, b in zip(left, right, strict=False))
    # written in one format, so part stands against part; other words make no agreement
    return Fraction(same, max(len(left), len(right), same) + 1)


def _ranker(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    """The share of items that lie in the same bucket, times the share of pairs inside that stand in the same order.

    The second is Kendall's tau brought to 0..1: (tau + 1) / 2.
    """
    one, two = _places(first), _places(second)
    if one == two or kind == "exact":
        return _equal(one, two)
    same = [item for item, (bucket, _) in one.items() if item in two and two[item][0] == bucket]
    shared = Fraction(len(same), len(one.keys() | two.keys()))
    pairs = against = 0
    for bucket in {one[item][0] for item in same}:
        inside = sorted((item for item in same if one[item][0] == bucket), key=lambda item: one[item])
        seen: list[int] = []
        for item in inside:
            place = two[item][1]
            against += len(seen) - bisect_left(seen, place)
            insort(seen, place)
        pairs += len(inside) * (len(inside) - 1) // 2
    return shared * (ONE - Fraction(against, pairs) if pairs else ONE)


def _places(values: list[Value]) -> dict[str, tuple[str, int]]:
    return {
        str(item): (bucket, place)
        for value in values
        for bucket, items in value["ranker"].items()
        for place, item in enumerate(items)
    }


def _textarea(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    one, two = ([text for value in values for text in value["text"]] for values in (first, second))
    return _equal(one, two) if kind == "exact" else likeness("\n".join(one), "\n".join(two))


def _chat(first: list[Value], second: list[Value], node: Node, kind: str) -> Fraction:
    """The likeness of what each role says, and of the roles the least alike."""
    one, two = _said(first), _said(second)
    if kind == "exact":
        return _equal(one, two)
    roles = {role for role, _ in (*one, *two)}
    return min(likeness(_lines(one, role), _lines(two, role)) for role in roles)


def _said(values: list[Value]) -> list[tuple[str, str]]:
    return [(str(value["chatmessage"]["role"]), str(value["chatmessage"]["content"])) for value in values]


def _lines(said: Iterable[tuple[str, str]], role: str) -> str:
    return "\n".join(content for other, content in said if other == role)


_MEASURES: dict[str, Callable[[list[Value], list[Value], Node, str], Fraction]] = {
    "Choices": _choices,
    "Taxonomy": _taxonomy,
    "Pairwise": _pairwise,
    "Rating": _rating,
    "Number": _number,
    "DateTime": _datetime,
    "Ranker": _ranker,
    "TextArea": _textarea,
    "Chat": _chat,
}
