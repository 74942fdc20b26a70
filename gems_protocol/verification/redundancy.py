# SPDX-License-Identifier: Apache-2.0
"""What plain redundancy gives: several workers answer, nobody verifies. The measure for every policy, exactly.

Errors are independent and spread evenly over the other classes, as the policies assume too.
"""

from __future__ import annotations

from collections import defaultdict
from math import comb, factorial

LONGEST = 15  # answers after which a vote without a leader ends


def majority(k: int, accuracy: float, classes: int) -> float:
    """The chance that the most frequent of `k` answers is right; ties are broken by lot."""
    if k < 1 or classes < 2:
        raise ValueError("somebody answers, and there are two answers or more")
    found, others = 0.0, classes - 1
    for right in range(1, k + 1):
        wrong = k - right
        chance = comb(k, right) * accuracy**right * (1 - accuracy) ** wrong
        found += chance * sum(
            _spread(wrong, others, right, tied) / (tied + 1)
            for tied in range(min(others, wrong // right) + 1)
        )
    return found


def _spread(votes: int, classes: int, top: int, tied: int) -> float:
    """The chance that `votes` over `classes` give exactly `tied` of them `top` votes and all others fewer."""
    ways = [1.0] + [0.0] * votes
    for _ in range(classes - tied):
        ways = [
            sum(ways[have - more] / factorial(more) for more in range(min(have, top - 1) + 1))
            for have in range(votes + 1)
        ]
    left = votes - tied * top
    if left < 0:
        return 0.0
    sequences: float = comb(classes, tied) * ways[left] / factorial(top) ** tied * factorial(votes)
    return sequences / float(classes) ** votes


def lead_of_two(accuracy: float, classes: int) -> tuple[float, float]:
    """(chance that the result is right, expected answers) of voting until one answer leads by two."""
    states: dict[tuple[int, tuple[int, ...]], float] = {(0, (0,) * (classes - 1)): 1.0}
    right, answers = 0.0, 0.0
    for count in range(1, LONGEST + 1):
        following: dict[tuple[int, tuple[int, ...]], float] = defaultdict(float)
        answers += sum(states.values())
        for (good, bad), chance in states.items():
            following[good + 1, bad] += chance * accuracy
            for place in range(classes - 1):
                more = tuple(sorted((*bad[:place], bad[place] + 1, *bad[place + 1 :]), reverse=True))
                following[good, more] += chance * (1 - accuracy) / (classes - 1)
        states = {}
        for (good, bad), chance in following.items():
            first, second = sorted((good, *bad), reverse=True)[:2]
            if first - second >= 2 or count == LONGEST:
                right += chance * _won(good, bad)
            else:
                states[good, bad] = chance
    return right, answers


def _won(good: int, bad: tuple[int, ...]) -> float:
    best = max(bad)
    return 1.0 if good > best else 1 / (1 + bad.count(best)) if good == best else 0.0
