# SPDX-License-Identifier: Apache-2.0
"""Assignments that the hub signed, as a requester comes to see them: they prove a redo, or a task given twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.audit_file import audit_file_of
from gems_platform.client.requesting.bills import BillsNotKept
from gems_protocol import canonical
from gems_protocol.campaign import Terms
from gems_protocol.case import read as read_case
from gems_protocol.dispute import Row, given, split
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.messages import Assignment, Domain, signature_from_hex
from gems_protocol.signature import recover

_MOST = 100_000_000


class NoAssignment(GemsError):
    """A file holds no signed assignment of this campaign."""


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment, its signature and the key that made it (lowercase 0x-hex)."""

    assignment: Assignment
    signature: bytes
    signer: str

    @property
    def place(self) -> tuple[int, int]:
        """Task and attempt."""
        return self.assignment.index, self.assignment.attempt

    @property
    def arguments(self) -> Row:
        """The contract's structs: the assignment, the signer, the signature."""
        return given(self.assignment), self.signer, split(self.signature)

    @classmethod
    def of(cls, assignment: Assignment, signature: bytes, domain: Domain) -> Given:
        """With whoever signed it; raises BadSignature."""
        return cls(assignment, signature, recover(assignment.digest(domain), signature))


def path_of(folder: Path, campaign_id: str) -> Path:
    """Where a campaign's are kept."""
    return folder / f"{campaign_id}.given.json"


def read_given(folder: Path, campaign_id: str, domain: Domain) -> list[Given]:
    """All that were kept; raises BillsNotKept for a damaged file."""
    path = path_of(folder, campaign_id)
    try:
        value = canonical.loads(path.read_bytes(), _MOST)
        return [_of_json(item, domain) for item in value["given"]]
    except FileNotFoundError:
        return []
    except (OSError, MalformedMessage, BadSignature, KeyError, TypeError) as error:
        raise BillsNotKept(
            f"The file {path} with assignments of the campaign is damaged.",
            safe="The campaign and its money are untouched.",
            action="Put back a copy of it, or move it away.",
        ) from error


def keep_given(folder: Path, campaign_id: str, found: Iterable[Given]) -> None:
    """Write them all, whole or not at all; raises BillsNotKept."""
    path = path_of(folder, campaign_id)
    fresh = path.with_suffix(".new")
    values = [
        {"message": one.assignment.to_json(), "signature": "0x" + one.signature.hex()}
        for one in sorted(found, key=lambda one: (one.place, one.signature))
    ]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"given": values}), "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise BillsNotKept(
            f"The file {path} with assignments of the campaign cannot be written: {error.strerror or error}.",
            safe="The campaign and its money are untouched.",
            action="Make room for it, or give another folder with --private.",
        ) from error


def in_file(path: Path, terms: Terms, domain: Domain) -> Given:
    """The assignment in somebody's evidence or case of this campaign; raises NoAssignment."""
    try:
        raw = path.read_bytes()
        value = canonical.loads(raw, _MOST)
        try:
            evidence = audit_file_of(value).evidence
        except GemsError:
            evidence = read_case(raw).evidence
        if evidence.assignment.campaign_id != terms.campaign_id():
            raise MalformedMessage("It is of another campaign.")
        return Given.of(evidence.assignment, evidence.assignment_signature, domain)
    except (OSError, MalformedMessage, BadSignature) as error:
        raise NoAssignment(
            f"{path} holds no signed assignment of this campaign.",
            safe="Nothing was sent.",
            action="Give evidence as gems audit fetch writes it, or a worker's case of this campaign.",
        ) from error


def twice(found: Iterable[Given]) -> list[tuple[Given, Given]]:
    """Pairs of different assignments of one attempt, one pair for each attempt."""
    first: dict[tuple[int, int], Given] = {}
    pairs: dict[tuple[int, int], tuple[Given, Given]] = {}
    for one in found:
        other = first.setdefault(one.place, one)
        if other.assignment != one.assignment:
            pairs.setdefault(one.place, (other, one))
    return list(pairs.values())


def before(found: Iterable[Given], index: int, attempt: int, miner: str) -> Given | None:
    """The attempt before, if the same miner had it."""
    for one in found:
        if one.place == (index, attempt - 1) and one.assignment.miner == miner:
            return one
    return None


def _of_json(value: Any, domain: Domain) -> Given:
    return Given.of(Assignment.from_json(value["message"]), signature_from_hex(value["signature"]), domain)
