# SPDX-License-Identifier: Apache-2.0
"""D-Bus messages as bytes: the marshalling of the D-Bus specification, with limits on what comes in.

Values are Python's own; a variant is the pair of its signature and its value. Qt's binding cannot say unsigned
numbers from Python and ends the process on a wrong type (ADR 0083), so this is written out here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
NO_REPLY = 1  # flag: the caller wants no answer
MOST_BYTES = 1 << 20  # of one message that comes in; the specification allows 128 MiB
_DEPTH = 16
_FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_ALIGN = {"y": 1, "n": 2, "q": 2, "g": 1, "v": 1, "x": 8, "t": 8, "d": 8, "(": 8, "{": 8}
_HEADER = {1: "o", 2: "s", 3: "s", 4: "s", 5: "u", 6: "s", 7: "s", 8: "g"}


class Malformed(ValueError):
    """Bytes that are no D-Bus message, or one beyond the limits."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `body` holds as many values as `signature` has types."""

    kind: int
    serial: int = 0
    path: str = ""
    interface: str = ""
    member: str = ""
    error: str = ""
    reply_to: int = 0
    destination: str = ""
    sender: str = ""
    signature: str = ""
    body: tuple[Any, ...] = ()
    flags: int = 0


def types(signature: str) -> list[str]:
    """The single complete types of a signature; raises Malformed."""
    found, at = [], 0
    while at < len(signature):
        end = _end(signature, at, 0)
        found.append(signature[at:end])
        at = end
    return found


def _end(signature: str, at: int, depth: int) -> int:
    if depth > _DEPTH or at >= len(signature):
        raise Malformed("a signature is malformed")
    letter = signature[at]
    if letter == "a":
        return _end(signature, at + 1, depth + 1)
    if letter in "({":
        close = ")" if letter == "(" else "}"
        at += 1
        while at < len(signature) and signature[at] != close:
            at = _end(signature, at, depth + 1)
        if at >= len(signature):
            raise Malformed("a signature is not closed")
        return at + 1
    if letter not in _FIXED and letter not in "sogv":
        raise Malformed("a signature has an unknown type")
    return at + 1


class Writer:
    """Little-endian bytes, aligned from the beginning."""

    def __init__(self) -> None:
        self.data = bytearray()

    def pad(self, to: int) -> None:
        """Zeros until the next multiple of `to`."""
        self.data += bytes(-len(self.data) % to)

    def put(self, kind: str, value: Any) -> None:
        """One value of a single complete type."""
        letter = kind[0]
        self.pad(_ALIGN.get(letter, 4))
        if letter in _FIXED:
            self.data += struct.pack("<" + _FIXED[letter], value)
        elif letter in "so":
            raw = value.encode()
            self.data += struct.pack("<I", len(raw)) + raw + b"\0"
        elif letter == "g":
            self.data += bytes([len(value)]) + value.encode() + b"\0"
        elif letter == "v":
            self.put("g", value[0])
            self.put(value[0], value[1])
        elif letter == "a":
            self._array(kind[1:], value)
        else:
            for inner, each in zip(types(kind[1:-1]), value, strict=True):
                self.put(inner, each)

    def _array(self, kind: str, values: Any) -> None:
        at = len(self.data)
        self.data += bytes(4)
        self.pad(_ALIGN.get(kind[0], 4))
        begin = len(self.data)
        for value in values.items() if isinstance(values, dict) else values:
            self.put(kind, value)
        struct.pack_into("<I", self.data, at, len(self.data) - begin)


class Reader:
    """Reads what a Writer, or any other bus client, wrote; raises Malformed."""

    def __init__(self, data: bytes, order: str, at: int = 0) -> None:
        self._data, self._order, self.at = data, order, at

    def pad(self, to: int) -> None:
        """Go to the next multiple of `to`."""
        self.at += -self.at % to

    def _take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self._data):
            raise Malformed("a message ends too early")
        self.at += count
        return self._data[self.at - count : self.at]

    def get(self, kind: str, depth: int = 0) -> Any:
        """One value of a single complete type."""
        if depth > _DEPTH:
            raise Malformed("a message is nested too deeply")
        letter = kind[0]
        self.pad(_ALIGN.get(letter, 4))
        if letter in _FIXED:
            form = self._order + _FIXED[letter]
            value = struct.unpack(form, self._take(struct.calcsize(form)))[0]
            return bool(value) if letter == "b" else value
        if letter in "sog":
            size = self._take(1)[0] if letter == "g" else self.get("u")
            raw = self._take(size + 1)
            try:
                return raw[:-1].decode()
            except UnicodeDecodeError as error:
                raise Malformed("a text is not UTF-8") from error
        if letter == "v":
            inner = self.get("g")
            if len(types(inner)) != 1:
                raise Malformed("a variant holds no single value")
            return inner, self.get(inner, depth + 1)
        if letter == "a":
            return self._array(kind[1:], depth)
        return tuple(self.get(inner, depth + 1) for inner in types(kind[1:-1]))

    def _array(self, kind: str, depth: int) -> Any:
        size = self.get("u")
        self.pad(_ALIGN.get(kind[0], 4))
        end = self.at + size
        if end > len(self._data):
            raise Malformed("an array ends too late")
        found = []
        while self.at < end:
            found.append(self.get(kind, depth + 1))
        return dict(found) if kind[0] == "{" else found


def encode(message: Message) -> bytes:
    """A message as bytes; its serial must be set."""
    body = Writer()
    for kind, value in zip(types(message.signature), message.body, strict=True):
        body.put(kind, value)
    named = {
        1: message.path,
        2: message.interface,
        3: message.member,
        4: message.error,
        5: message.reply_to,
        6: message.destination,
        7: message.sender,
        8: message.signature,
    }
    head = Writer()
    head.data += struct.pack("<cBBBII", b"l", message.kind, message.flags, 1, len(body.data), message.serial)
    head.put("a(yv)", [(code, (_HEADER[code], value)) for code, value in named.items() if value])
    head.pad(8)
    return bytes(head.data + body.data)


def size_of(start: bytes) -> int:
    """How long the message is that begins with these 16 bytes; raises Malformed."""
    order = {b"l": "<", b"B": ">"}.get(start[:1])
    if order is None or start[3] != 1:
        raise Malformed("no D-Bus message")
    body, _, fields = struct.unpack(order + "III", start[4:16])
    whole: int = 16 + fields + (-fields % 8) + body
    if whole > MOST_BYTES:
        raise Malformed("a message is too large")
    return whole


def decode(data: bytes) -> Message:
    """The message of exactly these bytes; raises Malformed."""
    order = "<" if data[:1] == b"l" else ">"
    reader = Reader(data, order, 12)
    serial = struct.unpack(order + "I", data[8:12])[0]
    fields: dict[int, Any] = {code: value[1] for code, value in reader.get("a(yv)")}
    for code, kind in _HEADER.items():
        if code in fields and isinstance(fields[code], int) is not (kind == "u"):
            raise Malformed("a header has the wrong type")
    reader.pad(8)
    signature = fields.get(8, "")
    body = tuple(reader.get(kind) for kind in types(signature))
    named = ("path", "interface", "member", "error", "reply_to", "destination", "sender")
    about = {name: fields[code] for code, name in enumerate(named, 1) if code in fields}
    return Message(data[1], serial, **about, signature=signature, body=body, flags=data[2])
