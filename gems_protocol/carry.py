# SPDX-License-Identifier: Apache-2.0
"""The carry file and its reply: they travel on a stick, and whoever carries them can neither read nor change them.

File: magic, length of the header (4 bytes, big-endian), header (canonical JSON), sealed part (HPKE, RFC 9180).
Inside: length and JSON of the signed message, length and bytes of the packed content, zeros up to a full block.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from gems_protocol import canonical
from gems_protocol.carry_messages import Carry, CarryReply
from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.typed_data import Message, hash_from_hex, signature_from_hex

MAX_FILE = 8_000_000
MAX_CONTENT = 32_000_000  # bytes of JSON inside, unpacked
MAX_DEPTH = 48  # a batch's answers are at most 32 deep, inside of lists of items
BLOCK = 4_096  # sizes are rounded up to this, so that they say little
OUT = b"gems-carry 1\n"
REPLY = b"gems-carry-reply 1\n"
_HEADER = 200
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
MessageT = TypeVar("MessageT", bound=Message)


class NotOpened(GemsError):
    """The sealed part does not open with this key: changed, cut off, or sealed to another key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as everybody sees it. key: the X25519 public key that it is sealed to, 32 bytes."""

    key: bytes
    header: bytes
    box: bytes


@dataclass(frozen=True, slots=True)
class Opened(Generic[MessageT]):
    """A file from inside: the signed message, and the packed content, which `unpack` reads once it is trusted."""

    message: MessageT
    signature: bytes
    content: bytes


def public_key(private: bytes) -> bytes:
    """The X25519 public key of a private one, which may be any 32 unpredictable bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def pack(content: dict[str, Any]) -> bytes:
    """The compressed JSON that is hashed and signed; raises MalformedMessage when it is too large."""
    text = json.dumps(content, separators=(",", ":")).encode()
    if len(text) > MAX_CONTENT:
        raise MalformedMessage("The content of a carry file is larger than it may be.")
    return zlib.compress(text, 9)


def unpack(content: bytes) -> dict[str, Any]:
    """What `pack` packed; raises MalformedMessage, also for what would grow beyond all bounds."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(content, MAX_CONTENT + 1)
    except zlib.error as error:
        raise MalformedMessage("The content of a carry file is damaged.") from error
    if not reader.eof or reader.unused_data or len(text) > MAX_CONTENT:
        raise MalformedMessage("The content of a carry file is damaged or too large.")
    found = canonical.loads(text, MAX_CONTENT, MAX_DEPTH)
    if type(found) is not dict:
        raise MalformedMessage("The content of a carry file is not an object.")
    return found


def seal(magic: bytes, to: bytes, message: Message, signature: bytes, content: bytes) -> bytes:
    """The bytes of a file that only the holder of the private key of `to` can open; raises MalformedMessage."""
    signed = {"message": message.to_json(), "signature": "0x" + signature.hex()}
    inside = b"".join(_counted(part) for part in (canonical.dumps(signed), content))
    inside += bytes(-len(inside) % BLOCK)
    head = _head(magic, canonical.dumps({"key": "0x" + to.hex()}))
    found = head + _SUITE.encrypt(inside, X25519PublicKey.from_public_bytes(to), info=head)
    if len(found) > MAX_FILE:
        raise MalformedMessage("A carry file is larger than it may be.")
    return found


def read(data: bytes, magic: bytes) -> Sealed:
    """What anybody can see of a file; raises MalformedMessage when it is none of this kind."""
    if len(data) > MAX_FILE or not data.startswith(magic):
        raise MalformedMessage("This is not a carry file of this kind.")
    header, box = _part(data[len(magic) :], _HEADER)
    value = canonical.loads(header)
    if type(value) is not dict or set(value) != {"key"} or canonical.dumps(value) != header:
        raise MalformedMessage("The beginning of a carry file is damaged.")
    return Sealed(hash_from_hex(value["key"], "key"), _head(magic, header), box)


def open_out(sealed: Sealed, private: bytes) -> Opened[Carry]:
    """Open a worker's file; raises NotOpened, MalformedMessage. Its signature is still to be checked."""
    return _open(sealed, private, Carry)


def open_reply(sealed: Sealed, private: bytes) -> Opened[CarryReply]:
    """Open a platform's reply; raises NotOpened, MalformedMessage. Its signature is still to be checked."""
    return _open(sealed, private, CarryReply)


def _open(sealed: Sealed, private: bytes, kind: type[MessageT]) -> Opened[MessageT]:
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        inside = _SUITE.decrypt(sealed.box, key, info=sealed.header)
    except (InvalidTag, ValueError) as error:
        raise NotOpened(
            "This file was changed or cut off on its way, or it is for somebody else.",
            safe="Nothing of it was taken.",
        ) from error
    signed, rest = _part(inside, len(inside))
    content, padding = _part(rest, len(rest))
    if len(padding) >= BLOCK or padding.strip(b"\0"):
        raise MalformedMessage("The inside of a carry file is malformed.")
    value = canonical.loads(signed)
    if type(value) is not dict or set(value) != {"message", "signature"}:
        raise MalformedMessage("The inside of a carry file is malformed.")
    message = kind.from_json(value["message"])
    if getattr(message, "content_hash", b"") != keccak(content):
        raise MalformedMessage("The content of a carry file is not the one that was signed.")
    return Opened(message, signature_from_hex(value["signature"]), content)


def _counted(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _head(magic: bytes, header: bytes) -> bytes:
    return magic + _counted(header)


def _part(data: bytes, most: int) -> tuple[bytes, bytes]:
    """The part that `_counted` made at the beginning, and what follows it; raises MalformedMessage."""
    size = int.from_bytes(data[:4], "big")
    if len(data) < 4 + size or size > most:
        raise MalformedMessage("A carry file is damaged or cut off.")
    return data[4 : 4 + size], data[4 + size :]
