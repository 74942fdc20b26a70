# SPDX-License-Identifier: Apache-2.0
"""What a policy delivers and costs when everybody is equally able: the product's rules on made-up answers.

The same question as `gems campaign plan` asks, answered by drawing; it assumes independent errors and known ability.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.verification import (
    Accepted,
    Ballot,
    Case,
    NoConsensus,
    Policy,
    Rejected,
    Undecided,
    policy_of,
)

MOST_ATTEMPTS = 20


@dataclass(frozen=True)
class Expected:
    """Accuracy of what is delivered, and answers bought per task (the miner's included)."""

    accuracy: float
    labour: float


def _evidence(theta: int) -> Policy:
    return policy_of("evidence", {"theta_ppm": theta * 10_000})


POLICIES: dict[str, Policy] = {
    **{f"Evidence .{theta}": _evidence(theta) for theta in (80, 90, 95, 98)},
    "Consensus 1+2": policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3}),
}


def expected(policy: Policy, accuracy: Fraction, classes: int, tasks: int, seed: int = 0) -> Expected:
    """Draw `tasks` tasks; wrong answers are spread evenly over the other classes."""
    chance = random.Random(f"{policy.name} {accuracy} {classes} {seed}")
    right = labour = 0
    for _ in range(tasks):
        answer, bought = _task(policy, accuracy, classes, chance)
        right += answer == 0
        labour += bought
    return Expected(right / tasks, labour / tasks)


def majority(most: int, accuracy: float, classes: int, tasks: int) -> Expected:
    """The commonest of `most` such answers, the first of equals."""
    chance = random.Random(f"majority {most} {accuracy} {classes}")
    right = 0
    for _ in range(tasks):
        said = [_say(accuracy, classes, chance) for _ in range(most)]
        right += max(dict.fromkeys(said), key=said.count) == 0
    return Expected(right / tasks, float(most))


def _say(accuracy: float, classes: int, chance: random.Random) -> int:
    return 0 if chance.random() < accuracy else chance.randrange(1, classes)


def _task(policy: Policy, accuracy: Fraction, classes: int, chance: random.Random) -> tuple[int, int]:
    """(answer, answers bought); the right answer is 0."""
    share, bought, answer = float(accuracy), 0, 0
    for _ in range(MOST_ATTEMPTS):
        answer, bought, round_, said = _say(share, classes, chance), bought + 1, 0, list[int]()
        while True:
            judgement = policy.judge(Case(round_, _ballots(answer, said, accuracy), accuracy, classes))
            if isinstance(judgement, Undecided):
                said += [_say(share, classes, chance) for _ in range(judgement.seats)]
                bought += judgement.seats
            elif isinstance(judgement, NoConsensus):
                round_, said = round_ + 1, []
            else:
                break
        if isinstance(judgement, Accepted):
            break
        assert isinstance(judgement, Rejected)
        if judgement.answer:
            others = list(dict.fromkeys(other for other in said if other != answer))
            return others[judgement.answer - 1], bought
    return answer, bought


def _ballots(answer: int, said: Sequence[int], accuracy: Fraction) -> tuple[Ballot, ...]:
    numbers = {other: at for at, other in enumerate(dict.fromkeys([answer, *said]))}
    return tuple(Ballot(other == answer, numbers[other], accuracy) for other in said)
