# SPDX-License-Identifier: Apache-2.0
"""What a platform answered, before it is believed: unpacked within bounds, signed over this request, strict JSON."""

from __future__ import annotations

import re
from typing import Any

from gems_protocol import canonical
from gems_protocol.compressed import ENCODING, unpack
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.messages import Answer, Domain, request_hash, signature_from_hex
from gems_protocol.reaching import PlatformLied

MAX_ANSWER = 32_000_000  # bytes of JSON: an answer of 20 MB to be judged, with its task
MAX_DEPTH = 48  # a batch's tasks are at most 32 deep, inside of lists of items
STALE_S = 300  # an answer this much older than one we already have is a replay
_STAMP = re.compile(r"(\d{1,12}):(0x[0-9a-f]{130})", re.ASCII)


def check_stamp(
    domain: Domain, signer: str, method: str, target: str, content: bytes, told: bytes, stamp: str
) -> int:
    """When the platform signed `told` as its answer to this request (Unix seconds); raises PlatformLied."""
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise PlatformLied("it is not signed.")
    issued_at = int(found[1])
    answer = Answer(request_hash(method, target, content), keccak(told), issued_at)
    try:
        answer.check(domain, signature_from_hex(found[2]), signer)
    except (BadSignature, MalformedMessage) as error:
        raise PlatformLied("it is not signed by the platform of this network.") from error
    return issued_at


def plain(body: bytes, encoding: str) -> bytes:
    """The content of an answer's body; raises PlatformLied."""
    if encoding == "identity":
        return body
    if encoding != ENCODING:
        raise PlatformLied("it is packed in a way that was not asked for.")
    try:
        return unpack(body, MAX_ANSWER)
    except MalformedMessage as error:
        raise PlatformLied("what it packed does not unpack within its bounds.") from error


def parsed(content: bytes) -> Any:
    """The JSON of an answer; raises PlatformLied."""
    try:
        return canonical.loads(content, MAX_ANSWER, MAX_DEPTH)
    except MalformedMessage as error:
        raise PlatformLied("it is not the JSON that it must be.") from error
