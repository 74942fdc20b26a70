# SPDX-License-Identifier: Apache-2.0
"""Frames on the pipe between window and signer: a JSON part and a separate secret part, both bounded.

Secrets travel as raw bytes beside the JSON, so that they never become immutable text on the way.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_HEAD = struct.Struct(">II")
MAX_JSON = 65_536  # the largest request is a sign-in of some hundred bytes
MAX_SECRET = 4_096


class PipeClosed(Exception):
    """The other side is gone, or speaks another language."""


def write_frame(pipe: IO[bytes], value: dict[str, Any], secret: bytes | bytearray = b"") -> None:
    """Write one frame; raises PipeClosed."""
    body = json.dumps(value, separators=(",", ":")).encode()
    try:
        pipe.write(_HEAD.pack(len(body), len(secret)))
        pipe.write(body)
        pipe.write(secret)
        pipe.flush()
    except (OSError, ValueError) as error:
        raise PipeClosed from error


def _exactly(pipe: IO[bytes], count: int) -> bytearray:
    found = bytearray()
    while len(found) < count:
        try:
            part = pipe.read(count - len(found))
        except (OSError, ValueError) as error:
            raise PipeClosed from error
        if not part:
            raise PipeClosed
        found += part
    return found


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytearray]:
    """Read one frame; raises PipeClosed at the end of the stream or for a frame out of bounds."""
    json_length, secret_length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if json_length > MAX_JSON or secret_length > MAX_SECRET:
        raise PipeClosed
    body, secret = _exactly(pipe, json_length), _exactly(pipe, secret_length)
    try:
        value = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise PipeClosed from error
    if not isinstance(value, dict):
        raise PipeClosed
    return value, secret
