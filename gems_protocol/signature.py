# SPDX-License-Identifier: Apache-2.0
"""ECDSA over secp256k1 as the contracts judge it: 65 bytes r||s||v, low s only, v 27 or 28."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gems_protocol.errors import BadSignature
from gems_protocol.keccak import keccak

if TYPE_CHECKING:  # loaded at the first signature: a start needs none
    from coincurve import PrivateKey, PublicKey

HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def address_of(key: bytes) -> str:
    """The lowercase 0x address of a 32-byte private key; raises ValueError when it is none."""
    return _address(_private(key).public_key)


def sign_digest(digest: bytes, key: bytes) -> bytes:
    """Sign 32 bytes with a 32-byte private key, deterministically (RFC 6979); raises ValueError for other sizes."""
    signature: bytes = _private(key).sign_recoverable(digest, hasher=None)
    return signature[:64] + bytes([27 + signature[64]])


def recover(digest: bytes, signature: bytes) -> str:
    """The lowercase address that signed `digest`; raises BadSignature for anything but one canonical form."""
    from coincurve import PublicKey

    if len(signature) != 65 or signature[64] not in (27, 28):
        raise BadSignature("A signature does not have its 65 bytes.")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    if not 0 < s <= HALF_ORDER or r == 0:
        raise BadSignature("A signature is not in its canonical form.")
    given = signature[:64] + bytes([signature[64] - 27])
    try:
        found = PublicKey.from_signature_and_message(given, digest, hasher=None)
    except ValueError as error:
        raise BadSignature("A signature cannot be read.") from error
    return _address(found)


def _private(key: bytes) -> PrivateKey:
    from coincurve import PrivateKey

    if len(key) != 32:  # a shorter one would be filled up with zeros
        raise ValueError("a private key is 32 bytes")
    return PrivateKey(key)


def _address(public: PublicKey) -> str:
    return "0x" + keccak(public.format(compressed=False)[1:])[-20:].hex()
