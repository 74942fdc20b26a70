# SPDX-License-Identifier: Apache-2.0
"""A verdict recomputed from its evidence, trusting nobody's word: platform and client run this same function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from gems_protocol import audit
from gems_protocol import verdict_proofs as proofs
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import result_hash
from gems_protocol.errors import BadSignature
from gems_protocol.evidence import VerdictEvidence, VoteEvidence
from gems_protocol.messages import Domain, Panel
from gems_protocol.rules import Rules
from gems_protocol.verification import (
    Accepted,
    Ballot,
    Case,
    NoConsensus,
    Policy,
    Rejected,
    Standing,
    Undecided,
)
from gems_protocol.verification.commissioned import COMMISSION_ROUND, withheld


class Basis(Enum):
    """What a verdict rests on."""

    QUORUM = "quorum"
    NOT_DRAWN = "not_drawn"
    SILENCE = "silence"
    LAST_ROUND = "last_round"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A recomputed verdict.

    agreed: (verifier, round) -> whether it is paid. answer: the verifiers' answer that stands instead of a
    rejected one. fee: what strangers were paid; poor: whether they rejected, so that `withheld` stays away from
    the reward of an accepted answer.
    """

    accepted: bool
    basis: Basis
    agreed: dict[tuple[str, int], bool] = field(default_factory=dict)
    answer: Any = None
    fee: Amount = ZERO
    poor: bool = False
    looked_at: bool = False

    @property
    def judged(self) -> bool:
        """Whether verifiers decided: only then it counts for trust."""
        return self.looked_at or self.basis in (Basis.QUORUM, Basis.LAST_ROUND)

    @property
    def right(self) -> bool:
        """What counts for trust: accepted, and not found poor afterwards."""
        return self.accepted and not self.poor

    @property
    def withheld(self) -> Amount:
        """What of the reward goes back to the requester."""
        return withheld(self.fee) if self.poor else ZERO


def check_verdict(evidence: VerdictEvidence, rules: Rules, domain: Domain, hub: str) -> Verdict:
    """Recompute the verdict of an attempt.

    domain: GemCampaigns. hub: the lowercase address that signs assignments, notes and panels. What is missing
    counts for the worker: silence is acceptance. Raises BadSignature for anything forged, misplaced or not proven,
    MoneyDiffers when the assignment offers more than the terms.
    """
    return _Check(evidence, rules, domain, hub).verdict()


@dataclass(frozen=True, slots=True)
class _Seat:
    verifier: str
    ballot: Ballot


class _Check:
    """One evidence being checked."""

    def __init__(self, evidence: VerdictEvidence, rules: Rules, domain: Domain, hub: str) -> None:
        self._evidence, self._rules, self._domain, self._hub = evidence, rules, domain, hub
        assignment = evidence.assignment
        self._about = (assignment.campaign_id, assignment.index, assignment.attempt)
        self._answers: list[Any] = []

    def verdict(self) -> Verdict:
        """See `check_verdict`."""
        proofs.check_assignment(self._evidence, self._rules, self._domain, self._hub)
        self._standings = proofs.standings(self._evidence, self._rules, self._domain, self._hub)
        self._standing = self._standings.get(self._evidence.assignment.miner) or _missing_note()
        self._policy: Policy = self._rules.policy.for_standing(self._standing)
        panels = [signed.panel for signed in self._evidence.panels if signed.panel.round != COMMISSION_ROUND]
        self._check_panels(panels)
        drawn = self._drawn()
        if drawn is not None:
            if panels or self._evidence.appeal is not None:
                raise BadSignature("A panel judged, or somebody appealed, work that was not drawn.")
            return self._commissioned(Verdict(True, drawn))
        if self._policy.blind:
            self._begin_blind()
        return self._commissioned(self._decide(self._rounds(panels)))

    def _drawn(self) -> Basis | None:
        """None when verifiers have to judge, else why not."""
        if not self._policy.draws_audits:
            return None
        reveal, sent = self._evidence.audit, self._evidence.submission
        if reveal is None:
            return Basis.SILENCE
        if not audit.is_seed_of(reveal, self._rules.terms):
            raise BadSignature("The audit's seed is not of the requester's chain for that day.")
        assignment = self._evidence.assignment
        drawn = audit.is_audited(
            assignment.audit_commit,
            assignment.audit_ppm,
            reveal,
            sent.submission.salt,
            sent.submission.struct_hash(),
        )
        return None if drawn else Basis.NOT_DRAWN

    def _begin_blind(self) -> None:
        answer = self._evidence.answer
        if answer is None or result_hash(answer) != self._evidence.submission.submission.result_hash:
            raise BadSignature("The miner's answer is not the one that was submitted.")
        self._answers = [answer]

    def _rounds(self, panels: Sequence[Panel]) -> list[list[_Seat]]:
        """The seats of each round in the order in which their votes came, then those without a vote."""
        votes: dict[tuple[str, int], VoteEvidence] = {}
        for cast in self._evidence.votes:
            key = (cast.verifier, cast.vote.round)
            if key in votes:
                raise BadSignature("A vote is not by a member of its panel, or comes twice.")
            votes[key] = cast
        members = {
            (who, signed.panel.round) for signed in self._evidence.panels for who in signed.panel.verifiers
        }
        if votes.keys() - members:
            raise BadSignature("A vote is not by a member of its panel, or comes twice.")
        rounds = []
        for number, panel in enumerate(panels):
            seats = [
                _Seat(who, self._ballot(cast)) for (who, round_), cast in votes.items() if round_ == number
            ]
            silent = set(panel.verifiers) - {seat.verifier for seat in seats}
            rounds.append(seats + [_Seat(who, Ballot(None)) for who in sorted(silent)])
        return rounds

    def _check_panels(self, panels: Sequence[Panel]) -> None:
        seated = {self._evidence.assignment.miner}
        for signed in self._evidence.panels:
            panel = signed.panel
            panel.check(self._domain, signed.signature, self._hub)
            if (panel.campaign_id, panel.index, panel.attempt) != self._about:
                raise BadSignature("A panel is for another task or round.")
            if list(panel.verifiers) != sorted(set(panel.verifiers)) or seated & set(panel.verifiers):
                raise BadSignature("Somebody sits twice, or judges their own work.")
            seated |= set(panel.verifiers)
        for number, panel in enumerate(panels):
            if panel.round != number:
                raise BadSignature("A panel is for another task or round.")
            if number >= self._policy.rounds or len(panel.verifiers) > self._policy.panel(number).size:
                raise BadSignature("A panel is larger than the policy allows.")

    def _ballot(self, cast: VoteEvidence) -> Ballot:
        blind = self._policy.blind and cast.vote.round != COMMISSION_ROUND
        proofs.check_vote(self._evidence, cast, self._domain, blind=blind)
        if not blind:
            return Ballot(cast.vote.accept, 0 if cast.vote.accept else 1)
        standing = self._standings.get(cast.verifier) or _missing_note()
        if not cast.vote.accept:
            raise BadSignature("A blind verifier's vote stands for the verifier's own answer.")
        number = self._rules.number(cast.answer, self._answers)
        if number == len(self._answers):
            self._answers.append(cast.answer)
        return Ballot(number == 0, number, standing.accuracy)

    def _decide(self, rounds: list[list[_Seat]]) -> Verdict:
        """The verdict of the last round that decided; one appeal may come between two of them."""
        accepted, basis, number = True, Basis.SILENCE, 0
        decided, appealed = False, False
        for round_, seats in enumerate(rounds):
            if decided:
                if appealed:
                    raise BadSignature("A panel was called after the verdict.")
                self._check_appeal(round_, accepted)
                decided, appealed = False, True
            found = self._judge(round_, [seat.ballot for seat in seats])
            if found is None:
                continue  # no consensus: others judge, and an appealed verdict goes on standing meanwhile
            judgement, basis = found
            was_accepted, accepted = accepted, isinstance(judgement, Accepted)
            if not (appealed and not was_accepted and not accepted):  # an upheld answer goes on standing
                number = judgement.answer if isinstance(judgement, Rejected) else 0
            decided = True
        if self._evidence.appeal is not None and not appealed:
            raise BadSignature("An appeal is not about this verdict.")
        agreed = {
            (seat.verifier, round_): _agrees(seat.ballot, accepted, number, round_)
            for round_, seats in enumerate(rounds)
            for seat in seats
        }
        return Verdict(accepted, basis, agreed, self._answers[number] if number else None)

    def _judge(self, round_: int, ballots: list[Ballot]) -> tuple[Accepted | Rejected, Basis] | None:
        """The judgement of one round; None when there was no consensus."""
        one_at_a_time = self._policy.blind and round_ == 0
        if one_at_a_time:
            self._check_order(ballots)
        judgement = self._policy.judge(self._case(round_, ballots, late=False))
        on_time = not isinstance(judgement, Undecided)
        if not on_time:
            judgement = self._policy.judge(self._case(round_, ballots, late=True))
        if isinstance(judgement, NoConsensus | Undecided):
            return None
        if one_at_a_time and on_time:
            return judgement, Basis.QUORUM
        votes, quorum = [ballot.agrees for ballot in ballots], self._policy.panel(round_).quorum
        if not one_at_a_time and votes.count(isinstance(judgement, Accepted)) >= quorum:
            return judgement, Basis.QUORUM
        return judgement, Basis.SILENCE if isinstance(judgement, Accepted) else Basis.LAST_ROUND

    def _case(self, round_: int, ballots: Sequence[Ballot], *, late: bool) -> Case:
        return Case(round_, tuple(ballots), self._standing.accuracy, self._rules.classes, late)

    def _check_order(self, ballots: list[Ballot]) -> None:
        """Nobody may have been asked after the evidence was enough: one more opinion could turn it."""
        for count in range(1, len(ballots)):
            if not isinstance(self._policy.judge(self._case(0, ballots[:count], late=False)), Undecided):
                raise BadSignature("A verifier was asked after the verdict.")

    def _check_appeal(self, round_: int, accepted: bool) -> None:
        signed = self._evidence.appeal
        if signed is None:
            raise BadSignature("A panel was called after the verdict.")
        appeal = signed.appeal
        party = self._rules.terms.requester if accepted else self._evidence.assignment.miner
        appeal.check(self._domain, signed.signature, party)
        if (appeal.campaign_id, appeal.index, appeal.attempt, appeal.round) != (*self._about, round_):
            raise BadSignature("An appeal is not about this verdict.")

    def _commissioned(self, verdict: Verdict) -> Verdict:
        look = proofs.second_look(
            self._evidence, self._rules, self._domain, self._policy, accepted=verdict.accepted
        )
        if look is None:
            return verdict
        paid = {(who, COMMISSION_ROUND): True for who in look.voters}
        return replace(
            verdict, agreed=verdict.agreed | paid, fee=look.fee, poor=look.poor, looked_at=look.complete
        )


def _missing_note() -> Standing:
    raise BadSignature("The standing of somebody whose answer counts is missing.")


def _agrees(ballot: Ballot, accepted: bool, number: int, round_: int) -> bool:
    if ballot.agrees is not accepted:
        return False
    return accepted or not number or round_ > 0 or ballot.answer == number
