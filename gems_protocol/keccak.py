# SPDX-License-Identifier: Apache-2.0
"""Keccak-256 without eth_utils around it, which brings pydantic along: 0.1 s and 9 MB of each process of the client."""

from __future__ import annotations


def keccak(data: bytes | bytearray = b"", *, text: str | None = None) -> bytes:
    """The 32-byte hash of `data`, or of the UTF-8 bytes of `text`. Raises TypeError for what is no bytes."""
    from Crypto.Hash import keccak as library  # at the first hash: the window's first frame has none

    # not as `data=` of `new`, which takes None for nothing at all
    return library.new(digest_bits=256).update(data if text is None else text.encode("utf-8")).digest()
