# SPDX-License-Identifier: Apache-2.0
"""A plan for a requester: every policy as `campaign.json` would name it, compared, and what to know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gems_platform.client.requesting.judging import policy_info, read_pay
from gems_protocol.amount import Amount
from gems_protocol.verification import policy_for
from gems_protocol.verification.crowd import Crowd, crowd_of
from gems_protocol.verification.planning import FEW, Candidate, Plan, Row, Vote, break_even, make_plan

USUAL_ACCURACY = 0.85  # of real crowd workers, without the worst twelfth
_THETAS = ("0.80", "0.90", "0.95", "0.98")
_AUDITS = ("0.10", "0.20")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a requester wants. z: how much quicker approving is than doing. workers: mean share of right answers."""

    budget: Amount
    accuracy: float
    mr: Amount
    floor: Amount
    tasks: int | None
    classes: int
    z: int = 1
    workers: float = USUAL_ACCURACY


@dataclass(frozen=True, slots=True)
class Advice:
    """The plan, the crowd it rests on, what to write into `campaign.json` for each row, and what to know."""

    plan: Plan
    crowd: Crowd
    files: dict[str, dict[str, Any]]
    notes: tuple[str, ...]


def advise(wish: Wish) -> Advice:
    """The advice for a wish; raises ValueError for shares outside 0..1, MalformedMessage for impossible pay."""
    crowd = crowd_of(wish.workers)
    files = dict(_files(wish))
    candidates = [_candidate(label, value) for label, value in files.items()]
    plan = make_plan(candidates, crowd, wish.classes, wish.budget, wish.accuracy, wish.tasks)
    return Advice(plan, crowd, files, tuple(_notes(wish, plan, crowd)))


def _files(wish: Wish) -> Iterator[tuple[str, dict[str, Any]]]:
    pay: dict[str, Any] = {"mr": f"{wish.mr.exact()} GEM", "floor": f"{wish.floor.exact()} GEM"}
    for theta in _THETAS:  # blind verifiers do the whole task: it never is quicker
        yield f"evidence {theta}", {**pay, "z": 1, "policy": {"name": "evidence", "params": {"theta": theta}}}
    half = f"{Amount(wish.mr.units // 2).exact()} GEM"
    yield (
        "consensus 1+2",
        {**pay, "ms": half, "z": wish.z, "policy": {"name": "consensus", "panel": 2, "quorum": 2}},
    )
    for audit in _AUDITS:
        yield f"gram {audit}", {**pay, "z": wish.z, "policy": {"name": "gram", "params": {"audit": audit}}}
    yield "girm", {**pay, "z": 1, "policy": {"name": "girm"}}


def _candidate(label: str, value: dict[str, Any]) -> Candidate:
    info = policy_info(value)
    terms = read_pay(value, info).terms()
    return Candidate(label, policy_for(info, terms), terms, info.name in ("evidence", "consensus"))


def _notes(wish: Wish, plan: Plan, crowd: Crowd) -> Iterator[str]:
    yield from _verdict(wish, plan)
    shown = plan.best or plan.affordable
    if plan.cheaper_vote is not None:
        yield _cheaper(plan.cheaper_vote, plan.reaching)
    if shown is not None:
        yield from _about(wish, plan, shown)
    by_label = {row.candidate.label: row for row in plan.rows}
    consensus = by_label.get("consensus 1+2")
    if consensus is not None:
        yield from _about_consensus(consensus, crowd)
    deterrents = [row for row in plan.rows if not row.candidate.corrects]
    if deterrents:
        yield (
            "GRAM and GIRM deter careless work; they do not correct honest errors: their results are hardly more often "
            "right than one of the workers they are open to."
        )
    for row in plan.rows:
        if row.expected.offered < FEW:
            yield (
                f"{row.candidate.label} is open to {row.expected.offered:.0%} of the workers only, so it is not "
                "recommended."
            )
    if not crowd.enough:
        yield "Hardly any of such workers may verify: expect long waits, and less than the table says."
    yield (
        "Assumed: errors are independent, everybody has 40 checked tasks behind them, nobody appeals. Where many make "
        "the same mistake, real results are worse than any of these; hide known answers (gold) to see it."
    )


def _verdict(wish: Wish, plan: Plan) -> Iterator[str]:
    target = f"{wish.accuracy:.2%}"
    if plan.best is not None:
        return
    if plan.reaching is None:
        best = max(plan.rows, key=lambda row: row.expected.right)
        yield (
            f"No policy reaches {target} with these workers; the most is {best.expected.right:.2%} "
            f"({best.candidate.label})."
        )
    else:
        cost = plan.reaching.expected.cost * (wish.tasks or 1)
        yield (
            f"The budget does not reach {target}: that costs {cost.text()} GEM ({plan.reaching.candidate.label})."
        )
    if plan.affordable is None:
        yield "It pays for no policy at all: fewer tasks, or a smaller reward, would."
    else:
        yield (
            f"Within the budget the most is {plan.affordable.expected.right:.1%} ({plan.affordable.candidate.label})."
        )


def _cheaper(vote: Vote, reaching: Row | None) -> str:
    who = (
        "by workers whom you trust as verifiers (Gems does not offer that; it needs the same trust)"
        if vote.trusted
        else "by anybody"
    )
    against = (
        f"where {reaching.candidate.label} takes {reaching.expected.work.text()}"
        if reaching is not None
        else "where no policy reaches it"
    )
    better = "cheaper" if reaching is not None else "more accurate"
    name = "vote until one leads by 2" if vote.trusted else vote.label
    return (
        f"Plain redundancy is {better} here: {name} {who} reaches {vote.right:.2%} for {vote.cost.text()} GEM of "
        f"paid work a task, {against}."
    )


def _about(wish: Wish, plan: Plan, row: Row) -> Iterator[str]:
    count = max(1, plan.tasks)
    if plan.same_cost is not None and plan.same_cost.right >= row.expected.right:
        yield f"For the same paid work, {plan.same_cost.label} is as accurate ({plan.same_cost.right:.1%})."
    escrow = row.expected.escrow * count
    if escrow > wish.budget:
        parts = max(1, wish.budget.units // row.expected.escrow.units)
        yield (
            f"All {count} tasks lock {escrow.text()} GEM, more than the budget, until they are judged; most of it "
            f"returns. Fund them in parts: gems campaign fund --tasks {parts}."
        )
    lost = row.expected.work - row.expected.cost
    if lost.units > 0:
        yield (
            f"Of {row.expected.work.text()} GEM for the work of a task, workers lose {lost.text()} in pay and stakes "
            "by mistakes; honest ones count that in."
        )


def _about_consensus(row: Row, crowd: Crowd) -> Iterator[str]:
    terms, v = row.candidate.terms, crowd.verifiers.accuracy
    if terms.vr() >= terms.mr:
        yield "With Vr = Mr a redo earns nothing under consensus: expect rejected work to be given up."
    bound = break_even(v)
    ratio = terms.vr().units / terms.mr.units
    word = "is" if ratio < bound else "is not"
    yield (
        f"1+2 is cheaper than voting until one leads by two only if Vr/Mr < 1/2 + v(1-v) = {bound:.2f}; here it is "
        f"{ratio:.2f}, so it {word} (two classes, same workers)."
    )


def as_json(wish: Wish, advice: Advice) -> dict[str, Any]:
    """The advice for programs; amounts in base units."""
    plan = advice.plan
    return {
        "tasks": plan.tasks,
        "classes": wish.classes,
        "accuracy": wish.accuracy,
        "budget": str(wish.budget),
        "recommended": _row(plan.best, plan, advice.files),
        "reaching": _row(plan.reaching, plan, advice.files),
        "affordable": _row(plan.affordable, plan, advice.files),
        "policies": [_row(row, plan, advice.files) for row in plan.rows],
        "redundancy": [_vote(vote) for vote in plan.votes],
        "redundancy_at_same_cost": None if plan.same_cost is None else _vote(plan.same_cost),
        "cheaper_redundancy": None if plan.cheaper_vote is None else _vote(plan.cheaper_vote),
        "notes": list(advice.notes),
    }


def _row(row: Row | None, plan: Plan, files: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    if row is None:
        return None
    found = row.expected
    return {
        "name": row.candidate.label,
        "accuracy": round(found.right, 4),
        "cost_per_task": str(found.cost),
        "cost": str(found.cost * plan.tasks),
        "work_per_task": str(found.work),
        "answers_per_task": round(found.answers, 3),
        "escrow_per_task": str(found.escrow),
        "escrow": str(found.escrow * plan.tasks),
        "offered_to": round(found.offered, 3),
        "corrects_errors": row.candidate.corrects,
        "ms": str(row.candidate.terms.ms),
        "vs": str(row.candidate.terms.vs),
        "vr": str(row.candidate.terms.vr()),
        "campaign": files[row.candidate.label],
    }


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "name": vote.label,
        "accuracy": round(vote.right, 4),
        "cost_per_task": str(vote.cost),
        "answers_per_task": round(vote.answers, 3),
        "trusted_workers": vote.trusted,
    }


def table(rows: Sequence[Row], votes: Sequence[Vote]) -> list[str]:
    """Both, one line each, in GEM a task."""
    lines = [f"{'':<30}{'right':>7}{'cost':>10}{'paid work':>11}{'answers':>9}{'escrow':>9}"]
    for row in rows:
        e = row.expected
        lines.append(
            f"{row.candidate.label:<30}{e.right:>7.1%}{e.cost.text():>10}{e.work.text():>11}{e.answers:>9.2f}"
            f"{e.escrow.text():>9}"
        )
    for vote in votes:
        cost = vote.cost.text()
        lines.append(f"{vote.label:<30}{vote.right:>7.1%}{cost:>10}{cost:>11}{vote.answers:>9.2f}{'':>9}")
    return lines
