# SPDX-License-Identifier: Apache-2.0
"""The messages on the decode pipe: a length, a JSON header, a length, a body."""

import json
import struct
from typing import Any, BinaryIO

from gems_desktop.decoding.limits import MAX_EDGE, MAX_FILE_BYTES, MAX_HEADER_BYTES

_LENGTH = struct.Struct(">I")
MAX_BODY_BYTES = max(MAX_FILE_BYTES, MAX_EDGE * MAX_EDGE * 4)


class BrokenPipe(Exception):
    """The other side ended, or sent what is no message."""


def write_frame(stream: BinaryIO, header: dict[str, Any], body: bytes | memoryview = b"") -> None:
    """Send one message. Raises OSError when the other side is gone."""
    head = json.dumps(header).encode()
    stream.write(_LENGTH.pack(len(head)) + head + _LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Receive one message as (header, body). Raises BrokenPipe at the end of the stream or over a limit."""
    head = _read(stream, MAX_HEADER_BYTES)
    body = _read(stream, MAX_BODY_BYTES)
    try:
        header = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise BrokenPipe("the header is no JSON") from error
    if not isinstance(header, dict):
        raise BrokenPipe("the header is no object")
    return header, body


def _read(stream: BinaryIO, limit: int) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > limit:
        raise BrokenPipe("a part is too long")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count) if count else b""
    if len(data) != count:
        raise BrokenPipe("the stream ended")
    return data
