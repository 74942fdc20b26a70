# SPDX-License-Identifier: Apache-2.0
"""The sound of a file as 16-bit samples at one rate, from any place on; nothing is kept but what was read last."""

from array import array
from collections.abc import Iterator
from ctypes import addressof, byref, c_char, c_void_p

from gems_desktop.decoding.av_decoder import Decoder, time_of
from gems_desktop.decoding.av_source import Source, playable
from gems_desktop.decoding.libav import libav
from gems_desktop.decoding.libav_types import NO_PTS, SAMPLES_S16, ChannelLayout, Frame, Stream
from gems_desktop.decoding.media_limits import PLAY_CHANNELS
from gems_desktop.decoding.refusal import MediaRefused

#: Seconds decoded and thrown away before a place in the middle: codecs need some to settle (Opus 0.08, MP3 0.05).
_SETTLE_S = 0.25
#: Seconds ahead up to which reading on is faster than going there anew.
_READ_ON_S = 2.0


class SoundReader:
    """The sound stream of `source` at `rate` samples a second; more than two channels are mixed down to two."""

    def __init__(self, source: Source, rate: int) -> None:
        if source.sound is None:
            raise MediaRefused("no_sound")
        self.rate = rate
        self.channels: int = min(source.sound.codecpar.contents.ch_layout.nb_channels, PLAY_CHANNELS)
        self._source = source
        self._stream: Stream = source.sound
        self._origin_s = _start_s(source.video if source.video is not None else source.sound)
        source.only(self._stream)
        self._decoder = Decoder(source, self._stream)
        self._converter = _Converter(rate, self.channels)
        self._frames: Iterator[Frame] | None = None
        self._at = 0  # the sample that stands first in _held
        self._held = bytearray()

    @property
    def _size(self) -> int:
        return 2 * self.channels

    def read(self, start: int, count: int) -> bytes:
        """Up to `count` samples (of every channel, interleaved) from number `start` on; fewer only at the end."""
        reach = self._at + len(self._held) // self._size + int(_READ_ON_S * self.rate)
        if self._frames is None or not self._at <= start <= reach:
            self._go(start)
        wanted = (start + count - self._at) * self._size
        while len(self._held) < wanted and self._more():
            spare = min((start - self._at) * self._size, len(self._held))
            if spare > 0:  # what was passed on the way is not kept
                del self._held[:spare]
                self._at += spare // self._size
                wanted -= spare
        first = (start - self._at) * self._size
        data = bytes(self._held[first:wanted])
        del self._held[: first + len(data)]
        self._at += (first + len(data)) // self._size
        return data

    def close(self) -> None:
        """Free everything; safe twice."""
        self._decoder.close()
        self._converter.close()
        self._source.close()

    def _go(self, start: int) -> None:
        self._held.clear()
        self._converter.close()
        base = self._stream.time_base.value
        wanted_s = start / self.rate - _SETTLE_S
        when = round((wanted_s + self._origin_s) / base) if wanted_s > 0 and base else None
        self._frames = self._decoder.frames(when)
        frame = next(self._frames, None)
        if frame is None:
            self._at = start
            return
        self._at = round((time_of(frame) * base - self._origin_s) * self.rate)
        if self._at > start:  # the sound begins later: silence until then
            self._held += bytes((min(self._at, start + self.rate) - start) * self._size)
            self._at = start
        self._held += self._converter.convert(frame)

    def _more(self) -> bool:
        frame = next(self._frames, None) if self._frames is not None else None
        if frame is not None:
            self._held += self._converter.convert(frame)
            return True
        rest = self._converter.convert(None)
        self._held += rest
        return bool(rest)


class _Converter:
    """Samples of any kind as interleaved 16-bit ones at one rate."""

    def __init__(self, rate: int, channels: int) -> None:
        self._av = libav()
        self._rate, self._channels = rate, channels
        self._made_for: tuple[int, int, int] | None = None
        self._context = c_void_p()

    def convert(self, frame: Frame | None) -> bytes:
        """The samples of `frame`, or with None what is still inside."""
        if frame is None:
            if not self._context:
                return b""
            count, data = 0, None
        else:
            self._prepare(frame)
            count, data = frame.nb_samples, frame.extended_data
        room = self._av.swr_get_out_samples(self._context, count)
        if room <= 0:
            return b""
        target = (c_char * (room * self._channels * 2))()
        planes = (c_void_p * 1)(addressof(target))
        made = self._av.swr_convert(self._context, planes, room, data, count)
        return bytes(target.raw[: max(0, int(made)) * self._channels * 2])

    def _prepare(self, frame: Frame) -> None:
        layout = frame.ch_layout
        kind = (frame.format, layout.nb_channels, frame.sample_rate)
        if kind == self._made_for:
            return
        if not playable(frame.sample_rate, layout.nb_channels):
            raise MediaRefused("too_big")
        self.close()
        inside, outside = ChannelLayout(), ChannelLayout()
        self._av.av_channel_layout_default(byref(inside), layout.nb_channels)
        self._av.av_channel_layout_default(byref(outside), self._channels)
        source = byref(layout) if layout.order else byref(inside)
        self._av.swr_alloc_set_opts2(
            byref(self._context), byref(outside), SAMPLES_S16, self._rate,
            source, frame.format, frame.sample_rate, 0, None,
        )  # fmt: skip
        if not self._context or self._av.swr_init(self._context) < 0:
            raise MediaRefused("broken")
        self._made_for = kind

    def close(self) -> None:
        """Forget what is inside; safe twice."""
        if self._context:
            self._av.swr_free(byref(self._context))
            self._context = c_void_p()
        self._made_for = None


def extremes(data: bytes, channels: int, buckets: int) -> bytes:
    """The lowest and highest sample of each channel in each of `buckets` equal parts of `data`.

    As 16-bit numbers: for each bucket, for each channel, low and high. Without samples: zeros.
    """
    samples = array("h", data)
    each = [samples[channel::channels] for channel in range(channels)]
    count = len(each[0])
    out = array("h")
    for n in range(buckets):
        first = n * count // buckets
        last = max(first + 1, (n + 1) * count // buckets)
        for one in each:
            part = one[first:last]
            out.append(min(part, default=0))
            out.append(max(part, default=0))
    return out.tobytes()


def _start_s(stream: Stream) -> float:
    return 0.0 if stream.start_time == NO_PTS else stream.start_time * stream.time_base.value
