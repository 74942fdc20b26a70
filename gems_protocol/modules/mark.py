# SPDX-License-Identifier: Apache-2.0
"""The exact place of a fault, as a reviewer points at it: JSON beside the reason of a rejection, read strictly.

Places are counted as in answers: percent of the picture, characters of the text, seconds. A mark is no part of what
is signed; whoever gets one takes it as something a stranger wrote.
"""

from __future__ import annotations

import math
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits

Mark = dict[str, Any]
MOST = 2_000  # characters of JSON
_COUNT = 1_000_000_000  # of characters, pages, frames
_AXIS = 10**15  # seconds, or what a series of measurements is over, such as milliseconds since 1970
_KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # kind -> what it must have, what it may have
    "point": (frozenset({"x", "y"}), frozenset({"page", "frame"})),
    "span": (frozenset({"start", "end"}), frozenset({"paragraph"})),
    "time": (frozenset({"start", "end"}), frozenset()),
    "region": (frozenset({"id"}), frozenset()),
}
KINDS = tuple(_KEYS)


def parse_mark(value: Any) -> Mark:
    """`value` if it is a mark and nothing else; raises MalformedMessage.

    {"kind": "point", "on": object, "x": percent, "y": percent, "page"?: from 0, "frame"?: from 1} for pictures,
    pages and film; {"kind": "span", "on", "start", "end", "paragraph"?} in code points of a text;
    {"kind": "time", "on", "start", "end"} in seconds, of a series on its own axis;
    {"kind": "region", "on", "id"} for a region of the answer.
    """
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        raise _bad()
    needed, allowed = _KEYS[value["kind"]]
    if not needed | {"kind", "on"} <= set(value) <= needed | allowed | {"kind", "on"}:
        raise _bad()
    if not _word(value["on"]) or not all(_fits(value["kind"], name, value[name]) for name in set(value)):
        raise _bad()
    if "end" in value and value["end"] < value["start"]:
        raise _bad()
    return dict(value)


def _fits(kind: str, name: str, value: Any) -> bool:
    if name in ("kind", "on"):
        return True
    if name == "id":
        return _word(value)
    if name in ("x", "y"):
        return _number(value) and 0 <= value <= 100
    if kind == "time":
        return _number(value) and abs(value) <= _AXIS
    return type(value) is int and (1 if name == "frame" else 0) <= value <= _COUNT


def _word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= limits.LABEL_LENGTH and value.isprintable()


def _number(value: Any) -> bool:
    return type(value) is int or (type(value) is float and math.isfinite(value))  # a huge int fits no float


def _bad() -> MalformedMessage:
    return MalformedMessage("The mark at the place of a fault is not valid.")
