# SPDX-License-Identifier: Apache-2.0
"""Strict reading of what a chain node answers. A node is a stranger: each field is checked for type, form and
length before it means anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gems_protocol.abi import DecodingError, decode

from .chain_errors import NodeLied

_QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,64}", re.ASCII)
_DATA = re.compile(r"0x([0-9a-fA-F]{2})*", re.ASCII)


@dataclass(frozen=True)
class Head:
    """A block as a cursor: height, hash, parent's hash (32 bytes each) and Unix seconds."""

    number: int
    hash: bytes
    parent: bytes
    timestamp: int


@dataclass(frozen=True)
class Log:
    """An event as the node gave it. Address as lowercase 0x-hex; topics are 32 bytes each."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: bytes
    tx_hash: bytes
    index: int


@dataclass(frozen=True)
class Receipt:
    """What became of a mined transaction. `succeeded` is False when it was reverted."""

    tx_hash: bytes
    succeeded: bool
    block_number: int
    block_hash: bytes
    gas_used: int
    created: str | None
    logs: tuple[Log, ...]


def quantity(value: Any, what: str, bits: int = 256) -> int:
    """A 0x-hex number of at most `bits` bits. Raises NodeLied."""
    if not isinstance(value, str) or _QUANTITY.fullmatch(value) is None:
        raise NodeLied(f"The chain node gave a malformed {what}.")
    number = int(value, 16)
    if number >> bits:
        raise NodeLied(f"The chain node gave a {what} that is out of range.")
    return number


def blob(value: Any, what: str, length: int | None = None) -> bytes:
    """0x-hex bytes, `length` of them when given. Raises NodeLied."""
    if not isinstance(value, str) or _DATA.fullmatch(value) is None:
        raise NodeLied(f"The chain node gave a malformed {what}.")
    raw = bytes.fromhex(value[2:])
    if length is not None and len(raw) != length:
        raise NodeLied(f"The chain node gave a {what} of the wrong length.")
    return raw


def mapping(value: Any, what: str) -> dict[str, Any]:
    """A JSON object. Raises NodeLied."""
    if not isinstance(value, dict):
        raise NodeLied(f"The chain node gave a malformed {what}.")
    return value


def sequence(value: Any, what: str) -> list[Any]:
    """A JSON list. Raises NodeLied."""
    if not isinstance(value, list):
        raise NodeLied(f"The chain node gave a malformed {what}.")
    return value


def address(value: Any, what: str) -> str:
    """An address as lowercase 0x-hex. Raises NodeLied."""
    return "0x" + blob(value, what, 20).hex()


def head(value: Any) -> Head:
    """A block object. Raises NodeLied."""
    block = mapping(value, "block")
    return Head(
        number=quantity(block.get("number"), "block number", 64),
        hash=blob(block.get("hash"), "block hash", 32),
        parent=blob(block.get("parentHash"), "parent hash", 32),
        timestamp=quantity(block.get("timestamp"), "block time", 64),
    )


def log(value: Any) -> Log:
    """A log object. Raises NodeLied."""
    entry = mapping(value, "event")
    if entry.get("removed") is True:
        raise NodeLied("The chain node gave an event that it says is no longer on the chain.")
    topics = sequence(entry.get("topics"), "event's topics")
    if len(topics) > 4:
        raise NodeLied("The chain node gave an event with more than four topics.")
    return Log(
        address=address(entry.get("address"), "event's address"),
        topics=tuple(blob(topic, "topic", 32) for topic in topics),
        data=blob(entry.get("data"), "event's data"),
        block_number=quantity(entry.get("blockNumber"), "event's block number", 64),
        block_hash=blob(entry.get("blockHash"), "event's block hash", 32),
        tx_hash=blob(entry.get("transactionHash"), "event's transaction", 32),
        index=quantity(entry.get("logIndex"), "event's index", 64),
    )


def receipt(value: Any, tx_hash: bytes) -> Receipt:
    """The receipt of `tx_hash`. Raises NodeLied, also when it is of another transaction or block."""
    body = mapping(value, "receipt")
    status = quantity(body.get("status"), "receipt's status", 8)
    if status not in (0, 1):
        raise NodeLied("The chain node gave a receipt with an unknown status.")
    created = body.get("contractAddress")
    found = Receipt(
        tx_hash=blob(body.get("transactionHash"), "receipt's transaction", 32),
        succeeded=status == 1,
        block_number=quantity(body.get("blockNumber"), "receipt's block number", 64),
        block_hash=blob(body.get("blockHash"), "receipt's block hash", 32),
        gas_used=quantity(body.get("gasUsed"), "gas used", 64),
        created=None if created is None else address(created, "created address"),
        logs=tuple(log(entry) for entry in sequence(body.get("logs"), "receipt's logs")),
    )
    if found.tx_hash != tx_hash:
        raise NodeLied("The chain node gave the receipt of another transaction.")
    if any(one.tx_hash != tx_hash or one.block_hash != found.block_hash for one in found.logs):
        raise NodeLied("The chain node gave a receipt with events of another transaction.")
    return found


def values(types: list[str], data: bytes, what: str) -> tuple[Any, ...]:
    """ABI values of exactly these types, nothing left over. Raises NodeLied."""
    if len(data) != 32 * len(types):
        raise NodeLied(f"The chain node gave a {what} of the wrong length; is the contract's address right?")
    try:
        return tuple(decode(types, data))
    except (DecodingError, OverflowError) as error:
        raise NodeLied(f"The chain node gave a malformed {what}.") from error
