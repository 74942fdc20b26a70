# SPDX-License-Identifier: Apache-2.0
"""The structures of FFmpeg 7 that are read or written here: the public ABI of libavformat 61 and its sisters.

Only leading fields are declared where the rest is not needed; FFmpeg allocates every one of them itself.
"""

from ctypes import (
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_int64,
    c_size_t,
    c_uint,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
)

#: "There is no timestamp."
NO_PTS = -(2**63)
#: FFmpeg's result at the end of a file: minus the four letters "EOF ".
END_OF_FILE = -0x20464F45
#: FFmpeg's result when a decoder wants more input first (minus EAGAIN, which macOS numbers differently).
TRY_AGAIN = (-11, -35)
#: FFmpeg's result for damaged data: minus the four letters "INDA".
INVALID_DATA = -0x41444E49
#: Kinds of a stream.
VIDEO, AUDIO = 0, 1
#: Flags of a packet: a picture to start from; one that is decoded but not shown.
PACKET_KEY, PACKET_DISCARD = 1, 4
#: A stream that is a cover picture and no film.
ATTACHED_PICTURE = 0x400
#: A stream whose packets are not read.
DISCARD_ALL = 48
#: Side data of a stream: how the picture is to be turned.
DISPLAY_MATRIX = 5
#: Interleaved samples of 16 bits.
SAMPLES_S16 = 1
#: Colours: the constants of high definition (BT.709) and of everything before it (BT.601).
BT709, BT601 = 1, 5


class Rational(Structure):
    """A fraction, 0/1 or 0/0 when unknown."""

    _fields_ = (("num", c_int), ("den", c_int))

    @property
    def value(self) -> float:
        """The fraction as a number, 0 when unknown."""
        return self.num / self.den if self.den else 0.0


class ChannelLayout(Structure):
    """Which channels there are."""

    _fields_ = (("order", c_int), ("nb_channels", c_int), ("mask", c_uint64), ("opaque", c_void_p))


class SideData(Structure):
    """What a container says about a stream beside its packets."""

    _fields_ = (("data", POINTER(c_uint8)), ("size", c_size_t), ("type", c_int))


class CodecParameters(Structure):
    """What a container says about a stream's coding."""

    _fields_ = (
        ("codec_type", c_int),
        ("codec_id", c_int),
        ("codec_tag", c_uint32),
        ("extradata", c_void_p),
        ("extradata_size", c_int),
        ("side_data", POINTER(SideData)),
        ("side_data_count", c_int),
        ("format", c_int),
        ("bit_rate", c_int64),
        ("bits_per_coded_sample", c_int),
        ("bits_per_raw_sample", c_int),
        ("profile", c_int),
        ("level", c_int),
        ("width", c_int),
        ("height", c_int),
        ("sample_aspect_ratio", Rational),
        ("framerate", Rational),
        ("field_order", c_int),
        ("color_range", c_int),
        ("color_primaries", c_int),
        ("color_trc", c_int),
        ("color_space", c_int),
        ("chroma_location", c_int),
        ("video_delay", c_int),
        ("ch_layout", ChannelLayout),
        ("sample_rate", c_int),
    )


class Stream(Structure):
    """One stream of a container; only the fields up to its frame rate."""

    _fields_ = (
        ("av_class", c_void_p),
        ("index", c_int),
        ("id", c_int),
        ("codecpar", POINTER(CodecParameters)),
        ("priv_data", c_void_p),
        ("time_base", Rational),
        ("start_time", c_int64),
        ("duration", c_int64),
        ("nb_frames", c_int64),
        ("disposition", c_int),
        ("discard", c_int),
        ("sample_aspect_ratio", Rational),
        ("metadata", c_void_p),
        ("avg_frame_rate", Rational),
    )


class FormatContext(Structure):
    """An open container; only the fields up to its duration."""

    _fields_ = (
        ("av_class", c_void_p),
        ("iformat", c_void_p),
        ("oformat", c_void_p),
        ("priv_data", c_void_p),
        ("pb", c_void_p),
        ("ctx_flags", c_int),
        ("nb_streams", c_uint),
        ("streams", POINTER(POINTER(Stream))),
        ("nb_stream_groups", c_uint),
        ("stream_groups", c_void_p),
        ("nb_chapters", c_uint),
        ("chapters", c_void_p),
        ("url", c_char_p),
        ("start_time", c_int64),
        ("duration", c_int64),
    )


class Packet(Structure):
    """A piece of one stream, still coded."""

    _fields_ = (
        ("buf", c_void_p),
        ("pts", c_int64),
        ("dts", c_int64),
        ("data", POINTER(c_uint8)),
        ("size", c_int),
        ("stream_index", c_int),
        ("flags", c_int),
    )


class Frame(Structure):
    """A decoded picture or a run of decoded samples."""

    _fields_ = (
        ("data", c_void_p * 8),
        ("linesize", c_int * 8),
        ("extended_data", c_void_p),
        ("width", c_int),
        ("height", c_int),
        ("nb_samples", c_int),
        ("format", c_int),
        ("key_frame", c_int),
        ("pict_type", c_int),
        ("sample_aspect_ratio", Rational),
        ("pts", c_int64),
        ("pkt_dts", c_int64),
        ("time_base", Rational),
        ("quality", c_int),
        ("opaque", c_void_p),
        ("repeat_pict", c_int),
        ("interlaced_frame", c_int),
        ("top_field_first", c_int),
        ("palette_has_changed", c_int),
        ("sample_rate", c_int),
        ("buf", c_void_p * 8),
        ("extended_buf", c_void_p),
        ("nb_extended_buf", c_int),
        ("side_data", c_void_p),
        ("nb_side_data", c_int),
        ("flags", c_int),
        ("color_range", c_int),
        ("color_primaries", c_int),
        ("color_trc", c_int),
        ("colorspace", c_int),
        ("chroma_location", c_int),
        ("best_effort_timestamp", c_int64),
        ("pkt_pos", c_int64),
        ("metadata", c_void_p),
        ("decode_error_flags", c_int),
        ("pkt_size", c_int),
        ("hw_frames_ctx", c_void_p),
        ("opaque_ref", c_void_p),
        ("crop", c_size_t * 4),
        ("private_ref", c_void_p),
        ("ch_layout", ChannelLayout),
        ("duration", c_int64),
    )
