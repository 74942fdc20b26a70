# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title Plain ECDSA
@notice Recovers the signer of a digest. No EIP-1271 and no look at an address's code: a key cannot
        repudiate what it signed by becoming a contract later (attack 7).
"""

# Half of the order of secp256k1: larger values of `s` are the malleated twins of smaller ones.
_HALF_ORDER: constant(uint256) = 57896044618658097711785492504343953926418782139537452191302581570759080747168


@internal
@pure
def is_signed_by(signer: address, digest: bytes32, v: uint256, r: uint256, s: uint256) -> bool:
    """
    @notice Whether `signer` made the signature over `digest`.
    @param signer The expected key; the zero address is never a signer.
    @param digest The 32 bytes that were signed.
    @param v 27 or 28, nothing else.
    @param r First half of the signature.
    @param s Second half, at most half of the curve's order.
    @return True for a valid low-s signature of `signer`, false otherwise; it never reverts.
    """
    if signer == empty(address) or s > _HALF_ORDER:
        return False
    # Below 27 the difference wraps around to a large number.
    if unsafe_sub(v, 27) > 1:
        return False
    return ecrecover(digest, v, r, s) == signer
