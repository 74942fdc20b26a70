# SPDX-License-Identifier: Apache-2.0
"""The file in which a worker carries outcomes elsewhere, and the one way to judge it: by its signatures alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gems_protocol.attestation.offchain import Domain, Signed
from gems_protocol.attestation.schema import MAX_LISTED, OutcomeClaim, RecordClaim, root_of
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.text import line

FORMAT = "gems-trust-1"
MAX_ISSUERS = 16
MAX_BYTES = 40_000_000  # of a file; one that is handed in over HTTP is bounded by its platform
SKEW_S = 300  # how far ahead another platform's clock may be
_Task = tuple[bytes, int, int]


class ProblemKind(Enum):
    """What can be wrong with a part of a bundle; `forged` when it cannot happen without somebody's wrong."""

    MALFORMED = "malformed"
    FORGED = "forged"
    UNKNOWN_ISSUER = "unknown_issuer"
    OTHER_DOMAIN = "other_domain"
    OTHER_SCHEMA = "other_schema"
    OTHER_WORKER = "other_worker"
    FUTURE = "future"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    NOT_THE_RECORD = "not_the_record"
    EXPIRED = "expired"

    @property
    def forged(self) -> bool:
        """Whether the bundle as a whole cannot be relied on; only age is innocent."""
        return self is not ProblemKind.EXPIRED


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: which kind, where ("attestation 3", "record of 0x..."), and why, in a sentence."""

    kind: ProblemKind
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Proven:
    """An outcome whose signature, schema, domain and recipient hold."""

    signed: Signed
    claim: OutcomeClaim


@dataclass(frozen=True, slots=True)
class IssuerPart:
    """What one issuer says of the worker: its record, signed at `taken_at`, and the outcomes that are not expired.

    complete: whether the bundle holds exactly the outcomes that the record lists (expired ones included).
    """

    issuer: str
    name: str
    chain_id: int
    record: RecordClaim
    record_uid: bytes
    taken_at: int
    outcomes: tuple[Proven, ...]
    expired: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """A bundle that was checked: whose it is, what holds, and everything that does not."""

    worker: str
    issuers: tuple[IssuerPart, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is forged, doubled, foreign or left out."""
        return not any(problem.kind.forged for problem in self.problems)


class NotABundle(GemsError):
    """A file is not a bundle of attested outcomes at all."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This is not a file of attested outcomes: {why}.",
            safe="Nothing was taken from it.",
            action="Export the file again from the platform that issued it.",
        )


def bundle(worker: str, parts: Sequence[tuple[str, int, Any, Sequence[Any]]]) -> dict[str, Any]:
    """The JSON of a bundle; parts: (its network's name, its chain, its record, its outcomes) of each issuer."""
    return {
        "format": FORMAT,
        "worker": worker,
        "issued_by": [
            {"issuer": record["signer"], "name": name, "chain_id": chain_id, "record": record}
            for name, chain_id, record, _ in parts
        ],
        "attestations": [package for *_, packages in parts for package in packages],
    }


def inspect(value: Any, now: int) -> Inspection:
    """Check every signature, schema, recipient and count of a bundle at the Unix time `now`.

    Raises NotABundle when it is none; everything smaller is a Problem, so that one bad part hides no other.
    """
    worker, named, packages = _frame(value)
    problems: list[Problem] = []
    records = {
        issuer: record
        for issuer, (_, chain_id, package) in named.items()
        if (record := _record(issuer, chain_id, worker, package, now, problems)) is not None
    }
    chains = {issuer: part[1] for issuer, part in named.items()}
    proven: dict[str, dict[_Task, Proven]] = {issuer: {} for issuer in named}
    for place, package in enumerate(packages):
        try:
            _keep(_outcome(package, worker, chains, now), proven)
        except _Refused as refused:
            problems.append(Problem(refused.kind, f"attestation {place + 1}", refused.why))
    parts = [
        _part(issuer, named[issuer], record, list(proven[issuer].values()), now, problems)
        for issuer, record in records.items()
    ]
    return Inspection(worker, tuple(parts), tuple(problems))


class _Refused(Exception):
    """One attestation does not hold, and why."""

    def __init__(self, kind: ProblemKind, why: str) -> None:
        super().__init__(why)
        self.kind, self.why = kind, why


def _frame(value: Any) -> tuple[str, dict[str, tuple[str, int, Any]], list[Any]]:
    """Worker, {issuer: (name, chain, record's package)}, packages of outcomes."""
    if type(value) is not dict or set(value) != {"format", "worker", "issued_by", "attestations"}:
        raise NotABundle("it does not have the fields of one")
    if value["format"] != FORMAT:
        raise NotABundle("it is of a format that is not known here")
    worker, entries, packages = value["worker"], value["issued_by"], value["attestations"]
    if not _is_address(worker):
        raise NotABundle("it names no worker")
    if type(entries) is not list or not 0 < len(entries) <= MAX_ISSUERS or type(packages) is not list:
        raise NotABundle("it does not say who issued it")
    if len(packages) > MAX_LISTED * len(entries):
        raise NotABundle("it holds more outcomes than its records can list")
    named: dict[str, tuple[str, int, Any]] = {}
    for entry in entries:
        if type(entry) is not dict or set(entry) != {"issuer", "name", "chain_id", "record"}:
            raise NotABundle("it does not say who issued it")
        issuer, name, chain_id = entry["issuer"], entry["name"], entry["chain_id"]
        if not _is_address(issuer) or issuer in named or type(name) is not str:
            raise NotABundle("an issuer is not named as it must be")
        if type(chain_id) is not int or not 0 < chain_id < 1 << 53:
            raise NotABundle("a network's chain is not named as it must be")
        named[issuer] = (line(name, 80), chain_id, entry["record"])
    return worker, named, packages


def _is_address(value: Any) -> bool:
    hexed = type(value) is str and len(value) == 42 and value.startswith("0x")
    return hexed and all(char in "0123456789abcdef" for char in value[2:])


def _signed(package: Any, worker: str, chains: dict[str, int], now: int) -> Signed:
    """A package whose signature holds, by an issuer that is named, for its network and about this worker."""
    try:
        found = Signed.from_json(package)
    except BadSignature as error:
        raise _Refused(ProblemKind.FORGED, error.message) from error
    except MalformedMessage as error:
        raise _Refused(ProblemKind.MALFORMED, error.message) from error
    if found.issuer not in chains:
        raise _Refused(ProblemKind.UNKNOWN_ISSUER, "Its issuer is not among those that the file names.")
    if found.attestation.domain != Domain(chains[found.issuer]):
        raise _Refused(ProblemKind.OTHER_DOMAIN, "It was signed for another chain or another contract.")
    if found.attestation.recipient != worker:
        raise _Refused(ProblemKind.OTHER_WORKER, "It is about somebody else.")
    if found.attestation.time > now + SKEW_S:
        raise _Refused(ProblemKind.FUTURE, "It says that it is from the future.")
    return found


def _outcome(package: Any, worker: str, chains: dict[str, int], now: int) -> Proven:
    found = _signed(package, worker, chains, now)
    try:
        return Proven(found, OutcomeClaim.read(found.attestation))
    except MalformedMessage as error:
        raise _Refused(ProblemKind.OTHER_SCHEMA, error.message) from error


def _record(
    issuer: str, chain_id: int, worker: str, package: Any, now: int, problems: list[Problem]
) -> Signed | None:
    where = f"record of {issuer}"
    try:
        found = _signed(package, worker, {issuer: chain_id}, now)
        RecordClaim.read(found.attestation)
    except _Refused as refused:
        problems.append(Problem(refused.kind, where, refused.why))
    except MalformedMessage as error:
        problems.append(Problem(ProblemKind.OTHER_SCHEMA, where, error.message))
    else:
        return found
    return None


def _keep(found: Proven, proven: dict[str, dict[_Task, Proven]]) -> None:
    """Add an outcome unless the same issuer's outcome of the same task and attempt is there already."""
    other = proven[found.signed.issuer].setdefault(found.claim.task, found)
    if other is not found:
        if other.claim == found.claim:
            raise _Refused(ProblemKind.DUPLICATE, "The same outcome is in the file twice.")
        raise _Refused(ProblemKind.CONTRADICTION, "Its issuer says two different things of one task.")


def _part(
    issuer: str,
    named: tuple[str, int, Any],
    signed: Signed,
    proven: list[Proven],
    now: int,
    problems: list[Problem],
) -> IssuerPart:
    record = RecordClaim.read(signed.attestation)
    root = root_of([one.signed.attestation.uid() for one in proven])
    complete = record.listed == len(proven) and record.root == root
    whole = record.judged == record.listed
    counts = (sum(one.claim.accepted for one in proven), sum(one.claim.first_try for one in proven))
    if not complete or (whole and counts != (record.accepted, record.first_try)):
        complete = False
        why = "The outcomes in the file are not the ones that the issuer's record lists."
        problems.append(Problem(ProblemKind.NOT_THE_RECORD, f"record of {issuer}", why))
    valid = tuple(one for one in proven if one.signed.attestation.expiration_time > now)
    if len(valid) < len(proven):
        why = f"{len(proven) - len(valid)} of its outcomes are too old to count elsewhere."
        problems.append(Problem(ProblemKind.EXPIRED, f"issuer {issuer}", why))
    return IssuerPart(
        issuer=issuer,
        name=named[0],
        chain_id=named[1],
        record=record,
        record_uid=signed.attestation.uid(),
        taken_at=signed.attestation.time,
        outcomes=valid,
        expired=len(proven) - len(valid),
        complete=complete,
    )
