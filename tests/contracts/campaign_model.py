# SPDX-License-Identifier: Apache-2.0
"""What Campaigns owes to whom, said again in plain Python: the escrow's half of the stateful test's exact model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.contracts.dispute import ARBITER, STATES, Row
from tests.contracts.world import DAY, NOBODY, Terms

_KINDS = "(bytes32,address,uint128,uint8,address[],uint8,uint128,address,bool)"
_ACCEPTED, _REJECTED, _APPEALED_ACCEPTED, _APPEALED_REJECTED, _PAID, _REOPENED, COVERED = range(1, 8)
assert STATES[COVERED] == "covered"
DONE = 2**256 - 1
Where = tuple[int, int]  # index, attempt


class Refused(Exception):
    """A call that the contract must refuse; its argument is the text."""


def need(true: object, text: str) -> None:
    """Refuse with this text unless it is true."""
    if not true:
        raise Refused(text)


@dataclass(frozen=True)
class Standing:
    """What is known about a pending verdict, as the contract's struct."""

    assignment: bytes
    miner: str
    reward: int
    panel: int
    voters: tuple[str, ...] = ()
    bond_seats: int = 0
    bond: int = 0
    appellant: str = NOBODY
    billed: bool = False

    def row(self) -> Row:
        """The struct as the contract takes it."""
        found: Row = tuple(getattr(self, name) for name in self.__dataclass_fields__)
        return (*found[:4], list(self.voters), *found[5:])


@dataclass
class TaskModel:
    """One attempt at one task."""

    state: int = 0
    round: int = 0
    until: int = 0
    released: int = 0
    standing: Standing | None = None

    @property
    def accepted(self) -> bool:
        """Whether what stands accepts."""
        return self.state in (_ACCEPTED, _APPEALED_ACCEPTED)

    @property
    def pending(self) -> bool:
        """Whether something stands."""
        return 0 < self.state < _PAID

    def word(self) -> int:
        """The stored word."""
        if self.standing is None:
            return self.state
        hash_ = int.from_bytes(keccak(encode([_KINDS], [self.standing.row()])), "big") >> 72
        return hash_ << 72 | self.until << 32 | self.released << 8 | self.round << 4 | self.state


@dataclass
class CampaignModel:
    """One campaign's money and tasks. Amounts in base units."""

    terms: Terms
    funded: int = 0
    redeemed: int = 0
    exit: int = 0
    adjudicated: int = 0
    today: int = 0
    day: int = 0
    pending: int = 0
    marks: dict[int, tuple[bool, int]] = field(default_factory=dict)
    tasks: dict[Where, TaskModel] = field(default_factory=dict)

    @property
    def vr(self) -> int:
        """What one verification pays."""
        return min(self.terms.mr, max(self.terms.mr // self.terms.z, self.terms.floor))

    @property
    def cost(self) -> int:
        """What one task is funded with."""
        return self.terms.mr + 2 * self.terms.panel * self.vr

    def task(self, where: Where) -> TaskModel:
        """One attempt; a new one if nothing is known about it."""
        return self.tasks.setdefault(where, TaskModel())

    def held(self, task: TaskModel) -> int:
        """Of the campaign's own money, what a pending verdict holds."""
        if task.standing is None:
            return 0
        seats = len(task.standing.voters) - task.standing.bond_seats
        return seats * self.vr + (task.standing.reward if task.accepted else 0)

    def solvency(self) -> int:
        """What the contract must hold for this campaign, by what is owed and not by what moved."""
        free = 0 if self.exit == DONE else self.funded - self.redeemed - self.adjudicated
        for task in self.tasks.values():
            if task.standing is not None:
                free += self.held(task) + task.standing.bond + task.standing.bond_seats * self.vr
        return free


@dataclass
class Escrow:
    """All campaigns, and everybody's GEM."""

    campaigns: list[CampaignModel]
    now: int
    balances: dict[str, int] = field(default_factory=dict)

    def move(self, source: str, to: str, amount: int) -> None:
        """GEM changes hands."""
        self.balances[source] = self.balances.get(source, 0) - amount
        self.balances[to] = self.balances.get(to, 0) + amount

    def charge(self, to: str, owed: int) -> None:
        """What the hub owes comes out of its collateral; the other half of the model says how."""
        raise NotImplementedError

    # --- the requester's money --------------------------------------------------------------------------
    def fund(self, c: CampaignModel, tasks: int, by: str) -> int:
        """Pay for more tasks; how many are prefunded."""
        need(tasks, "Campaigns: no tasks")
        need(c.funded or c.terms.ends > self.now, "Campaigns: ends in the past")
        need(c.exit == 0, "Campaigns: exit started")
        c.funded += tasks * c.cost
        self.move(by, "campaigns", tasks * c.cost)
        return c.funded // c.cost

    def redeem(self, c: CampaignModel, spent: int, forged: bool) -> int:
        """Pay the hub; base units."""
        need(not forged, "Campaigns: bad spend")
        target = min(spent, c.funded - c.adjudicated)
        if target <= c.redeemed or c.exit == DONE:
            return 0
        amount, c.redeemed = target - c.redeemed, target
        self.move("campaigns", c.terms.hub, amount)
        return amount

    def start_withdraw(self, c: CampaignModel, by: str) -> None:
        """Announce the requester's exit."""
        need(by == c.terms.requester, "Campaigns: not the requester")
        need(c.funded, "Campaigns: unknown campaign")
        need(self.now >= c.terms.ends, "Campaigns: not ended")
        need(c.exit == 0, "Campaigns: exit started")
        c.exit = self.now + max(c.terms.redo + c.terms.rounds * c.terms.window, 20 * DAY)

    def finish_withdraw(self, c: CampaignModel) -> int:
        """Return the rest; base units."""
        need(c.exit not in (0, DONE), "Campaigns: exit not started")
        need(self.now >= c.exit, "Campaigns: delay not over")
        need(c.pending == 0, "Campaigns: a verdict is pending")
        amount = c.funded - c.redeemed - c.adjudicated
        c.exit = DONE
        self.move("campaigns", c.terms.requester, amount)
        return amount

    # --- verdicts ---------------------------------------------------------------------------------------
    def check_open(self, task: TaskModel, shown: Standing | None) -> Standing:
        """What stands, if this is it and its window is not over."""
        standing = self.check_hash(task, shown)
        need(self.now < task.until, "Campaigns: window over")
        return standing

    def check_hash(self, task: TaskModel, shown: Standing | None) -> Standing:
        """What stands, if this is it."""
        need(task.pending, "Campaigns: nothing pending")
        need(task.standing == shown, "Campaigns: not what stands")
        assert task.standing is not None
        return task.standing

    def judge(
        self,
        c: CampaignModel,
        where: Where,
        shown: Standing | None,
        found: Standing,
        accept: bool,
        round_: int,
    ) -> None:
        """A verdict that Judge found to be proven."""
        task = c.task(where)
        standing = replace(found, voters=())
        if task.state:
            standing = self.check_open(task, shown)
            need(round_ > task.round, "Campaigns: not a higher round")
            standing = replace(standing, panel=found.panel)
        self.settle(c, where, standing, found.voters, accept, round_, self.now + c.terms.window)

    def arbitrate(
        self, c: CampaignModel, where: Where, shown: Standing | None, accept: bool, by: str
    ) -> None:
        """The arbiter's ruling."""
        need(by == c.terms.arbiter, "Campaigns: not the arbiter")
        standing = self.check_open(c.task(where), shown)
        self.settle(c, where, standing, (), accept, ARBITER, self.now)

    def settle(
        self,
        c: CampaignModel,
        where: Where,
        before: Standing,
        voters: tuple[str, ...],
        accept: bool,
        round_: int,
        until: int,
    ) -> None:
        """Let a verdict stand: bonds, seats, what is held."""
        task, vr = c.task(where), c.vr
        same = task.state != 0 and task.accepted == accept
        held_seats = len(before.voters) - before.bond_seats
        won = before.bond if task.state and not same else 0
        kept = before.voters if same else ()
        bond_seats = before.bond_seats if same else 0
        refund = 0 if same else before.bond_seats * vr
        if same and before.bond:
            paid = min(len(voters), before.bond // vr)
            bond_seats += paid
            refund += before.bond - paid * vr
        done, seats = c.marks.get(where[0], (False, 0))
        room = self.seats(c) - (seats - held_seats) + bond_seats
        need(not set(voters) & set(before.voters), "Campaigns: judged before")
        after = replace(
            before,
            voters=(*kept, *voters)[:room],
            bond_seats=bond_seats,
            bond=0,
            appellant=NOBODY,
        )
        old, was = c.held(task), task.accepted
        new_seats = len(after.voters) - bond_seats
        new = new_seats * vr + (after.reward if accept else 0)
        self.hold(c, where[0], old, new, first=task.state == 0)
        need(not (done and not was and accept), "Campaigns: index accepted already")
        c.marks[where[0]] = ((done and not was) or accept, seats + new_seats - held_seats)
        c.tasks[where] = TaskModel(
            _ACCEPTED if accept else _REJECTED,
            round_,
            until,
            task.released if same else task.released & 1,
            after,
        )
        self.move("campaigns", before.appellant, won)
        self.move("campaigns", before.miner if accept else c.terms.requester, refund)

    def seats(self, c: CampaignModel) -> int:
        """How many verifiers of one task the escrow pays."""
        return 2 * c.terms.panel

    def hold(self, c: CampaignModel, index: int, old: int, new: int, first: bool) -> None:
        """Hold `new` instead of `old`."""
        need(c.funded and c.exit != DONE, "Campaigns: unknown campaign")
        need(not first or c.exit == 0 or self.now < c.exit, "Campaigns: exit open")
        need(index < c.funded // c.cost, "Campaigns: index not funded")
        adjudicated = c.adjudicated + new - old
        need(c.redeemed + adjudicated <= c.funded, "Campaigns: not enough left")
        today = c.today if c.day == self.now // DAY else 0
        if new > old:
            today += new - old
            need(today <= -(-(c.funded // c.cost) // 20) * c.cost, "Campaigns: day's cap")
        c.adjudicated, c.today, c.day = adjudicated, today, self.now // DAY
        c.pending += first

    def amend(
        self, c: CampaignModel, where: Where, shown: Standing | None, released: int = 0, **changes: Any
    ) -> None:
        """What was proven about what stands."""
        task = c.task(where)
        standing = self.check_hash(task, shown)
        after = replace(standing, **changes)
        if task.accepted:
            c.adjudicated -= standing.reward - after.reward
        task.standing, task.released = after, task.released | released

    def appeal(self, c: CampaignModel, where: Where, shown: Standing | None, by: str) -> None:
        """Ask for the next panel."""
        task = c.task(where)
        standing = self.check_open(task, shown)
        need(task.state in (_ACCEPTED, _REJECTED), "Campaigns: nothing to appeal")
        more = task.round + 1 < c.terms.rounds or c.terms.arbiter != NOBODY
        need(more, "Campaigns: no further round")
        need(task.state == _REJECTED or by == c.terms.requester, "Campaigns: not the requester")
        bond = min(2 * standing.panel + 1, 7) * c.vr
        task.standing = replace(standing, bond=bond, appellant=by)
        task.state += 2
        task.until = self.now + c.terms.window
        self.move(by, "campaigns", bond)

    def finalize(self, c: CampaignModel, where: Where, shown: Standing | None) -> None:
        """Pay what stands."""
        task = c.task(where)
        s = self.check_hash(task, shown)
        need(self.now >= task.until, "Campaigns: window not over")
        miner, seats = task.released & 1, [task.released >> at + 1 & 1 for at in range(len(s.voters))]
        reward = s.reward if task.accepted else 0
        # What the hub is to get, and how much of that, or of the others' part, no Spend has paid.
        to_hub = sum(seats) * c.vr + reward * miner
        unbonded = seats[: len(seats) - s.bond_seats]
        own = (sum(seats) - sum(unbonded)) * c.vr if s.billed else to_hub
        self.move("campaigns", c.terms.hub, own)
        self.move("campaigns", c.terms.requester, to_hub - own)
        self.move("campaigns", s.miner, reward * (1 - miner))
        for who, released in zip(s.voters, seats, strict=True):
            self.move("campaigns", who, c.vr * (1 - released))
        c.pending -= 1
        c.tasks[where] = TaskModel(_PAID if task.accepted else _REOPENED)
        if s.billed:
            others = reward * (1 - miner) + unbonded.count(0) * c.vr
            self.charge(c.terms.requester, others)
        self.move("campaigns", s.miner if task.accepted else s.appellant, s.bond)
        if task.state == _APPEALED_REJECTED and task.round + 1 < c.terms.rounds and not miner:
            self.charge(s.miner, s.reward)
