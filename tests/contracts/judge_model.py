# SPDX-License-Identifier: Apache-2.0
"""What Judge holds and owes, said again in plain Python: the collateral's half of the stateful test's exact model."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.contracts.campaign_model import COVERED, DONE, CampaignModel, Escrow, TaskModel, Where, need
from tests.contracts.world import DAY, MONTH

ASHES = "0x000000000000000000000000000000000000dEaD"


@dataclass
class SilenceModel:
    """One silent claim."""

    miner: str
    owed: int
    reserved: int
    until: int


@dataclass
class Books(Escrow):
    """Both contracts: the escrow, and the one hub's collateral."""

    hub: str = ""
    total: int = 0
    reserved: int = 0
    exit: int = 0
    silences: dict[tuple[int, Where], SilenceModel] = field(default_factory=dict)
    charged: set[tuple[int, Where, int]] = field(default_factory=set)
    anchors: dict[tuple[int, Where], int] = field(default_factory=dict)

    def reserve(self, wanted: int) -> int:
        """Keep collateral from leaving; base units. Reservations may add up to more than there is."""
        taken = min(wanted, self.total)
        self.reserved += taken
        return taken

    def pay(self, to: str, wanted: int) -> None:
        """Half to whom the hub wronged, half to the ashes, as far as it goes."""
        taken = min(wanted, self.total)
        self.total -= taken
        self.move("judge", to, taken // 2)
        self.move("judge", ASHES, taken - taken // 2)

    def charge(self, to: str, owed: int) -> None:
        """What is owed, out of all there is."""
        self.pay(to, 2 * owed)

    def add_collateral(self, amount: int, by: str) -> None:
        """Put more down."""
        need(amount, "Judge: bad amount")
        self.total += amount
        self.move(by, "judge", amount)

    def start_exit(self) -> None:
        """Announce the collateral's exit."""
        need(self.total, "Judge: no collateral")
        need(self.exit == 0, "Judge: exit started")
        self.exit = self.now + MONTH

    def finish_exit(self) -> int:
        """Take back what is free; base units."""
        need(self.exit, "Judge: exit not started")
        need(self.now >= self.exit, "Judge: delay not over")
        left = min(self.total, self.reserved)
        amount, self.total, self.exit = self.total - left, left, 0
        self.move("judge", self.hub, amount)
        return amount

    def anchor(self, c: int, where: Where) -> None:
        """Show the chain a submission."""
        self.anchors.setdefault((c, where), self.now)

    def claim_silent(self, c: int, where: Where, miner: str, owed: int, received_at: int, due: int) -> None:
        """Say that the hub is silent."""
        campaign = self.campaigns[c]
        need(campaign.funded, "Judge: unknown campaign")
        since = received_at or self.anchors.get((c, where), 0)
        need(since and (received_at or since <= due), "Judge: not anchored in time")
        terms = campaign.terms
        need(self.now >= since + 2 * DAY + terms.rounds * terms.window, "Judge: not silent yet")
        need(campaign.task(where).state == 0, "Judge: a verdict was brought")
        need((c, where) not in self.silences, "Judge: claimed already")
        reserved = self.reserve(2 * owed)
        need(reserved, "Judge: no collateral")
        self.silences[c, where] = SilenceModel(miner, owed, reserved, self.now + terms.window)

    def silence(self, c: int, where: Where) -> SilenceModel:
        """A silent claim that is pending."""
        found = self.silences.get((c, where))
        need(found and found.until != DONE, "Judge: nothing pending")
        assert found is not None
        return found

    def answer(self, c: int, where: Where) -> None:
        """A release, or votes that do not accept: nothing is owed."""
        silence = self.silence(c, where)
        self.reserved -= silence.reserved
        silence.until = DONE

    def settle_silent(self, c: int, where: Where) -> None:
        """End a silent claim."""
        silence, campaign = self.silence(c, where), self.campaigns[c]
        if campaign.task(where).state:
            self.answer(c, where)
            return
        need(self.now >= silence.until, "Judge: window not over")
        campaign.tasks[where] = TaskModel(COVERED)
        self.reserved -= silence.reserved
        self.pay(silence.miner, silence.reserved)
        silence.until = DONE

    def prove_equivocation(self, c: int, where: Where, given: dict[int, tuple[str, int]]) -> None:
        """One attempt was given twice: by the assignment's number, its miner and reward."""
        need(self.campaigns[c].funded, "Judge: unknown campaign")
        fresh = [number for number in given if (c, where, number) not in self.charged]
        need(fresh, "Judge: proven already")
        for number in fresh:
            self.charged.add((c, where, number))
            self.charge(*given[number])

    def least(self, campaign: CampaignModel, round_: int, panel: int) -> int:
        """How many votes decide in this round."""
        majority = max(panel, campaign.terms.panel) // 2 + 1
        return majority if round_ + 1 == campaign.terms.rounds else max(majority, campaign.terms.quorum)
