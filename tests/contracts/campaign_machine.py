# SPDX-License-Identifier: Apache-2.0
"""Any order of calls on Campaigns and Judge, by anybody, weighted so that runs get to the far corners."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.contracts.campaign_calls import CampaignCalls, Slot
from tests.contracts.campaign_evidence import CAMPAIGNS, SLOTS
from tests.contracts.world import DAY

ALL_SLOTS = [(c, where) for c in range(CAMPAIGNS) for where in SLOTS]
# How often each rule is taken: on a task with a verdict, on one with an open window, on any.
_PENDING = {"appeal_and_judge": 3, "rule_on": 1, "amend": 3}
_OPEN = {"judge_again": 5}
_ANY = {"money": 1, "leave": 0.5, "claim": 5, "pay": 2, "hub": 2, "silence": 2.5, "wait": 2}


class CampaignMachine(CampaignCalls):
    """Who calls what next."""

    steps = 0

    @rule(number=st.integers(0, 2**32 - 1))
    def step(self, number: int) -> None:
        """One step: one number, from which all its choices follow evenly. Drawn one by one they cluster."""
        self.steps += 1
        pick = Random(f"{self.steps} {number}")
        weights = {**_ANY, **(_PENDING if self.pending() else {}), **(_OPEN if self.open() else {})}
        (name,) = pick.choices(list(weights), list(weights.values()))
        getattr(self, name)(pick)

    def one(self, pick: Random, rather: list[Slot]) -> Slot:
        """One of these, or seldom any."""
        return pick.choice(rather if rather and pick.random() < 0.93 else ALL_SLOTS)

    def money(self, pick: Random) -> None:
        """Whatever only moves the requester's money."""
        c, what = pick.choice([0, 1]), pick.choice(["fund", "redeem", "redeem", "withdraw"])
        if what == "fund":
            self.fund(c, pick.choice([1, 5, 20, 0]), pick.random() < 0.5)
        elif what == "redeem":
            self.redeem(c, pick.choice([2, 1, 5, 9, 10, 11, 0]), pick.random() < 0.07)
        else:
            self.withdraw(c, pick.choice([0, 0, 8, 20]), pick.random() < 0.07)

    def leave(self, pick: Random) -> None:
        """The exit of a requester that is over with all that was judged; seldom, for it ends a campaign."""
        if pick.random() < 0.6:
            for slot in self.pending():
                self.finalize(slot, False, True)
        c = pick.choice([0, 0, 1])
        self.withdraw(c, 20, False)
        if pick.random() < 0.5:
            self.fund(c, 1, False)
            self.withdraw(c, 0, False)
        self.withdraw(c, 20, False)

    def claim(self, pick: Random) -> None:
        """A verdict on a task on which none was brought, if there is one."""
        slot = self.one(pick, [one for one in ALL_SLOTS if not self.at(one)[1].state])
        round_ = pick.choice([0] * 10 + [1, 2, 3])
        self.bring(slot, round_, 0, pick.random() < 0.6, self.votes(pick), pick.random() < 0.05)

    def votes(self, pick: Random) -> str:
        """How many agree."""
        return pick.choice(["least"] * 5 + ["all"] * 4 + ["few"])

    def judge_again(self, pick: Random) -> None:
        """A verdict on a task on which one stands."""
        further = [one for one in self.open() if self.at(one)[1].round + 1 < self.at(one)[0].terms.rounds]
        slot = pick.choice(further if further and pick.random() < 0.9 else self.open())
        round_ = min(3, self.at(slot)[1].round + pick.choice([1, 1, 1, 1, 1, 2, 0]))
        mixed = pick.random() < 0.15
        self.bring(slot, round_, mixed, pick.random() < 0.5, self.votes(pick), pick.random() < 0.05)

    def appeal_and_judge(self, pick: Random) -> None:
        """An appeal, and often the next panel's verdict on it."""
        slot = pick.choice(self.open() or self.pending())
        self.appeal(slot, pick.random() < 0.3, pick.random() < 0.05)
        round_ = min(3, self.at(slot)[1].round + 1)
        if pick.random() < (0.7 if round_ < self.at(slot)[0].terms.rounds else 0.05):
            self.bring(slot, round_, 0, pick.random() < 0.5, pick.choice(["least", "all"]), False)

    def rule_on(self, pick: Random) -> None:
        """A ruling, mostly where there is an arbiter."""
        of_b = [slot for slot in self.open() if slot[0] == 1]
        slot = pick.choice(of_b or self.pending())
        self.arbitrate(slot, pick.random() < 0.5, pick.random() < 0.1, pick.random() < 0.05)

    def pay(self, pick: Random) -> None:
        """Pay a task, mostly when its window is over."""
        appealed = [one for one in self.pending() if self.at(one)[1].state in (3, 4)]
        rather = appealed if appealed and pick.random() < 0.4 else self.pending()
        self.finalize(self.one(pick, rather), pick.random() < 0.05, pick.random() < 0.7)

    def amend(self, pick: Random) -> None:
        """Whatever is proven about a pending verdict."""
        slot, what = (
            pick.choice(self.pending()),
            pick.choice(["release", "release", "bill", "bill", "redo", "redo"]),
        )
        stale = pick.random() < 0.05
        redos = [one for one in self.pending() if one[1][1]]
        if what == "redo" and redos:
            self.prove_redo(pick.choice(redos), stale)
        elif what == "bill":
            if not self.at(slot)[0].redeemed and pick.random() < 0.7:
                self.redeem(slot[0], 2, False)
            self.show_bill(slot, pick.choice([1, 1, 1, 44, 10**6]), stale)
        else:
            self.post_release(slot, pick.choice([0, 0, 1, 2, 4, 9]), stale)

    def hub(self, pick: Random) -> None:
        """Whatever only touches the hub's collateral."""
        slot = pick.choice(ALL_SLOTS)
        what = pick.choice(["anchor", "anchor", "anchor", "twice", "in", "in", "start", "finish"])
        if what == "anchor":
            self.anchor(slot)
        elif what == "twice":
            self.prove_equivocation(slot, pick.choice([(0, 1), (0, 2), (1, 2)]))
        else:
            self.collateral(what, pick.choice([200, 200, 41, 1, 0]))
            if what == "start" and pick.random() < 0.3:
                self.later(30 * DAY)
                self.collateral("finish", 0)

    def silence(self, pick: Random) -> None:
        """A silent claim, or its end."""
        if self.silent() and pick.random() < 0.5:
            how = pick.choice(["settle", "settle", "release", "votes"])
            self.end_silence(self.one(pick, self.silent()), how, pick.random() < 0.7)
            return
        anchored = [one for one in self.books.anchors if one not in self.books.silences]
        by_anchor = pick.random() < 0.5
        self.claim_silent(self.one(pick, anchored if by_anchor else []), by_anchor, pick.random() < 0.3)

    def wait(self, pick: Random) -> None:
        """Time passes."""
        self.later(pick.choice([6, 6, 12, 24]) * 3600)
