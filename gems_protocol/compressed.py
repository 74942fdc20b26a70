# SPDX-License-Identifier: Apache-2.0
"""Zstandard between client and platform: packing what is worth it, unpacking never beyond a bound.

Signatures and hashes of requests and answers are always over the plain content.
"""

from __future__ import annotations

import sys

from gems_protocol.errors import MalformedMessage

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENCODING = "zstd"
WORTH_IT = 1_000  # bytes: below this the header that tells of it costs about what it saves
MAX_RATIO = 250  # JSON of many like answers packs 50 to 1; a bomb packs 10,000 to 1
_FREE = 262_144  # what any packed content may grow to, whatever its ratio
_WINDOW_LOG = 23  # 8 MB: the memory that a sender can make a reader take
_LEVEL, _FAST_LEVEL = 9, 3
_PIECE = 65_536
_MAGIC = b"\x28\xb5\x2f\xfd"


def pack(plain: bytes, *, fast: bool = False) -> bytes:
    """The zstd frame of `plain`, or `plain` itself where that is not smaller, or would look like a bomb.

    The same bytes come from the same library, so that a digest names an upload that was begun.
    """
    if len(plain) < WORTH_IT:
        return plain
    packed = zstd.compress(plain, level=_FAST_LEVEL if fast else _LEVEL)
    return packed if len(packed) < len(plain) <= _most(packed) else plain


def is_packed(content: bytes) -> bool:
    """Whether this is a zstd frame; JSON never begins like one."""
    return content.startswith(_MAGIC)


def _most(packed: bytes) -> int:
    return max(_FREE, len(packed) * MAX_RATIO)


def unpack(packed: bytes, limit: int) -> bytes:
    """What one zstd frame holds, at most `limit` bytes and at most MAX_RATIO times its size.

    Raises MalformedMessage for anything else: a bomb, a cut or damaged frame, bytes after it.
    """
    most = min(limit, _most(packed))
    reader = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
    found = bytearray()
    try:
        piece = reader.decompress(packed, _PIECE)
        while True:
            found += piece
            if len(found) > most:
                raise MalformedMessage("Compressed content grows beyond its limit.")
            if reader.eof:
                break
            if reader.needs_input:
                raise MalformedMessage("Compressed content is cut off.")
            piece = reader.decompress(b"", _PIECE)
    except zstd.ZstdError as error:
        raise MalformedMessage("Compressed content is damaged.") from error
    if reader.unused_data:
        raise MalformedMessage("Something follows the compressed content.")
    return bytes(found)
