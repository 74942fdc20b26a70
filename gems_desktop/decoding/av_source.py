# SPDX-License-Identifier: Apache-2.0
"""An open container: FFmpeg reads one open file through two functions of ours and can reach nothing else."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_int32, c_void_p, cast, memmove, pointer
from typing import BinaryIO

from gems_desktop.decoding.libav import ReadPacket, SeekPacket, libav
from gems_desktop.decoding.libav_types import (
    ATTACHED_PICTURE,
    AUDIO,
    DISCARD_ALL,
    DISPLAY_MATRIX,
    END_OF_FILE,
    INVALID_DATA,
    VIDEO,
    FormatContext,
    Packet,
    Stream,
)
from gems_desktop.decoding.media_formats import CODECS, DECODERS
from gems_desktop.decoding.media_limits import (
    MAX_CHANNELS,
    MAX_DURATION_S,
    MAX_MOVIE_PIXELS,
    MAX_RATE,
    MAX_STREAMS,
    MIN_RATE,
)
from gems_desktop.decoding.refusal import MediaRefused

#: Bytes FFmpeg asks for at a time.
_BUFFER = 64 * 1024
#: FFmpeg's question "how long is the file?" to the function that seeks, and its question not to hurry.
_ASK_SIZE, _FORCE = 0x10000, 0x20000
#: Microseconds: the unit of a container's duration.
_TIME_BASE = 1_000_000
_SEEK_BACKWARD = 1
#: What FFmpeg may not do: look further than this to find out what is in the file, open addresses, other formats.
_OPTIONS = {
    "protocol_whitelist": "none",
    "codec_whitelist": ",".join(DECODERS),
    "max_streams": str(MAX_STREAMS),
    "probesize": str(4 * 1024 * 1024),
    "analyzeduration": str(5 * _TIME_BASE),
    "max_probe_packets": "2000",
    "indexmem": str(32 * 1024 * 1024),
}


class Source:
    """A container over `file`, whose kind was told by its first bytes. Raises MediaRefused.

    `file` is shared with other sources: each keeps its own place in it.
    """

    def __init__(self, file: BinaryIO, kind: str) -> None:
        self._av = libav()
        self._file = file
        self._place = 0
        self._length = file.seek(0, io.SEEK_END)
        self._packet = self._av.av_packet_alloc()
        # Both must live as long as FFmpeg may call them.
        self._read_back, self._seek_back = ReadPacket(self._on_read), SeekPacket(self._on_seek)
        memory = self._av.av_malloc(_BUFFER)
        self._io = c_void_p(
            self._av.avio_alloc_context(memory, _BUFFER, 0, None, self._read_back, None, self._seek_back)
        )
        self._context = self._av.avformat_alloc_context()
        if not (memory and self._io and self._context and self._packet):
            raise MemoryError  # a fresh worker comes after that, so nothing is freed one by one
        self._context.contents.pb = self._io.value
        try:
            self._open(kind)
            self.streams: list[Stream] = [
                self._context.contents.streams[n].contents for n in range(self._context.contents.nb_streams)
            ]
            self.video = self._choose(kind, VIDEO)
            self.sound = self._choose(kind, AUDIO)
            self._check()
        except BaseException:
            self.close()
            raise

    @property
    def duration_s(self) -> float:
        """What the container says of its length in seconds, 0 when it says nothing."""
        duration: int = self._context.contents.duration
        return max(0.0, duration / _TIME_BASE)

    def only(self, stream: Stream) -> None:
        """Read no packets but those of `stream`."""
        for other in self.streams:
            other.discard = 0 if other.index == stream.index else DISCARD_ALL

    def seek(self, stream: Stream, when: int) -> bool:
        """Go to a place at or before `when` (in the stream's time base); whether that worked."""
        result: int = self._av.av_seek_frame(self._context, stream.index, when, _SEEK_BACKWARD)
        return result >= 0

    @contextmanager
    def next_packet(self, stream: Stream) -> Iterator[Packet | None]:
        """The next packet of `stream`, None at the end; it is gone when the block ends."""
        try:
            yield self._next(stream)
        finally:
            self._av.av_packet_unref(self._packet)

    def _next(self, stream: Stream) -> Packet | None:
        while True:
            self._av.av_packet_unref(self._packet)
            if self._av.av_read_frame(self._context, self._packet) < 0:
                return None
            packet: Packet = self._packet.contents
            if packet.stream_index == stream.index:
                return packet

    def close(self) -> None:
        """Free everything; safe twice."""
        if self._context:
            self._av.avformat_close_input(byref(self._context))
            self._context = POINTER(FormatContext)()
        if self._io:
            # FFmpeg may have put another buffer in the place of ours: the first field after the class is its address.
            buffer = c_void_p.from_address((self._io.value or 0) + 8)
            self._av.av_freep(byref(buffer))
            self._av.avio_context_free(byref(self._io))
            self._io = c_void_p()
        if self._packet:
            self._av.av_packet_free(byref(self._packet))
            self._packet = POINTER(Packet)()

    def _open(self, kind: str) -> None:
        options = c_void_p()
        for key, value in _OPTIONS.items():
            self._av.av_dict_set(byref(options), key.encode(), value.encode(), 0)
        form = self._av.av_find_input_format(kind.encode())
        try:
            if self._av.avformat_open_input(byref(self._context), None, form, byref(options)) < 0:
                raise MediaRefused("broken")  # FFmpeg has freed the context
        finally:
            self._av.av_dict_free(byref(options))
        if self._av.avformat_find_stream_info(self._context, None) < 0:
            raise MediaRefused("broken")

    def _choose(self, kind: str, wanted: int) -> Stream | None:
        for stream in self.streams:
            parameters = stream.codecpar.contents
            if parameters.codec_type != wanted or stream.disposition & ATTACHED_PICTURE:
                continue
            name = self._av.avcodec_get_name(parameters.codec_id).decode()
            if name in CODECS[kind]:
                return stream
            if wanted == VIDEO:
                raise MediaRefused("codec")
        return None

    def _check(self) -> None:
        if self.video is None and self.sound is None:
            others = any(stream.codecpar.contents.codec_type == AUDIO for stream in self.streams)
            raise MediaRefused("codec" if others else "empty")
        if self.duration_s > MAX_DURATION_S:
            raise MediaRefused("too_long")
        if self.sound is not None:
            sound = self.sound.codecpar.contents
            if not playable(sound.sample_rate, sound.ch_layout.nb_channels):
                raise MediaRefused("too_big")
        if self.video is not None:
            picture = self.video.codecpar.contents
            if picture.width <= 0 or picture.height <= 0:
                raise MediaRefused("broken")
            if picture.width * picture.height > MAX_MOVIE_PIXELS:
                raise MediaRefused("too_big")

    def _on_read(self, _: object, target: int, most: int) -> int:
        try:
            self._file.seek(self._place)
            data = self._file.read(most)
        except OSError:
            return INVALID_DATA
        if not data:
            return END_OF_FILE
        memmove(target, data, len(data))
        self._place += len(data)
        return len(data)

    def _on_seek(self, _: object, offset: int, whence: int) -> int:
        whence &= ~_FORCE
        if whence == _ASK_SIZE:
            return self._length
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._length}.get(whence)
        if base is None or base + offset < 0:
            return INVALID_DATA
        self._place = base + offset
        return self._place


def playable(rate: int, channels: int) -> bool:
    """Whether sound of `rate` samples a second is neither so fast nor so slow, nor of so many channels, as to harm."""
    return MIN_RATE <= rate <= MAX_RATE and 0 < channels <= MAX_CHANNELS


def turned(stream: Stream) -> int:
    """By how many degrees clockwise (0, 90, 180, 270) the pictures of a film are to be turned."""
    parameters = stream.codecpar.contents
    for n in range(parameters.side_data_count):
        entry = parameters.side_data[n]
        if entry.type == DISPLAY_MATRIX and entry.size >= 36:
            angle = libav().av_display_rotation_get(cast(pointer(entry.data.contents), POINTER(c_int32)))
            if math.isfinite(angle):
                return int(round(-angle / 90) % 4 * 90)
    return 0
