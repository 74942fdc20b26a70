# SPDX-License-Identifier: Apache-2.0
"""Drives the product's own policies (`gems_protocol.verification`) through a replay: who is asked, what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bench.verification.world import Trust, Vote, World
from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.verification import (
    Accepted,
    Ballot,
    Case,
    Judgement,
    NoConsensus,
    Policy,
    Rejected,
    Standing,
    Undecided,
)
from gems_protocol.verification.evidence import Evidence
from gems_protocol.verification.girm import after_failure, after_pass
from gems_protocol.verification.standing import GRADE_A

_NOBODY, _NOTHING = "0x" + "11" * 20, bytes(32)
#: Mr = Vr = 1 GEM, for verifying means answering the task oneself.
TERMS = Terms(
    *(_NOBODY, _NOBODY, Amount(10**18), Amount(5 * 10**17), Amount(10**18), Amount(10**18), 1, 7, 4, 3, 3600),
    *(3600, 9**12, _NOTHING, _NOTHING, _NOBODY, _NOTHING, _NOTHING),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What stands for an item, what it cost in answers of one worker, and the votes that were bought."""

    answer: int
    labour: float
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Rules:
    """How a campaign is run. by: "accuracy", "score" or "chance", what verifiers are chosen by.

    routed: the miner is chosen by it too, instead of whoever comes first. adopt: what a rejecting panel says
    stands, instead of a new miner. passes: GIRM's N that everybody starts with.
    """

    policy: Policy
    by: str = "accuracy"
    routed: bool = False
    adopt: bool = False
    passes: int = 0


class Campaign:
    """One campaign over a world; `task` does one item after the other and learns from each."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world, self.rules = world, rules
        self.trust: Trust = {
            "accuracy": lambda who: float(world.accuracy(who)),
            "score": world.score,
            "chance": world.chance,
        }[rules.by]
        if rules.passes:
            world.audited = [rules.passes] * world.crowd.workers

    def task(self, item: int) -> Outcome:
        """Have the item done and verified, again by somebody else while it is rejected and people are left."""
        pool, world = list(self.world.queue[item]), self.world
        bought: list[Vote] = []
        while True:
            miner = world.take(pool, self.trust) if self.rules.routed else pool.pop(0)
            if miner is None:  # everybody has answered: what most of them said stands
                return self._settled(_plurality(bought), bought)
            bought.append(miner)
            who, label = miner
            if not self._audited(who):
                return self._settled(label, bought, judged=False)
            votes, judgement = self._judged(miner, pool)
            bought += votes
            accepted = isinstance(judgement, Accepted)
            world.judge_miner(who, accepted, first=True)
            world.audited[who] = _passes_after(world.audited[who], accepted)
            if accepted:
                return self._settled(label, bought)
            assert isinstance(judgement, Rejected)
            if judgement.answer:
                return self._settled(_others(label, votes)[judgement.answer], bought)
            if self.rules.adopt:
                return self._settled(_plurality([vote for vote in votes if vote[1] != label]), bought)
            if not pool:
                return self._settled(_plurality(bought), bought)

    def _audited(self, who: int) -> bool:
        chance = _audit_ppm(self.rules.policy, self.world.audited[who])
        return chance >= MILLION or self.world.random.randrange(MILLION) < chance

    def _judged(self, miner: Vote, pool: list[Vote]) -> tuple[list[Vote], Judgement]:
        """Ask for votes until the policy decides, in larger panels where it says so."""
        policy = _within(self.rules.policy, len(pool))
        bought: list[Vote] = []
        round_ = 0
        votes: list[Vote] = []
        while True:
            judgement = self._ask(policy, miner, votes, round_, late=False)
            late = False
            if isinstance(judgement, Undecided):
                for _ in range(judgement.seats):
                    vote = self.world.take(pool, self.trust)
                    if vote is None:
                        late = True
                        break
                    votes.append(vote)
                    bought.append(vote)
                if late:
                    judgement = self._ask(policy, miner, votes, round_, late=True)
                else:
                    continue
            if isinstance(judgement, NoConsensus):
                round_, votes = round_ + 1, []
                continue
            return bought, judgement

    def _ask(self, policy: Policy, miner: Vote, votes: list[Vote], round_: int, late: bool) -> Judgement:
        number = {label: at for at, label in _others(miner[1], votes).items()} | {miner[1]: 0}
        ballots = tuple(
            Ballot(label == miner[1], number[label], self.world.accuracy(who)) for who, label in votes
        )
        accuracy, classes = self.world.accuracy(miner[0]), self.world.crowd.classes
        return policy.judge(Case(round_, ballots, accuracy, classes, late))

    def _settled(self, answer: int, bought: list[Vote], judged: bool = True) -> Outcome:
        if judged:  # work that nobody verified says nothing
            self.world.settle(bought, answer)
        return Outcome(answer, float(len(bought)), tuple(bought))


def _within(policy: Policy, people: int) -> Policy:
    """The policy with no more seats than there are people who answered; Evidence then ends with the likeliest."""
    if isinstance(policy, Evidence) and 0 < people < policy.most:
        return replace(policy, most=people)
    return policy


def _audit_ppm(policy: Policy, passes: int) -> int:
    return policy.quote(Standing(passes=passes, grade=GRADE_A), TERMS).audit_ppm


def _passes_after(passes: int, accepted: bool) -> int:
    return after_pass(passes, audited=True) if accepted else after_failure(passes)


def _others(label: int, votes: list[Vote]) -> dict[int, int]:
    """The answers other than `label`, numbered from 1 by first appearance."""
    seen = dict.fromkeys(other for _, other in votes if other != label)
    return dict(enumerate(seen, 1))


def _plurality(votes: list[Vote]) -> int:
    labels = [label for _, label in votes]
    return max(dict.fromkeys(labels), key=labels.count)
