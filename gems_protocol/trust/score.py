# SPDX-License-Identifier: Apache-2.0
"""The white paper's trust score, the bar for verifying, and how the score is said to a worker.

Only verdicts of verifiers and gold count (`Verdict.judged`): work that nobody checked earns no trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gems_protocol.trust.wilson import wilson

VERIFIER_BAR = 0.80
VERIFIER_EVIDENCE = 20
VERIFIER_REQUESTERS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """One judged task of a miner. first_try: accepted on attempt one; judged_at: Unix seconds.

    gold: the answer was known beforehand (a hidden check). attempt: from 0. redone: it took a second try.
    """

    campaign_id: bytes
    index: int
    requester: str
    accepted: bool
    first_try: bool
    judged_at: int
    family: str = ""
    difficulty: str = ""
    gold: bool = False
    attempt: int = 0
    redone: bool = False


@dataclass(frozen=True, slots=True)
class TrustScore:
    """score = (c1 + c2) / 2, the lower bounds of accepted and of accepted on the first try, over the same n.

    lower, upper: the interval of the share of accepted tasks, which is what is shown.
    """

    score: float
    c1: float
    c2: float
    n: int
    accepted: int
    first_try: int
    lower: float
    upper: float


def score_of(accepted: int, first_try: int, n: int) -> TrustScore:
    """The score of n judged tasks; n = 0 gives 0."""
    if not 0 <= first_try <= accepted <= n:
        raise ValueError("first tries are accepted tasks, and those are judged tasks")
    c1, upper = wilson(accepted, n)
    c2, _ = wilson(first_try, n)
    return TrustScore((c1 + c2) / 2, c1, c2, n, accepted, first_try, c1, upper)


def score(outcomes: Sequence[Outcome]) -> TrustScore:
    """The score of a worker's outcomes, one for each judged task."""
    accepted = sum(outcome.accepted for outcome in outcomes)
    first = sum(outcome.accepted and outcome.first_try for outcome in outcomes)
    return score_of(accepted, first, len(outcomes))


def in_words(found: TrustScore) -> str:
    """The score as the worker reads it; never "0 %" to a newcomer."""
    if found.n == 0:
        return "not enough checked work yet"
    low, high = round(100 * found.lower), round(100 * found.upper)
    share = round(100 * found.accepted / found.n)
    if found.n < 5:
        return f"{found.accepted} of {found.n} checked {_tasks(found.n)} right – not enough checked work yet"
    return f"{found.accepted} of {found.n} checked tasks right – {share} %, probably {low}–{high} %"


def _tasks(count: int) -> str:
    return "task" if count == 1 else "tasks"
