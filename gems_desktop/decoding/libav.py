# SPDX-License-Identifier: Apache-2.0
"""FFmpeg's libraries as they come with Qt (LGPL), called directly: exact about frames and samples, no event loop, no
sound server, and no files or addresses but the one that is handed in (docs/adr/0053-sound-and-moving-pictures.md).
"""

import ctypes
import os
import sys
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_double, c_int, c_int32, c_int64, c_size_t, c_uint, c_void_p
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from gems_desktop.decoding.libav_types import (
    ChannelLayout,
    CodecParameters,
    FormatContext,
    Frame,
    Packet,
    Rational,
)

#: The releases whose structures libav_types describes: library -> major version. In the order they are loaded.
VERSIONS = {"avutil": 59, "swresample": 5, "swscale": 8, "avcodec": 61, "avformat": 61}

#: How FFmpeg reads and seeks in what it is handed.
ReadPacket = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
SeekPacket = CFUNCTYPE(c_int64, c_void_p, c_int64, c_int)

_Format, _Codec = c_void_p, c_void_p

#: Function -> (library, result, arguments).
_PROTOTYPES: dict[str, tuple[str, object, tuple[object, ...]]] = {
    "av_log_set_level": ("avutil", None, (c_int,)),
    "av_malloc": ("avutil", c_void_p, (c_size_t,)),
    "av_freep": ("avutil", None, (c_void_p,)),
    "av_dict_set": ("avutil", c_int, (POINTER(c_void_p), c_char_p, c_char_p, c_int)),
    "av_dict_free": ("avutil", None, (POINTER(c_void_p),)),
    "av_opt_set_int": ("avutil", c_int, (c_void_p, c_char_p, c_int64, c_int)),
    "av_opt_set_q": ("avutil", c_int, (c_void_p, c_char_p, Rational, c_int)),
    "av_frame_alloc": ("avutil", POINTER(Frame), ()),
    "av_frame_free": ("avutil", None, (POINTER(POINTER(Frame)),)),
    "av_frame_unref": ("avutil", None, (POINTER(Frame),)),
    "av_get_pix_fmt": ("avutil", c_int, (c_char_p,)),
    "av_display_rotation_get": ("avutil", c_double, (POINTER(c_int32),)),
    "av_channel_layout_default": ("avutil", None, (POINTER(ChannelLayout), c_int)),
    "swr_alloc_set_opts2": (
        "swresample",
        c_int,
        (
            *(POINTER(c_void_p), POINTER(ChannelLayout), c_int, c_int),
            *(POINTER(ChannelLayout), c_int, c_int, c_int, c_void_p),
        ),
    ),
    "swr_init": ("swresample", c_int, (c_void_p,)),
    "swr_free": ("swresample", None, (POINTER(c_void_p),)),
    "swr_get_out_samples": ("swresample", c_int, (c_void_p, c_int)),
    "swr_convert": ("swresample", c_int, (c_void_p, POINTER(c_void_p), c_int, c_void_p, c_int)),
    "sws_getContext": (
        "swscale",
        c_void_p,
        (c_int, c_int, c_int, c_int, c_int, c_int, c_int, c_void_p, c_void_p, c_void_p),
    ),
    "sws_freeContext": ("swscale", None, (c_void_p,)),
    "sws_getCoefficients": ("swscale", c_void_p, (c_int,)),
    "sws_setColorspaceDetails": (
        "swscale",
        c_int,
        (c_void_p, c_void_p, c_int, c_void_p, c_int, c_int, c_int, c_int),
    ),
    "sws_scale": (
        "swscale",
        c_int,
        (c_void_p, c_void_p, c_void_p, c_int, c_int, POINTER(c_void_p), POINTER(c_int)),
    ),
    "avcodec_get_name": ("avcodec", c_char_p, (c_int,)),
    "avcodec_find_decoder": ("avcodec", _Codec, (c_int,)),
    "avcodec_alloc_context3": ("avcodec", c_void_p, (_Codec,)),
    "avcodec_parameters_to_context": ("avcodec", c_int, (c_void_p, POINTER(CodecParameters))),
    "avcodec_open2": ("avcodec", c_int, (c_void_p, _Codec, POINTER(c_void_p))),
    "avcodec_free_context": ("avcodec", None, (POINTER(c_void_p),)),
    "avcodec_flush_buffers": ("avcodec", None, (c_void_p,)),
    "avcodec_send_packet": ("avcodec", c_int, (c_void_p, POINTER(Packet))),
    "avcodec_receive_frame": ("avcodec", c_int, (c_void_p, POINTER(Frame))),
    "av_packet_alloc": ("avcodec", POINTER(Packet), ()),
    "av_packet_free": ("avcodec", None, (POINTER(POINTER(Packet)),)),
    "av_packet_unref": ("avcodec", None, (POINTER(Packet),)),
    "av_find_input_format": ("avformat", _Format, (c_char_p,)),
    "avformat_alloc_context": ("avformat", POINTER(FormatContext), ()),
    "avio_alloc_context": (
        "avformat",
        c_void_p,
        (c_void_p, c_int, c_int, c_void_p, ReadPacket, c_void_p, SeekPacket),
    ),
    "avio_context_free": ("avformat", None, (POINTER(c_void_p),)),
    "avformat_open_input": (
        "avformat",
        c_int,
        (POINTER(POINTER(FormatContext)), c_char_p, _Format, POINTER(c_void_p)),
    ),
    "avformat_find_stream_info": ("avformat", c_int, (POINTER(FormatContext), c_void_p)),
    "avformat_close_input": ("avformat", None, (POINTER(POINTER(FormatContext)),)),
    "av_read_frame": ("avformat", c_int, (POINTER(FormatContext), POINTER(Packet))),
    "av_seek_frame": ("avformat", c_int, (POINTER(FormatContext), c_int, c_int64, c_int)),
}


class NoLibrary(Exception):
    """FFmpeg's libraries are not there, or are of a release that is not known here."""


@dataclass(frozen=True)
class Libav:
    """FFmpeg's functions, each with its types declared."""

    functions: dict[str, "ctypes._NamedFuncPointer"]

    def __getattr__(self, name: str) -> "ctypes._NamedFuncPointer":
        try:
            return self.functions[name]
        except KeyError as error:
            raise AttributeError(name) from error


@cache
def libav() -> Libav:
    """Load the libraries once. Raises NoLibrary."""
    folder = _folder()
    libraries = {name: _load(folder, name, major) for name, major in VERSIONS.items()}
    functions = {}
    try:
        for name, major in VERSIONS.items():
            version = libraries[name][f"{name}_version"]
            version.restype = c_uint
            if version() >> 16 != major:
                raise NoLibrary(f"{name} is not release {major}")
        for name, (library, result, arguments) in _PROTOTYPES.items():
            function = libraries[library][name]
            function.restype = result  # type: ignore[assignment]
            function.argtypes = list(arguments)  # type: ignore[arg-type]
            functions[name] = function
    except AttributeError as error:
        raise NoLibrary("a function is missing") from error
    functions["av_log_set_level"](-8)  # a worker has nobody to talk to
    return Libav(functions)


def _folder() -> Path:
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        raise NoLibrary("Qt is not there")
    root = Path(next(iter(spec.submodule_search_locations)))
    return root if sys.platform == "win32" else root / "Qt" / "lib"


def _load(folder: Path, name: str, major: int) -> ctypes.CDLL:
    names = {"win32": f"{name}-{major}.dll", "darwin": f"lib{name}.{major}.dylib"}
    path = str(folder / names.get(sys.platform, f"lib{name}.so.{major}"))
    try:
        if sys.platform != "linux":
            return ctypes.CDLL(path)
        # Qt's build leaves the names of OpenSSL open, which it does not need; ctypes would insist on them at once.
        system = ctypes.CDLL(None)
        system.dlopen.restype = c_void_p
        system.dlopen.argtypes = [c_char_p, c_int]
        handle = system.dlopen(os.fsencode(path), os.RTLD_LAZY)
        if not handle:
            raise NoLibrary(f"{name} cannot be loaded")
        return ctypes.CDLL(path, handle=handle)
    except OSError as error:
        raise NoLibrary(f"{name} cannot be loaded") from error
