# SPDX-License-Identifier: Apache-2.0
"""The bytes of a call to one of our contracts, by the ABI that was compiled with it."""

from __future__ import annotations

from functools import cache
from typing import Any

from gems_protocol.abi import decode, encode
from gems_protocol.contracts import artefact
from gems_protocol.keccak import keccak


@cache
def _entry(contract: str, kind: str, name: str) -> dict[str, Any]:
    (found,) = [one for one in artefact(contract)["abi"] if one["type"] == kind and one.get("name") == name]
    return dict(found)


def _types(arguments: list[dict[str, Any]]) -> list[str]:
    from eth_utils.abi import collapse_if_tuple  # late, since it brings pydantic along

    return [collapse_if_tuple(argument) for argument in arguments]


def call_data(contract: str, function: str, *values: Any) -> bytes:
    """Selector and encoded arguments; structs as tuples. Raises abi.EncodingError for values that do not fit."""
    types = _types(_entry(contract, "function", function)["inputs"])
    return keccak(text=f"{function}({','.join(types)})")[:4] + encode(types, values)


def arguments(contract: str, function: str, data: bytes) -> tuple[Any, ...] | None:
    """What a call of this function was given; None for the data of any other. Raises abi.DecodingError."""
    types = _types(_entry(contract, "function", function)["inputs"])
    if data[:4] != keccak(text=f"{function}({','.join(types)})")[:4]:
        return None
    return tuple(decode(types, data[4:]))


def returned(contract: str, function: str, data: bytes) -> tuple[Any, ...]:
    """What a call gave back. Raises abi.DecodingError for bytes that are no answer."""
    return tuple(decode(_types(_entry(contract, "function", function)["outputs"]), data))


def topic(contract: str, event: str) -> bytes:
    """The first topic of an event's logs, 32 bytes."""
    return keccak(text=f"{event}({','.join(_types(_entry(contract, 'event', event)['inputs']))})")


def logged(contract: str, event: str, topics: list[bytes], data: bytes) -> dict[str, Any]:
    """The fields of an event's log by name; addresses as lowercase text.

    topics: without the first. Raises abi.DecodingError and ValueError for a log that is none of this event.
    """
    fields = _entry(contract, "event", event)["inputs"]
    indexed = [field for field in fields if field["indexed"]]
    plain = [field for field in fields if not field["indexed"]]
    found = {
        field["name"]: decode([field["type"]], raw)[0] for field, raw in zip(indexed, topics, strict=True)
    }
    found |= dict(zip([field["name"] for field in plain], decode(_types(plain), data), strict=True))
    return found
