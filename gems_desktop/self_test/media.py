# SPDX-License-Identifier: Apache-2.0
"""Pictures, sound, film and pages through the decode workers, which are processes of their own as in real work."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QImage

from gems_desktop.decoding.client import DecodeClient, DecodeError
from gems_desktop.decoding.media_facts import MediaFacts
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.waiting import application, until

COLOUR = QColor("#0f766e")  # of all pictures among the samples
PICTURES = ("picture.png", "picture.jpg", "picture.webp")
SOUNDS = ("tone.wav", "tone.mp3", "tone.ogg", "tone.opus", "tone.flac")
FILMS = ("film.mp4", "film.webm")
PAGES = ("page.pdf",)
_RATE = 8000
_OFF = 24  # how far a colour may be off after it was packed with losses, of 255


class Samples:
    """The samples by hash, as the store of a profile has media."""

    def __init__(self, place: Place) -> None:
        self.files: dict[str, Path | bytes] = {}
        self.names: dict[str, str] = {}
        for file in sorted(place.samples.iterdir()):
            self._add(file.name, file.read_bytes(), file)
        self._add("tone.wav", _tone())

    def _add(self, name: str, data: bytes, file: Path | None = None) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        self.files[sha256], self.names[name] = file or data, sha256

    def told(self, value: Any) -> Any:
        """A value of a task, with the name of a sample as the address of its content."""
        known = self.names.get(value) if isinstance(value, str) else None
        return f"sha256:{known}" if known else value


def check(checks: Checks, place: Place) -> None:
    """Each kind of file that a task may bring, and that a damaged one is refused."""
    application()
    samples = Samples(place)
    client = DecodeClient(samples.files.get)
    try:
        for kind, names in ((_picture, PICTURES), (_sound, SOUNDS), (_film, FILMS), (_page, PAGES)):
            for name in names:
                checks.run(f"decode {name}", partial(kind, client, samples, name))
        checks.run("a damaged picture is refused", lambda: _damaged(client, samples))
    finally:
        client.close()


def _hash(samples: Samples, name: str) -> str:
    if name not in samples.names:
        raise Failed("the sample is not there")
    return samples.names[name]


def _picture(client: DecodeClient, samples: Samples, name: str) -> str:
    return _is_coloured(client.decode_now(_hash(samples, name), 64, 64))


def _is_coloured(found: object) -> str:
    if isinstance(found, DecodeError):
        raise Failed(found.sentence)
    if not isinstance(found, QImage):
        raise Failed("there is no picture")
    seen = found.pixelColor(found.width() // 2, found.height() // 2)
    off = max(
        abs(one - two)
        for one, two in zip(seen.getRgb()[:3], COLOUR.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    if off > _OFF:
        raise Failed(f"its colour is {seen.name()} instead of {COLOUR.name()}")
    return f"{found.width()} x {found.height()}"


def _ask(ask: Callable[..., object], *values: Any) -> Any:
    """The answer of the media client."""
    got: list[Any] = []
    ask(*values, got.append)
    until(lambda: got, "the decode worker")
    if isinstance(got[0], DecodeError):
        raise Failed(got[0].sentence)
    return got[0]


def _sound(client: DecodeClient, samples: Samples, name: str) -> str:
    sha256 = _hash(samples, name)
    facts: MediaFacts = _ask(client.media.probe, sha256)
    pcm = _ask(client.media.pcm, sha256, 0.05, 0.2)
    loudest = max((abs(sample) for (sample,) in struct.iter_unpack("=h", bytes(pcm.data))), default=0)
    if facts.kind != "sound" or loudest < 500:
        raise Failed(f"a {facts.kind} with a loudness of {loudest} of 32767")
    return f"{facts.duration_s:.2f} s at {facts.rate} Hz"


def _film(client: DecodeClient, samples: Samples, name: str) -> str:
    sha256 = _hash(samples, name)
    facts: MediaFacts = _ask(client.media.probe, sha256)
    if facts.kind != "movie" or not facts.has_sound:
        raise Failed(f"a {facts.kind} {'with' if facts.has_sound else 'without'} sound")
    shown = _ask(client.media.frames, sha256, 2, 1, 64, 64)
    return f"{facts.frames} pictures of {_is_coloured(shown.images[0] if shown.images else None)}"


def _page(client: DecodeClient, samples: Samples, name: str) -> str:
    sha256 = _hash(samples, name)
    facts: MediaFacts = _ask(client.media.probe, sha256)
    image: QImage = _ask(client.media.page, sha256, 0, 200, 100)
    text = _ask(client.media.page_text, sha256, 0).text
    dark = any(
        image.pixelColor(x, y).lightness() < 100 for x in range(image.width()) for y in range(image.height())
    )
    if facts.pages != 1 or "Gems" not in text or not dark:
        raise Failed(f"{facts.pages} pages, the text {text!r}, {'' if dark else 'not '}drawn")
    return f"a page of {image.width()} x {image.height()}"


def _damaged(client: DecodeClient, samples: Samples) -> str:
    source = samples.files[_hash(samples, "picture.png")]
    whole = source if isinstance(source, bytes) else source.read_bytes()
    broken = whole[: len(whole) // 2]
    sha256 = hashlib.sha256(broken).hexdigest()
    samples.files[sha256] = broken
    found = client.decode_now(sha256, 64, 64)
    if not isinstance(found, DecodeError) or found.code != "broken":
        raise Failed("half a picture is shown")
    return found.sentence


def _tone() -> bytes:
    """Half a second of a tone as WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        samples = [int(8000 * math.sin(at * 0.3)) for at in range(_RATE // 2)]
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()
