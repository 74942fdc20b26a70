# SPDX-License-Identifier: Apache-2.0
"""EAS off-chain attestations, version 2: typed data, UID, signature and the JSON package of the public EAS SDK.

Source: @ethereum-attestation-service/eas-sdk 2.10 (`offchain/offchain.ts`), which checks ours in tests/interop/eas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.signature import address_of, recover, sign_digest

NAME = "EAS Attestation"
VERSION = "1.0.1"
CONTRACT = (
    "0x4200000000000000000000000000000000000021"  # where Optimism, Base and their kin have EAS (ADR 0015)
)
FORMAT = 2
ZERO_ADDRESS = "0x" + "00" * 20
MAX_DATA = 8192  # bytes: far more than an outcome needs
TYPES = (
    ("version", "uint16"),
    ("schema", "bytes32"),
    ("recipient", "address"),
    ("time", "uint64"),
    ("expirationTime", "uint64"),
    ("revocable", "bool"),
    ("refUID", "bytes32"),
    ("data", "bytes"),
    ("salt", "bytes32"),
)
_TYPE_HASH = keccak(text="Attest(" + ",".join(f"{kind} {name}" for name, kind in TYPES) + ")")
_DOMAIN_TYPE = keccak(
    text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_JSON_TYPES = {"Attest": [{"name": name, "type": kind} for name, kind in TYPES]}
_DIGITS = re.compile(r"0|[1-9]\d{0,77}", re.ASCII)


def _word(value: int) -> bytes:
    return value.to_bytes(32, "big")


def _address(value: str) -> bytes:
    return bytes.fromhex(value[2:])


@dataclass(frozen=True, slots=True)
class Domain:
    """Where an attestation counts: the chain, and the EAS contract and version that it names."""

    chain_id: int
    contract: str = CONTRACT
    version: str = VERSION

    def separator(self) -> bytes:
        """EIP-712 domain separator, 32 bytes."""
        return keccak(
            _DOMAIN_TYPE
            + keccak(text=NAME)
            + keccak(text=self.version)
            + _word(self.chain_id)
            + bytes(12)
            + _address(self.contract)
        )


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is attested about `recipient` (lowercase address); times are Unix seconds, 0 never expires."""

    domain: Domain
    schema: bytes
    recipient: str
    time: int
    expiration_time: int
    revocable: bool
    ref_uid: bytes
    data: bytes
    salt: bytes

    def digest(self) -> bytes:
        """The 32 bytes that are signed (EIP-712)."""
        struct = keccak(
            _TYPE_HASH
            + _word(FORMAT)
            + self.schema
            + bytes(12)
            + _address(self.recipient)
            + _word(self.time)
            + _word(self.expiration_time)
            + _word(int(self.revocable))
            + self.ref_uid
            + keccak(self.data)
            + self.salt
        )
        return keccak(b"\x19\x01" + self.domain.separator() + struct)

    def uid(self) -> bytes:
        """EAS' name of an attestation; packed, with the schema as its hex text and zeros where a chain has more."""
        return keccak(
            FORMAT.to_bytes(2, "big")
            + f"0x{self.schema.hex()}".encode()
            + _address(self.recipient)
            + bytes(20)
            + self.time.to_bytes(8, "big")
            + self.expiration_time.to_bytes(8, "big")
            + bytes([self.revocable])
            + self.ref_uid
            + self.data
            + self.salt
            + bytes(4)
        )

    def sign(self, key: bytes) -> Signed:
        """Sign with a 32-byte private key; the same attestation always gets the same bytes."""
        return Signed(self, address_of(key), sign_digest(self.digest(), key))


@dataclass(frozen=True, slots=True)
class Signed:
    """An attestation, its issuer (lowercase address) and the issuer's 65-byte signature, which holds."""

    attestation: Attestation
    issuer: str
    signature: bytes

    def to_json(self) -> dict[str, Any]:
        """The package that the EAS SDK verifies: `{"sig": {...}, "signer": "0x..."}`; large integers as text."""
        told = self.attestation
        return {
            "signer": self.issuer,
            "sig": {
                "version": FORMAT,
                "uid": "0x" + told.uid().hex(),
                "domain": {
                    "name": NAME,
                    "version": told.domain.version,
                    "chainId": str(told.domain.chain_id),
                    "verifyingContract": told.domain.contract,
                },
                "primaryType": "Attest",
                "types": {"Attest": [dict(field) for field in _JSON_TYPES["Attest"]]},
                "message": {
                    "version": FORMAT,
                    "schema": "0x" + told.schema.hex(),
                    "recipient": told.recipient,
                    "time": str(told.time),
                    "expirationTime": str(told.expiration_time),
                    "revocable": told.revocable,
                    "refUID": "0x" + told.ref_uid.hex(),
                    "data": "0x" + told.data.hex(),
                    "salt": "0x" + told.salt.hex(),
                },
                "signature": {
                    "r": "0x" + self.signature[:32].hex(),
                    "s": "0x" + self.signature[32:64].hex(),
                    "v": self.signature[64],
                },
            },
        }

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read a package of ours or of the EAS SDK and check its UID and signature.

        Raises MalformedMessage for another form, BadSignature when the UID or the signature does not hold.
        """
        package = _object(value, {"sig", "signer"}, "package")
        sig = _object(
            package["sig"],
            {"version", "uid", "domain", "primaryType", "types", "message", "signature"},
            "sig",
        )
        if sig["version"] != FORMAT or sig["primaryType"] != "Attest" or sig["types"] != _JSON_TYPES:
            raise MalformedMessage("An attestation is not of EAS' off-chain format, version 2.")
        attestation = _attestation(_domain(sig["domain"]), sig["message"])
        if _hex(sig["uid"], 32, "uid") != attestation.uid():
            raise BadSignature("An attestation does not have the UID that its content gives.")
        parts = _object(sig["signature"], {"r", "s", "v"}, "signature")
        signature = _hex(parts["r"], 32, "r") + _hex(parts["s"], 32, "s")
        v = _number(parts["v"], 8, "v")
        issuer = _text_address(package["signer"], "signer")
        if recover(attestation.digest(), signature + bytes([v])) != issuer:
            raise BadSignature("An attestation is not signed by the issuer that it names.")
        return cls(attestation, issuer, signature + bytes([v]))


def _domain(value: Any) -> Domain:
    found = _object(value, {"name", "version", "chainId", "verifyingContract"}, "domain")
    version = found["version"]
    if found["name"] != NAME or type(version) is not str or not version.isascii() or len(version) > 20:
        raise MalformedMessage("An attestation's domain is not that of EAS' off-chain attestations.")
    contract = _text_address(found["verifyingContract"], "verifyingContract")
    return Domain(_number(found["chainId"], 256, "chainId"), contract, version)


def _attestation(domain: Domain, value: Any) -> Attestation:
    found = _object(value, {name for name, _ in TYPES}, "message")
    if _number(found["version"], 16, "version") != FORMAT:
        raise MalformedMessage("An attestation is not of EAS' off-chain format, version 2.")
    if type(found["revocable"]) is not bool:
        raise _malformed("revocable")
    return Attestation(
        domain=domain,
        schema=_hex(found["schema"], 32, "schema"),
        recipient=_text_address(found["recipient"], "recipient"),
        time=_number(found["time"], 64, "time"),
        expiration_time=_number(found["expirationTime"], 64, "expirationTime"),
        revocable=found["revocable"],
        ref_uid=_hex(found["refUID"], 32, "refUID"),
        data=_hex(found["data"], None, "data"),
        salt=_hex(found["salt"], 32, "salt"),
    )


def _malformed(name: str) -> MalformedMessage:
    return MalformedMessage(f"The field {name} of an attestation is not valid.")


def _object(value: Any, keys: set[str], name: str) -> dict[str, Any]:
    if type(value) is not dict or set(value) != keys:
        raise MalformedMessage(f"The {name} of an attestation does not have exactly the fields it must have.")
    return value


def _number(value: Any, bits: int, name: str) -> int:
    """An integer as a number or as decimal digits: SDKs write what does not fit a double as text."""
    if type(value) is str and _DIGITS.fullmatch(value):
        value = int(value)
    if type(value) is not int or not 0 <= value < 1 << bits:
        raise _malformed(name)
    return value


def _hex(value: Any, size: int | None, name: str) -> bytes:
    """Bytes from lowercase hex: the UID is over the text of the schema, so it has one spelling."""
    most = 2 + 2 * MAX_DATA
    if type(value) is not str or len(value) > most or not re.fullmatch(r"0x([0-9a-f]{2})*", value, re.ASCII):
        raise _malformed(name)
    found = bytes.fromhex(value[2:])
    if size is not None and len(found) != size:
        raise _malformed(name)
    return found


def _text_address(value: Any, name: str) -> str:
    """A lowercase address from any spelling: EAS writes them checksummed."""
    if type(value) is not str or not re.fullmatch(r"0x[0-9a-fA-F]{40}", value, re.ASCII):
        raise _malformed(name)
    return value.lower()
