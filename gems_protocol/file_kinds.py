# SPDX-License-Identifier: Apache-2.0
"""Which files a task may show, told by their first bytes and never by name, and how large they may be."""

#: First bytes that tell a kind from another.
SNIFF_BYTES = 16
#: Bytes of a picture's file; larger ones are not worth a worker's data budget.
MAX_FILE_BYTES = 32 * 1024 * 1024
#: Bytes of a recording or film: an hour of 16 kHz WAV is 115 MB, an hour of good 720p about 500 MB.
MAX_MEDIA_BYTES = 512 * 1024 * 1024
#: Bytes of a PDF: it is held in memory whole.
MAX_PDF_BYTES = 64 * 1024 * 1024

#: What an MP4 or QuickTime file may call itself, four letters each.
_MP4_BRANDS = (
    b"isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 dash M4V  M4A  qt   msnv MSNV 3gp4 3gp5 3gp6 hvc1 cmfc"
)
_BRANDS = frozenset(_MP4_BRANDS[n : n + 4] for n in range(0, len(_MP4_BRANDS), 5))


def picture_format(data: bytes) -> str | None:
    """Qt's name of the format of `data` ("png", "jpeg", "webp"), or None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return None


def container(head: bytes) -> str | None:
    """FFmpeg's name of the container that starts with `head` ("wav", ..., "matroska"), "pdf", or None."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head[4:8] == b"ftyp" and len(head) >= 12 and head[8:12] in _BRANDS:
        return "mov"
    if head.startswith(b"ID3") or _is_mpeg_layer_3(head):
        return "mp3"
    return None


def _is_mpeg_layer_3(head: bytes) -> bool:
    """Whether a header of a frame of MPEG sound, layer III, stands there, with a rate that exists."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[1] & 0x18 != 0x08 and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C
