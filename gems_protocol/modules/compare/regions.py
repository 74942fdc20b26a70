# SPDX-License-Identifier: Apache-2.0
"""Which regions of two answers are the same ones: equal labels, and the best overlaps are paired first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from gems_protocol.modules.compare.geometry import shape_of
from gems_protocol.modules.compare.shapes import FULL, Mark, Shape, Work

Result = dict[str, Any]
MESSAGE = "chatmessage"
WORK = 2_000_000  # steps of comparing one answer with another: about a second
_DRAWN = ("rectangle", "polygon", "keypoint", "ellipse", "brush")
_SPANS = ("labels", "ocrlabels", "hypertextlabels", "paragraphlabels", "timeserieslabels", "timelinelabels")
_SHAPED = frozenset((*_DRAWN, *(f"{tool}labels" for tool in _DRAWN), *_SPANS, "videorectangle"))


@dataclass(frozen=True, slots=True)
class Pair:
    """A region of the first answer and the one of the second that is the same, by their ids."""

    first: str
    second: str
    overlap: Fraction


@dataclass(eq=False, slots=True)
class Piece:
    """One region: its first result, what else is said of it (by control), its shape and its labels."""

    result: Result
    more: dict[str, list[Result]]
    labels: tuple[str, ...]
    shape: Shape
    links: list[str] = field(default_factory=list)
    content: str = ""  # all that is said, without ids: equal contents may stand for each other

    @property
    def id(self) -> str:
        """The id that its results share."""
        return str(self.result["id"])

    @property
    def control(self) -> str:
        """The control that it was drawn by."""
        return str(self.result["from_name"])

    def group(self) -> tuple[str, ...]:
        """What must be equal before overlaps are looked at."""
        value, result = self.result["value"], self.result
        where = (
            result.get("to_name"),
            result.get("item_index"),
            value.get("pageIndex"),
            value.get("channel"),
        )
        size = (result.get("original_width"), result.get("original_height")) if "rle" in value else ()
        return (self.control, repr(where), repr(size), type(self.shape).__name__, *self.labels)


def pieces(answer: list[Result], label_controls: frozenset[str]) -> list[Piece]:
    """The regions of an answer in an order that depends on what they say alone.

    `label_controls` are the controls whose results beside a region's first one name its labels too.
    """
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in answer:
        if "id" in result and "value" in result:
            groups[result["id"]].append(result)
    messages = [identity for identity, group in groups.items() if group[0]["type"] == MESSAGE]
    places = {identity: place for place, identity in enumerate(messages)}
    found = [
        piece for group in groups.values() if (piece := _piece(group, label_controls, places)) is not None
    ]
    _contents(found, answer)
    return sorted(found, key=lambda piece: piece.content)


def _message(group: list[Result], places: dict[str, int]) -> Piece | None:
    """A message of a chat, known by its place: what is said about one is compared, itself it is a text."""
    first = group[0]
    if first["type"] != MESSAGE:
        return None
    more: dict[str, list[Result]] = defaultdict(list)
    for result in group[1:]:
        more[result["from_name"]].append(result)
    return Piece(first, more, (), Mark(places[first["id"]]))


def _piece(group: list[Result], label_controls: frozenset[str], places: dict[str, int]) -> Piece | None:
    drawn = [result for result in group if result["type"] in _SHAPED]
    if not drawn:
        return _message(group, places)
    # labels that name a shape drawn without any stand beside it
    first = next((result for result in drawn if result["type"] != "labels"), drawn[0])
    more: dict[str, list[Result]] = defaultdict(list)
    labels = _labels(first)
    for result in group:
        if result is not first:
            more[result["from_name"]].append(result)
            if result["from_name"] in label_controls:
                labels += _labels(result)
    return Piece(first, more, tuple(sorted(labels)), shape_of(first))


def _labels(result: Result) -> list[str]:
    return list(result["value"].get(result["type"]) or result["value"].get("labels") or ())


def _contents(found: list[Piece], answer: list[Result]) -> None:
    for piece in found:
        said = sorted(
            (name, json.dumps(_said(result), sort_keys=True))
            for name in piece.more
            for result in piece.more[name]
        )
        text = piece.result["value"].get("ocrtext")
        piece.content = repr((piece.group(), piece.shape.key, text, said))
    by_id = {piece.id: piece for piece in found}
    for relation in answer:
        ends = by_id.get(relation.get("from_id", "")), by_id.get(relation.get("to_id", ""))
        if ends[0] is not None and ends[1] is not None:
            kind = repr((relation.get("direction"), sorted(relation.get("labels") or ())))
            ends[0].links.append(f"to {kind} {ends[1].content}")
            ends[1].links.append(f"from {kind} {ends[0].content}")
    for piece in [piece for piece in found if piece.links]:
        piece.content += repr(sorted(piece.links))


def _said(result: Result) -> Any:
    """A further result's own part of its value; the rest repeats the region's place."""
    key = "text" if result["type"] == "textarea" else result["type"]
    return result["value"].get(key, result["value"].get("labels"))


Rule = Callable[[str], tuple[bool, Fraction]]


def match(first: list[Piece], second: list[Piece], rule: Rule) -> list[tuple[Piece, Piece, int]]:
    """(one, other, overlap in parts of FULL); `rule` gives by a control's name whether shapes must be the same, and
    the overlap from which they are taken for each other. Symmetric: ties go by what regions say."""
    ranks = {content: rank for rank, content in enumerate(sorted({p.content for p in (*first, *second)}))}
    groups: dict[tuple[str, ...], tuple[list[Piece], list[Piece]]] = defaultdict(lambda: ([], []))
    for side, found in enumerate((first, second)):
        for piece in found:
            groups[piece.group()][side].append(piece)
    work = Work(WORK)
    pairs: list[tuple[Piece, Piece, int]] = []
    for name in sorted(groups):
        left, right = groups[name]
        for key in (_by_content, _by_shape):
            same, left, right = _equal(left, right, key)
            pairs += same
        exact, threshold = rule(name[0])
        if left and right and not exact:
            pairs += _nearest(left, right, threshold, ranks, work)
    return pairs


def _by_content(piece: Piece) -> Any:
    return piece.content


def _by_shape(piece: Piece) -> Any:
    return piece.shape.key


def _equal(
    left: list[Piece], right: list[Piece], key: Callable[[Piece], Any]
) -> tuple[list[tuple[Piece, Piece, int]], list[Piece], list[Piece]]:
    """Pairs of the same key, and what is left of both sides."""
    waiting: dict[Any, list[Piece]] = defaultdict(list)
    for piece in reversed(right):
        waiting[key(piece)].append(piece)
    pairs, rest = [], []
    for piece in left:
        if waiting.get(key(piece)):
            pairs.append((piece, waiting[key(piece)].pop(), FULL))
        else:
            rest.append(piece)
    taken = {id(other) for _, other, _ in pairs}
    return pairs, rest, [piece for piece in right if id(piece) not in taken]


def _nearest(
    left: list[Piece], right: list[Piece], threshold: Fraction, ranks: dict[str, int], work: Work
) -> list[tuple[Piece, Piece, int]]:
    """Pairs from the threshold on, the largest overlap first."""
    least = -(-threshold.numerator * FULL // threshold.denominator)
    likely: list[tuple[int, int, int, int, int]] = []
    for i, one in enumerate(left):
        shape, rank = one.shape, ranks[one.content]
        for j, two in enumerate(right):
            if shape.bound(two.shape) >= least:
                other = ranks[two.content]
                likely.append((-shape.guess(two.shape), min(rank, other), max(rank, other), i, j))
    measured: list[tuple[int, int, int, int, int]] = []
    for _, low, high, i, j in sorted(likely):
        overlap = left[i].shape.overlap(right[j].shape, work)
        if overlap >= least:
            measured.append((-overlap, low, high, i, j))
    pairs: list[tuple[Piece, Piece, int]] = []
    free, open_ = set(range(len(left))), set(range(len(right)))
    for overlap, _, _, i, j in sorted(measured):
        if i in free and j in open_:
            free.discard(i)
            open_.discard(j)
            pairs.append((left[i], right[j], -overlap))
    return pairs
