# SPDX-License-Identifier: Apache-2.0
"""A mix: newcomers enter under implied reputation, which no sybil can farm, everybody else under another policy."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.verification.girm import Girm
from gems_protocol.verification.policy import Case, Judgement, PanelSize, Policy, Quote
from gems_protocol.verification.standing import Standing


@dataclass(frozen=True, slots=True)
class Mix:
    """`entry` for workers with fewer than `tasks` checked tasks, `others` for the rest.

    An attempt is judged by the rules of its own miner's policy, `for_standing`; everything else here speaks of
    `others`.
    """

    entry: Girm
    others: Policy
    tasks: int

    @property
    def name(self) -> str:
        """That of the policy for everybody else."""
        return self.others.name

    @property
    def has_redo(self) -> bool:
        """See `Policy.has_redo`."""
        return self.others.has_redo

    @property
    def draws_audits(self) -> bool:
        """See `Policy.draws_audits`."""
        return self.others.draws_audits

    @property
    def blind(self) -> bool:
        """See `Policy.blind`."""
        return self.others.blind

    @property
    def rounds(self) -> int:
        """See `Policy.rounds`."""
        return self.others.rounds

    @property
    def commission_ppm(self) -> int:
        """See `Policy.commission_ppm`."""
        return self.others.commission_ppm

    def for_standing(self, standing: Standing) -> Policy:
        """The newcomers' policy, or the others'."""
        if standing.checked < self.tasks:
            return self.entry
        return self.others.for_standing(standing)

    def quote(self, standing: Standing, terms: Terms) -> Quote:
        """The quote of whichever policy is for this standing.

        Who enters with audits passed in other families counts at most `tasks` of them, as the escrow covers.
        """
        if standing.checked < self.tasks:
            return self.entry.quote(replace(standing, passes=min(standing.passes, self.tasks)), terms)
        return self.others.quote(standing, terms)

    def panel(self, round_: int) -> PanelSize:
        """See `Policy.panel`."""
        return self.others.panel(round_)

    def judge(self, case: Case) -> Judgement:
        """See `Policy.judge`."""
        return self.others.judge(case)

    def attempt_cost(self, terms: Terms) -> Amount:
        """The dearer of both."""
        return max(self._entry_cost(terms), self.others.attempt_cost(terms))

    def worst_case(self, terms: Terms) -> Amount:
        """The dearer of both."""
        return max(self._entry_cost(terms), self.others.worst_case(terms))

    def _entry_cost(self, terms: Terms) -> Amount:
        """A newcomer's audit at the largest N that still enters this way."""
        reward = self.entry.quote(Standing(passes=self.tasks), terms).reward
        return reward * (1 + self.entry.panel(0).size)
