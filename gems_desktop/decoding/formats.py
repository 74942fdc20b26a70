# SPDX-License-Identifier: Apache-2.0
"""Which pictures are let in, told by their first bytes and never by name."""


def picture_format(data: bytes) -> str | None:
    """Qt's name of the format of `data` ("png", "jpeg", "webp"), or None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return None
