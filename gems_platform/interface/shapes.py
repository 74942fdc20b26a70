# SPDX-License-Identifier: Apache-2.0
"""A short way to write the form of an answer, and the JSON schema that it means.

A dict is an object with exactly these members (a name that ends in `?` may be left out), a list with one entry an
array, `Map(x)` an object with any names, and a text one of the kinds below, `#Name` for a named form, each followed
by `|null` where it may be null.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Shape = Any


@dataclass(frozen=True, slots=True)
class Map:
    """An object whose members all have one form."""

    of: Shape


_KINDS: dict[str, dict[str, Any]] = {
    "hash": {"type": "string", "pattern": "^0x[0-9a-f]{64}$"},
    "address": {"type": "string", "pattern": "^0x[0-9a-f]{40}$"},
    "signature": {"type": "string", "pattern": "^0x[0-9a-f]{130}$"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "units": {"type": "string", "pattern": "^(0|-?[1-9][0-9]{0,38})$", "description": "Base units."},
    "number": {"type": "string", "pattern": "^(0|[1-9][0-9]*)$", "description": "A whole number as text."},
    "int": {"type": "integer"},
    "time": {"type": "integer", "description": "Unix seconds."},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "text": {"type": "string"},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "object": {"type": "object"},
    "any": {},
}


def schema(shape: Shape) -> dict[str, Any]:
    """The JSON schema of a shape; raises KeyError for a kind that there is not."""
    if isinstance(shape, dict):
        return {
            "type": "object",
            "properties": {name.removesuffix("?"): schema(inner) for name, inner in shape.items()},
            "required": [name for name in shape if not name.endswith("?")],
            "additionalProperties": False,
        }
    if isinstance(shape, list):
        return {"type": "array", "items": schema(shape[0])}
    if isinstance(shape, Map):
        return {"type": "object", "additionalProperties": schema(shape.of)}
    if isinstance(shape, tuple):
        return {"enum": [*shape]}
    name, _, null = shape.partition("|")
    found = {"$ref": f"#/components/schemas/{name[1:]}"} if name.startswith("#") else dict(_KINDS[name])
    return {"anyOf": [found, {"type": "null"}]} if null else found
