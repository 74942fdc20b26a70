# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title Merkle trees over ordered leaves
@notice The root that a leaf and its siblings lead to, as gems_protocol/merkle.py builds it: leaves and nodes
        are hashed under different prefixes, an odd node is carried up unchanged, and the place is proven too.
"""

_LEVELS: constant(uint256) = 20


struct Path:
    index: uint32
    count: uint32
    hashes: DynArray[bytes32, 20]


@internal
@pure
def root_of(leaf: bytes32, path: Path) -> bytes32:
    """
    @notice Where a path leads.
    @param leaf The leaf.
    @param path Its place, how many leaves there are (at most 2**20), and the siblings from below.
    @return The root; zero, which nobody signs, for a path that cannot be one.
    """
    at: uint256 = convert(path.index, uint256)
    width: uint256 = convert(path.count, uint256)
    if at >= width:
        return empty(bytes32)
    value: bytes32 = keccak256(concat(x"00", leaf))
    used: uint256 = 0
    for _: uint256 in range(_LEVELS):
        if width <= 1:
            break
        if at ^ 1 < width:
            if used == len(path.hashes):
                return empty(bytes32)
            if at & 1 == 1:
                value = keccak256(concat(x"01", path.hashes[used], value))
            else:
                value = keccak256(concat(x"01", value, path.hashes[used]))
            used += 1
        at >>= 1
        width = (width + 1) >> 1
    if width != 1 or used != len(path.hashes):
        return empty(bytes32)
    return value
