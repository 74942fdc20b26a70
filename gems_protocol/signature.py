# SPDX-License-Identifier: Apache-2.0
"""ECDSA over secp256k1 as the contracts judge it: 65 bytes r||s||v, low s only, v 27 or 28."""

from __future__ import annotations

from eth_keys.datatypes import PrivateKey, Signature
from eth_keys.exceptions import BadSignature as ForeignBadSignature
from eth_utils.exceptions import ValidationError

from gems_protocol.errors import BadSignature

HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def address_of(key: bytes) -> str:
    """The lowercase 0x address of a 32-byte private key."""
    return str(PrivateKey(key).public_key.to_address())


def sign_digest(digest: bytes, key: bytes) -> bytes:
    """Sign 32 bytes with a 32-byte private key, deterministically (RFC 6979)."""
    signature = PrivateKey(key).sign_msg_hash(digest)
    r, s, v = int(signature.r), int(signature.s), int(signature.v)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + v])


def recover(digest: bytes, signature: bytes) -> str:
    """The lowercase address that signed `digest`; raises BadSignature for anything but one canonical form."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        raise BadSignature("A signature does not have its 65 bytes.")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    if not 0 < s <= HALF_ORDER or r == 0:
        raise BadSignature("A signature is not in its canonical form.")
    try:
        found = Signature(vrs=(signature[64] - 27, r, s)).recover_public_key_from_msg_hash(digest)
    except (ForeignBadSignature, ValidationError, ValueError) as error:
        raise BadSignature("A signature cannot be read.") from error
    return str(found.to_address())
