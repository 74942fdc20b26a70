# SPDX-License-Identifier: Apache-2.0
"""My trust score, recomputed from verdicts that were checked here, beside what the platform says."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts import Topic, TrustFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.record_of_work import my_outcomes
from gems_desktop.services.review import VERIFIER
from gems_protocol.trust.score import Outcome, in_words, missing_for_verifier, score

_TOLERANCE = 1e-9  # the same sums in the same order; only the printing of a float lies between
_HISTORY = 200


class TrustService:
    """Implements Trust."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self, *, refresh: bool = False) -> TrustFacts:
        """See Trust; with `refresh` the platform's figures are asked for first."""
        if refresh:
            await ask_standing(self._c)

        def work(tx: Tx) -> TrustFacts:
            outcomes = my_outcomes(tx)
            told = get_value(tx, VERIFIER, {})
            return _facts(outcomes, told)

        return await self._c.store.run(work)


async def ask_standing(context: Context) -> None:
    """Ask the platform how it sees me: its score, and whether it lets me review (practice accounts)."""
    me = await context.address()
    answer = await context.platform.get(f"/v1/trust/{me}", token=False)
    told: dict[str, Any] = {
        "verifier": answer.get("verifier") is True,
        "practice": answer.get("practice") is True,
        "score": None,
    }
    shown = answer.get("score")
    if isinstance(shown, dict) and isinstance(shown.get("score"), int | float):
        told["score"] = float(shown["score"])
        told["counted"] = shown.get("n") if isinstance(shown.get("n"), int) else 0

    def note(tx: Tx) -> None:
        # both counts, since a number is compared only with one over the same verdicts
        set_value(tx, VERIFIER, told | {"counted_here": len(my_outcomes(tx))})

    await context.store.run(note)
    context.publish(Topic.TRUST, Topic.REVIEW)


def _comparable(told: dict[str, Any], here: int) -> bool:
    """Whether the platform's number is about the verdicts known here: neither an older one, nor over later ones."""
    return told.get("counted_here") == here and told.get("counted", 0) <= here


def _facts(outcomes: list[Outcome], told: dict[str, Any]) -> TrustFacts:
    found = score(outcomes)
    missing = missing_for_verifier(outcomes)
    platform = told.get("score")
    history = tuple(score(outcomes[:count]).score for count in range(1, len(outcomes) + 1))
    return TrustFacts(
        score=found.score,
        lower=found.lower,
        upper=found.upper,
        checked=found.n,
        accepted=found.accepted,
        first_try=found.first_try,
        sentence=in_words(found),
        to_verifier=missing or "",
        verifier=missing is None or bool(told.get("verifier")),
        platform_score=platform,
        differs=platform is not None
        and _comparable(told, found.n)
        and abs(platform - found.score) > _TOLERANCE,
        history=history[-_HISTORY:],
        outcomes=tuple(
            asdict(outcome) | {"campaign_id": "0x" + outcome.campaign_id.hex()} for outcome in outcomes
        ),
        practice=bool(told.get("practice")),
    )
