# SPDX-License-Identifier: Apache-2.0
"""Each call on Campaigns and Judge beside its model, which foresees it to the unit and to the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from typing import Any, ClassVar

import boa
from hypothesis.stateful import RuleBasedStateMachine

from tests.contracts.campaign_evidence import SLOTS, Evidence
from tests.contracts.campaign_model import DONE, CampaignModel, Refused, Standing, TaskModel, Where
from tests.contracts.dispute import NOTHING, STATES, Row
from tests.contracts.judge_model import Books
from tests.contracts.world import DAY, now

Slot = tuple[int, Where]


class CampaignCalls(RuleBasedStateMachine):
    """Every call on two campaigns of one requester and one hub; `evidence` is set by who runs it."""

    evidence: ClassVar[Evidence]
    model: ClassVar[type[Books]] = Books
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(boa.env.anchor())
        e, world = self.evidence, self.evidence.world
        self.payer, self.requester = world.payer.address, world.requester.address
        self.books = self.model([CampaignModel(terms) for terms in e.terms], now(), hub=self.payer)
        self.start: dict[str, int] = {who: world.balance(who) for who in (self.payer, self.requester)}
        for c, tasks in enumerate((20, 6)):
            world.campaigns.fund(e.terms[c].row(), tasks, sender=self.requester)
            self.books.fund(self.books.campaigns[c], tasks, self.requester)
        world.judge.add_collateral(self.payer, 300, sender=self.payer)
        self.books.add_collateral(300, self.payer)
        world.judge.set_signer(world.signer.address, sender=self.payer)

    def teardown(self) -> None:
        """Everything that is stored, and everybody's balance."""
        try:
            for c, model in enumerate(self.books.campaigns):
                self.look_at_money(c)
                for where in model.tasks:
                    self.look_at_task((c, where))
            for who in self.books.balances:
                self.look_at_balance(who)
        finally:
            self.stack.close()

    # --- how each call is made and looked at -------------------------------------------------------------
    def do(self, name: str, foreseen: Callable[[], Any], call: Callable[[], Any], slot: Slot | None) -> bool:
        """Foresee a call, make it, and compare what it answers, stores and moves; whether it is taken."""
        before = deepcopy(self.books)
        try:
            wanted = foreseen()
        except Refused as why:
            self.books = before
            with boa.reverts(str(why)):
                call()
            self.seen[str(why)] += 1
            return False
        got = call()
        assert wanted is None or wanted == got, name
        self.seen[name] += 1
        moved = {who for who, amount in self.books.balances.items() if before.balances.get(who) != amount}
        for who in moved | {"campaigns", "judge"}:
            self.look_at_balance(who)
        self.look_at_collateral()
        self.solvent()
        if slot is not None:
            self.look_at_money(slot[0])
            self.look_at_task(slot)
        return True

    def look_at_balance(self, who: str) -> None:
        """What somebody holds."""
        world = self.evidence.world
        contracts = {"campaigns": world.campaigns.address, "judge": world.judge.address}
        wanted = self.start.get(who, 0) + self.books.balances.get(who, 0)
        assert world.balance(contracts.get(who, who)) == wanted, who

    def look_at_money(self, c: int) -> None:
        """A campaign's numbers."""
        model, contract = self.books.campaigns[c], self.evidence.world.campaigns
        name = model.terms.id()
        assert contract.funded(name) == model.funded
        assert contract.redeemed(name) == model.redeemed
        assert contract.exits(name) == model.exit
        assert tuple(contract.judged(name)) == (model.adjudicated, model.today, model.day, model.pending)
        assert model.redeemed + model.adjudicated <= model.funded, "J2"
        assert model.pending == sum(task.pending for task in model.tasks.values())

    def look_at_task(self, slot: Slot) -> None:
        """A task's word, its index' mark, and its silent claim."""
        c, where = slot
        world, model = self.evidence.world, self.books.campaigns[c]
        key, task = self.evidence.task(*slot).key, model.task(where)
        assert world.campaigns.task(key) == task.word()
        done, seats = model.marks.get(where[0], (False, 0))
        assert tuple(world.campaigns.mark(model.terms.id(), where[0])) == (done, seats)
        assert seats <= 2 * model.terms.panel, "J1"
        tries = [other for at, other in model.tasks.items() if at[0] == where[0]]
        assert sum(one.accepted or one.state == 5 for one in tries) == done, "J1"
        silence, found = self.books.silences.get(slot), world.judge.silences(key)
        if silence is not None:
            assert (found.owed, found.reserved, found.until) == (
                silence.owed,
                silence.reserved,
                silence.until,
            )
        self.seen[STATES[task.state]] += 1

    def look_at_collateral(self) -> None:
        """The hub's."""
        found = tuple(self.evidence.world.judge.collateral(self.payer))
        assert found == (self.books.total, min(self.books.total, self.books.reserved), self.books.exit)

    def solvent(self) -> None:
        """What the contracts hold is what they owe."""
        owed = sum(campaign.solvency() for campaign in self.books.campaigns)
        assert self.books.balances["campaigns"] == owed
        assert self.books.balances["judge"] == self.books.total
        pending = [one.reserved for one in self.books.silences.values() if one.until != DONE]
        assert self.books.reserved == sum(pending)

    def pending(self) -> list[Slot]:
        """Tasks on which a verdict stands."""
        return [
            (c, where)
            for c, campaign in enumerate(self.books.campaigns)
            for where, task in campaign.tasks.items()
            if task.pending
        ]

    def open(self) -> list[Slot]:
        """Those whose window is not over."""
        return [slot for slot in self.pending() if self.at(slot)[1].until > self.books.now]

    def silent(self) -> list[Slot]:
        """Those whose hub is said to be silent."""
        return [slot for slot, one in self.books.silences.items() if one.until != DONE]

    def at(self, slot: Slot) -> tuple[CampaignModel, TaskModel]:
        """A campaign and one of its tasks."""
        campaign = self.books.campaigns[slot[0]]
        return campaign, campaign.task(slot[1])

    def shown(self, slot: Slot, stale: bool) -> tuple[Standing | None, Row]:
        """What a caller says stands: the truth, or something else."""
        standing = self.at(slot)[1].standing
        if standing is None:
            return None, NOTHING
        if stale:
            standing = replace(standing, reward=standing.reward + 1)
        return standing, standing.row()

    # --- the requester's money ---------------------------------------------------------------------------
    def fund(self, c: int, tasks: int, other: bool) -> None:
        """More tasks, or none, by the requester or the hub."""
        model, by = self.books.campaigns[c], self.payer if other else self.requester
        call = self.evidence.world.campaigns.fund
        self.do(
            "fund",
            lambda: self.books.fund(model, tasks, by),
            lambda: call(model.terms.row(), tasks, sender=by),
            (c, SLOTS[0]),
        )

    def redeem(self, c: int, part: int, forged: bool) -> None:
        """Spends from stale to above all that was funded."""
        model = self.books.campaigns[c]
        spent = model.funded * part // 10
        row = self.evidence.spend(c, spent, forged)
        self.do(
            "redeem",
            lambda: self.books.redeem(model, spent, forged),
            lambda: self.evidence.world.campaigns.redeem(*row),
            (c, SLOTS[0]),
        )

    def withdraw(self, c: int, days: int, stranger: bool) -> None:
        """The next step of the requester's exit, perhaps after some days."""
        model, by = self.books.campaigns[c], self.payer if stranger else self.requester
        if days and (model.exit or now() < model.terms.ends):
            self.later(days * DAY)
        contract, row = self.evidence.world.campaigns, model.terms.row()
        if model.exit and not stranger:
            finish = contract.finish_withdraw
            self.do(
                "finish_withdraw",
                lambda: self.books.finish_withdraw(model),
                lambda: finish(row),
                (c, SLOTS[0]),
            )
            return
        start = contract.start_withdraw
        foreseen = lambda: self.books.start_withdraw(model, by)  # noqa: E731
        self.do("start_withdraw", foreseen, lambda: start(row, sender=by), (c, SLOTS[0]))

    # --- verdicts ----------------------------------------------------------------------------------------
    def bring(self, slot: Slot, round_: int, group: int, accept: bool, votes: str, stale: bool) -> None:
        """Call Judge.claim."""
        e, (model, _) = self.evidence, self.at(slot)
        panel = e.panel(slot[0], round_, group)
        least = self.books.least(model, round_, len(panel))
        count = {"least": least, "all": len(panel), "few": least - 1}[votes]
        one, (shown, row) = e.task(*slot), self.shown(slot, stale)
        a = one.assignment
        voters = tuple(account.address for account in panel[-count:]) if count else ()
        found = Standing(a.struct_hash(), one.miner.address, a.reward, len(panel), voters)

        def foreseen() -> None:
            if round_ >= model.terms.rounds:
                raise Refused("Judge: no such round")
            if votes == "few":
                raise Refused("Judge: too few votes")
            self.books.judge(model, slot[1], shown, found, accept, round_)

        verdict, old = e.verdict(slot, round_, group, accept, count), self.at(slot)[1]
        call = e.world.judge.claim
        if not self.do("claim", foreseen, lambda: call(*e.given(slot), verdict, row), slot):
            return
        after = self.at(slot)[1].standing
        assert after is not None
        self.seen["overturned"] += old.state != 0 and old.accepted != accept
        self.seen["upheld by a panel"] += old.state in (3, 4) and old.accepted == accept
        self.seen["paid by a bond"] += after.bond_seats > 0
        self.seen["reserve used up"] += len(after.voters) < count

    def appeal(self, slot: Slot, hub: bool, stale: bool) -> None:
        """Ask for the next panel."""
        (model, _), (shown, row) = self.at(slot), self.shown(slot, stale)
        by, appealed = self.payer if hub else self.requester, self.evidence.world.campaigns.appeal
        where = (model.terms.row(), *slot[1], row)
        self.do(
            "appeal",
            lambda: self.books.appeal(model, slot[1], shown, by),
            lambda: appealed(*where, sender=by),
            slot,
        )

    def arbitrate(self, slot: Slot, accept: bool, stranger: bool, stale: bool) -> None:
        """A ruling of the arbiter, or of the requester."""
        (model, _), (shown, row) = self.at(slot), self.shown(slot, stale)
        by = self.requester if stranger else self.evidence.arbiter.address
        contract = self.evidence.world.campaigns
        self.do(
            "arbitrate",
            lambda: self.books.arbitrate(model, slot[1], shown, accept, by),
            lambda: contract.arbitrate(model.terms.row(), *slot[1], row, accept, sender=by),
            slot,
        )

    def finalize(self, slot: Slot, stale: bool, wait: bool) -> None:
        """Pay a task, perhaps when its window is over."""
        (model, task), (shown, row) = self.at(slot), self.shown(slot, stale)
        if wait and task.until > now():
            self.later(task.until - now())
        name = "finalize appealed" if task.state in (3, 4) else "finalize"
        if shown is not None and shown.billed:
            name = "finalize billed"
        contract = self.evidence.world.campaigns
        self.do(
            name,
            lambda: self.books.finalize(model, slot[1], shown),
            lambda: contract.finalize(model.terms.row(), *slot[1], row),
            slot,
        )

    # --- what is proven about a verdict ------------------------------------------------------------------
    def post_release(self, slot: Slot, seat: int, stale: bool) -> None:
        """The release of a recipient, or of one who is none."""
        e, (model, _), (shown, row) = self.evidence, self.at(slot), self.shown(slot, stale)
        assert shown is not None
        there = seat <= len(shown.voters)
        who = shown.miner if seat == 0 or not there else shown.voters[seat - 1]

        def foreseen() -> None:
            if not there:
                raise Refused("Judge: no such seat")
            self.books.amend(model, slot[1], shown, released=1 << seat)

        where = (model.terms.row(), *slot[1], row, seat, *e.release(slot, who))
        self.do("post_release", foreseen, lambda: e.world.judge.post_release(*where), slot)

    def prove_redo(self, slot: Slot, stale: bool) -> None:
        """The first try, of the same miner or of another one."""
        e, (model, _), (shown, row) = self.evidence, self.at(slot), self.shown(slot, stale)
        first = (slot[0], (slot[1][0], 0))
        most = model.terms.mr - model.vr

        def foreseen() -> None:
            assert shown is not None
            if shown.miner != e.task(*first).miner.address:
                raise Refused("Judge: another task")
            if shown.reward <= most:
                raise Refused("Judge: reward of a redo")
            self.books.amend(model, slot[1], shown, reward=most)

        where = (model.terms.row(), *slot[1], row, *e.task(*first).given)
        self.do("prove_redo", foreseen, lambda: e.world.judge.prove_redo(*where), slot)

    def show_bill(self, slot: Slot, spent: int, stale: bool) -> None:
        """A Bill whose Spend was redeemed, or not yet."""
        e, (model, _), (shown, row) = self.evidence, self.at(slot), self.shown(slot, stale)

        def foreseen() -> None:
            if model.redeemed < spent:
                raise Refused("Judge: spend not redeemed")
            self.books.amend(model, slot[1], shown, billed=True)

        where = (model.terms.row(), *slot[1], row, *e.bill(slot, spent))
        self.do("show_bill", foreseen, lambda: e.world.judge.show_bill(*where), slot)

    # --- silence, equivocation, collateral ---------------------------------------------------------------
    def anchor(self, slot: Slot) -> None:
        """The chain sees a submission."""
        root = self.evidence.task(*slot).root
        judge = self.evidence.world.judge
        self.do("anchor", lambda: self.books.anchor(*slot), lambda: judge.anchor(root), slot)
        assert judge.anchors(root) == self.books.anchors[slot]

    def claim_silent(self, slot: Slot, anchored: bool, wait: bool) -> None:
        """A claim by the receipt, which every task has, or by an anchor."""
        e, one = self.evidence, self.evidence.task(*slot)
        due = e.start + 5 * DAY
        if wait and now() < due:
            self.later(due - now())
        received = 0 if anchored else e.start
        owed = one.assignment.reward + one.stake
        self.do(
            "claim_silent",
            lambda: self.books.claim_silent(*slot, one.miner.address, owed, received, one.due),
            lambda: e.world.judge.claim_silent(*e.given(slot), received, e.receipt(slot, received)),
            slot,
        )

    def end_silence(self, slot: Slot, how: str, wait: bool) -> None:
        """Whatever ends a silent claim."""
        claimed = self.silent()
        if wait and slot in claimed and self.books.silences[slot].until > now():
            self.later(self.books.silences[slot].until - now())
        e, where = self.evidence, (self.evidence.terms[slot[0]].id(), *slot[1])
        judge = e.world.judge
        foreseen: Callable[[], Any] = lambda: self.books.answer(*slot)  # noqa: E731
        if how == "settle":
            foreseen = lambda: self.books.settle_silent(*slot)  # noqa: E731
            self.do("settle_silent", foreseen, lambda: judge.settle_silent(*where), slot)
        elif how == "release":
            row = e.release(slot, e.task(*slot).miner.address)
            self.do("answer_silent", foreseen, lambda: judge.answer_silent(*where, *row), slot)
        else:
            votes = e.answer(slot)
            self.do("answer_votes", foreseen, lambda: judge.answer_votes(*where, *votes), slot)

    def prove_equivocation(self, slot: Slot, numbers: tuple[int, int]) -> None:
        """The hub gave a task twice, or three times."""
        e = self.evidence
        both = {number: e.twin(number, *slot) for number in numbers}
        given: dict[int, tuple[str, int]] = {
            number: (one.miner.address, one.assignment.reward) for number, one in both.items()
        }
        row = (e.terms[slot[0]].row(), *(part for one in both.values() for part in one.given))
        self.do(
            "prove_equivocation",
            lambda: self.books.prove_equivocation(*slot, given),
            lambda: e.world.judge.prove_equivocation(*row),
            slot,
        )

    def collateral(self, act: str, amount: int) -> None:
        """In, or out by its two steps."""
        judge, hub, slot = self.evidence.world.judge, self.payer, (0, SLOTS[0])
        if act == "in":
            self.do(
                "add_collateral",
                lambda: self.books.add_collateral(amount, self.requester),
                lambda: judge.add_collateral(hub, amount, sender=self.requester),
                slot,
            )
        elif act == "start":
            start = judge.start_collateral_exit
            self.do("start_collateral_exit", self.books.start_exit, lambda: start(sender=hub), slot)
        else:
            finish = judge.finish_collateral_exit
            self.do("finish_collateral_exit", self.books.finish_exit, lambda: finish(sender=hub), slot)

    def later(self, seconds: int) -> None:
        """Time passes for both."""
        boa.env.time_travel(seconds=seconds)
        self.books.now = now()
