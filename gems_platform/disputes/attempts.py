# SPDX-License-Identifier: Apache-2.0
"""What the platform knows about an attempt that is disputed: its own verdict, the evidence, who released what."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import facts
from gems_platform.channels import repository as channels
from gems_platform.releases import service as releases
from gems_platform.releases.service import StoredRelease
from gems_platform.schemas import raw
from gems_platform.settings import Settings
from gems_platform.tasks import repository as tasks
from gems_protocol.campaign import Terms
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import Domain, task_key

Place = tuple[str, int, int]  # campaign, index, attempt


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as the platform knows it. accepted: its own verdict, None while it has none.

    released: by whom. owed: whether the miner waits for a voucher about anything.
    """

    terms: Terms
    domain: Domain
    place: Place
    miner: str
    accepted: bool | None
    evidence: VerdictEvidence | None
    released: dict[str, StoredRelease]
    owed: bool

    @property
    def key(self) -> bytes:
        """The task key."""
        return task_key(raw(self.place[0]), self.place[1], self.place[2])

    @property
    def named(self) -> tuple[bytes, int, int]:
        """Campaign id, index and attempt as the contracts take them."""
        return raw(self.place[0]), self.place[1], self.place[2]

    @property
    def signer(self) -> str:
        """The key of the hub's that signed the assignment: a hub may have changed it since."""
        if self.evidence is None:
            raise ValueError("nothing was judged")
        found = self.evidence
        return found.assignment.signer(self.domain, found.assignment_signature)


def attempt(session: Session, settings: Settings, place: Place) -> Attempt | None:
    """Everything about an attempt that matters on chain; None for one that is not in the store."""
    row = tasks.find_assignment(session, *place)
    if row is None:
        return None
    proof = None if row.evidence is None else from_json(json.loads(row.evidence))
    key = task_key(raw(place[0]), place[1], place[2])
    people = {row.miner} | ({cast.verifier for cast in proof.votes} if proof is not None else set())
    kept = {who: releases.stored(session, settings, key, who) for who in sorted(people)}
    return Attempt(
        terms=facts(campaigns.get(session, place[0])).terms,
        domain=settings.campaigns_domain,
        place=place,
        miner=row.miner,
        accepted={"accepted": True, "rejected": False}.get(row.state),
        evidence=proof,
        released={who: found for who, found in kept.items() if found is not None},
        owed=channels.owed(session, row.miner) > 0,
    )
