# SPDX-License-Identifier: Apache-2.0
"""Who may verify work of a module family: an absolute bar, never a rank, and what is missing below it."""

from __future__ import annotations

from gems_protocol.trust.effective import Evidence
from gems_protocol.trust.forecast import answers_to
from gems_protocol.trust.reasons import Code, Reason
from gems_protocol.trust.score import VERIFIER_BAR, VERIFIER_EVIDENCE, VERIFIER_REQUESTERS

HIDDEN_PASS = (3, 5)  # of the hidden checks that must be right, as a ratio
HIDDEN_LEAST = 5  # fewer hidden checks than this decide nothing
ROUNDING = 1e-9  # sums of weights that make 20 may end a few digits below
NOTHING_YET = Reason.of(Code.VERIFIER_EVIDENCE, more=VERIFIER_EVIDENCE)


def passes_hidden_checks(right: int, hidden: int) -> bool:
    """Whether at least 60 % of the known-answer tasks were right, once there are `HIDDEN_LEAST`."""
    return hidden < HIDDEN_LEAST or right * HIDDEN_PASS[1] >= hidden * HIDDEN_PASS[0]


def missing(evidence: Evidence, hidden_right: int, hidden: int, weight: float = 1.0) -> Reason | None:
    """What keeps a worker with this evidence in a family from verifying; None when nothing does.

    The bar is put to the balanced evidence, at most half of it from one requester. weight: what one more task
    counts, as the recent ones did; a weight of 0 says nothing about the next requester and is taken as 1.
    """
    weight = weight if weight > 0 else 1.0
    balanced = evidence.balanced()
    if evidence.n + ROUNDING < VERIFIER_EVIDENCE:
        return Reason.of(Code.VERIFIER_EVIDENCE, more=_whole((VERIFIER_EVIDENCE - evidence.n) / weight))
    if evidence.requesters < VERIFIER_REQUESTERS:
        return Reason.of(Code.VERIFIER_REQUESTERS, more=VERIFIER_REQUESTERS - evidence.requesters)
    if balanced.n + ROUNDING < VERIFIER_EVIDENCE:
        return Reason.of(Code.VERIFIER_OTHERS, more=_whole((VERIFIER_EVIDENCE - balanced.n) / (2 * weight)))
    if not passes_hidden_checks(hidden_right, hidden):
        return Reason.of(Code.VERIFIER_HIDDEN, right=hidden_right, checks=hidden)
    if balanced.lower < VERIFIER_BAR:
        more = answers_to(balanced.s, balanced.n, VERIFIER_BAR, weight)
        return Reason.of(Code.VERIFIER_BAR, more=more or 0)
    return None


def _whole(tasks: float) -> int:
    """A number of tasks that is surely enough, at least 1."""
    return max(1, -int(-(tasks - ROUNDING) // 1))
