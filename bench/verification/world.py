# SPDX-License-Identifier: Apache-2.0
"""One replay of a recorded crowd: in which order people come, what is known of each, and who may take a seat.

Nobody behaves differently than recorded. Answers of an item come in random order, known answers (gold) are a
tenth of the items and are not scored, and a verifier's verdict is whether the own recorded answer is the miner's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache

from bench.verification.crowd import Crowd
from gems_protocol.trust.score import score_of
from gems_protocol.verification.standing import Standing

GOLD_SHARE = 0.10
GOLD_PER_WORKER = 10
GOLD_LABOUR = 1 / (1 - GOLD_SHARE)  # what the known tasks add to every task's labour
CAP = 0.05  # of all verifications, for one worker
CAP_LEAST = 5  # seats that a worker may have had before the cap counts

Vote = tuple[int, int]  # worker, class
Trust = Callable[[int], float]


@cache
def accuracy_of(gold_right: int, gold: int, settled_right: int, settled: int) -> Fraction:
    """The accuracy that the product gives a worker with these counts."""
    return Standing(gold_right=gold_right, gold=gold, settled_right=settled_right, settled=settled).accuracy


@cache
def score(accepted: int, first: int, judged: int) -> float:
    """The white paper's trust score."""
    return score_of(accepted, first, judged).score


class World:
    """A replay with seed `seed`: `items` in the order in which they come, and the counts kept of each worker.

    gold: whether known answers anchor trust. cap: the share of the seats that one worker may have, None: any.
    The order of items, of answers and the choice of known items depend on the seed alone.
    """

    def __init__(self, crowd: Crowd, seed: int, gold: bool = True, cap: float | None = CAP) -> None:
        order = random.Random(f"{crowd.name} {seed}")
        shuffled = list(range(len(crowd.answers)))
        order.shuffle(shuffled)
        known = round(GOLD_SHARE * len(shuffled))
        self.crowd = crowd
        self.known, self.items = shuffled[:known], shuffled[known:]
        self.queue = {item: order.sample(votes, len(votes)) for item, votes in enumerate(crowd.answers)}
        self.random = random.Random(f"choices {crowd.name} {seed}")
        self.with_gold, self.cap = gold, cap
        size = crowd.workers
        self.gold_right, self.gold = [0] * size, [0] * size
        self.settled_right, self.settled = [0] * size, [0] * size
        self.accepted, self.first, self.judged = [0] * size, [0] * size, [0] * size
        self.audited = [0] * size  # N of GIRM
        self.seats, self.all_seats = [0] * size, 0
        if gold:
            self._anchor()

    def _anchor(self) -> None:
        for item in self.known:
            for who, label in self.queue[item]:
                if self.gold[who] < GOLD_PER_WORKER:
                    self.gold[who] += 1
                    self.gold_right[who] += label == self.crowd.truth[item]

    def accuracy(self, who: int) -> Fraction:
        """The worker's shrunk accuracy, from gold and settled tasks."""
        return accuracy_of(self.gold_right[who], self.gold[who], self.settled_right[who], self.settled[who])

    def score(self, who: int) -> float:
        """The white paper's score over judged tasks, known ones counting as judged."""
        right, known = self.gold_right[who], self.gold[who]
        return score(self.accepted[who] + right, self.first[who] + right, self.judged[who] + known)

    def chance(self, who: int) -> float:
        """No trust at all: whoever comes first is taken."""
        return 0.0

    def take(self, pool: list[Vote], trust: Trust) -> Vote | None:
        """Remove and return the most trusted of `pool` for a seat, the earlier one of equals; None when empty.

        With a cap, people below it come first; where only people above it are left, they are taken.
        """
        if not pool:
            return None
        limit = float("inf") if self.cap is None else max(CAP_LEAST, self.cap * (self.all_seats + 1))
        at = max(range(len(pool)), key=lambda at: (self.seats[pool[at][0]] < limit, trust(pool[at][0]), -at))
        vote = pool.pop(at)
        self.seats[vote[0]] += 1
        self.all_seats += 1
        return vote

    def settle(self, votes: Iterable[Vote], answer: int) -> None:
        """Count a settled task for everybody who answered it."""
        for who, label in votes:
            self.settled[who] += 1
            self.settled_right[who] += label == answer

    def judge_miner(self, who: int, accepted: bool, first: bool) -> None:
        """Count a verdict on a miner."""
        self.judged[who] += 1
        self.accepted[who] += accepted
        self.first[who] += accepted and first
