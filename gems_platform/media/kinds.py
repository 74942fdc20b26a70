# SPDX-License-Identifier: Apache-2.0
"""What a media file is by its own bytes: its type by the first of them, a picture's size by its header alone."""

from __future__ import annotations

from typing import BinaryIO

# What a decode worker of the client opens; each by its first bytes: (what, where, what stands first, media type).
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", 0, b"", "image/png"),
    (b"\xff\xd8\xff", 0, b"", "image/jpeg"),
    (b"WEBP", 8, b"RIFF", "image/webp"),
    (b"WAVE", 8, b"RIFF", "audio/wav"),
    (b"fLaC", 0, b"", "audio/flac"),
    (b"OggS", 0, b"", "audio/ogg"),
    (b"ID3", 0, b"", "audio/mpeg"),
    (b"\xff\xfb", 0, b"", "audio/mpeg"),
    (b"\xff\xf3", 0, b"", "audio/mpeg"),
    (b"\xff\xf2", 0, b"", "audio/mpeg"),
    (b"ftyp", 4, b"", "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, b"", "video/webm"),
    (b"%PDF-", 0, b"", "application/pdf"),
)
HEAD = 12  # bytes that are enough for `kind_of`
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG markers that say a picture's size
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))  # JPEG markers without a length
_SEGMENTS = 2_000  # of a JPEG that are looked through


def kind_of(head: bytes) -> str | None:
    """The media type of a file that begins with `head`, None when it is not an allowed one."""
    for magic, at, first, kind in _MAGIC:
        if head[at : at + len(magic)] == magic and head.startswith(first):
            return kind
    return None


def pixels_of(file: BinaryIO, kind: str) -> int:
    """How many pixels a picture says that it has, 0 where it does not say or is none; only headers are read."""
    if kind == "image/png":
        head = _from(file, 0, 24)
        if head[12:16] != b"IHDR" or len(head) < 24:
            return 0
        return int.from_bytes(head[16:20]) * int.from_bytes(head[20:24])
    if kind == "image/webp":
        return _webp(_from(file, 12, 18))
    return _jpeg(file) if kind == "image/jpeg" else 0


def _from(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _webp(chunk: bytes) -> int:
    """chunk: a WebP file from its byte 12 on, where the first chunk begins."""
    name, body = chunk[:4], chunk[8:]
    if len(body) < 10:
        return 0
    if name == b"VP8X":
        return (int.from_bytes(body[4:7], "little") + 1) * (int.from_bytes(body[7:10], "little") + 1)
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        wide, high = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
        return (wide & 0x3FFF) * (high & 0x3FFF)
    return 0


def _jpeg(file: BinaryIO) -> int:
    """From segment to segment until the one that says the size."""
    at = 2
    for _ in range(_SEGMENTS):
        head = _from(file, at, 9)
        if len(head) < 4 or head[0] != 0xFF:
            return 0
        if head[1] in _FRAMES:
            return int.from_bytes(head[5:7]) * int.from_bytes(head[7:9])
        if head[1] == 0xFF:  # fill bytes before a marker
            at += 1
        elif head[1] in _BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(head[2:4])
    return 0
