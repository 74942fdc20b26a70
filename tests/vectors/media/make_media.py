# SPDX-License-Identifier: Apache-2.0
"""Makes the tiny recordings and films beside it, which are in the public domain (CC0): needs the command `ffmpeg`.

The tests only read what is committed; this stands here so that anybody can see what is in the files and make them anew.
Every picture of a counter film shows its own number in ten black or white columns, the lowest bit to the left.
"""

import math
import struct
import subprocess
import wave
from pathlib import Path

HERE = Path(__file__).parent
WIDTH, HEIGHT, BITS = 160, 32, 10


def picture(number: int) -> bytes:
    """Return the grey levels of a picture that shows `number`."""
    column = WIDTH // BITS
    row = b"".join(bytes([235 if number >> bit & 1 else 16]) * column for bit in range(BITS))
    return row * HEIGHT


def film(name: str, count: int, *how: str, rate: str = "30000/1001") -> None:
    """Make a counter film."""
    source = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "-"]
    run(name, source, *how, data=b"".join(picture(number) for number in range(count)))


def run(name: str, source: list[str], *how: str, data: bytes | None = None) -> None:
    """Run ffmpeg, so that the same input gives the same file."""
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", *source, *how, *exact, HERE / name], input=data, check=True
    )


def main() -> None:
    """Make every file."""
    tone = HERE / "tone.wav"
    with wave.open(str(tone), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        # One second that grows louder: 440 Hz, so that a place in it is told by its loudness.
        samples = (int(30_000 * n / 16_000 * math.sin(2 * math.pi * 440 * n / 16_000)) for n in range(16_000))
        out.writeframes(struct.pack("<16000h", *samples))
    sound = ["-i", str(tone)]
    run("tone.flac", sound)
    run("tone.mp3", sound, "-b:a", "24k")
    run("tone.opus", sound, "-c:a", "libopus", "-b:a", "16k")
    run("tone.ogg", sound, "-c:a", "libvorbis", "-q:a", "0")
    run("tone.m4a", sound, "-c:a", "aac", "-b:a", "24k")
    grey = ["-pix_fmt", "yuv420p"]
    film(
        "counter.mp4", 150, "-c:v", "libx264", "-g", "48", "-bf", "3", "-preset", "slow", "-crf", "30", *grey
    )
    # Variable rate: of every five pictures two are left out, so the gaps differ; number k shows kept(k).
    uneven = r"select=not(eq(mod(n\,5)\,1)+eq(mod(n\,5)\,2))"
    film(
        "uneven.webm",
        150,
        "-vf",
        uneven,
        "-fps_mode",
        "vfr",
        "-c:v",
        "libvpx-vp9",
        "-g",
        "40",
        "-crf",
        "45",
        *grey,
    )
    film(
        "counter-vp8.webm",
        150,
        "-c:v",
        "libvpx",
        "-auto-alt-ref",
        "1",
        "-lag-in-frames",
        "16",
        "-g",
        "60",
        *grey,
    )
    run(
        "sounding.mp4",
        ["-i", str(HERE / "counter.mp4"), *sound],
        "-c:v",
        "copy",
        "-c:a",
        "aac",
        "-b:a",
        "24k",
    )
    run("turned.mp4", ["-i", str(HERE / "counter.mp4")], "-c", "copy", "-metadata:s:v", "rotate=90")


if __name__ == "__main__":
    main()
