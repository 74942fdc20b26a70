# SPDX-License-Identifier: Apache-2.0
"""GRAM, the random auditor, for workers of grade A: few audits, and a penalty that makes each one count.

The penalty is m times Mr. m = 100/x % makes the expected fine exactly the error rate whatever x is, so that a
guesser keeps half of Mr on two-class tasks; our study found 1.5 times that necessary. The penalty is put up as the
assignment's stake, so it can never exceed the bond. It deters, it does not correct honest errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import (
    Case,
    Judgement,
    NotOffered,
    PanelSize,
    Quote,
    judge_by_panels,
    panel_of_round,
)
from gems_protocol.verification.standing import GRADE_A, Standing

NAME = "gram"
AUDITORS = PanelSize(2, 2)
FACTOR_PPM = 1_500_000


def penalty_ratio(audit_ppm: int, factor_ppm: int = FACTOR_PPM) -> Fraction:
    """m, the penalty in units of Mr; raises ValueError unless the chance of an audit is above 0."""
    if not 0 < audit_ppm <= MILLION:
        raise ValueError("the chance of an audit lies above 0 and is at most 1")
    return Fraction(factor_ppm, audit_ppm)


def penalty(mr: Amount, audit_ppm: int, factor_ppm: int = FACTOR_PPM) -> Amount:
    """m times Mr in base units, rounded up."""
    ratio = penalty_ratio(audit_ppm, factor_ppm)
    return Amount(-(-mr.units * ratio.numerator // ratio.denominator))


def expected_penalty(wrong: Fraction, audit_ppm: int, factor_ppm: int = FACTOR_PPM) -> Fraction:
    """The expected fine for a task in units of Mr when a share `wrong` of the answers is wrong."""
    return wrong * Fraction(audit_ppm, MILLION) * penalty_ratio(audit_ppm, factor_ppm)


@dataclass(frozen=True, slots=True)
class Gram:
    """A chance of `audit_ppm` of being judged by two strangers, and a penalty of m times Mr when they reject."""

    rounds: int
    audit_ppm: int
    factor_ppm: int = FACTOR_PPM
    commission_ppm: int = 0
    name: str = NAME
    has_redo: bool = False
    draws_audits: bool = True
    blind: bool = False

    def for_standing(self, standing: Standing) -> Gram:
        """The same for everybody whom it is offered to."""
        return self

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """The whole reward against the penalty as a bond; raises NotOffered below grade A."""
        if standing.grade < GRADE_A:
            raise NotOffered(
                "This campaign is for grade A only.", action="Your Trust page shows how far you are from it."
            )
        return Quote(
            reward=terms.mr,
            stake=terms.ms,
            fee_ppm=0,
            audit_ppm=self.audit_ppm,
            penalty=terms.ms,
            review_reward=terms.vr(),
            review_stake=terms.vs,
            worst_case=self.worst_case(terms),
        )

    def panel(self, round_: int) -> PanelSize:
        """See `Policy.panel`."""
        return panel_of_round(AUDITORS, round_, self.rounds)

    def judge(self, case: Case) -> Judgement:
        """See `Policy.judge`."""
        return judge_by_panels(case, AUDITORS, self.rounds)

    def attempt_cost(self, terms: Terms) -> Amount:
        """Mr and the two auditors' Vr."""
        return terms.mr + terms.vr() * AUDITORS.size

    def worst_case(self, terms: Terms) -> Amount:
        """Mr and two panels' Vr."""
        return terms.mr + terms.vr() * (2 * AUDITORS.size)

    def check_terms(self, terms: Terms) -> None:
        """Raise MalformedMessage unless Ms is the penalty."""
        if terms.ms != penalty(terms.mr, self.audit_ppm, self.factor_ppm):
            raise MalformedMessage(
                "Under GRAM the miner's stake must be the penalty.",
                action=f"Set ms to {penalty(terms.mr, self.audit_ppm, self.factor_ppm)} base units.",
            )


def from_params(params: Mapping[str, int]) -> Gram:
    """From {"audit_ppm", "factor_ppm", "rounds", "commission_ppm"}; raises MalformedMessage."""
    rounds, audit = params.get("rounds", 3), params.get("audit_ppm", 100_000)
    factor = params.get("factor_ppm", FACTOR_PPM)
    if (params.get("panel", 2), params.get("quorum", 2)) != (AUDITORS.size, AUDITORS.quorum):
        raise MalformedMessage("GRAM is audited by two verifiers who must agree.")
    if not 1 <= rounds <= 3 or not 0 < audit <= MILLION or not MILLION <= factor <= 10 * MILLION:
        raise MalformedMessage("The campaign's rounds, chance of an audit or penalty is not possible.")
    return Gram(rounds, audit, factor, params.get("commission_ppm", 0))
