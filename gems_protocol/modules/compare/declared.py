# SPDX-License-Identifier: Apache-2.0
"""How a control is compared: what it declares by `gems-compare` and `gems-threshold`, else what fits its tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.modules.tree import Kind, Module, Node

NONE = "none"
ONE = Fraction(1)
_OVERLAP = Fraction(1, 2)  # from which two regions mean the same thing: the customary one of detection
_LIKENESS = Fraction(4, 5)  # of the letters of a text; of the pairs of a ranking
_ROUNDING = ONE - Fraction(1, 1_000_000)  # of a number: what writing it in two ways may change
_THRESHOLD = re.compile(r"0?\.[0-9]{1,6}|1(?:\.0{1,6})?", re.ASCII)

# what may be declared; the first is what is meant where nothing is declared, each with its threshold
_REGIONS: dict[str, Fraction] = {"iou": _OVERLAP, "time": _OVERLAP, "exact": ONE}
_FITS: dict[str, dict[str, Fraction]] = {
    "Choices": {"exact": ONE, "iou": _OVERLAP},
    "Taxonomy": {"exact": ONE, "iou": _OVERLAP},
    "Pairwise": {"exact": ONE},
    "Rating": {"order": ONE, "exact": ONE},
    "Number": {"order": _ROUNDING, "exact": ONE},
    "DateTime": {"time": ONE, "exact": ONE, "text": _LIKENESS},
    "Ranker": {"order": _LIKENESS, "exact": ONE},
    "TextArea": {"text": _LIKENESS, "exact": ONE},
    "Chat": {"text": _LIKENESS, "exact": ONE},
    "Relations": {"exact": ONE, "iou": _OVERLAP},
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The measure of one control, and the share from which it says that two answers are the same."""

    kind: str
    threshold: Fraction

    def settle(self, share: Fraction) -> Fraction:
        """The share, 1 from the threshold on."""
        return ONE if share >= self.threshold else share


def comparison(node: Node) -> Comparison:
    """How a control is compared; what it declares and does not fit is as if it was not there."""
    fits = _FITS.get(node.tag, _REGIONS)
    declared = node.get("gems-compare").strip().lower()
    if declared == NONE:
        return Comparison(NONE, ONE)
    kind = declared if declared in fits else next(iter(fits))
    threshold = _threshold(node)
    return Comparison(kind, fits[kind] if threshold is None or kind == "exact" else threshold)


def _threshold(node: Node) -> Fraction | None:
    text = node.get("gems-threshold").strip()
    return (Fraction(text) or None) if _THRESHOLD.fullmatch(text) else None


def default(node: Node) -> Comparison:
    """How a control of this tag is compared where nothing is declared."""
    kind, threshold = next(iter(_FITS.get(node.tag, _REGIONS).items()))
    return Comparison(kind, threshold)


def compared(module: Module) -> list[tuple[Node, Comparison]]:
    """Everything that takes answers, each with its comparison; what is declared `none` is left out.

    A module that declares `none` everywhere is compared as if it declared nothing: otherwise every answer would be
    the same as every other.
    """
    nodes = [node for node in module.nodes if node.kind is Kind.CONTROL or node.tag == "Chat"]
    found = [(node, way) for node in nodes if (way := comparison(node)).kind != NONE]
    return found or [(node, default(node)) for node in nodes]


def wrong_declarations(module: Module) -> tuple[str, ...]:
    """What is declared and cannot be followed, in words with its line; for refusing a config."""
    reasons: list[str] = []
    for node in module.nodes:
        fits = _FITS.get(node.tag, _REGIONS)
        kind = node.get("gems-compare").strip().lower()
        if kind and kind != NONE and kind not in fits:
            reasons.append(
                f"line {node.line}: gems-compare of {node.tag} can be {', '.join((*fits, NONE))}, not {kind[:40]}"
            )
        elif node.get("gems-threshold"):
            if _threshold(node) is None:
                reasons.append(f"line {node.line}: gems-threshold of {node.tag} is no number above 0 up to 1")
            elif kind in (NONE, "exact") or (not kind and next(iter(fits)) == "exact"):
                reasons.append(
                    f"line {node.line}: gems-threshold means nothing where {node.tag} is {kind or 'exact'}"
                )
    return tuple(reasons)
