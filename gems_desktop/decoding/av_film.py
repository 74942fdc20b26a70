# SPDX-License-Identifier: Apache-2.0
"""The pictures of a film by number: every packet's time is known before, so number n is the n-th picture shown."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from ctypes import addressof, c_char, c_int, c_void_p
from dataclasses import dataclass

from gems_desktop.decoding.av_decoder import Decoder, time_of
from gems_desktop.decoding.av_source import Source, turned
from gems_desktop.decoding.libav import libav
from gems_desktop.decoding.libav_types import (
    BT601,
    BT709,
    NO_PTS,
    PACKET_DISCARD,
    PACKET_KEY,
    Frame,
    Packet,
    Stream,
)
from gems_desktop.decoding.media_limits import MAX_DURATION_S, MAX_FRAMES, MAX_MOVIE_PIXELS, MAX_RUN_BYTES
from gems_desktop.decoding.refusal import MediaRefused

#: Pictures to decode on the way that cost as much as a jump.
_JUMP = 3
#: FFmpeg's way of scaling: bilinear.
_BILINEAR = 2
#: FFmpeg's word for "all 256 levels are used" of a picture.
_FULL_RANGE = 2
#: Lines of a picture from which its colours are those of high definition when it does not say.
_HD_LINES = 720
#: Bytes that FFmpeg may write past the end of a line.
_MARGIN = 256


@dataclass(frozen=True)
class Run:
    """Pictures one after the other as 32-bit pixels (BGRA), unturned."""

    width: int
    height: int
    count: int
    pixels: bytearray


class FilmReader:
    """The pictures of `source`. Opening it reads the packets of the whole file once. Raises MediaRefused."""

    def __init__(self, source: Source) -> None:
        if source.video is None:
            raise MediaRefused("no_picture")
        self._av = libav()
        self._source = source
        self._stream: Stream = source.video
        source.only(self._stream)
        self._times, self._keys = self._index()
        self.turned = turned(self._stream)
        self._decoder = Decoder(source, self._stream)
        self._frames: Iterator[Frame] | None = None
        self._at = NO_PTS  # the time of the picture decoded last
        self._scaler = c_void_p()
        self._scaler_key: tuple[int, ...] = ()

    @property
    def times(self) -> "array[float]":
        """When each picture is shown, in seconds from the first on."""
        base = self._stream.time_base.value
        return array("d", ((when - self._times[0]) * base for when in self._times))

    @property
    def fps(self) -> float:
        """Pictures a second on average; 25 for a film of one picture."""
        span = (self._times[-1] - self._times[0]) * self._stream.time_base.value
        stated: float = self._stream.avg_frame_rate.value
        counted = (len(self._times) - 1) / span if span > 0 else 25.0
        # The stated rate is exact (30000/1001), the counted one true: the stated one holds if they agree.
        return stated if stated > 0 and abs(stated - counted) < 0.01 * counted else counted

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as shown: square pixels, turned."""
        width, height = self._square()
        return (height, width) if self.turned in (90, 270) else (width, height)

    def run(self, first: int, count: int, room: tuple[int, int]) -> Run:
        """`count` pictures from number `first` on, fitted into `room` (as shown); fewer at the end of the film."""
        targets = self._times[max(0, first) : max(0, first) + count]
        if not targets:
            raise MediaRefused("no_picture")
        width, height = self._fitted(room)
        size = width * height * 4
        targets = targets[: max(1, MAX_RUN_BYTES // size)]
        pixels = bytearray(size * len(targets) + _MARGIN)
        done = 0
        for frame in self._from(targets[0]):
            when = time_of(frame)
            while done < len(targets) and when > targets[done]:
                # A damaged picture was left out: the one before stays, as in any player.
                before = done - 1
                if before >= 0:
                    pixels[done * size : (done + 1) * size] = pixels[before * size : done * size]
                else:
                    self._draw(frame, pixels, 0, width, height)
                done += 1
            if done < len(targets) and when == targets[done]:
                self._draw(frame, pixels, done * size, width, height)
                done += 1
            if done == len(targets):
                break
        if not done:
            raise MediaRefused("broken")
        del pixels[done * size :]
        return Run(width, height, done, pixels)

    def close(self) -> None:
        """Free everything; safe twice."""
        self._decoder.close()
        if self._scaler:
            self._av.sws_freeContext(self._scaler)
            self._scaler = c_void_p()
        self._source.close()

    def _index(self) -> tuple[list[int], list[int]]:
        """The times of all pictures, in order, and of those from which decoding can start."""
        times: set[int] = set()
        keys: set[int] = set()
        hidden = _hides(self._av.avcodec_get_name(self._stream.codecpar.contents.codec_id))
        while True:
            with self._source.next_packet(self._stream) as packet:
                if packet is None:
                    break
                when = packet.pts if packet.pts != NO_PTS else packet.dts
                if when == NO_PTS or packet.flags & PACKET_DISCARD or (hidden and _is_hidden(packet)):
                    continue
                times.add(when)
                if packet.flags & PACKET_KEY:
                    keys.add(when)
            if len(times) > MAX_FRAMES:
                raise MediaRefused("too_long")
        if not times:
            raise MediaRefused("broken")
        ordered = sorted(times)
        if (ordered[-1] - ordered[0]) * self._stream.time_base.value > MAX_DURATION_S:
            raise MediaRefused("too_long")
        return ordered, sorted(keys)

    def _from(self, target: int) -> Iterator[Frame]:
        """Decoded pictures from one at or before `target` on."""
        place = bisect_left(self._times, target)
        key = bisect_right(self._keys, target) - 1
        key_place = bisect_left(self._times, self._keys[key]) if key >= 0 else 0
        if self._frames is not None and self._at < target:
            here = bisect_left(self._times, self._at)
            if here + _JUMP >= key_place or place - here <= _JUMP:
                yield from self._on(self._frames)
                return
        # The key picture before; should that lead past the target (a wrong table in the file), one more; the start.
        starts: list[int | None] = [self._keys[n] for n in (key, key - 1) if n >= 0]
        for start in (*starts, None):
            self._frames = self._decoder.frames(start)
            pictures = self._on(self._frames)
            head = next(pictures, None)
            if head is not None and (start is None or time_of(head) <= target):
                yield head
                yield from pictures
                return

    def _on(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        for frame in frames:
            self._at = time_of(frame)
            yield frame
        self._frames = None

    def _draw(self, frame: Frame, pixels: bytearray, offset: int, width: int, height: int) -> None:
        if not 0 < frame.width * frame.height <= MAX_MOVIE_PIXELS:
            raise MediaRefused("too_big")
        self._prepare(frame, width, height)
        target = (c_char * (len(pixels) - offset)).from_buffer(pixels, offset)
        planes, strides = (c_void_p * 4)(addressof(target)), (c_int * 4)(width * 4)
        drawn = self._av.sws_scale(self._scaler, frame.data, frame.linesize, 0, frame.height, planes, strides)
        if drawn < 0:
            raise MediaRefused("broken")

    def _prepare(self, frame: Frame, width: int, height: int) -> None:
        key = (frame.width, frame.height, frame.format, frame.colorspace, frame.color_range, width, height)
        if key == self._scaler_key and self._scaler:
            return
        if self._scaler:
            self._av.sws_freeContext(self._scaler)
        kind = self._av.av_get_pix_fmt(b"bgra")
        self._scaler = c_void_p(
            self._av.sws_getContext(
                frame.width, frame.height, frame.format, width, height, kind, _BILINEAR, None, None, None
            )
        )
        if not self._scaler:
            raise MediaRefused("broken")
        hd = frame.colorspace == BT709 or (frame.colorspace == 2 and frame.height >= _HD_LINES)
        table = self._av.sws_getCoefficients(BT709 if hd else BT601)
        full = int(frame.color_range == _FULL_RANGE)
        self._av.sws_setColorspaceDetails(self._scaler, table, full, table, 1, 0, 1 << 16, 1 << 16)
        self._scaler_key = key

    def _square(self) -> tuple[int, int]:
        parameters = self._stream.codecpar.contents
        shape = self._stream.sample_aspect_ratio.value or parameters.sample_aspect_ratio.value
        if not 0.1 < shape < 10:
            shape = 1.0
        return max(1, round(parameters.width * shape)), parameters.height

    def _fitted(self, room: tuple[int, int]) -> tuple[int, int]:
        """The size of a picture before it is turned."""
        width, height = self._square()
        most = room[::-1] if self.turned in (90, 270) else room
        factor = min(1.0, most[0] / width, most[1] / height)
        return max(1, round(width * factor)), max(1, round(height * factor))


def _hides(codec: bytes) -> bool:
    """Whether packets of a codec may hold a picture that is only there for others to refer to."""
    return codec == b"vp8"


def _is_hidden(packet: Packet) -> bool:
    """Whether a packet of VP8 says of itself that it is not shown (RFC 6386, section 9.1)."""
    return packet.size > 0 and not packet.data[0] & 0x10
