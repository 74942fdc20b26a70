# SPDX-License-Identifier: Apache-2.0
"""The one encoding of JSON that is hashed (RFC 8785), and the strict reading of JSON from outside."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.keccak import keccak

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1  # what every JSON reader holds exactly; larger numbers travel as text
# A text without its closing quote is taken to the end: a pattern that could fail would try again from each
# quote in it, and one request of a megabyte would take hours.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_plain = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would build an encoder for every text
_ROUND = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"[]{}")


def dumps(value: Any) -> bytes:
    """The canonical UTF-8 bytes of a JSON value.

    Keys sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them. Raises MalformedMessage
    for what JSON cannot hold alike everywhere: NaN, integers beyond 2**53, keys that are not text, lone
    surrogates, nesting deeper than 32.
    """
    try:
        return _text(value, 0).encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedMessage("A text holds half a character.") from error


def keccak_of(value: Any) -> bytes:
    """keccak256 of the canonical bytes: the hash of an answer, a task's data or a manifest."""
    return keccak(dumps(value))


def _text(value: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        raise MalformedMessage("A JSON value is nested too deeply.")
    if value is None or isinstance(value, bool | str):
        return _plain(value)
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise MalformedMessage("A JSON number is too large to be exact; write it as text.")
        return str(int(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        if any(type(key) is not str for key in value):
            raise MalformedMessage("A JSON key is not text.")
        try:
            keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        except UnicodeEncodeError as error:
            raise MalformedMessage("A text holds half a character.") from error
        return "{" + ",".join(f"{_text(key, depth)}:{_text(value[key], depth + 1)}" for key in keys) + "}"
    raise MalformedMessage("A value cannot be written as JSON.")


def _number(value: float) -> str:
    """A finite double as ECMAScript's Number::toString writes it."""
    if not math.isfinite(value):
        raise MalformedMessage("A JSON number is not finite.")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + part) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = point - 1
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if power > 0 else '-'}{abs(power)}"


def loads(data: bytes, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """Read JSON from outside; raises MalformedMessage for anything doubtful.

    Refused: more than `max_bytes`, nesting beyond `max_depth`, duplicate keys, NaN and infinities,
    integers beyond 2**53, bytes that are not UTF-8, lone surrogates.
    """
    if len(data) > max_bytes:
        raise MalformedMessage("A message is larger than it may be.")
    if _deeper(data, max_depth):
        raise MalformedMessage("A JSON value is nested too deeply.")
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise MalformedMessage("A message is not valid JSON.") from error
    return value


def _deeper(data: bytes, most: int) -> bool:
    """Whether brackets stand more than `most` deep: takes away the innermost ones so often.

    A loop over brackets would take ten seconds for 32 MB of them.
    """
    left = _STRING.sub(b"", data).translate(_ROUND, _NO_BRACKET)
    for _ in range(most):
        if b"[]" not in left:
            break
        left = left.replace(b"[]", b"")
    return b"[]" in left or left.count(b"[") > most  # others that are left have no partner: not JSON


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str) -> int:
    value = int(digits) if len(digits) < 20 else MAX_INTEGER + 1
    if abs(value) > MAX_INTEGER:
        raise ValueError("a number is too large")
    return value


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number is not finite")
    return value
