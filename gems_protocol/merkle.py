# SPDX-License-Identifier: Apache-2.0
"""Merkle trees over ordered 32-byte leaves, so that one signature covers a batch.

Leaves and nodes are hashed under different prefixes (RFC 6962's idea against second preimages);
an odd node is carried up unchanged; a proof names the leaf's index, so order is proven too.
"""

from __future__ import annotations

from collections.abc import Sequence

from gems_protocol.keccak import keccak

MAX_LEAVES = 1_000_000  # a tree of twenty levels: more than a campaign holds, and a bound for proofs


def _leaf(value: bytes) -> bytes:
    if len(value) != 32:
        raise ValueError("a Merkle leaf is 32 bytes")
    return keccak(b"\x00" + value)


def _node(left: bytes, right: bytes) -> bytes:
    return keccak(b"\x01" + left + right)


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    if not 0 < len(leaves) <= MAX_LEAVES:
        raise ValueError("a Merkle tree has 1 to 1,000,000 leaves")
    levels = [[_leaf(leaf) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        paired = [_node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        levels.append(paired + below[len(paired) * 2 :])
    return levels


def root(leaves: Sequence[bytes]) -> bytes:
    """The 32-byte root of 1 to a million ordered 32-byte leaves."""
    return _levels(leaves)[-1][0]


def proofs(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """One proof (the siblings from leaf to root) for each leaf, in order."""
    levels = _levels(leaves)
    found: list[list[bytes]] = []
    for index in range(len(leaves)):
        path, at = [], index
        for level in levels[:-1]:
            sibling = at ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            at //= 2
        found.append(path)
    return found


def verify(root_hash: bytes, leaf: bytes, index: int, count: int, proof: Sequence[bytes]) -> bool:
    """Whether `leaf` stands at `index` of the tree of `count` leaves whose root is `root_hash`."""
    if not 0 <= index < count <= MAX_LEAVES or len(leaf) != 32:
        return False
    value, at, width, path = _leaf(leaf), index, count, list(proof)
    while width > 1:
        if at ^ 1 < width:
            if not path or len(path[0]) != 32:
                return False
            sibling = path.pop(0)
            value = _node(sibling, value) if at & 1 else _node(value, sibling)
        at //= 2
        width = (width + 1) // 2
    return not path and value == root_hash
