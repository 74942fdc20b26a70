# SPDX-License-Identifier: Apache-2.0
"""What a client makes of a task that is being settled: the evidence of it, checked, and the lines that follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gems_protocol import ledger
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.ledger import Transfer
from gems_protocol.lines import Line, bond_lines, lines_of, miner_lines, returned_lines, review_lines
from gems_protocol.messages import Assignment, ReviewAssignment
from gems_protocol.task import Seat, Task, TaskState
from gems_protocol.verdict import Verdict
from gems_protocol.verification import NEWCOMER
from gems_protocol.verification.commissioned import COMMISSION_ROUND, fee_of_each
from tests.helpers import protocol_evidence as proof
from tests.helpers.protocol_terms import who

_KNOWN = {standing.accuracy: standing for standing in (NEWCOMER, proof.EXPERT)}


def agree_on_lines(
    before: Task, after: Task, transfers: Sequence[Transfer], terms: Terms, appeal_round: int | None
) -> Verdict:
    """Assert that the platform's transfers are the client's lines, for everybody; the client's verdict."""
    given = _assignment(before, terms)
    appeal = None
    if appeal_round is not None:
        by = "requester" if before.appealed_verdict else str(before.miner)
        appeal = proof.appeal(given, appeal_round, by, before.bond.units)
    verdict = proof.judge(_evidence(before, given, appeal), before.policy, terms)
    assert verdict.accepted is bool(before.verdict)
    assert verdict.poor is before.poor
    answer = proof.answer(before.answer)[0]["value"] if before.answer else None
    assert (verdict.answer[0]["value"] if verdict.answer else None) == answer

    own = miner_lines(given, verdict)
    if appeal is not None and not before.appealed_verdict:
        own += bond_lines(appeal.appeal, verdict.accepted)
    if (
        before.rules.has_redo
        and not verdict.accepted
        and not before.redo
        and before.appealed_verdict is not False
    ):
        # no second try could be offered: the stake of the first comes back
        own += returned_lines(given) if after.state is not TaskState.REDO else []
    expected = {str(before.miner): set(own)}
    for seat in _voters(before):
        agreed = verdict.agreed[who(seat.verifier), seat.round]
        expected[seat.verifier] = set(review_lines(_review(before, seat, terms), agreed))
    for name, lines in expected.items():
        assert _by_hub(before, transfers, terms, name) == lines, name
    paid = {moved.target for moved in transfers if moved.target.startswith("worker:")}
    assert paid <= {ledger.worker(name) for name in expected}
    return verdict


def _by_hub(before: Task, transfers: Sequence[Transfer], terms: Terms, name: str) -> set[Line]:
    found = lines_of(terms.campaign_id(), before.index, before.attempt, transfers, name)
    assert len({line.key for line in found}) == len(found)
    return set(found)


def _voters(task: Task) -> list[Seat]:
    return [seat for seat in task.earlier + task.seats if seat.vote is not None]


def _assignment(task: Task, terms: Terms) -> Assignment:
    return proof.assignment(
        task.policy, terms, task.standing, miner=who(str(task.miner)), index=task.index, attempt=task.attempt,
        reward=task.reward.units, stake=task.stake.units, audit_ppm=1_000_000 if task.audited else 0,
    )  # fmt: skip


def _evidence(task: Task, given: Assignment, appeal: Any) -> Any:
    miner, voters = str(task.miner), _voters(task)
    judged = task.audited or not task.rules.draws_audits
    rounds = range(task.round + 1) if judged else ()
    if judged and not voters and not task.audited:
        rounds = ()  # nobody was ever asked
    panels = [proof.seated(given, number, [s.verifier for s in voters if s.round == number])
              for number in rounds]  # fmt: skip
    parts: dict[str, Any] = {}
    if task.commission:
        strangers = [seat.verifier for seat in voters if seat.round == COMMISSION_ROUND]
        panels.append(proof.seated(given, COMMISSION_ROUND, strangers))
        parts["commission"] = proof.commission(given, task.commission.units)
    notes = [proof.note(miner, task.standing)]
    if task.rules.blind:
        notes += [proof.note(s.verifier, _KNOWN[s.accuracy]) for s in voters if s.round != COMMISSION_ROUND]
        parts["answer"] = proof.answer(0)
    votes = [
        proof.blind(given, seat.round, seat.verifier, seat.answer)
        if task.rules.blind and seat.round != COMMISSION_ROUND
        else proof.cast(given, seat.round, seat.verifier, bool(seat.vote))
        for seat in voters
    ]
    return proof.built(
        given, task.standing, submission=proof.sent_by(miner, given), panels=tuple(panels),
        votes=tuple(votes), notes=tuple(notes), appeal=appeal, **parts,
    )  # fmt: skip


def _review(task: Task, seat: Seat, terms: Terms) -> ReviewAssignment:
    strangers = seat.round == COMMISSION_ROUND
    pay: Amount = fee_of_each(task.commission) if strangers else task.review_reward
    return ReviewAssignment(
        terms.campaign_id(), task.index, task.attempt, seat.round, who(seat.verifier), pay.units,
        task.review_stake.units, bytes(32), bytes(32), 1,
    )  # fmt: skip
