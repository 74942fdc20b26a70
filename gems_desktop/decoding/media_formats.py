# SPDX-License-Identifier: Apache-2.0
"""Which sound, film and documents are let in: containers told by their first bytes, codecs by name."""

#: First bytes that tell a container from another.
SNIFF_BYTES = 16

#: What may be inside of each container: FFmpeg's name of the container -> names of codecs.
CODECS = {
    "wav": frozenset(
        ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw")
    ),
    "flac": frozenset(("flac",)),
    "ogg": frozenset(("opus", "vorbis", "flac")),
    "mp3": frozenset(("mp3",)),
    "mov": frozenset(("h264", "hevc", "vp9", "aac", "mp3", "opus", "flac")),
    "matroska": frozenset(("h264", "vp8", "vp9", "aac", "opus", "vorbis")),
}
#: Decoders that FFmpeg may open at all.
DECODERS = sorted(frozenset().union(*CODECS.values()) | {"mp3float"})

#: What an MP4 or QuickTime file may call itself, four letters each.
_MP4_BRANDS = (
    b"isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 dash M4V  M4A  qt   msnv MSNV 3gp4 3gp5 3gp6 hvc1 cmfc"
)
_BRANDS = frozenset(_MP4_BRANDS[n : n + 4] for n in range(0, len(_MP4_BRANDS), 5))


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
