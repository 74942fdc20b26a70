# SPDX-License-Identifier: Apache-2.0
"""What a media worker answers, believed no further than it can be checked: it has read what came from outside."""

import json
import math
from array import array
from typing import Any, TypeGuard

from PySide6.QtGui import QImage, QTransform

from gems_desktop.decoding.limits import MAX_EDGE
from gems_desktop.decoding.media_facts import (
    MEDIA_SENTENCES,
    MediaError,
    MediaFacts,
    MovieFrames,
    PageText,
    Pcm,
    Peaks,
    TextLine,
)
from gems_desktop.decoding.media_limits import (
    MAX_CHANNELS,
    MAX_DURATION_S,
    MAX_FRAMES,
    MAX_PAGE_CHARACTERS,
    MAX_PAGES,
    MAX_RATE,
    MAX_RUN,
    PLAY_CHANNELS,
    PLAY_RATE,
)

_CRASHED = MediaError("crashed")
_KINDS = ("sound", "movie", "pages")


def error_of(header: dict[str, Any]) -> MediaError | None:
    """The refusal in an answer, if it is one."""
    code = header.get("error")
    if code is None:
        return None
    return MediaError(code if code in MEDIA_SENTENCES else "crashed")


def facts(header: dict[str, Any], body: bytes) -> MediaFacts | MediaError:
    """The answer to a probe."""
    counts = {
        name: header.get(name, 0) for name in ("frames", "width", "height", "channels", "rate", "pages")
    }
    most = {"frames": MAX_FRAMES, "channels": MAX_CHANNELS, "rate": MAX_RATE, "pages": MAX_PAGES}
    numbers = {name: header.get(name, 0.0) for name in ("duration_s", "fps")}
    if header.get("kind") not in _KINDS or not all(
        _is_count(value, most.get(name, 1 << 16)) for name, value in counts.items()
    ):
        return _CRASHED
    if (
        not all(_is_number(value) for value in numbers.values())
        or numbers["duration_s"] > MAX_DURATION_S + 60
    ):
        return _CRASHED
    if len(body) != 8 * counts["frames"]:
        return _CRASHED
    times = array("d", body)
    if any(not 0 <= when <= MAX_DURATION_S + 60 for when in times):
        return _CRASHED
    return MediaFacts(kind=header["kind"], times=times, **counts, **numbers)


def pcm(header: dict[str, Any], body: bytes, start_s: float) -> Pcm | MediaError:
    """The answer to a request for samples."""
    channels = header.get("channels")
    if not _is_count(channels, PLAY_CHANNELS) or not channels or len(body) % (2 * channels):
        return _CRASHED
    return Pcm(PLAY_RATE, channels, start_s, body, bool(header.get("final")))


def peaks(header: dict[str, Any], body: bytes, start_s: float, end_s: float) -> Peaks | MediaError:
    """The answer to a request for a close view of the wave."""
    channels, buckets = header.get("channels"), header.get("buckets")
    if not _is_count(channels, PLAY_CHANNELS) or not channels or not _is_count(buckets, 1 << 16):
        return _CRASHED
    numbers = array("h")
    if len(body) != 4 * channels * buckets:
        return _CRASHED
    numbers.frombytes(body)
    low = tuple(numbers[2 * channel :: 2 * channels] for channel in range(channels))
    high = tuple(numbers[2 * channel + 1 :: 2 * channels] for channel in range(channels))
    return Peaks(start_s, end_s, low, high, end_s, True)


def frames(header: dict[str, Any], body: bytes, first: int) -> MovieFrames | MediaError:
    """The answer to a request for pictures of a film."""
    width, height, count = header.get("width"), header.get("height"), header.get("count")
    if not (_is_edge(width) and _is_edge(height) and _is_count(count, MAX_RUN) and count):
        return _CRASHED
    size = width * height * 4
    turned = header.get("turned")
    if turned not in (0, 90, 180, 270) or len(body) != size * count:
        return _CRASHED
    images = []
    for n in range(count):
        part = memoryview(body)[n * size : (n + 1) * size]
        image = QImage(part, width, height, width * 4, QImage.Format.Format_RGB32)
        # copy(): a QImage over borrowed bytes must not outlive them
        images.append(image.transformed(QTransform().rotate(turned)) if turned else image.copy())
    return MovieFrames(first, tuple(images))


def page(header: dict[str, Any], body: bytes) -> QImage | MediaError:
    """The answer to a request for a page."""
    width, height = header.get("width"), header.get("height")
    if not (_is_edge(width) and _is_edge(height)) or len(body) != width * height * 4:
        return _CRASHED
    return QImage(body, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def page_text(body: bytes) -> PageText | MediaError:
    """The answer to a request for a page's text."""
    try:
        value = json.loads(body)
        text = value["text"]
        lines = tuple(TextLine(*line) for line in value["lines"])
    except (ValueError, RecursionError, KeyError, TypeError):
        return _CRASHED
    if not isinstance(text, str) or len(text) > MAX_PAGE_CHARACTERS:
        return _CRASHED
    for line in lines:
        ends = (line.start, line.end)
        if not all(_is_count(end, len(text)) for end in ends) or line.start >= line.end:
            return _CRASHED
        if not all(_is_number(value, -1e6) for value in (line.x, line.y, line.width, line.height)):
            return _CRASHED
    return PageText(text, lines)


def _is_count(value: object, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_edge(value: object) -> TypeGuard[int]:
    return _is_count(value, MAX_EDGE) and value != 0


def _is_number(value: object, least: float = 0.0) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value) and least <= value <= 1e6
