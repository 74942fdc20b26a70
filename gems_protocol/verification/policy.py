# SPDX-License-Identifier: Apache-2.0
"""The interface that every verification policy fulfils, and the words in which it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.errors import GemsError
from gems_protocol.verification.standing import Standing

LARGEST_PANEL = 7


class NotOffered(GemsError):
    """The policy gives no task to a worker of this standing."""


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
    """How many verifiers sit in a round at most and how many have to agree."""

    size: int
    quorum: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """One seat as a policy sees it.

    agrees: whether it says that the miner's answer is right, None while or because it is missing. answer: 0 for
    the miner's, others by first appearance. accuracy: of the verifier.
    """

    agrees: bool | None
    answer: int = 0
    accuracy: Fraction = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Case:
    """One round to be judged. accuracy: of the miner. classes: how many different answers there can be.

    late: no further vote will come.
    """

    round: int
    ballots: tuple[Ballot, ...]
    accuracy: Fraction = Fraction(2, 3)
    classes: int = 2
    late: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The panel (or silence) accepts."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The panel rejects; answer: the number of the answer that stands instead, 0 when none does."""

    answer: int = 0


@dataclass(frozen=True, slots=True)
class NoConsensus:
    """Neither side reached the quorum: other people judge again, in a larger panel."""

    next_panel: PanelSize


@dataclass(frozen=True, slots=True)
class Undecided:
    """The round goes on; seats: how many more votes must come before anything can be decided."""

    seats: int


Judgement = Accepted | Rejected | NoConsensus | Undecided


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
    def blind(self) -> bool:
        """Whether a verifier answers the task before seeing the miner's answer."""

    @property
    def rounds(self) -> int:
        """How many panels there can be for one attempt."""

    @property
    def commission_ppm(self) -> int:
        """The largest part of Mr for which the requester may have accepted work judged; 0: never."""

    def for_standing(self, standing: Standing) -> Policy:
        """The rules for a miner of this standing: itself, unless it is a mix."""

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """What the next task offers; raises NotOffered."""

    def panel(self, round_: int) -> PanelSize:
        """The panel of a round (0 first); raises ValueError beyond the last."""

    def judge(self, case: Case) -> Judgement:
        """The judgement of one round as far as its votes go."""

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


def judge_by_panels(case: Case, first: PanelSize, rounds: int) -> Judgement:
    """The rule of every policy whose panels vote all at once: wait for all, then the quorum decides."""
    panel = panel_of_round(first, case.round, rounds)
    votes = [ballot.agrees for ballot in case.ballots]
    missing = panel.size - len(votes) + votes.count(None)
    if missing > 0 and not case.late:
        return Undecided(missing)
    following = panel_of_round(first, case.round + 1, rounds) if case.round + 1 < rounds else None
    return judge_by_quorum(votes, panel, following)


def judge_by_quorum(
    votes: Sequence[bool | None], panel: PanelSize, next_panel: PanelSize | None
) -> Accepted | Rejected | NoConsensus:
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
