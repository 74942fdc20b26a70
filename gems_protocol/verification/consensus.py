# SPDX-License-Identifier: Apache-2.0
"""Consensus (white paper 5): every task is judged by a panel, both sides stake, one redo is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gems_protocol.amount import Amount
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification.policy import (
    LARGEST_PANEL,
    Judgement,
    PanelSize,
    Quote,
    judge_by_quorum,
    panel_of_round,
)

NAME = "consensus"


@dataclass(frozen=True, slots=True)
class Consensus:
    """One miner and a panel of `first.size`, of whom `first.quorum` must agree."""

    first: PanelSize
    rounds: int
    name: str = NAME
    has_redo: bool = True
    draws_audits: bool = False

    def quote(self, n: int, terms: Terms) -> Quote:
        """The terms' own numbers; `n` does not matter."""
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

    def judge(self, votes: Sequence[bool | None], round_: int) -> Judgement:
        """See `Policy.judge`."""
        following = self.panel(round_ + 1) if round_ + 1 < self.rounds else None
        return judge_by_quorum(votes, self.panel(round_), following)

    def attempt_cost(self, terms: Terms) -> Amount:
        """Mr and the first panel's Vr."""
        return terms.mr + terms.vr() * self.first.size

    def worst_case(self, terms: Terms) -> Amount:
        """Mr and two panels' Vr (the first and one more of the same size)."""
        return terms.mr + terms.vr() * (2 * self.first.size)


def from_params(params: Mapping[str, int]) -> Consensus:
    """From {"panel", "quorum", "rounds"}; raises MalformedMessage."""
    panel, quorum, rounds = params.get("panel", 2), params.get("quorum", 2), params.get("rounds", 3)
    if not 1 <= panel <= LARGEST_PANEL or not panel < 2 * quorum <= 2 * panel or not 1 <= rounds <= 3:
        raise MalformedMessage("The campaign's panel, quorum or number of rounds is not possible.")
    return Consensus(PanelSize(panel, quorum), rounds)
