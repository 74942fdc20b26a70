# SPDX-License-Identifier: Apache-2.0
"""Patches between two versions of a file: a Zstandard frame that begins where the old file ends (docs/adr/0106)."""

from __future__ import annotations

import sys
from collections.abc import Iterator

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WINDOW_LOG = 27  # 128 MB: what is matched lies at most so far back, across the old file and the new one
LARGEST = (1 << WINDOW_LOG) // 2  # bytes of the old and of the new file, each
_PIECE = 1 << 18


class BadPatch(Exception):
    """It does not lead from this file to one of this size."""


def make(old: bytes, new: bytes) -> bytes:
    """The patch from `old` to `new`, each at most LARGEST; the same every time."""
    how: dict[int, int] = {
        zstd.CompressionParameter.compression_level: 19,
        zstd.CompressionParameter.window_log: WINDOW_LOG,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    return zstd.compress(new, options=how, zstd_dict=_before(old))


def apply(old: bytes, patch: bytes, size: int) -> Iterator[bytes]:
    """The pieces of the new file, at most one more byte than `size`; raises BadPatch."""
    most: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
    reader = zstd.ZstdDecompressor(zstd_dict=_before(old), options=most)
    left = size + 1
    while not reader.eof and left > 0:
        try:
            piece = reader.decompress(patch, max_length=min(left, _PIECE))
        except zstd.ZstdError as error:
            raise BadPatch from error
        if not piece and not reader.eof:
            raise BadPatch
        patch = b""
        left -= len(piece)
        yield piece


def _before(old: bytes) -> tuple[zstd.ZstdDict, int] | None:
    """The old file as what comes before the new one; a few bytes are nothing to build on."""
    return zstd.ZstdDict(old, is_raw=True).as_prefix if len(old) > 8 else None
