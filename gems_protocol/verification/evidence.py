# SPDX-License-Identifier: Apache-2.0
"""Evidence: blind answers one at a time, until the posterior of one of them is high enough.

Every answer adds ln(a (K-1) / (1-a)) to the log-odds of what it says, a being the accuracy of whoever gives it and
K the number of classes. The sums are exact fractions, so that everybody stops at the same answer. Where another
answer than the miner's stands, it becomes the task's answer: nothing has to be done again (ADR 0016).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import (
    LARGEST_PANEL,
    Accepted,
    Ballot,
    Case,
    Judgement,
    PanelSize,
    Quote,
    Rejected,
    Undecided,
    judge_by_panels,
    panel_of_round,
)
from gems_protocol.verification.standing import Standing

NAME = "evidence"
THETA_PPM = 900_000
LATE_PPM = 750_000  # what is enough when no more verifiers come
OPEN_CLASSES = 10  # for answers that are not classes: two wrong ones seldom say the same
SUREST = Fraction(9, 10)  # so that between two classes no single voice overturns another, however praised
_ALONE = PanelSize(1, 1)  # what the panels of an appeal grow from: three, then seven


def posterior(ballots: Sequence[Ballot], accuracy: Fraction, classes: int) -> dict[int, Fraction]:
    """The probability of each answer that somebody gave, the miner's (0) included; exact.

    Assumes independent errors, spread evenly over the other classes. No accuracy counts above SUREST.
    """
    odds: dict[int, Fraction] = {0: Fraction(1)}
    for answer, a in [(0, accuracy), *((b.answer, b.accuracy) for b in ballots if b.agrees is not None)]:
        a = min(a, SUREST)
        odds[answer] = odds.get(answer, Fraction(1)) * a * (classes - 1) / (1 - a)
    unsaid = max(0, classes - len(odds))
    whole = sum(odds.values()) + unsaid
    return {answer: found / whole for answer, found in odds.items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """At least one and at most `most` blind verifiers, one at a time, until the posterior reaches theta."""

    theta_ppm: int = THETA_PPM
    most: int = LARGEST_PANEL
    rounds: int = 2
    commission_ppm: int = 0
    name: str = NAME
    has_redo: bool = False
    draws_audits: bool = False
    blind: bool = True

    def for_standing(self, standing: Standing) -> Evidence:
        """The same for everybody."""
        return self

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """The whole reward; newcomers stake nothing."""
        stake = ZERO if standing.is_newcomer else terms.ms
        return Quote(
            reward=terms.mr,
            stake=stake,
            fee_ppm=0,
            audit_ppm=MILLION,
            penalty=stake,
            review_reward=terms.vr(),
            review_stake=terms.vs,
            worst_case=self.worst_case(terms),
        )

    def panel(self, round_: int) -> PanelSize:
        """The most verifiers of the first round; an appeal is judged by three, then seven others."""
        if round_ == 0:
            return PanelSize(self.most, self.most // 2 + 1)
        return panel_of_round(_ALONE, round_, self.rounds)

    def judge(self, case: Case) -> Judgement:
        """Stops as soon as one answer's posterior reaches theta; out of verifiers, the likeliest stands.

        Out of time, another answer than the miner's stands only from LATE_PPM on: doubt counts for the worker.
        """
        if case.round:
            return judge_by_panels(case, _ALONE, self.rounds)
        given = [ballot for ballot in case.ballots if ballot.agrees is not None]
        found = posterior(given, case.accuracy, case.classes)
        best = max(found, key=lambda answer: (found[answer], -answer))  # a tie is for the earlier answer
        enough = found[best] * MILLION >= self.theta_ppm
        if given and (enough or len(given) >= self.most):
            return Rejected(best) if best else Accepted()
        if case.late:
            likely = given and found[best] * MILLION >= LATE_PPM
            return Rejected(best) if best and likely else Accepted()
        return Undecided(1)

    def attempt_cost(self, terms: Terms) -> Amount:
        """Mr and every verifier's Vr."""
        return self.worst_case(terms)

    def worst_case(self, terms: Terms) -> Amount:
        """Mr and every verifier's Vr."""
        return terms.mr + terms.vr() * self.most


def from_params(params: Mapping[str, int]) -> Evidence:
    """From {"theta_ppm", "panel": the most verifiers, "rounds", "commission_ppm"}; raises MalformedMessage."""
    theta, most = params.get("theta_ppm", THETA_PPM), params.get("panel", LARGEST_PANEL)
    rounds = params.get("rounds", 2)
    if not MILLION // 2 <= theta < MILLION or not 1 <= most <= LARGEST_PANEL or not 1 <= rounds <= 3:
        raise MalformedMessage("The campaign's theta, number of verifiers or rounds is not possible.")
    return Evidence(theta, most, rounds, params.get("commission_ppm", 0))
