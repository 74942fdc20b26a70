# SPDX-License-Identifier: Apache-2.0
"""How much imported outcomes count: never more than a worker's own, and at most half of a verifier's evidence."""

from __future__ import annotations

from collections.abc import Sequence

from gems_protocol.trust.score import VERIFIER_EVIDENCE, Outcome

MOST_IMPORTED = VERIFIER_EVIDENCE // 2


def counted(own: Sequence[Outcome], imported: Sequence[Outcome]) -> list[Outcome]:
    """Which imported outcomes count beside `own` when asking who may verify: the newest.

    As many as there are of the worker's own, at most MOST_IMPORTED, so that at least half of what makes
    somebody a verifier was judged here. Campaigns that this platform judged itself are left out, and a task
    counts once whoever brings it.
    """
    here = {outcome.campaign_id for outcome in own}
    foreign = {
        (outcome.campaign_id, outcome.index, outcome.judged_at): outcome
        for outcome in imported
        if outcome.campaign_id not in here
    }
    newest = sorted(
        foreign.values(), key=lambda one: (one.judged_at, one.campaign_id, one.index), reverse=True
    )
    return newest[: min(len(own), MOST_IMPORTED)]
