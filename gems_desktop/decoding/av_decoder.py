# SPDX-License-Identifier: Apache-2.0
"""Decoded frames of one stream, from any place on, bounded in pixels and samples."""

from collections.abc import Iterator
from ctypes import POINTER, byref, c_void_p

from gems_desktop.decoding.av_source import Source
from gems_desktop.decoding.libav import libav
from gems_desktop.decoding.libav_types import END_OF_FILE, NO_PTS, TRY_AGAIN, Frame, Stream
from gems_desktop.decoding.media_limits import MAX_MOVIE_PIXELS, MAX_RATE
from gems_desktop.decoding.refusal import MediaRefused

#: Damaged packets in a row after which a stream is given up.
_MOST_DAMAGED = 250


class Decoder:
    """The decoder of one stream of a source. Raises MediaRefused."""

    def __init__(self, source: Source, stream: Stream) -> None:
        self._av = libav()
        self._source, self._stream = source, stream
        self._frame = self._av.av_frame_alloc()
        codec = self._av.avcodec_find_decoder(stream.codecpar.contents.codec_id)
        self._context = c_void_p(self._av.avcodec_alloc_context3(codec))
        try:
            if not (self._frame and self._context):
                raise MemoryError
            if self._av.avcodec_parameters_to_context(self._context, stream.codecpar) < 0:
                raise MediaRefused("broken")
            for name, value in (("threads", 1), ("max_pixels", MAX_MOVIE_PIXELS), ("max_samples", MAX_RATE)):
                self._av.av_opt_set_int(self._context, name.encode(), value, 0)
            # With the time base FFmpeg moves the time of a frame on when it cuts off what the codec put before it.
            self._av.av_opt_set_q(self._context, b"pkt_timebase", stream.time_base, 0)
            if self._av.avcodec_open2(self._context, codec, None) < 0:
                raise MediaRefused("broken")
        except BaseException:
            self.close()
            raise

    def frames(self, when: int | None) -> Iterator[Frame]:
        """Frames from a place at or before `when` (in the stream's time base; None: the start) to the end.

        Each is valid until the next is asked for. Damaged packets are skipped.
        """
        first = self._stream.start_time
        lead = round(1 / self._stream.time_base.value) if self._stream.time_base.value else 0
        # What the codec needs before the beginning stands before the stream's own start.
        places = [when] if when is not None else [-lead, min(first, 0) if first != NO_PTS else 0, first]
        if not any(self._source.seek(self._stream, place) for place in places):
            raise MediaRefused("broken")
        self._av.avcodec_flush_buffers(self._context)
        damaged = 0
        ended = False
        while not ended:
            with self._source.next_packet(self._stream) as packet:
                ended = packet is None
                sent = self._av.avcodec_send_packet(self._context, byref(packet) if packet else None)
            if sent < 0 and not ended:
                damaged += 1
                if damaged > _MOST_DAMAGED:
                    return
                continue
            while (got := self._av.avcodec_receive_frame(self._context, self._frame)) >= 0:
                damaged = 0
                yield self._frame.contents
            if got == END_OF_FILE:
                return
            if got not in TRY_AGAIN:
                damaged += 1
                if damaged > _MOST_DAMAGED:
                    return

    def close(self) -> None:
        """Free everything; safe twice."""
        if self._context:
            self._av.avcodec_free_context(byref(self._context))
            self._context = c_void_p()
        if self._frame:
            self._av.av_frame_free(byref(self._frame))
            self._frame = POINTER(Frame)()


def time_of(frame: Frame) -> int:
    """When a frame is shown, in its stream's time base."""
    return next(
        (when for when in (frame.pts, frame.best_effort_timestamp, frame.pkt_dts) if when != NO_PTS), 0
    )
