# SPDX-License-Identifier: Apache-2.0
"""My trust, recomputed from verdicts that were checked here, beside what the platform says; and my audits."""

from __future__ import annotations

import json

from gems_desktop.services import audits
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import NothingToDo, PlatformLied
from gems_desktop.services.facts import AuditRecordFacts, Topic, TrustFacts
from gems_desktop.services.outside import clean_text
from gems_desktop.services.ports import Tx
from gems_desktop.services.record_of_work import (
    my_outcomes,
    my_profile,
    my_record,
    my_reviews,
    record_version,
)
from gems_desktop.services.review import VERIFIER
from gems_desktop.services.trust_facts import read_told, trust_facts

MAX_REASON = 2_000


class TrustService:
    """Implements Trust."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self, *, refresh: bool = False) -> TrustFacts:
        """See Trust; with `refresh` the platform's figures are asked for first."""
        if refresh:
            await ask_standing(self._c)
        return await self._c.store.run(_facts)

    async def appeal_removal(self, reason: str) -> None:
        """See Trust; raises NothingToDo for an empty or overlong reason."""
        reason = clean_text(reason).strip()
        if not 1 <= len(reason) <= MAX_REASON:
            raise NothingToDo("An appeal needs its reason in at most 2,000 characters.")
        await self._c.platform.post("/v1/trust/appeal", {"reason": reason})
        await ask_standing(self._c)

    async def audit_record(self) -> AuditRecordFacts:
        """See Trust."""
        return await self._c.store.run(audits.record_facts)

    async def export_evidence(self, item_id: str, path: str) -> None:
        """See Trust."""
        await audits.export_evidence(self._c, item_id, path)


def _facts(tx: Tx) -> TrustFacts:
    told, reviews = get_value(tx, VERIFIER, {}), my_reviews(tx)
    version = (record_version(tx), reviews, json.dumps(told, sort_keys=True))
    return tx.memo(
        "trust_facts", version, lambda: trust_facts(my_record(tx), told, reviews, my_profile(tx, told))
    )


async def ask_standing(context: Context) -> None:
    """Ask the platform how it sees me: its figures, its weights, and whether it lets me review."""
    me = await context.address()
    answer = await context.platform.get(f"/v1/trust/{me}", token=False)
    if not isinstance(answer, dict):
        raise PlatformLied("what it says of your trust is malformed.")
    told = read_told(answer)

    def note(tx: Tx) -> None:
        # both counts, since a number is compared only with one over the same verdicts
        set_value(tx, VERIFIER, told | {"counted_here": len(my_outcomes(tx))})

    await context.store.run(note)
    context.publish(Topic.TRUST, Topic.REVIEW)
