# SPDX-License-Identifier: Apache-2.0
"""The agreement of two answers, control by control: of what concerns the whole task, of regions, and of what is said
about the regions that both have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gems_protocol.modules.compare.declared import Comparison, compared, comparison, default
from gems_protocol.modules.compare.regions import MESSAGE, Pair, Piece, match, pieces
from gems_protocol.modules.compare.shapes import FULL
from gems_protocol.modules.compare.texts import likeness
from gems_protocol.modules.compare.values import ONE, ZERO, common, measure
from gems_protocol.modules.tree import Module, Node

Answer = list[dict[str, Any]]
_RELATIONS = "Relations"
READ_LIKENESS = Fraction(4, 5)  # of the letters of what was read inside a region


def agree(first: Answer, second: Answer, module: Module) -> bool:
    """Whether the answers say the same in every control that is compared."""
    return all(share == 1 for share in shares(first, second, module).values())


def agreement(first: Answer, second: Answer, module: Module) -> Fraction:
    """How far the answers agree, 0 to 1: the mean over the controls that at least one of them answers.

    What both leave open says nothing: otherwise a dozen empty fields would make any two answers alike.
    """
    found = shares(first, second, module).values()
    return sum(found, ZERO) / len(found) if found else ONE


def shares(first: Answer, second: Answer, module: Module) -> dict[str, Fraction]:
    """The agreement by each control's name, 1 from its threshold on; controls that both leave open are left out.

    Relations stand under the name "Relations".
    """
    ways = compared(module)
    both = _Both(first, second, module, ways)
    found: dict[str, Fraction] = {}
    for node, way in ways:
        share = both.share(node, way)
        if share is not None:
            found[node.name] = share
    relations = both.relations(module)
    if relations is not None:
        found[_RELATIONS] = relations
    return found


def pairs(first: Answer, second: Answer, module: Module) -> list[Pair]:
    """Which regions of both are taken for the same one, for showing differences."""
    both = _Both(first, second, module, compared(module))
    return [
        Pair(one.id, two.id, Fraction(overlap, FULL))
        for one, two, overlap in both.matched
        if one.result["type"] != MESSAGE
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one answer says: its regions, and by control the values that concern the whole task."""

    pieces: list[Piece]
    whole: dict[str, list[dict[str, Any]]]


class _Both:
    """Two answers with their regions matched."""

    def __init__(
        self, first: Answer, second: Answer, module: Module, ways: list[tuple[Node, Comparison]]
    ) -> None:
        self.answers = (first, second)
        declared = {node.name: way for node, way in ways}
        naming = frozenset(node.name for node, _ in ways if node.tag == "Labels")
        self.said = tuple(_read(answer, naming) for answer in (first, second))

        def rule(control: str) -> tuple[bool, Fraction]:
            # one that is not compared is still matched, for what is said about its regions
            node = module.control(control)
            way = declared.get(control) or (default(node) if node is not None else Comparison("exact", ONE))
            return way.kind == "exact", way.threshold

        self.matched = match(self.said[0].pieces, self.said[1].pieces, rule)

    def share(self, node: Node, way: Comparison) -> Fraction | None:
        """The agreement in one control; None when neither answers it."""
        one, two = (said.whole.get(node.name, []) for said in self.said)
        parts = [way.settle(measure(one, two, node, way.kind))] if one or two else []
        regions = self._regions(node, way)
        if regions is not None:
            parts.append(regions)
        return min(parts, default=None)

    def _regions(self, node: Node, way: Comparison) -> Fraction | None:
        """Twice what the pairs agree, over all regions that either answer drew or spoke of by this control."""
        name = node.name
        count = sum(
            (piece.control == name and node.tag != "Chat") + (name in piece.more)
            for said in self.said
            for piece in said.pieces
        )
        if not count:
            return None
        total = ZERO
        for one, two, _ in self.matched:
            if one.control == name and node.tag != "Chat":
                total += _read_text(one, two)
            if name in one.more and name in two.more:
                total += _beside(one, two, node, way)
        return 2 * total / count

    def relations(self, module: Module) -> Fraction | None:
        """The share of relations of one kind and direction between the same regions; None when there are none."""
        node = module.relations()
        way = comparison(node) if node is not None else Comparison("exact", ONE)
        names = (
            {one.id: str(place) for place, (one, _, _) in enumerate(self.matched)},
            {two.id: str(place) for place, (_, two, _) in enumerate(self.matched)},
        )
        one, two = (
            _relations(said, ids, side)
            for side, (said, ids) in enumerate(zip(self.answers, names, strict=True))
        )
        if way.kind == "none" or not (one or two):
            return None
        return way.settle(Fraction(2 * (one & two).total(), one.total() + two.total()))


def _read(answer: Answer, naming: frozenset[str]) -> _Said:
    found = pieces(answer, naming)
    regions = {piece.id for piece in found}
    whole: dict[str, list[dict[str, Any]]] = {}
    for result in answer:
        if result.get("type") == MESSAGE or ("from_name" in result and result.get("id") not in regions):
            whole.setdefault(result["from_name"], []).append(result["value"])
    return _Said(found, whole)


def _beside(one: Piece, two: Piece, node: Node, way: Comparison) -> Fraction:
    """What is said about one region by a control that did not draw it."""
    ours, theirs = ([result["value"] for result in piece.more[node.name]] for piece in (one, two))
    if node.tag == "Labels":
        return common(_names(ours), _names(theirs))
    return way.settle(measure(ours, theirs, node, way.kind))


def _names(values: list[dict[str, Any]]) -> set[str]:
    return {label for value in values for label in value.get("labels", ())}


def _read_text(one: Piece, two: Piece) -> Fraction:
    """What was read inside a region, where its control takes that too."""
    ours, theirs = (str(piece.result["value"].get("ocrtext") or "") for piece in (one, two))
    share = likeness(ours, theirs)
    return ONE if share >= READ_LIKENESS else share


def _relations(answer: Answer, places: dict[str, str], side: int) -> Counter[Hashable]:
    """Relations with the matched pairs in place of ids; a region without a partner is nobody else's."""
    found: Counter[Hashable] = Counter()
    for relation in answer:
        if relation.get("type") != "relation":
            continue
        ends = [places.get(str(relation[end]), f"{side} {relation[end]}") for end in ("from_id", "to_id")]
        way = relation.get("direction", "right")
        if way == "left":
            ends, way = ends[::-1], "right"
        elif way != "right":
            ends = sorted(ends)
        found[(way, *ends, *sorted(relation.get("labels") or ()))] += 1
    return found
