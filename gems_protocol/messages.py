# SPDX-License-Identifier: Apache-2.0
"""Every signed message: its EIP-712 type, strict schema, digest and one encoding.

The types and their order are fixed (docs/protocol.md): other implementations read and write them.
A message may only ever be added; none may change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self

from eth_utils.crypto import keccak

from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.signature import recover, sign_digest

CHANNELS_DOMAIN = "GemChannels"
CAMPAIGNS_DOMAIN = "GemCampaigns"
VERSION = "1"
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)
_DOMAIN_TYPE = keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")


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
        _DOMAIN_TYPE
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
    """The type hash, and for each field (Python name, wire name, ABI type); worked out once a type."""
    found = _SCHEMAS.get(message.TYPE)
    if found is None:
        body = message.TYPE[message.TYPE.index("(") + 1 : -1]
        wire = [part.split(" ") for part in body.split(",")]
        names = [field.name for field in fields(message)]
        if [_camel(name) for name in names] != [name for _, name in wire]:
            raise AssertionError(f"{message.__name__}: its fields are not those of its type")
        triples = tuple((name, camel, kind) for name, (kind, camel) in zip(names, wire, strict=True))
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
        return {name: _to_json(kind, getattr(self, name)) for name, _, kind in schema}

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
        _, schema = _schema(cls)
        if type(value) is not dict or set(value) != {name for name, _, _ in schema}:
            raise MalformedMessage(f"A {cls.__name__} does not have exactly the fields it must have.")
        message = cls(**{name: _from_json(kind, value[name], name) for name, _, kind in schema})
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


@dataclass(frozen=True, slots=True)
class Voucher(Message):
    """The hub owes the worker `paid` at once and `bonded` on closing; both only grow."""

    TYPE: ClassVar[str] = "Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)"
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    paid: int
    bonded: int
    seq: int


@dataclass(frozen=True, slots=True)
class Debit(Message):
    """The worker puts stake at risk: `debited` of the bond pocket in all, for what the hash names."""

    TYPE: ClassVar[str] = "Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)"
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    debited: int
    assignment_hash: bytes


@dataclass(frozen=True, slots=True)
class ClaimAuth(Message):
    """The worker lets one relayer claim once, to one address, for one fee, until a chain time."""

    TYPE: ClassVar[str] = (
        "ClaimAuth(bytes32 channelId,uint128 claimedBefore,address to,"
        "address relayer,uint128 fee,uint64 deadline)"
    )
    DOMAIN: ClassVar[str] = CHANNELS_DOMAIN
    channel_id: bytes
    claimed_before: int
    to: str
    relayer: str
    fee: int
    deadline: int


@dataclass(frozen=True, slots=True)
class Offer(Message):
    """The requester stands behind a campaign's manifest: text, module, policy, pay."""

    TYPE: ClassVar[str] = "Offer(bytes32 campaignId,bytes32 manifestHash)"
    campaign_id: bytes
    manifest_hash: bytes


@dataclass(frozen=True, slots=True)
class Spend(Message):
    """The requester lets the hub take `spent` base units in all from the campaign's escrow."""

    TYPE: ClassVar[str] = "Spend(bytes32 campaignId,uint128 spent,uint64 seq)"
    campaign_id: bytes
    spent: int
    seq: int


@dataclass(frozen=True, slots=True)
class Assignment(Message):
    """The hub gives a miner one task; attempt 0 is the first try. `due_at` is Unix seconds."""

    TYPE: ClassVar[str] = (
        "Assignment(bytes32 campaignId,uint32 index,uint8 attempt,address miner,uint128 reward,"
        "uint128 stake,uint32 auditPpm,bytes32 auditCommit,bytes32 inputHash,uint64 dueAt)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    miner: str
    reward: int
    stake: int
    audit_ppm: int
    audit_commit: bytes
    input_hash: bytes
    due_at: int


@dataclass(frozen=True, slots=True)
class ReviewAssignment(Message):
    """The hub gives a verifier one submission to judge, for `reward`, at the risk of `stake`."""

    TYPE: ClassVar[str] = (
        "ReviewAssignment(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address verifier,"
        "uint128 reward,uint128 stake,bytes32 resultHash,bytes32 inputHash,uint64 dueAt)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    verifier: str
    reward: int
    stake: int
    result_hash: bytes
    input_hash: bytes
    due_at: int


@dataclass(frozen=True, slots=True)
class Submission(Message):
    """The miner's answer to one assignment, with the salt of the audit draw; a leaf of a batch."""

    TYPE: ClassVar[str] = "Submission(bytes32 assignmentHash,bytes32 resultHash,bytes32 salt)"
    assignment_hash: bytes
    result_hash: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class BatchSubmission(Message):
    """One signature of the miner over `count` submissions."""

    TYPE: ClassVar[str] = "BatchSubmission(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
    root: bytes
    count: int
    batch_id: bytes
    sealed_at: int


@dataclass(frozen=True, slots=True)
class BatchReceipt(Message):
    """The platform has the batch (of submissions or of votes) with this root, whole and durable."""

    TYPE: ClassVar[str] = "BatchReceipt(bytes32 root,uint32 count,uint64 receivedAt)"
    root: bytes
    count: int
    received_at: int


@dataclass(frozen=True, slots=True)
class Panel(Message):
    """Who judges one attempt in one round; addresses ascend, so they are distinct. Signed by the hub."""

    TYPE: ClassVar[str] = (
        "Panel(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address[] verifiers)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    verifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote(Message):
    """A verifier's judgement of one result; a leaf of a batch, or signed alone for the contract."""

    TYPE: ClassVar[str] = (
        "Vote(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,bytes32 resultHash,bool accept)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    result_hash: bytes
    accept: bool


@dataclass(frozen=True, slots=True)
class BatchVote(Message):
    """One signature of the verifier over `count` votes."""

    TYPE: ClassVar[str] = "BatchVote(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
    root: bytes
    count: int
    batch_id: bytes
    sealed_at: int


@dataclass(frozen=True, slots=True)
class Appeal(Message):
    """The miner (against a rejection) or the requester (against an acceptance) asks for the panel of `round`.

    reason_hash: keccak256 of the reason's UTF-8 text. `bond` is what losing costs.
    """

    TYPE: ClassVar[str] = (
        "Appeal(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,uint128 bond,bytes32 reasonHash)"
    )
    campaign_id: bytes
    index: int
    attempt: int
    round: int
    bond: int
    reason_hash: bytes


@dataclass(frozen=True, slots=True)
class Commission(Message):
    """The requester pays `fee` for having accepted work judged by two strangers."""

    TYPE: ClassVar[str] = "Commission(bytes32 campaignId,uint32 index,uint8 attempt,uint128 fee)"
    campaign_id: bytes
    index: int
    attempt: int
    fee: int


@dataclass(frozen=True, slots=True)
class StandingNote(Message):
    """The platform states a worker's record in one module family, by which it offers, weighs and judges.

    family: keccak256 of the family's name. grade: 0 for F to 4 for A. `at` is Unix seconds.
    """

    TYPE: ClassVar[str] = (
        "StandingNote(address worker,bytes32 family,uint32 passes,uint32 goldRight,uint32 gold,"
        "uint32 settledRight,uint32 settled,uint8 grade,uint64 at)"
    )
    worker: str
    family: bytes
    passes: int
    gold_right: int
    gold: int
    settled_right: int
    settled: int
    grade: int
    at: int


@dataclass(frozen=True, slots=True)
class Answer(Message):
    """The platform's signature over one answer to one request, so that it can be held to it."""

    TYPE: ClassVar[str] = "Answer(bytes32 requestHash,bytes32 bodyHash,uint64 issuedAt)"
    request_hash: bytes
    body_hash: bytes
    issued_at: int


def request_hash(method: str, target: str, body: bytes) -> bytes:
    """What an `Answer` answers: "METHOD /path?query", a newline and the request's body."""
    return keccak(f"{method} {target}\n".encode() + body)
