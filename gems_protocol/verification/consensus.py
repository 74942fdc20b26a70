# SPDX-License-Identifier: Apache-2.0
"""Consensus (white paper 5): every task is judged by a panel, both sides stake, one redo is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import (
    LARGEST_PANEL,
    Case,
    Judgement,
    PanelSize,
    Quote,
    judge_by_panels,
    panel_of_round,
)
from gems_protocol.verification.standing import Standing

NAME = "consensus"


@dataclass(frozen=True, slots=True)
class Consensus:
    """One miner and a panel of `first.size`, of whom `first.quorum` must agree."""

    first: PanelSize
    rounds: int
    commission_ppm: int = 0
    name: str = NAME
    has_redo: bool = True
    draws_audits: bool = False
    blind: bool = False

    def for_standing(self, standing: Standing) -> Consensus:
        """The same for everybody."""
        return self

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """The terms' own numbers."""
        return Quote(
            reward=terms.mr,
            stake=terms.ms,
            fee_ppm=0,
            audit_ppm=MILLION,
            penalty=terms.ms,
            review_reward=terms.vr(),
            review_stake=terms.vs,
            worst_case=self.worst_case(terms),
        )

    def panel(self, round_: int) -> PanelSize:
        """See `Policy.panel`."""
        return panel_of_round(self.first, round_, self.rounds)

    def judge(self, case: Case) -> Judgement:
        """See `Policy.judge`."""
        return judge_by_panels(case, self.first, self.rounds)

    def attempt_cost(self, terms: Terms) -> Amount:
        """Mr and the first panel's Vr."""
        return terms.mr + terms.vr() * self.first.size

    def worst_case(self, terms: Terms) -> Amount:
        """Mr and two panels' Vr (the first and one more of the same size)."""
        return terms.mr + terms.vr() * (2 * self.first.size)


def from_params(params: Mapping[str, int]) -> Consensus:
    """From {"panel", "quorum", "rounds", "commission_ppm"}; raises MalformedMessage."""
    panel, quorum, rounds = params.get("panel", 2), params.get("quorum", 2), params.get("rounds", 3)
    if not 1 <= panel <= LARGEST_PANEL or not panel < 2 * quorum <= 2 * panel or not 1 <= rounds <= 3:
        raise MalformedMessage("The campaign's panel, quorum or number of rounds is not possible.")
    return Consensus(PanelSize(panel, quorum), rounds, params.get("commission_ppm", 0))
