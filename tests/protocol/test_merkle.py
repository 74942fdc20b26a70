# SPDX-License-Identifier: Apache-2.0
"""A Merkle proof shows one leaf at one place, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol import merkle

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


@settings(max_examples=60)
@given(LEAVES, st.data())
def test_every_leaf_is_proven_at_its_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    root, count = merkle.root(leaves), len(leaves)
    for index, proof in enumerate(merkle.proofs(leaves)):
        assert merkle.verify(root, leaves[index], index, count, proof)
    index = data.draw(st.integers(0, count - 1))
    proof = merkle.proofs(leaves)[index]
    other = data.draw(st.integers(0, count - 1))
    if leaves[other] != leaves[index]:
        assert not merkle.verify(root, leaves[other], index, count, proof)
        assert not merkle.verify(root, leaves[index], other, count, merkle.proofs(leaves)[other])
    assert not merkle.verify(root, leaves[index], index, count, [*proof, bytes(32)])
    if proof:
        assert not merkle.verify(root, leaves[index], index, count, proof[:-1])
        assert not merkle.verify(root, leaves[index], index, count, [bytes(31), *proof[1:]])


def test_a_node_is_no_leaf() -> None:
    leaves = [bytes([number]) * 32 for number in range(4)]
    levels = merkle._levels(leaves)
    assert merkle.root(levels[1]) != merkle.root(leaves)
    assert not merkle.verify(merkle.root(leaves), levels[1][0], 0, 2, [levels[1][1]])


@pytest.mark.parametrize(("index", "count"), [(-1, 2), (2, 2), (0, 0), (0, merkle.MAX_LEAVES + 1)])
def test_places_outside_the_tree_are_refused(index: int, count: int) -> None:
    assert not merkle.verify(bytes(32), bytes(32), index, count, [])


def test_leaves_have_32_bytes_and_a_tree_has_leaves() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        merkle.root([b"short"])
    with pytest.raises(ValueError, match="leaves"):
        merkle.root([])
