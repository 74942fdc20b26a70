# SPDX-License-Identifier: Apache-2.0
"""Any order of calls on Campaigns and Judge, by anybody: each is foreseen by the model to the unit and the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from typing import Any, ClassVar

import boa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.contracts.campaign_evidence import CAMPAIGNS, OTHER_MINER, SLOTS, Evidence
from tests.contracts.campaign_model import CampaignModel, Refused, Standing, TaskModel, Where
from tests.contracts.dispute import NOTHING, STATES, Row
from tests.contracts.judge_model import ASHES, Books
from tests.contracts.world import DAY, now

Slot = tuple[int, Where]
campaigns = st.integers(0, CAMPAIGNS - 1)
seldom = st.sampled_from([False] * 7 + [True])
slots = st.tuples(st.sampled_from([0, 0, 0, 1]), st.sampled_from(SLOTS))


class CampaignMachine(RuleBasedStateMachine):
    """Two campaigns of one requester and one hub; `evidence` is set by who runs it."""

    evidence: ClassVar[Evidence]
    model: ClassVar[type[Books]] = Books
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(boa.env.anchor())
        e, world = self.evidence, self.evidence.world
        self.hub, self.requester = world.payer.address, world.requester.address
        self.books = self.model([CampaignModel(terms) for terms in e.terms], now(), hub=self.hub)
        self.start = {who: world.balance(who) for who in (self.hub, self.requester)}
        for c, tasks in enumerate((20, 6)):
            world.campaigns.fund(e.terms[c].row(), tasks, sender=self.requester)
            self.books.fund(self.books.campaigns[c], tasks, self.requester)
        world.judge.add_collateral(self.hub, 300, sender=self.hub)
        self.books.add_collateral(300, self.hub)
        world.judge.set_signer(world.signer.address, sender=self.hub)

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
    def do(self, name: str, foreseen: Callable[[], Any], call: Callable[[], Any], slot: Slot | None) -> None:
        """Foresee a call, make it, and compare what it answers, stores and moves."""
        before = deepcopy(self.books)
        try:
            wanted = foreseen()
        except Refused as why:
            self.books = before
            with boa.reverts(str(why)):
                call()
            self.seen[str(why)] += 1
            return
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
        found = tuple(self.evidence.world.judge.collateral(self.hub))
        assert found == (self.books.total, self.books.reserved, self.books.exit)

    def solvent(self) -> None:
        """What the contracts hold is what they owe."""
        owed = sum(campaign.solvency() for campaign in self.books.campaigns)
        assert self.books.balances["campaigns"] == owed
        assert self.books.balances["judge"] == self.books.total
        pending = [one.reserved for one in self.books.silences.values() if one.until != 2**256 - 1]
        assert self.books.reserved == sum(pending) <= self.books.total

    def pending(self) -> list[Slot]:
        """Tasks on which a verdict stands."""
        return [
            (c, where)
            for c, campaign in enumerate(self.books.campaigns)
            for where, task in campaign.tasks.items()
            if task.pending
        ]

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
    @rule(c=campaigns, tasks=st.sampled_from([0, 1, 5, 20]), other=st.booleans())
    def fund(self, c: int, tasks: int, other: bool) -> None:
        model, by = self.books.campaigns[c], self.hub if other else self.requester
        call = self.evidence.world.campaigns.fund
        self.do(
            "fund",
            lambda: self.books.fund(model, tasks, by),
            lambda: call(model.terms.row(), tasks, sender=by),
            (c, SLOTS[0]),
        )

    @rule(c=campaigns, part=st.sampled_from([0, 1, 2, 5, 9, 10, 11]), forged=seldom)
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

    @precondition(lambda self: self.books.now >= self.evidence.terms[0].ends or self.books.now % 7 == 0)
    @rule(c=campaigns, finish=st.booleans(), stranger=seldom)
    def withdraw(self, c: int, finish: bool, stranger: bool) -> None:
        model, by = self.books.campaigns[c], self.hub if stranger else self.requester
        contract, row = self.evidence.world.campaigns, model.terms.row()
        foreseen: Callable[[], Any] = lambda: self.books.start_withdraw(model, by)  # noqa: E731
        if finish:
            foreseen = lambda: self.books.finish_withdraw(model)  # noqa: E731
        act = contract.finish_withdraw if finish else contract.start_withdraw
        name = "finish_withdraw" if finish else "start_withdraw"
        self.do(name, foreseen, lambda: act(row, sender=by), (c, SLOTS[0]))

    # --- verdicts ----------------------------------------------------------------------------------------
    @rule(
        data=st.data(),
        accept=st.sampled_from([True, True, False]),
        step=st.sampled_from([1, 1, 1, 1, 2, 0]),
        group=st.sampled_from([0, 0, 0, 1]),
        votes=st.sampled_from(["least", "least", "all", "few"]),
        stale=seldom,
    )
    def claim(self, data: Any, accept: bool, step: int, group: int, votes: str, stale: bool) -> None:
        """A verdict, on a pending task rather than on a new one."""
        old = self.pending()
        slot = data.draw(slots if not old else st.one_of(slots, st.sampled_from(old)))
        model, task = self.at(slot)
        round_ = task.round + step if task.pending and task.round < 3 else step - 1
        self.bring(slot, max(0, round_), group, accept, votes, stale)

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

        verdict = e.verdict(slot, round_, group, accept, count)
        call = e.world.judge.claim
        self.do("claim", foreseen, lambda: call(*e.given(slot), verdict, row), slot)

    @precondition(lambda self: self.pending())
    @rule(data=st.data(), hub=st.sampled_from([False, False, True]), stale=seldom, then=st.booleans())
    def appeal(self, data: Any, hub: bool, stale: bool, then: bool) -> None:
        """An appeal, and often the next panel's verdict on it."""
        slot = data.draw(st.sampled_from(self.pending()))
        (model, task), (shown, row) = self.at(slot), self.shown(slot, stale)
        by, appealed = self.hub if hub else self.requester, self.evidence.world.campaigns.appeal
        where = (model.terms.row(), *slot[1], row)
        self.do(
            "appeal",
            lambda: self.books.appeal(model, slot[1], shown, by),
            lambda: appealed(*where, sender=by),
            slot,
        )
        if then:
            votes = data.draw(st.sampled_from(["least", "all"]))
            self.bring(slot, min(task.round + 1, 3), 0, data.draw(st.booleans()), votes, False)

    @precondition(lambda self: self.pending())
    @rule(data=st.data(), accept=st.booleans(), stranger=seldom, stale=seldom)
    def arbitrate(self, data: Any, accept: bool, stranger: bool, stale: bool) -> None:
        slot = data.draw(st.sampled_from(self.pending()))
        (model, _), (shown, row) = self.at(slot), self.shown(slot, stale)
        by = self.requester if stranger else self.evidence.arbiter.address
        contract = self.evidence.world.campaigns
        self.do(
            "arbitrate",
            lambda: self.books.arbitrate(model, slot[1], shown, accept, by),
            lambda: contract.arbitrate(model.terms.row(), *slot[1], row, accept, sender=by),
            slot,
        )

    @rule(data=st.data(), stale=seldom, wait=st.booleans())
    def finalize(self, data: Any, stale: bool, wait: bool) -> None:
        """Pay a task, half of the time when its window is over."""
        old = self.pending()
        slot = data.draw(st.sampled_from(old) if old else slots)
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
    @precondition(lambda self: self.pending())
    @rule(data=st.data(), seat=st.sampled_from([0, 0, 1, 2, 4, 9]), stale=seldom)
    def post_release(self, data: Any, seat: int, stale: bool) -> None:
        slot = data.draw(st.sampled_from(self.pending()))
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

    @precondition(lambda self: any(where[1] for _, (_, where) in enumerate(self.pending())))
    @rule(data=st.data(), stale=seldom)
    def prove_redo(self, data: Any, stale: bool) -> None:
        slot = data.draw(st.sampled_from([slot for slot in self.pending() if slot[1][1]]))
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

    @precondition(lambda self: self.pending())
    @rule(data=st.data(), spent=st.sampled_from([1, 44, 10**6]), stale=seldom)
    def show_bill(self, data: Any, spent: int, stale: bool) -> None:
        slot = data.draw(st.sampled_from(self.pending()))
        e, (model, _), (shown, row) = self.evidence, self.at(slot), self.shown(slot, stale)

        def foreseen() -> None:
            if model.redeemed < spent:
                raise Refused("Judge: spend not redeemed")
            self.books.amend(model, slot[1], shown, billed=True)

        where = (model.terms.row(), *slot[1], row, *e.bill(slot, spent))
        self.do("show_bill", foreseen, lambda: e.world.judge.show_bill(*where), slot)

    # --- silence, equivocation, collateral ---------------------------------------------------------------
    @rule(slot=slots)
    def anchor(self, slot: Slot) -> None:
        root = self.evidence.task(*slot).root
        self.do(
            "anchor",
            lambda: self.books.anchor(*slot),
            lambda: self.evidence.world.judge.anchor(root),
            slot,
        )
        assert self.evidence.world.judge.anchors(root) == self.books.anchors[slot]

    @rule(slot=slots, anchored=st.booleans(), wait=st.booleans())
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

    @rule(
        data=st.data(),
        how=st.sampled_from(["settle", "settle", "settle", "release", "votes"]),
        wait=st.booleans(),
    )
    def end_silence(self, data: Any, how: str, wait: bool) -> None:
        """Whatever ends a silent claim."""
        claimed = [slot for slot, one in self.books.silences.items() if one.until != 2**256 - 1]
        slot = data.draw(st.one_of(st.sampled_from(claimed), slots) if claimed else slots)
        if wait and slot in claimed and self.books.silences[slot].until > now():
            self.later(self.books.silences[slot].until - now())
        e, where = self.evidence, (self.evidence.terms[slot[0]].id(), *slot[1])
        judge = e.world.judge
        foreseen: Callable[[], Any] = lambda: self.books.answer(*slot)  # noqa: E731
        if how == "settle":
            self.do(
                "settle_silent",
                lambda: self.books.settle_silent(*slot),
                lambda: judge.settle_silent(*where),
                slot,
            )
        elif how == "release":
            row = e.release(slot, e.task(*slot).miner.address)
            self.do("answer_silent", foreseen, lambda: judge.answer_silent(*where, *row), slot)
        else:
            votes = e.answer(slot)
            self.do("answer_votes", foreseen, lambda: judge.answer_votes(*where, *votes), slot)

    @rule(slot=slots)
    def prove_equivocation(self, slot: Slot) -> None:
        """The hub gave a task to another miner too."""
        e, one, other = self.evidence, self.evidence.task(*slot), self.evidence.twin(*slot)
        miners = (one.miner.address, OTHER_MINER.address)
        rewards = (one.assignment.reward, other.assignment.reward)
        row = (one.terms.row(), *one.given, *other.given)
        self.do(
            "prove_equivocation",
            lambda: self.books.prove_equivocation(*slot, miners, rewards),
            lambda: e.world.judge.prove_equivocation(*row),
            slot,
        )

    @rule(act=st.sampled_from(["add", "add", "start", "finish"]), amount=st.sampled_from([0, 1, 41, 200]))
    def collateral(self, act: str, amount: int) -> None:
        judge, hub, slot = self.evidence.world.judge, self.hub, (0, SLOTS[0])
        if act == "add":
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

    @rule(hours=st.sampled_from([6, 6, 12, 24, 24, 48, 31 * 24]))
    def wait(self, hours: int) -> None:
        """Time passes; a month of it seldom."""
        self.later(hours * 3600)

    def later(self, seconds: int) -> None:
        """Time passes for both."""
        boa.env.time_travel(seconds=seconds)
        self.books.now = now()


__all__ = ["ASHES", "CampaignMachine"]
