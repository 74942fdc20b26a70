# SPDX-License-Identifier: Apache-2.0
"""The key of an account below a seed: BIP-32 along m/44'/60'/0'/0/index (BIP-44), in buffers that are overwritten."""

from __future__ import annotations

import hmac

from coincurve import PublicKey

from gems_desktop.services.errors import BadSeedWords

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_HARD = 1 << 31
_PATH = (44 + _HARD, 60 + _HARD, _HARD, 0)
MAX_INDEX = _HARD - 1


def key_below(seed: bytearray, index: int = 0) -> bytearray:
    """The 32-byte private key of account `index` (0..MAX_INDEX) below a 64-byte seed."""
    return derive(seed, (*_PATH, index))


def derive(seed: bytearray, path: tuple[int, ...]) -> bytearray:
    """The private key at the end of `path`; numbers from 2**31 on are the hardened ones."""
    node = bytearray(hmac.digest(b"Bitcoin seed", seed, "sha512"))
    for number in path:
        data = bytearray(b"\0") + node[:32] if number >= _HARD else bytearray(_public(node[:32]))
        data += number.to_bytes(4, "big")
        fresh = bytearray(hmac.digest(bytes(node[32:]), data, "sha512"))
        child = (int.from_bytes(fresh[:32], "big") + int.from_bytes(node[:32], "big")) % ORDER
        if int.from_bytes(fresh[:32], "big") >= ORDER or child == 0:
            raise BadSeedWords  # one in 2**127: the standard says to take the next account
        fresh[:32] = child.to_bytes(32, "big")
        for old in (data, node):
            old[:] = bytes(len(old))
        node = fresh
    key = node[:32]
    node[:] = bytes(64)
    return key


def _public(key: bytearray) -> bytes:
    return PublicKey.from_secret(bytes(key)).format(compressed=True)


def is_key(key: bytearray) -> bool:
    """Whether these bytes are a private key of secp256k1."""
    return len(key) == 32 and 0 < int.from_bytes(key, "big") < ORDER
