# SPDX-License-Identifier: Apache-2.0
"""Commissioned verification: accepted work is judged only when its requester pays x for it.

Two strangers share x whatever they find. If both reject, the requester gets 2x back out of the miner's withheld
reward, and the miner's N falls to floor(N - 2 (x / Mr) sqrt(N)). The answer stays the task's answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import Accepted, Case, Judgement, PanelSize, Quote
from gems_protocol.verification.standing import Standing

NAME = "commissioned"
STRANGERS = PanelSize(2, 2)
LARGEST_PPM = MILLION // 2  # of Mr, for 2x comes out of the reward
COMMISSION_ROUND = 255  # how the panel and its votes are numbered


def after_commissioned_failure(n: int, x: Fraction) -> int:
    """N after two strangers rejected work that was commissioned for x times Mr; exact (`check_fee` bounds x)."""
    if n < 0 or x < 0:
        raise ValueError("neither N nor x is negative")
    # floor(n - sqrt(d)) = n - ceil(sqrt(d)) with d = 4 x^2 n
    lost = 4 * x * x * n
    whole = -(-lost.numerator // lost.denominator)
    root = isqrt(whole)
    return max(0, n - (root + (root * root < whole)))


def fee_of_each(x: Amount) -> Amount:
    """What each of the two strangers gets; a unit that cannot be shared stays in escrow."""
    return Amount(x.units // STRANGERS.size)


def withheld(x: Amount) -> Amount:
    """What a miner loses of the reward when both strangers reject."""
    return x + x


def most_fee(mr: Amount, reward: Amount, commission_ppm: int) -> Amount:
    """The largest x that may be paid for judging work of this reward: twice of it comes out of the reward."""
    return min(Amount(mr.units * commission_ppm // MILLION), Amount(reward.units // 2))


def check_fee(x: Amount, mr: Amount, reward: Amount, commission_ppm: int) -> None:
    """Raise MalformedMessage unless x may be paid for judging work of this reward."""
    most = most_fee(mr, reward, commission_ppm)
    if not ZERO < x <= most:
        raise MalformedMessage(
            "The fee for having this work judged is not between nothing and what the campaign allows.",
            action=f"Pay at most {most.exact()} GEM.",
        )


@dataclass(frozen=True, slots=True)
class Commissioned:
    """Nothing is judged unless it is commissioned."""

    commission_ppm: int = LARGEST_PPM
    rounds: int = 1
    name: str = NAME
    has_redo: bool = False
    draws_audits: bool = True
    blind: bool = False

    def for_standing(self, standing: Standing) -> Commissioned:
        """The same for everybody."""
        return self

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """The whole reward, no stake, no draw; the most that can be withheld is twice the largest x."""
        most = Amount(terms.mr.units * self.commission_ppm // MILLION)
        return Quote(
            reward=terms.mr,
            stake=ZERO,
            fee_ppm=0,
            audit_ppm=0,
            penalty=ZERO,
            review_reward=fee_of_each(most),
            review_stake=terms.vs,
            worst_case=self.worst_case(terms),
        )

    def panel(self, round_: int) -> PanelSize:
        """Two strangers."""
        if round_:
            raise ValueError("there is no such round")
        return STRANGERS

    def judge(self, case: Case) -> Judgement:
        """Nothing is drawn, so no round is ever held."""
        return Accepted()

    def attempt_cost(self, terms: Terms) -> Amount:
        """Mr and the largest x."""
        return self.worst_case(terms)

    def worst_case(self, terms: Terms) -> Amount:
        """Mr and the largest x."""
        return terms.mr + Amount(terms.mr.units * self.commission_ppm // MILLION)


def from_params(params: Mapping[str, int]) -> Commissioned:
    """From {"commission_ppm", "panel": 2, "quorum": 2}; raises MalformedMessage."""
    most = params.get("commission_ppm", LARGEST_PPM)
    if not 0 < most <= LARGEST_PPM:
        raise MalformedMessage("Commissioned verification may cost at most half of the reward.")
    return Commissioned(most)
