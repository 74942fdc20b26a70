# SPDX-License-Identifier: Apache-2.0
"""Recordings that tests make: tones and silence whose places are known."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import wave
from pathlib import Path

RATE = 8000


def tones(seconds: float = 6.0, channels: int = 1) -> bytes:
    """A WAV that is loud in every second second; the second channel is loud in the others."""
    samples = []
    for at in range(int(seconds * RATE)):
        for channel in range(channels):
            loud = int(at / RATE) % 2 == channel % 2
            samples.append(int(12000 * math.sin(at * 0.2)) if loud else 0)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


def keep(folder: Path, data: bytes) -> tuple[str, Path]:
    """A file and its SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256
    path.write_bytes(data)
    return sha256, path
