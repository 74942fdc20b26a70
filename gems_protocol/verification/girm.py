# SPDX-License-Identifier: Apache-2.0
"""GIRM, implied reputation: no stake, a fee that falls and audits that thin out with audited passes.

f(N) = (5/6) / sqrt(1 + N/20) and p(N) = f / (5 (1 - f)), so that 1 + 5p = 1 / (1 - f) and the requester
expects to pay Mr. Both are whole parts per million, f rounded up and p down: fees never fall short of audits.
It deters, it does not correct honest errors; the expected penalty is exactly 1 Mr at N = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import (
    Case,
    Judgement,
    PanelSize,
    Quote,
    judge_by_panels,
    panel_of_round,
)
from gems_protocol.verification.standing import Standing

NAME = "girm"
AUDITORS = PanelSize(5, 3)


def fee_ppm(n: int, floor_ppm: int = 0) -> int:
    """f(N) in parts per million, rounded up; `floor_ppm`: the least chance of an audit that it must pay."""
    if n < 0:
        raise ValueError("the number of audited passes is not negative")
    squared, below = 125 * MILLION**2, 9 * (20 + n)  # f^2 = 125 / (9 (20 + N))
    fee = isqrt(squared // below)
    fee += fee * fee * below < squared
    least = -(-5 * floor_ppm * MILLION // (MILLION + 5 * floor_ppm))
    return max(fee, least)


def audit_ppm(n: int, floor_ppm: int = 0) -> int:
    """p(N) in parts per million, rounded down, at most one million."""
    fee = fee_ppm(n, floor_ppm)
    return min(MILLION, max(floor_ppm, fee * MILLION // (5 * (MILLION - fee))))


def reward_after_fee(mr: Amount, fee: int) -> Amount:
    """Mr * (1 - f), rounded down: what the miner and each agreeing auditor get."""
    return Amount(mr.units * (MILLION - fee) // MILLION)


def after_pass(n: int, audited: bool) -> int:
    """N after an acceptance: only an audited one counts."""
    return n + 1 if audited else n


def after_failure(n: int) -> int:
    """N after a failed audit: half, rounded down."""
    return n // 2


def fees_after_failure(n: int, mr: Amount) -> Amount:
    """The fees a miner pays again on the way back from floor(N/2) to N."""
    return Amount(sum((mr - reward_after_fee(mr, fee_ppm(k))).units for k in range(after_failure(n), n)))


@dataclass(frozen=True, slots=True)
class Girm:
    """Implied reputation with a panel of five auditors when drawn."""

    rounds: int
    floor_ppm: int = 0
    commission_ppm: int = 0
    name: str = NAME
    has_redo: bool = False
    draws_audits: bool = True
    blind: bool = False

    def for_standing(self, standing: Standing) -> Girm:
        """The same for everybody."""
        return self

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """Reward after the fee of N, no stake; a failure loses the reward and half of N."""
        n = standing.passes
        fee = fee_ppm(n, self.floor_ppm)
        reward = reward_after_fee(terms.mr, fee)
        return Quote(
            reward=reward,
            stake=ZERO,
            fee_ppm=fee,
            audit_ppm=audit_ppm(n, self.floor_ppm),
            penalty=ZERO,
            review_reward=reward,
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
        """A newcomer's whole cost, six times Mr / 6; `task.covers` says whether a larger N is covered too."""
        return terms.mr

    def worst_case(self, terms: Terms) -> Amount:
        """The miner and five auditors, each with nearly the whole Mr (a large N and an unlucky draw)."""
        return terms.mr * (1 + AUDITORS.size)


def from_params(params: Mapping[str, int]) -> Girm:
    """From {"panel": 5, "quorum": 3, "rounds", "floor_ppm", "commission_ppm"}; raises MalformedMessage."""
    rounds, floor = params.get("rounds", 3), params.get("floor_ppm", 0)
    if (params.get("panel", 5), params.get("quorum", 3)) != (AUDITORS.size, AUDITORS.quorum):
        raise MalformedMessage("GIRM is audited by five verifiers of whom three must agree.")
    if not 1 <= rounds <= 3 or not 0 <= floor <= MILLION:
        raise MalformedMessage("The campaign's number of rounds or audit floor is not possible.")
    return Girm(rounds, floor, params.get("commission_ppm", 0))
