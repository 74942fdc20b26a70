# SPDX-License-Identifier: Apache-2.0
"""How much a task of a kind says about a worker: a task that everybody gets right says next to nothing.

The weight 4 q (1 - q) is the information of a Rasch item over its maximum. It is sound only if q comes from
trusted evidence, so every trial counts with its requester's weight.
"""

from __future__ import annotations

from collections.abc import Iterable

from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import EQUAL_REQUESTERS, DifficultyWeights, RequesterWeights


def rasch_weight(passes: float, trials: float) -> float:
    """4 q (1 - q) with q = (passes + 1) / (trials + 2); counts may be weighted. 1 without any trial.

    Raises ValueError unless 0 <= passes <= trials.
    """
    if not 0 <= passes <= trials:
        raise ValueError("passes lie between 0 and the trials")
    q = (passes + 1) / (trials + 2)
    return 4 * q * (1 - q)


def difficulty_weights(
    outcomes: Iterable[Outcome], requesters: RequesterWeights = EQUAL_REQUESTERS
) -> DifficultyWeights:
    """The weight of each (family, difficulty) from every worker's judged tasks; first tries count as passes.

    Sums run in the order of (family, difficulty, requester), so that everybody gets the same digits.
    """
    tally: dict[tuple[str, str, str], tuple[int, int]] = {}
    for outcome in outcomes:
        key = (outcome.family, outcome.difficulty, outcome.requester)
        passes, trials = tally.get(key, (0, 0))
        tally[key] = (passes + (outcome.accepted and outcome.first_try), trials + 1)
    kinds: dict[tuple[str, str], tuple[float, float]] = {}
    for family, difficulty, requester in sorted(tally):
        passes, trials = tally[family, difficulty, requester]
        u = requesters.of(requester)
        before = kinds.get((family, difficulty), (0.0, 0.0))
        kinds[family, difficulty] = (before[0] + u * passes, before[1] + u * trials)
    return DifficultyWeights(
        {kind: rasch_weight(min(passes, trials), trials) for kind, (passes, trials) in kinds.items()}
    )
