# SPDX-License-Identifier: Apache-2.0
"""Values for every message class that there is, found by looking and not from a list."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import Any

from gems_protocol import messages as module
from gems_protocol.messages import Message

PANEL = 7  # the longest panel that a campaign may have
_CHANCE = 712  # the seed of all values


def kinds() -> list[type[Message]]:
    """Every message class of gems_protocol.messages, by name."""
    found = {
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Message) and each is not Message
    }
    return sorted(found, key=lambda each: each.__name__)


def wire(kind: type[Message]) -> list[tuple[str, str]]:
    """(ABI type, name) of each field, in order."""
    body = kind.TYPE[kind.TYPE.index("(") + 1 : -1]
    return [(abi, name) for abi, _, name in (part.partition(" ") for part in body.split(","))]


def many(kind: type[Message], count: int) -> list[Message]:
    """The least and the largest values of every field, then `count` of random ones, the same in every run."""
    chance = random.Random(f"{_CHANCE} {kind.__name__}")
    types = [abi for abi, _ in wire(kind)]
    rows = [[_edges(abi)[0] for abi in types], [_edges(abi)[-1] for abi in types]]
    rows += [[_drawn(abi, chance) for abi in types] for _ in range(count)]
    return [kind(*row) for row in rows]


def values(message: Message) -> list[Any]:
    """The fields' values in the order of the type."""
    return [getattr(message, field.name) for field in fields(message)]


def _edges(abi: str) -> list[Any]:
    if abi == "bytes32":
        return [bytes(32), b"\xff" * 32]
    if abi == "address":
        return ["0x" + "00" * 20, "0x" + "ff" * 20]
    if abi == "bool":
        return [False, True]
    if abi == "address[]":
        return [(), ("0x" + "00" * 20,), ("0x" + "ff" * 20,) * PANEL]
    return [0, 1, 2 ** int(abi.removeprefix("uint")) - 1]


def _drawn(abi: str, chance: random.Random) -> Any:
    if chance.random() < 0.25:
        return chance.choice(_edges(abi))
    if abi == "bytes32":
        return chance.randbytes(32)
    if abi == "address":
        return "0x" + chance.randbytes(20).hex()
    if abi == "bool":
        return chance.random() < 0.5
    if abi == "address[]":
        return tuple("0x" + chance.randbytes(20).hex() for _ in range(chance.randint(0, PANEL)))
    bits = int(abi.removeprefix("uint"))
    return chance.getrandbits(chance.randint(1, bits))
