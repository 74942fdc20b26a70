# SPDX-License-Identifier: Apache-2.0
"""One run of the market: tasks come, are done, judged by the product's policy and paid, and everybody learns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from bench.verification.market.learning import Learning
from bench.verification.market.people import (
    CLASSES,
    FARMED,
    HARD_SHARE,
    Person,
    Plan,
    Task,
    Way,
    person,
)
from bench.verification.market.records import BUTTON, FARMS, REQUESTERS, Records
from bench.verification.market.setting import Market, Result, Scenario
from bench.verification.product import TERMS
from bench.verification.world import CAP_LEAST, accuracy_of
from gems_protocol.audit import MILLION
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
from gems_protocol.verification.girm import after_failure, after_pass
from gems_protocol.verification.gram import Gram, penalty_ratio
from gems_protocol.verification.standing import GRADE_A

PEOPLE, TASKS, THERE = 200, 12_000, 20  # THERE: how many of them are free when a task comes
REFRESH = 300  # tasks between two computations of corrected trust
GOLD_FIRST, GOLD_SHARE, GOLD_PASS = 10, 0.05, 6
MOST_ATTEMPTS = 4  # then the last answer stands
ONE = TERMS.mr.units


class Run:
    """The state of one run."""

    def __init__(self, market: Market, scenario: Scenario, seed: int, tasks: int = TASKS) -> None:
        self.market, self.scenario, self.tasks = market, scenario, tasks
        self.chance = random.Random(f"{market.name} {scenario.name} {seed}")
        attackers = round(scenario.share * PEOPLE)
        arrives = tasks // 4 if scenario.late else 0
        self.people = [
            person(scenario.plan, arrives, self.chance)
            if at < attackers
            else person(Plan.HONEST, 0, self.chance)
            for at in range(PEOPLE)
        ]
        self.records = Records(PEOPLE, market.trusting)
        self.learning = Learning([one for one in self.people if one.plan is Plan.REACT], self.chance)
        self.quotes: dict[tuple[int, bool, str], tuple[float, float, int, float, float]] = {}
        self.firsts: dict[str, Judgement] = {}
        self.scored = False
        self.labour = 0.0
        self.ranks: list[float | None] = [None] * PEOPLE
        self.accuracies: list[Fraction | None] = [None] * PEOPLE
        self.active: list[int] = []

    def play(self) -> Result:
        """Run all tasks."""
        right = work = 0.0
        for at in range(self.tasks):
            self.scored = 2 * at >= self.tasks
            if at in (0, self.tasks // 4):
                for who, one in enumerate(self.people):
                    if one.arrives == at:
                        self._enter(who)
            if at % REFRESH == 0:
                self.records.refresh()
                self.ranks, self.accuracies = [None] * PEOPLE, [None] * PEOPLE
                self.learning.revise()
            hard = int(self.chance.random() < HARD_SHARE)
            truth = self.chance.randrange(CLASSES)
            common = (truth + self.chance.randrange(1, CLASSES)) % CLASSES
            task = Task(truth, hard, self.chance.randrange(REQUESTERS), common)
            before = self.labour
            answer = self._task(task)
            if self.scored:
                right += answer == truth
                work += (self.labour - before) / task.pay
        half = self.tasks - self.tasks // 2
        return Result(
            right / half,
            work / half,
            _net([one for one in self.people if one.plan is Plan.HONEST]),
            _net([one for one in self.people if one.plan is not Plan.HONEST]),
            self.learning.shares(),
        )

    def _enter(self, who: int) -> None:
        """A new identity: farming first, then the known tasks that a newcomer does."""
        one, records = self.people[who], self.records
        records.forget(who)
        self._forget(who)
        self.active.append(who)
        one.worked, one.banned = 0, False
        if one.plan is Plan.FARM and records.trusting.farmed:
            kind = 1 if self.scenario.disguised else BUTTON
            for farm in range(FARMS):
                records.judge(who, REQUESTERS + farm, kind, True, FARMED // FARMS)
        if self.market.gold:
            effort = right = 0.0
            for _ in range(GOLD_FIRST):
                known = self._known()
                effort += one.effort(1.0)
                right += self._check(who, known)
            income = float(right) if right >= GOLD_PASS else 0.0
            one.paid(income, effort, GOLD_FIRST, self.scored)
            self.labour += GOLD_FIRST

    def _known(self) -> Task:
        truth = self.chance.randrange(CLASSES)
        return Task(truth, 0, 0, (truth + self.chance.randrange(1, CLASSES)) % CLASSES)

    def _check(self, who: int, known: Task) -> bool:
        right = self.people[who].answer(known, self.chance) == known.truth
        self.records.gold[who] += 1
        self.records.gold_right[who] += right
        self._forget(who)
        return right

    def _free(self) -> list[int]:
        return self.chance.sample(self.active, min(THERE, len(self.active)))

    def _take(self, free: list[int], by_trust: bool) -> int:
        """Take a seat's person out of `free`: the eligible first, those below the cap first, then by trust."""
        if not by_trust:
            return free.pop()
        records = self.records
        limit = max(CAP_LEAST, self.market.cap * (records.all_seats + 1))
        best = max(free, key=lambda who: self._rank(who) + 10 * (records.seats[who] < limit))
        free.remove(best)
        records.seats[best] += 1
        records.all_seats += 1
        return best

    def _rank(self, who: int) -> float:
        """Trust, the eligible above everybody else; remembered until something is learned of them."""
        known = self.ranks[who]
        if known is None:
            trust = float(self._accuracy(who)) if self.market.gold else self.records.score(who)
            known = self.ranks[who] = trust + 2 * self.records.eligible(who)
        return known

    def _forget(self, who: int) -> None:
        self.ranks[who] = self.accuracies[who] = None

    def _task(self, task: Task) -> int:
        free = self._free()
        if self.market.policy is None:
            return self._redundant(task, free)
        answer = 0
        for _ in range(MOST_ATTEMPTS):
            miner = self._take(free, self.market.routed)
            answer = self.people[miner].answer(task, self.chance)
            self._known_sometimes(miner, task)
            self.labour += task.pay
            found = self._judged(miner, answer, task, free)
            if found is not None:
                return found
        return answer

    def _known_sometimes(self, who: int, task: Task) -> None:
        if self.market.gold and self.chance.random() < GOLD_SHARE:
            one = self.people[who]
            effort = one.effort(task.pay)
            right = self._check(who, self._known())
            one.paid(right * task.pay, effort, task.pay, self.scored)
            self.labour += task.pay

    def _redundant(self, task: Task, free: list[int]) -> int:
        asked = [free.pop() for _ in range(self.market.redundancy)]
        answers = [self.people[who].answer(task, self.chance) for who in asked]
        common = max(dict.fromkeys(answers), key=answers.count)
        self.labour += task.pay * len(asked)
        for who, answer in zip(asked, answers, strict=True):
            one = self.people[who]
            # paid only for agreeing: the best that redundancy can do against people who do not look
            income = task.pay * (answer == common)
            one.paid(income, one.effort(task.pay), task.pay, self.scored)
            self._learned(who, task, answer == common)
        return common

    def _judged(self, miner: int, answer: int, task: Task, free: list[int]) -> int | None:
        """Verify and pay one attempt; the answer that stands, None when it is rejected and nothing does."""
        policy = self.market.policy
        assert policy is not None
        one = self.people[miner]
        policy, reward, stake, audit, review, review_stake = self._quote(policy, miner)
        effort = one.effort(task.pay)
        if audit < MILLION and self.chance.randrange(MILLION) >= audit:
            one.paid(reward * task.pay, effort, task.pay, self.scored)
            return answer  # work that nobody verified says nothing
        votes, judgement = self._votes(policy, miner, answer, task, free)
        accepted = isinstance(judgement, Accepted)
        stands = answer
        if isinstance(judgement, Rejected):
            others = dict(enumerate(dict.fromkeys(said for _, said in votes if said != answer), 1))
            stands = others.get(judgement.answer, -1)
        lost = stake if self.market.stakes else 0.0
        one.paid((reward if accepted else -lost) * task.pay, effort, task.pay, self.scored)
        self.records.passes[miner] = (
            after_pass(self.records.passes[miner], True)
            if accepted
            else after_failure(self.records.passes[miner])
        )
        self._learned(miner, task, accepted)
        for who, said in votes:
            agreed = said == stands if policy.blind else (said == answer) == accepted
            other = self.people[who]
            risked = min(review_stake, review) if self.market.stakes else 0.0  # Vs = Vr
            income = (review if agreed else -risked) * task.pay
            other.paid(income, other.effort(task.pay, verifying=True), task.pay, self.scored)
            if policy.blind:
                self._learned(who, task, agreed)
        return stands if stands >= 0 else None

    def _votes(
        self, policy: Policy, miner: int, answer: int, task: Task, free: list[int]
    ) -> tuple[list[tuple[int, int]], Judgement]:
        """Ask until the policy decides; a vote is what somebody says, blind or about the miner's answer."""
        every: list[tuple[int, int]] = []
        votes: list[tuple[int, int]] = []
        round_, accuracy = 0, self._accuracy(miner)
        ballots: list[Ballot] = []
        numbers = {answer: 0}
        judgement = self._first(policy)
        while True:
            if ballots:
                judgement = policy.judge(Case(round_, tuple(ballots), accuracy, CLASSES))
            if isinstance(judgement, NoConsensus):
                round_, votes, ballots, numbers = round_ + 1, [], [], {answer: 0}
                judgement = policy.judge(Case(round_, (), accuracy, CLASSES))
                continue
            if not isinstance(judgement, Undecided):
                return every, judgement
            for _ in range(judgement.seats):
                if not free:
                    free += [who for who in self._free() if who != miner]
                who = self._take(free, self.market.chosen)
                said = self._says(who, answer, task, policy.blind)
                self._known_sometimes(who, task)
                self.labour += task.pay
                votes.append((who, said))
                every.append((who, said))
                number = numbers.setdefault(said, len(numbers))
                ballots.append(Ballot(said == answer, number, self._accuracy(who)))

    def _first(self, policy: Policy) -> Judgement:
        """What a policy says before anybody voted; nothing about the people matters then, so it is remembered."""
        if policy.name not in self.firsts:
            self.firsts[policy.name] = policy.judge(Case(0, (), classes=CLASSES))
        return self.firsts[policy.name]

    def _says(self, who: int, answer: int, task: Task, blind: bool) -> int:
        """A verifier's answer; where it sees the miner's, whoever does not look says yes."""
        one = self.people[who]
        if blind or one.now(verifying=True) is Way.HONEST:
            return one.answer(task, self.chance, verifying=True)
        return answer

    def _learned(self, who: int, task: Task, right: bool) -> None:
        records, one = self.records, self.people[who]
        records.judge(who, task.requester, task.hard, right)
        if not records.corrected:
            self._forget(who)
        if records.removable(who):
            one.banned = True
            self.active.remove(who)
            if one.plan in (Plan.SYBIL, Plan.FARM, Plan.REACT):
                one.identities += 1
                self._enter(who)

    def _counts(self, who: int) -> tuple[int, int, int, int]:
        records = self.records
        return (records.gold_right[who], records.gold[who], *records.settled(who))

    def _accuracy(self, who: int) -> Fraction:
        known = self.accuracies[who]
        if known is None:
            known = self.accuracies[who] = accuracy_of(*self._counts(who))
        return known

    def _quote(self, policy: Policy, who: int) -> tuple[Policy, float, float, int, float, float]:
        """(rules, reward, stake, audit chance, verifier's reward and stake) for a miner, amounts in units of Mr."""
        right, gold, settled_right, settled = self._counts(who)
        passes = self.records.passes[who]
        standing = Standing(passes, right, gold, settled_right, settled, GRADE_A)
        rules = policy.for_standing(standing)
        key = (passes, standing.is_newcomer, rules.name)
        if key not in self.quotes:
            quote = rules.quote(standing, TERMS)
            stake = quote.stake.units / ONE
            if isinstance(rules, Gram):  # whose stake is the penalty, which these terms do not state
                stake = float(penalty_ratio(rules.audit_ppm, rules.factor_ppm))
            rewards = quote.reward.units / ONE, quote.review_reward.units / ONE
            self.quotes[key] = rewards[0], stake, quote.audit_ppm, rewards[1], quote.review_stake.units / ONE
        return (rules, *self.quotes[key])


def _net(people: Sequence[Person]) -> float | None:
    units = sum(one.units for one in people)
    return sum(one.net for one in people) / units if units else None
