# SPDX-License-Identifier: Apache-2.0
"""Which sound, film and documents are let in: containers told by their first bytes, codecs by name."""

from gems_protocol.file_kinds import SNIFF_BYTES as SNIFF_BYTES
from gems_protocol.file_kinds import container as container

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
