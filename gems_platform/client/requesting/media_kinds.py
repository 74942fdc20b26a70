# SPDX-License-Identifier: Apache-2.0
"""Which files a task may show, told by their first bytes: what the decode worker opens and a platform takes."""

from __future__ import annotations

from pathlib import Path

from gems_protocol.file_kinds import (
    MAX_FILE_BYTES,
    MAX_MEDIA_BYTES,
    MAX_PDF_BYTES,
    SNIFF_BYTES,
    container,
    picture_format,
)

#: Endings of file names that a task's data may hold in any field.
SUFFIXES = (
    *(".jpg", ".jpeg", ".png", ".webp", ".pdf"),
    *(".wav", ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a"),
    *(".mp4", ".m4v", ".mov", ".webm"),
)
_SOUND = frozenset(("wav", "flac", "ogg", "mp3", "mov", "matroska"))
_FILM = frozenset(("mov", "matroska"))
#: tag -> containers, and what is allowed in words
_ALLOWED: dict[str, tuple[frozenset[str], str]] = {
    "Image": (frozenset(), "a picture (PNG, JPEG or WebP)"),
    "Audio": (_SOUND, "a recording (WAV, FLAC, Ogg, MP3, M4A or WebM)"),
    "Video": (_FILM, "a video (MP4 or WebM)"),
    "Pdf": (frozenset(("pdf",)), "a PDF file"),
}


def wrong_kind(path: Path, tag: str) -> str:
    """Why the element `tag` cannot show a file, in words; empty when it can. Any kind will do for other tags.

    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(SNIFF_BYTES)
    picture, inside = picture_format(head), container(head)
    most = MAX_FILE_BYTES if picture else MAX_PDF_BYTES if inside == "pdf" else MAX_MEDIA_BYTES
    if path.stat().st_size > most:
        return f"is larger than {most >> 20} MB"
    if tag not in _ALLOWED:
        return "" if picture or inside else "is no picture, recording, video or PDF that can be shown"
    allowed, words = _ALLOWED[tag]
    fits = picture is not None if tag == "Image" else inside in allowed
    return "" if fits else f"is not {words}; save it as one"
