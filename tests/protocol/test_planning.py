# SPDX-License-Identifier: Apache-2.0
"""What policies are expected to give: against exact formulas, and against the product's own life of a task."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import sqrt

import pytest

from gems_protocol import ledger
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.task import Task, open_task, step
from gems_protocol.task_events import Event, Judged, Leased, PanelSeated, RedoTaken, Settled, Submitted, Voted
from gems_protocol.task_state import TaskState
from gems_protocol.verification import Policy, Standing, Undecided, policy_of
from gems_protocol.verification.crowd import CHECKED, Crowd, Group, crowd_of
from gems_protocol.verification.expectation import expect
from gems_protocol.verification.planning import Candidate, make_plan, redundancy_is_cheaper
from gems_protocol.verification.redundancy import LONGEST, lead_of_two, majority
from tests.helpers.protocol_terms import terms as some_terms

EVIDENCE = policy_of("evidence", {"theta_ppm": 950_000, "panel": 7, "rounds": 2})
CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
GRAM = policy_of("gram", {"audit_ppm": 100_000, "rounds": 3})
GIRM = policy_of("girm", {"rounds": 3})
REAL = crowd_of(0.85)


def terms(**change: object) -> Terms:
    """Enough escrow for any of the policies."""
    return some_terms(**{"panel": 7, "floor": "0", "vs": "0.2", **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("k", range(1, 8))
@pytest.mark.parametrize("classes", [2, 3, 4])
def test_majority_is_what_counting_every_vote_gives(k: int, classes: int) -> None:
    share = 0.7
    found = 0.0
    for votes in product(range(classes), repeat=k):
        counts = [votes.count(option) for option in range(classes)]
        chance = 1.0
        for vote in votes:
            chance *= share if vote == 0 else (1 - share) / (classes - 1)
        if counts[0] == max(counts):
            found += chance / counts.count(max(counts))
    assert majority(k, share, classes) == pytest.approx(found)


def test_voting_to_a_lead_of_two_is_the_classic_formula() -> None:
    v = 0.85
    right, answers = lead_of_two(v, 2)
    even = 2 * v * (1 - v)
    assert right == pytest.approx(v**2 / (v**2 + (1 - v) ** 2), abs=1e-3)
    assert answers == pytest.approx(2 / (1 - even), abs=LONGEST * even ** (LONGEST // 2))
    assert lead_of_two(0.85, 4)[0] > right


def test_nobody_answers_is_no_majority() -> None:
    for k, classes in ((0, 2), (3, 1)):
        with pytest.raises(ValueError, match="answer"):
            majority(k, 0.5, classes)


def test_a_crowd_spreads_round_its_mean_and_its_best_verify() -> None:
    assert sum(group.share for group in REAL.miners) == pytest.approx(1)
    assert sum(group.share * group.accuracy for group in REAL.miners) == pytest.approx(0.85)
    assert 0.9 < REAL.verifiers.accuracy < 0.96 and REAL.enough
    assert REAL.grade_a is not None and REAL.grade_a.accuracy > REAL.verifiers.accuracy
    assert all(group.standing.checked == CHECKED for group in REAL.miners)
    assert not crowd_of(0.4).enough
    with pytest.raises(ValueError, match="between 0 and 1"):
        crowd_of(1.0)


def test_one_plus_two_by_hand() -> None:
    """Two classes, everybody right with v, and a redo that earns: theorem 4 with the product's larger panels."""
    v, worth = 0.8, terms(ms="0.5", z=5)
    one = Group(1.0, v, Standing(gold_right=8, gold=10))
    found = expect(CONSENSUS, worth, Crowd(v, (one,), one, None, True), 2)
    assert found is not None
    yes, no, split = v * v, (1 - v) ** 2, 2 * v * (1 - v)
    three = v**3 + 3 * v * v * (1 - v)  # a majority of three says what is so
    judge = yes + split * three  # verifiers say what is so
    right_first = v * judge
    wrong_first = (1 - v) * (no + split * (1 - three))
    second_right = (1 - v) * judge * judge  # a wrong one, rejected, tries the other answer
    second_wrong = v * (no + split * (1 - three)) * (no + split * (1 - three))
    done = right_first + wrong_first + second_right + second_wrong
    assert found.right == pytest.approx((right_first + second_right) / done)


def test_audited_policies_are_as_right_as_their_miners() -> None:
    girm, gram = expect(GIRM, terms(z=1), REAL, 2), expect(GRAM, terms(ms="15"), REAL, 2)
    assert girm is not None and gram is not None and REAL.grade_a is not None
    assert 0.85 < girm.right < 0.9 and girm.cost < Amount.gem("1")
    assert gram.right == pytest.approx(REAL.grade_a.accuracy, abs=0.01)
    assert gram.offered == pytest.approx(REAL.grade_a.share)
    nobody = Crowd(0.5, crowd_of(0.5).miners, crowd_of(0.5).verifiers, None, True)
    assert expect(GRAM, terms(ms="15"), nobody, 2) is None


@pytest.mark.parametrize(
    ("policy", "classes"), [(EVIDENCE, 2), (EVIDENCE, 4), (CONSENSUS, 2), (CONSENSUS, 3)]
)
def test_the_expectation_is_what_tasks_really_cost(policy: Policy, classes: int) -> None:
    """The whole life of a task, money included, played with a fixed seed."""
    count, chance = 1_500, random.Random(7)
    worth = terms(ms="0.5", z=2)
    crowd = crowd_of(0.75)
    found = expect(policy, worth, crowd, classes)
    assert found is not None
    played = [_played(policy, worth, crowd, classes, chance) for _ in range(count)]
    right = sum(is_right for is_right, _ in played) / count
    cost = sum(spent for _, spent in played) / count
    spread = sqrt(sum((spent - cost) ** 2 for _, spent in played) / count)
    assert right == pytest.approx(found.right, abs=4 * sqrt(found.right * (1 - found.right) / count) + 1e-3)
    assert cost == pytest.approx(found.cost.units / worth.mr.units, abs=4 * spread / sqrt(count) + 1e-3)
    assert found.work >= found.cost and found.escrow == worth.cost()


def _played(
    policy: Policy, worth: Terms, crowd: Crowd, classes: int, chance: random.Random
) -> tuple[bool, float]:
    """One task to its end: whether its result is right, and what left the escrow for it, in Mr.

    The escrow is ample, for the expectation leaves aside that it may be used up.
    """
    task = replace(open_task(0, worth, policy, classes), budget=worth.cost() * 50)
    spent = 0
    people = iter(f"0x{number:040x}" for number in range(1, 10_000))
    tried: list[int] = []
    while not task.is_over:
        miner = chance.choices(crowd.miners, [group.share for group in crowd.miners])[0]
        tried = []
        task, moved = _take(task, Leased(next(people), policy.quote(miner.standing, worth), miner.standing))
        while True:
            options = [option for option in range(classes) if option not in tried]
            said = _answer(options, miner.accuracy, classes, chance)
            task, _ = _take(task, Submitted())
            task, answers = _judged(task, said, crowd.verifiers, classes, chance, people)
            task, moved = _take(task, Settled())
            spent += moved
            if task.state is not TaskState.REDO:
                break
            tried.append(said)
            task, _ = _take(task, RedoTaken())
    stands = said if task.state is TaskState.PAID else answers[task.answer]
    return stands == 0, spent / worth.mr.units


def _take(task: Task, event: Event) -> tuple[Task, int]:
    """The task after it, and what left the escrow for work (less what forfeits brought back)."""
    done = step(task, event)
    pot = ledger.escrow(task.campaign_id)
    own = ledger.requester(task.requester)
    moved = sum(
        (one.source == pot and one.target != own) * one.amount.units - (one.target == pot) * one.amount.units
        for one in done.transfers
    )
    return done.task, moved


def _answer(options: list[int], accuracy: float, classes: int, chance: random.Random) -> int:
    weights = [accuracy if option == 0 else (1 - accuracy) / (classes - 1) for option in options]
    return chance.choices(options, weights)[0]


def _judged(
    task: Task, said: int, verifiers: Group, classes: int, chance: random.Random, people: Iterator[str]
) -> tuple[Task, list[int]]:
    answers = [said]
    while task.state in (TaskState.SUBMITTED, TaskState.IN_REVIEW):
        open_seats = 1 if task.rules.blind and task.round == 0 else task.panel.size
        names = tuple(next(people) for _ in range(open_seats))
        task, _ = _take(task, PanelSeated(names))
        for name in names:
            own = _answer(list(range(classes)), verifiers.accuracy, classes, chance)
            if own not in answers and task.rules.blind:
                answers.append(own)
            number = answers.index(own) if task.rules.blind else int(own != said)
            task, _ = _take(task, Voted(name, number == 0, number, verifiers.standing.accuracy))
        if not isinstance(task.rules.judge(task.case()), Undecided):
            task, _ = _take(task, Judged(deadline_passed=False))
    return task, answers


def _candidates() -> list[Candidate]:
    return [
        Candidate("evidence", EVIDENCE, terms(z=1, ms="0.5"), True),
        Candidate("girm", GIRM, terms(z=1, ms="0"), False),
        Candidate("gram", GRAM, terms(z=1, ms="15"), False),
    ]


def test_the_cheapest_that_is_good_enough_is_recommended() -> None:
    plan = make_plan(_candidates(), REAL, 2, Amount.gem("1000"), 0.95, 100)
    assert plan.best is not None and plan.best.candidate.label == "evidence"
    assert plan.same_cost is not None and plan.same_cost.right < plan.best.expected.right
    low = make_plan(_candidates(), REAL, 2, Amount.gem("1000"), 0.86, 100)
    assert low.best is not None and low.best.candidate.label == "girm"


def test_what_cannot_be_met_is_said() -> None:
    dear = make_plan(_candidates(), REAL, 2, Amount.gem("100"), 0.95, 100)
    assert dear.best is None and dear.reaching is not None and dear.affordable is not None
    assert dear.affordable.candidate.label == "girm"
    hopeless = make_plan(_candidates(), REAL, 2, Amount.gem("1"), 0.9999, 100)
    assert hopeless.reaching is None and hopeless.affordable is None and hopeless.tasks == 100
    assert hopeless.cheaper_vote is not None or hopeless.votes[-1].right < 0.9999


def test_without_a_number_of_tasks_the_budget_decides() -> None:
    plan = make_plan(_candidates(), REAL, 2, Amount.gem("100"), 0.95)
    assert plan.best is not None
    assert (
        plan.best.expected.cost * plan.tasks <= Amount.gem("100") < plan.best.expected.cost * (plan.tasks + 1)
    )


def test_redundancy_wins_for_the_papers_own_example() -> None:
    assert redundancy_is_cheaper(Amount.gem("0.10"), Amount.gem("0.10"))
    assert not redundancy_is_cheaper(Amount.gem("1"), Amount.gem("0.6"))
