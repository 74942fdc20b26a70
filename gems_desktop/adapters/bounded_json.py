# SPDX-License-Identifier: Apache-2.0
"""JSON from strangers, with a bound on its nesting. json.loads recurses in C up to the recursion limit, and
libraries under py-evm raise that limit so far that a few kilobytes of `[` end the process (ADR 0040)."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 32

_MARKS = b'[]{}"\\'
_OTHERS = bytes(byte for byte in range(256) if byte not in _MARKS)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)', re.DOTALL)
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def loads(body: bytes, max_depth: int = MAX_DEPTH) -> Any:
    """The JSON value in `body`: UTF-8, nested at most `max_depth` deep. Raises ValueError for anything else."""
    text = body.decode("utf-8")
    if depth(body) > max_depth:
        raise ValueError(f"nested deeper than {max_depth}")
    return json.loads(text, parse_constant=_no_constant)


def depth(body: bytes) -> int:
    """How deep the lists and objects of a JSON text nest, brackets in strings apart. Time is linear."""
    if b"\\" in body:
        outside = _STRING.sub(b"", body).translate(None, _OTHERS)
    else:
        outside = b"".join(body.translate(None, _OTHERS).split(b'"')[::2])
    deepest = level = 0
    for byte in outside:
        level += _STEP.get(byte, 0)
        deepest = max(deepest, level)
    return deepest


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
