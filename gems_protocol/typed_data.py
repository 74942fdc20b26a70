# SPDX-License-Identifier: Apache-2.0
"""EIP-712 typed data: the strict schema, digest, signature and one encoding that every signed message shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self

from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.signature import recover, sign_digest

CHANNELS_DOMAIN = "GemChannels"
CAMPAIGNS_DOMAIN = "GemCampaigns"
GEM_DOMAIN = "Gem"
VERSION = "1"
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)
_DOMAIN_TYPE = b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a signature counts: the name, the chain and the contract that would judge it."""

    name: str
    chain_id: int
    contract: str

    def separator(self) -> bytes:
        """EIP-712 domain separator, 32 bytes."""
        return _separator(self.name, self.chain_id, self.contract)


@cache
def _separator(name: str, chain_id: int, contract: str) -> bytes:
    return keccak(
        keccak(_DOMAIN_TYPE)
        + keccak(text=name)
        + keccak(text=VERSION)
        + _encode("uint256", chain_id, "chainId")
        + _encode("address", contract, "verifyingContract")
    )


def _malformed(name: str, kind: str) -> MalformedMessage:
    return MalformedMessage(f"The field {name} of a signed message is not a valid {kind}.")


def _encode(kind: str, value: Any, name: str) -> bytes:
    """ABI-encode one field into 32 bytes, refusing everything that is not exactly of its type."""
    if kind == "bytes32":
        if type(value) is not bytes or len(value) != 32:
            raise _malformed(name, kind)
        return value
    if kind == "address":
        if type(value) is not str or not _ADDRESS.fullmatch(value):
            raise _malformed(name, kind)
        return bytes(12) + bytes.fromhex(value[2:])
    if kind == "bool":
        if type(value) is not bool:
            raise _malformed(name, kind)
        return int(value).to_bytes(32, "big")
    if kind == "address[]":
        if type(value) is not tuple:
            raise _malformed(name, kind)
        return keccak(b"".join(_encode("address", item, name) for item in value))
    if kind.startswith("uint"):
        if type(value) is not int or not 0 <= value < 1 << int(kind[4:]):
            raise _malformed(name, kind)
        return value.to_bytes(32, "big")
    raise AssertionError(f"no encoding for {kind}")


_Schema = tuple[bytes, tuple[tuple[str, str, str], ...]]
_SCHEMAS: dict[str, _Schema] = {}


def _schema(message: type[Message]) -> _Schema:
    """The type hash, and for each field (Python name, JSON name, ABI type); worked out once a type.

    A trailing underscore keeps a Python name off a keyword; neither wire nor JSON knows it.
    """
    found = _SCHEMAS.get(message.TYPE)
    if found is None:
        body = message.TYPE[message.TYPE.index("(") + 1 : -1]
        wire = [part.split(" ") for part in body.split(",")]
        names = [field.name for field in fields(message)]
        if [_camel(name) for name in names] != [name for _, name in wire]:
            raise AssertionError(f"{message.__name__}: its fields are not those of its type")
        triples = tuple((name, name.rstrip("_"), kind) for name, (kind, _) in zip(names, wire, strict=True))
        found = _SCHEMAS[message.TYPE] = (keccak(text=message.TYPE), triples)
    return found


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True, slots=True)
class Message:
    """A typed message; addresses are lowercase 0x text, hashes are 32 bytes, amounts are base units."""

    TYPE: ClassVar[str] = ""
    DOMAIN: ClassVar[str] = CAMPAIGNS_DOMAIN

    def struct_hash(self) -> bytes:
        """EIP-712 hashStruct: what Merkle leaves and other messages name; raises MalformedMessage."""
        type_hash, schema = _schema(type(self))
        return keccak(
            type_hash + b"".join(_encode(kind, getattr(self, name), name) for name, _, kind in schema)
        )

    def digest(self, domain: Domain) -> bytes:
        """The 32 bytes that are signed in `domain`, which must be of this message's kind."""
        if domain.name != self.DOMAIN:
            raise AssertionError(f"{type(self).__name__} is signed in the domain {self.DOMAIN}")
        return keccak(b"\x19\x01" + domain.separator() + self.struct_hash())

    def sign(self, domain: Domain, key: bytes) -> bytes:
        """A 65-byte signature by the 32-byte private key."""
        return sign_digest(self.digest(domain), key)

    def signer(self, domain: Domain, signature: bytes) -> str:
        """Who signed; raises BadSignature when nobody could have."""
        return recover(self.digest(domain), signature)

    def check(self, domain: Domain, signature: bytes, signer: str) -> None:
        """Raise BadSignature unless `signer` (lowercase address) signed this message in `domain`."""
        if self.signer(domain, signature) != signer:
            raise BadSignature(f"A {type(self).__name__} is not signed by the party that must sign it.")

    def to_json(self) -> dict[str, Any]:
        """Snake-case JSON: hashes and addresses as lowercase hex, integers above 32 bits as strings."""
        _, schema = _schema(type(self))
        return {known: _to_json(kind, getattr(self, name)) for name, known, kind in schema}

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
        _, schema = _schema(cls)
        if type(value) is not dict or set(value) != {known for _, known, _ in schema}:
            raise MalformedMessage(f"A {cls.__name__} does not have exactly the fields it must have.")
        message = cls(**{name: _from_json(kind, value[known], known) for name, known, kind in schema})
        message.struct_hash()
        return message


def _is_text(kind: str) -> bool:
    return kind.startswith("uint") and int(kind[4:]) > 32


def _to_json(kind: str, value: Any) -> Any:
    if kind == "bytes32":
        return "0x" + value.hex()
    if kind == "address[]":
        return list(value)
    return str(value) if _is_text(kind) else value


def _from_json(kind: str, value: Any, name: str) -> Any:
    if kind == "bytes32":
        return hash_from_hex(value, name)
    if kind == "address[]":
        return tuple(value) if type(value) is list else value
    if _is_text(kind):
        if type(value) is not str or not re.fullmatch(r"0|[1-9]\d{0,77}", value, re.ASCII):
            raise _malformed(name, kind)
        return int(value)
    return value


def hash_from_hex(value: Any, name: str = "hash") -> bytes:
    """32 bytes from "0x" and 64 lowercase hex digits; raises MalformedMessage."""
    if type(value) is not str or not re.fullmatch(r"0x[0-9a-f]{64}", value, re.ASCII):
        raise _malformed(name, "bytes32")
    return bytes.fromhex(value[2:])


def signature_from_hex(value: Any) -> bytes:
    """65 bytes from "0x" and 130 lowercase hex digits; raises MalformedMessage."""
    if type(value) is not str or not re.fullmatch(r"0x[0-9a-f]{130}", value, re.ASCII):
        raise MalformedMessage("A signature is malformed.")
    return bytes.fromhex(value[2:])
