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


def pack_secrets(*secrets: bytes | bytearray) -> bytearray:
    """Several secrets as one: each after its length in two bytes."""
    packed = bytearray()
    for secret in secrets:
        packed += len(secret).to_bytes(2, "big") + secret
    return packed


def unpack_secrets(packed: bytearray, count: int) -> list[bytearray]:
    """What `pack_secrets` packed; raises PipeClosed when it does not hold exactly `count` secrets."""
    secrets, at = [], 0
    for _ in range(count):
        length = int.from_bytes(packed[at : at + 2], "big")
        if at + 2 + length > len(packed):
            raise PipeClosed
        secrets.append(packed[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(packed):
        raise PipeClosed
    return secrets


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
