# SPDX-License-Identifier: Apache-2.0
"""The interface that every verification policy fulfils, and the words in which it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms

LARGEST_PANEL = 7


@dataclass(frozen=True, slots=True)
class Quote:
    """What a miner is told before accepting, and what the assignment then fixes.

    reward: pay if right. stake: put at risk at the lease. fee_ppm: the part of Mr kept for audits.
    audit_ppm: the chance of being judged. penalty: lost beyond the reward if wrong for good.
    review_reward, review_stake: of each verifier of this work. worst_case: escrow of the task.
    """

    reward: Amount
    stake: Amount
    fee_ppm: int
    audit_ppm: int
    penalty: Amount
    review_reward: Amount
    review_stake: Amount
    worst_case: Amount


@dataclass(frozen=True, slots=True)
class PanelSize:
    """How many verifiers sit in a round and how many have to agree."""

    size: int
    quorum: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The panel (or silence) accepts."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The panel rejects."""


@dataclass(frozen=True, slots=True)
class NoConsensus:
    """Neither side reached the quorum: other people judge again, in a larger panel."""

    next_panel: PanelSize


Judgement = Accepted | Rejected | NoConsensus


class Policy(Protocol):
    """One way of verifying; frozen and without state."""

    @property
    def name(self) -> str:
        """Its name in manifests."""

    @property
    def has_redo(self) -> bool:
        """Whether a rejected miner may try once more."""

    @property
    def draws_audits(self) -> bool:
        """Whether only drawn submissions are judged."""

    @property
    def rounds(self) -> int:
        """How many panels there can be for one attempt."""

    def quote(self, n: int, terms: Terms) -> Quote:
        """What the next task offers a miner with `n` audited passes."""

    def panel(self, round_: int) -> PanelSize:
        """The panel of a round (0 first); raises ValueError beyond the last."""

    def judge(self, votes: Sequence[bool | None], round_: int) -> Judgement:
        """The judgement of one round's votes; None is a vote that is missing at the deadline."""

    def attempt_cost(self, terms: Terms) -> Amount:
        """What one more attempt can cost before anybody disagrees: the reward and the first panel."""

    def worst_case(self, terms: Terms) -> Amount:
        """The most one accepted task can cost: reward and the panels that its policy promises."""


def next_size(size: int) -> int:
    """The size of the next panel: odd, about double, at most seven."""
    return min(LARGEST_PANEL, 2 * size - 1 if size % 2 == 0 else 2 * size + 1)


def panel_of_round(first: PanelSize, round_: int, rounds: int) -> PanelSize:
    """The panel of round `round_` when each next one is larger and decides by majority."""
    if not 0 <= round_ < rounds:
        raise ValueError("there is no such round")
    panel = first
    for _ in range(round_):
        size = next_size(panel.size)
        panel = PanelSize(size, size // 2 + 1)
    return panel


def judge_by_quorum(
    votes: Sequence[bool | None], panel: PanelSize, next_panel: PanelSize | None
) -> Judgement:
    """Quorum on either side, else the next panel; in the last round a majority rejects, silence accepts."""
    if len(votes) > panel.size:
        raise ValueError("there are more votes than seats")
    accepts, rejects = votes.count(True), votes.count(False)
    if accepts >= panel.quorum:
        return Accepted()
    if rejects >= panel.quorum:
        return Rejected()
    if next_panel is not None:
        return NoConsensus(next_panel)
    return Rejected() if 2 * rejects > panel.size else Accepted()
