# SPDX-License-Identifier: Apache-2.0
"""What is known of a recording, a film or a document, and the pieces of them that are asked for."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from gems_desktop.decoding.client import DecodeError

#: What each refusal says to a person.
MEDIA_SENTENCES = {
    "missing": "The file is not on this computer yet.",
    "hash": "The file on the disk is not the one of this task.",
    "format": "This is not a recording, film or document of a kind that is allowed "
    "(WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).",
    "codec": "The recording or film is coded in a way that is not allowed here.",
    "empty": "There is neither sound nor picture in the file.",
    "no_sound": "There is no sound in the file.",
    "no_picture": "There is no such picture in the film.",
    "no_film": "There are no moving pictures in the file.",
    "no_page": "The document has no such page.",
    "locked": "The document is locked with a password.",
    "too_big": "The file is too large to be opened safely.",
    "too_long": "The recording, film or document is too long to be opened safely.",
    "broken": "The file is damaged.",
    "timeout": "The file took too long to open.",
    "crashed": "The file could not be opened.",
    "no_library": "Sound and film cannot be opened on this computer: a library of the system is missing "
    "(on Debian: libpulse0).",
}


class MediaError(DecodeError):
    """Why sound, film or a page is not there; `code` is a key of MEDIA_SENTENCES."""

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return MEDIA_SENTENCES[self.code]


@dataclass(frozen=True)
class MediaFacts:
    """What a file is. `kind` is "sound", "movie" or "pages"; what does not apply is 0.

    Width and height are as shown (turned, square pixels; points for pages); `times` says when each picture of a film
    begins, in seconds.
    """

    kind: str
    duration_s: float = 0.0
    fps: float = 0.0
    frames: int = 0
    width: int = 0
    height: int = 0
    channels: int = 0
    rate: int = 0
    pages: int = 0
    times: "array[float]" = field(default_factory=lambda: array("d"), repr=False)

    @property
    def has_sound(self) -> bool:
        """Whether there is something to hear."""
        return self.channels > 0

    def frame_at(self, seconds: float) -> int:
        """The number of the picture (from 0) that is shown at a time."""
        return max(0, min(self.frames, bisect_right(self.times, seconds + 1e-6)) - 1)

    def time_of(self, frame: int) -> float:
        """When a picture begins, in seconds."""
        if not self.times:
            return 0.0
        return self.times[max(0, min(frame, self.frames - 1))]


@dataclass(frozen=True)
class Peaks:
    """The lowest and highest samples of equal parts of a stretch of sound; full scale is 32767.

    One array a channel. Parts past `known_s` are not read yet and hold zeros; `complete` says that nothing is to come.
    """

    start_s: float
    end_s: float
    low: "tuple[array[int], ...]"
    high: "tuple[array[int], ...]"
    known_s: float
    complete: bool


@dataclass(frozen=True)
class Pcm:
    """Samples to be played: 16 bits, channels interleaved. `final` says that the recording ends with them."""

    rate: int
    channels: int
    start_s: float
    data: bytes = field(repr=False)
    final: bool


@dataclass(frozen=True)
class MovieFrames:
    """Pictures of a film, one after the other, from number `first` (from 0) on."""

    first: int
    images: tuple[QImage, ...]


@dataclass(frozen=True)
class TextLine:
    """One line of a page: its characters' numbers and its place in percent of the page."""

    start: int
    end: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PageText:
    """The text of a page and where its lines stand."""

    text: str
    lines: tuple[TextLine, ...]

    def inside(self, x: float, y: float, width: float, height: float) -> str:
        """The text within a box (percent of the page), letters taken as equally wide in their line."""
        found = []
        for line in self.lines:
            if not y <= line.y + line.height / 2 <= y + height or not line.width:
                continue
            letter = line.width / (line.end - line.start)
            first = max(0, round((x - line.x) / letter))
            last = min(line.end - line.start, round((x + width - line.x) / letter))
            if last > first:
                found.append(self.text[line.start + first : line.start + last].strip())
        return "\n".join(part for part in found if part)
