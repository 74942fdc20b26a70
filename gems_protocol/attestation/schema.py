# SPDX-License-Identifier: Apache-2.0
"""The two things that a platform attests: one judged task, and how many there are, so that none can be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from gems_protocol import merkle
from gems_protocol.abi import DecodingError, EncodingError, decode, encode
from gems_protocol.attestation.offchain import ZERO_ADDRESS, Attestation, Domain
from gems_protocol.errors import MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.text import line
from gems_protocol.trust.score import Outcome

OUTCOME_SCHEMA = (
    "bytes32 campaignId,uint32 index,uint8 attempt,string family,string difficulty,address requester,"
    "bool accepted,bool firstTry,uint64 judgedAt,bool gold,bytes32 evidence"
)
RECORD_SCHEMA = "uint32 judged,uint32 accepted,uint32 firstTry,uint32 listed,bytes32 root"
MAX_LISTED = 1000  # outcomes that one record covers, the newest
VALID_S = 730 * 86_400  # an outcome can be taken elsewhere for two years: old work says little about today's
NO_EVIDENCE = bytes(32)
_LONGEST = 80  # characters of a family or a difficulty


def schema_uid(schema: str, resolver: str = ZERO_ADDRESS, revocable: bool = False) -> bytes:
    """EAS' name of a schema, as its registry computes it (packed)."""
    return keccak(schema.encode() + bytes.fromhex(resolver[2:]) + bytes([revocable]))


OUTCOME_UID = schema_uid(OUTCOME_SCHEMA)
RECORD_UID = schema_uid(RECORD_SCHEMA)


def _types(schema: str) -> list[str]:
    return [field.split(" ")[0] for field in schema.split(",")]


def _encoded(schema: str, values: tuple[Any, ...]) -> bytes:
    try:
        return encode(_types(schema), values)
    except EncodingError as error:
        raise MalformedMessage("What is to be attested does not fit its schema.") from error


def _decoded(schema: str, data: bytes) -> tuple[Any, ...]:
    try:
        values = decode(_types(schema), data)
        again = encode(_types(schema), values)
    except (DecodingError, EncodingError, UnicodeDecodeError, OverflowError) as error:
        raise MalformedMessage("The data of an attestation does not fit its schema.") from error
    if again != data:
        raise MalformedMessage("The data of an attestation is not in its one encoding.")
    return tuple(values)


@dataclass(frozen=True, slots=True)
class OutcomeClaim:
    """One judged task of the recipient. evidence: keccak of the verdict's evidence as canonical JSON, zero if none.

    requester is a lowercase address; judged_at is Unix seconds; attempts count from 0; gold: a hidden check.
    """

    campaign_id: bytes
    index: int
    attempt: int
    family: str
    difficulty: str
    requester: str
    accepted: bool
    first_try: bool
    judged_at: int
    gold: bool
    evidence: bytes

    @property
    def task(self) -> tuple[bytes, int, int]:
        """What one issuer attests once at most: campaign, index, attempt."""
        return self.campaign_id, self.index, self.attempt

    def attestation(self, worker: str, chain_id: int) -> Attestation:
        """The attestation of this outcome; nothing in it is random, so issuing again gives the same UID."""
        data = _encoded(OUTCOME_SCHEMA, astuple(self))
        salt = keccak(
            b"gems outcome"
            + chain_id.to_bytes(32, "big")
            + self.campaign_id
            + self.index.to_bytes(4, "big")
            + self.attempt.to_bytes(1, "big")
            + bytes.fromhex(worker[2:])
        )
        return Attestation(
            Domain(chain_id),
            OUTCOME_UID,
            worker,
            self.judged_at,
            self.judged_at + VALID_S,
            False,
            bytes(32),
            data,
            salt,
        )

    @classmethod
    def read(cls, attestation: Attestation) -> OutcomeClaim:
        """The outcome in an attestation; raises MalformedMessage unless it is wholly of this schema."""
        if attestation.schema != OUTCOME_UID or attestation.revocable or attestation.ref_uid != bytes(32):
            raise MalformedMessage("An attestation is not of the schema of outcomes.")
        found = cls(*_decoded(OUTCOME_SCHEMA, attestation.data))
        if any(line(text, _LONGEST) != text for text in (found.family, found.difficulty)):
            raise MalformedMessage("A text in an attestation is not one that can be shown.")
        if found.first_try and not found.accepted:
            raise MalformedMessage("An attestation says rejected, and accepted on the first try.")
        expected = (found.judged_at, found.judged_at + VALID_S)
        if (attestation.time, attestation.expiration_time) != expected:
            raise MalformedMessage("An attestation's times are not those of its verdict.")
        return found

    def outcome(self) -> Outcome:
        """As the value that scores are computed from."""
        return Outcome(
            campaign_id=self.campaign_id,
            index=self.index,
            requester=self.requester,
            accepted=self.accepted,
            first_try=self.first_try,
            judged_at=self.judged_at,
            family=self.family,
            difficulty=self.difficulty,
        )


@dataclass(frozen=True, slots=True)
class RecordClaim:
    """All that an issuer has judged of the recipient, and a root over the newest outcomes' UIDs (`listed` of them).

    Without it somebody could carry the accepted outcomes to another platform and leave the rejected ones.
    """

    judged: int
    accepted: int
    first_try: int
    listed: int
    root: bytes

    def attestation(self, worker: str, chain_id: int, now: int) -> Attestation:
        """The attestation of this record as of `now`; it never expires, a reader asks for a fresh one."""
        return Attestation(
            Domain(chain_id),
            RECORD_UID,
            worker,
            now,
            0,
            False,
            bytes(32),
            _encoded(RECORD_SCHEMA, astuple(self)),
            keccak(b"gems record" + self.root + now.to_bytes(8, "big")),
        )

    @classmethod
    def read(cls, attestation: Attestation) -> RecordClaim:
        """The record in an attestation; raises MalformedMessage unless it is wholly of this schema."""
        if attestation.schema != RECORD_UID or attestation.revocable or attestation.ref_uid != bytes(32):
            raise MalformedMessage("An attestation is not of the schema of records.")
        found = cls(*_decoded(RECORD_SCHEMA, attestation.data))
        if not found.first_try <= found.accepted <= found.judged or not found.listed <= found.judged:
            raise MalformedMessage("A record's counts do not fit together.")
        return found


def root_of(uids: Sequence[bytes]) -> bytes:
    """The root that a record holds: over the UIDs in ascending order; zero for none."""
    return merkle.root(sorted(uids)) if uids else bytes(32)
