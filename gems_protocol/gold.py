# SPDX-License-Identifier: Apache-2.0
"""Known answers among a campaign's tasks: committed to before anybody works, revealed when nobody can learn from it.

Gold never decides about money: it is judged and paid like any work. It measures who answers, and the commitment in
the manifest lets everybody check afterwards that the measure was not made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gems_protocol import merkle
from gems_protocol.campaign import NO_GOLD, result_hash
from gems_protocol.errors import MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.messages import hash_from_hex

GOLD_PPM = 50_000  # of an experienced worker's tasks
NEWCOMER_GOLD = 10  # known answers that somebody new is given more often for, as far as there is gold


@dataclass(frozen=True, slots=True)
class GoldItem:
    """The right answer of the task at `index`; the 32-byte salt keeps the commitment from being guessed."""

    index: int
    answer: Any
    salt: bytes

    def leaf(self) -> bytes:
        """keccak256 of index, salt and answer's hash: a leaf of the gold tree."""
        return keccak(self.index.to_bytes(32, "big") + self.salt + result_hash(self.answer))

    def to_json(self) -> dict[str, Any]:
        """{"index", "answer", "salt"}."""
        return {"index": self.index, "answer": self.answer, "salt": "0x" + self.salt.hex()}

    @classmethod
    def from_json(cls, value: Any) -> GoldItem:
        """Read what `to_json` wrote; raises MalformedMessage."""
        if type(value) is not dict or set(value) != {"index", "answer", "salt"}:
            raise MalformedMessage("A known answer does not have exactly its fields.")
        if type(value["index"]) is not int or value["index"] < 0 or type(value["answer"]) is not list:
            raise MalformedMessage("A known answer is malformed.")
        return cls(value["index"], value["answer"], hash_from_hex(value["salt"], "salt"))


def gold_root(items: Sequence[GoldItem]) -> bytes:
    """The Merkle root over the leaves in the order of their indexes; zero for none.

    Raises MalformedMessage when an index comes twice.
    """
    if not items:
        return NO_GOLD
    ordered = sorted(items, key=lambda item: item.index)
    if len({item.index for item in ordered}) != len(ordered):
        raise MalformedMessage("A task has two known answers.")
    return merkle.root([item.leaf() for item in ordered])
