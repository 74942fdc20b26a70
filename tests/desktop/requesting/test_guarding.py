# SPDX-License-Identifier: Apache-2.0
"""A requester against a hub that breaks its word, on a real chain: bills, redos, double gifts, appeals, the exit."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.chain_errors import CallReverted
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.commands.as_requester import NotConfirmed
from gems_desktop.commands.campaign_disputes import contest_task, desk_of, rule_task, show_disputes
from gems_desktop.commands.campaign_guard import LEFT, QUIET, exit_campaign, guard_campaign
from gems_desktop.services.errors import PlatformRefused
from gems_platform.channels.treasury import Treasury
from gems_platform.client.requesting.bills import BillRefused
from gems_platform.client.requesting.desk import Desk, NothingPending
from gems_platform.client.requesting.requester import Requester
from gems_platform.disputes import covering
from gems_platform.disputes.adjudicator import Adjudicator
from gems_protocol.amount import UNIT
from gems_protocol.campaign import Terms
from gems_protocol.dispute import NOTHING, Pending, claim_arguments
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.signature import address_of
from tests.desktop.requesting.made_evidence import Attempt
from tests.desktop.requesting.test_with_platform import Line
from tests.desktop.requesting.test_with_platform import requester as plain_requester
from tests.platform.acts import newcomer
from tests.platform.api import Refused
from tests.platform.conftest import HandClock, key
from tests.platform.conftest import clock as clock
from tests.platform.disputing import Court
from tests.platform.test_disputes import paid
from tests.platform.world import World, world

DAY = 86_400
SMALL: dict[str, Any] = {"panel": 3, "quorum": 2, "rounds": 1, "window": 3 * DAY}
MR, VR = UNIT // 2, UNIT // 10
COST = MR + 6 * VR


class Polite(Line):
    """The platform's port, with its refusals as the client has them."""

    async def get(self, path: str, *, token: bool = True) -> Any:
        try:
            return await super().get(path, token=token)
        except Refused as error:
            raise PlatformRefused(error.code, "The platform refused.") from error


@dataclass
class Side:
    """One requester with its folder, on the chain of a world."""

    live: World
    court: Court
    requester: Requester
    folder: Path

    @property
    def desk(self) -> Desk:
        return desk_of(self.requester)

    async def campaign(self, tasks: int = 40, **changes: Any) -> tuple[str, Terms]:
        name = await self.live.campaign(tasks, **{**SMALL, **changes})
        return name, await self.requester.terms(name)

    async def claim(
        self, proof: VerdictEvidence, terms: Terms, before: Pending = NOTHING, above: int = -1
    ) -> bytes:
        found = claim_arguments(proof, terms, self.live.settings.hub, before, above)
        assert found is not None
        await self.court.send("Judge", "claim", *found)
        return self.court.key(proof)

    async def pays(self, proof: VerdictEvidence, terms: Terms) -> None:
        """The end of the window, and payment by whoever likes."""
        task = await self.desk.find(terms, proof.assignment.index)
        await self.court.pass_to(task.word.until)
        about = (terms.abi(), task.index, task.attempt, task.standing.abi())
        await self.court.send("Campaigns", "finalize", *about)

    async def gem(self) -> int:
        return await self.court.gem(self.requester.address)

    def options(self, name: str, **more: Any) -> Namespace:
        usual = {"attempt": None, "yes": True, "once": True, "evidence": [], "json": True}
        return Namespace(campaign_id=name, private=self.folder, **{**usual, **more})


@pytest.fixture
async def side(tmp_path: Path, clock: HandClock) -> AsyncIterator[Side]:
    """The hub's key is registered; what its people claim is told by hand."""
    async with world(tmp_path, clock, collateral=10 * UNIT) as live:
        court = Court(live)
        await court.ticks()
        found = await plain_requester(live)
        settings = live.settings
        chain = ChainRpc(
            (settings.rpc_url,), settings.chain_id, settings.gem, settings.channels, settings.campaigns
        )
        line = Polite(await live.person("requester"), clock)
        asking = Requester(found.network, line, chain, found.key, tmp_path / "private")  # type: ignore[arg-type]
        yield Side(live, court, asking, tmp_path / "private")
        await chain.close()


async def _stop(monkeypatch: pytest.MonkeyPatch, of: Any = Adjudicator, what: str = "follow_up") -> None:
    async def nothing(_self: object) -> None:
        return

    monkeypatch.setattr(of, what, nothing)


@pytest.mark.parametrize(
    ("redeemed", "guarded"),
    [
        (True, True),
        pytest.param(False, True, marks=pytest.mark.long),
        pytest.param(True, False, id="control"),
    ],
)
async def test_a_spend_and_then_the_same_money_by_releases(
    side: Side,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    redeemed: bool,
    guarded: bool,
) -> None:
    """The hub takes a Spend, and proves the same task with its workers' releases; the bill brings the money back."""
    name, terms = await side.campaign(2)
    anna = await newcomer(side.live)
    await paid(side.live, anna, name)
    proof = await side.court.proof(anna, name)
    assert await side.requester.pay(name) == MR + 2 * VR
    if not redeemed:  # the hub keeps the Spend until the verdict is paid: no bill would help then
        await _stop(monkeypatch, Treasury, "redeem")
    await side.live.tick()
    assert await side.requester.redeemed(name) == (MR + 2 * VR if redeemed else 0)
    index = proof.assignment.index
    await side.claim(proof, terms)
    await side.court.ticks()  # it shows the releases
    if guarded:
        assert await guard_campaign(side.options(name), side.requester) == QUIET
        assert (await side.desk.find(terms, index)).standing.billed
        assert await side.requester.redeemed(name) == MR + 2 * VR
        assert ("handed in your Spend" in capsys.readouterr().out) is not redeemed
    assert (await side.desk.find(terms, index)).word.released == 0b111
    await _stop(monkeypatch)
    mine, hubs = await side.gem(), await side.court.gem(side.live.settings.hub_payer)
    await side.pays(proof, terms)
    assert await side.gem() - mine == (MR + 2 * VR if guarded else 0)
    assert await side.court.gem(side.live.settings.hub_payer) - hubs == (0 if guarded else MR + 2 * VR)


@pytest.mark.long
async def test_no_spend_is_signed_for_what_a_verdict_pays(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round: first by a verdict, then by a Spend. A hub that leaves nothing out of its bill gets none."""
    name, terms = await side.campaign(2)
    anna = await newcomer(side.live)
    await paid(side.live, anna, name)
    await side.claim(await side.court.proof(anna, name), terms)
    monkeypatch.setattr(covering, "paid_by_verdict", lambda *_about: frozenset())
    with pytest.raises(BillRefused, match="by a verdict on the chain"):
        await side.requester.pay(name)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"verifier_root": b"\x11" * 32}, "seats whom it chooses"),
        ({"arbiter": "0x" + "11" * 20}, "does not know"),
        ({"window": 7 * DAY + 1}, "over 7 days"),
        ({"redo": 30 * DAY + 1}, "over 30 days"),
    ],
)
@pytest.mark.long
async def test_the_platform_takes_no_terms_that_nobody_could_claim_by(
    side: Side, terms: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        await side.live.campaign(2, **terms)


async def test_a_redo_and_a_task_given_twice(
    side: Side, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name, terms = await side.campaign()
    first, second = Attempt(side.live, terms, 3, 0), Attempt(side.live, terms, 3, 1)
    await side.claim(second.evidence(range(3)), terms)
    assert await show_disputes(side.options(name), side.requester) == 0
    (row,) = json.loads(capsys.readouterr().out)["pending"]
    await show_disputes(side.options(name, json=False), side.requester)
    said = capsys.readouterr().out
    assert "Task 3, attempt 1: accepted in round 0" in said and "of at most 2.20 GEM a day" in said
    assert row["more_than_a_redo"] and row["pays"][0]["amount"] == str(MR)
    assert await guard_campaign(side.options(name), side.requester) == QUIET, "nothing to prove it with"
    assert (await side.desk.find(terms, 3)).standing.reward == MR
    (tmp_path / "anna.case").write_bytes(first.case())
    (tmp_path / "ben.case").write_bytes(Attempt(side.live, terms, 3, 0, "ben").case())
    shown = side.options(name, evidence=[tmp_path / "anna.case"])
    assert await guard_campaign(shown, side.requester) == QUIET
    assert (await side.desk.find(terms, 3)).standing.reward == MR - VR
    total = (await side.desk.disputes.view("Judge", "collateral", terms.hub))[0]
    shown = side.options(name, evidence=[tmp_path / "ben.case"])
    assert await guard_campaign(shown, side.requester) == QUIET, "the first was kept"
    assert await side.desk.equivocated(terms, 3, 0)
    assert (await side.desk.disputes.view("Judge", "collateral", terms.hub))[0] == total - 4 * MR
    assert "gave it twice" in capsys.readouterr().out
    assert await guard_campaign(side.options(name), side.requester) == QUIET
    assert "gave it twice" not in capsys.readouterr().out


async def test_a_claim_of_a_task_that_somebody_else_was_given(
    side: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hub claims for a friend what anna did by its own public evidence: both together are the proof."""
    name, terms = await side.campaign(2)
    anna = await newcomer(side.live)
    await paid(side.live, anna, name)
    given = (await side.court.proof(anna, name)).assignment
    await side.claim(Attempt(side.live, terms, given.index, 0, "friend").evidence(range(3)), terms)
    await guard_campaign(side.options(name), side.requester)
    assert "gave it twice" in capsys.readouterr().out
    assert await side.desk.equivocated(terms, given.index, 0)


@pytest.mark.long
async def test_contested_before_a_larger_panel(side: Side, capsys: pytest.CaptureFixture[str]) -> None:
    """Won: the bond and the reward are back; lost: the bond pays the panel, and the worker gets what is left."""
    name, terms = await side.campaign(rounds=2)
    for index, accept in ((0, False), (1, True)):
        made = Attempt(side.live, terms, index)
        await side.claim(made.evidence(range(3)), terms)
        assert await guard_campaign(side.options(name), side.requester) == LEFT
        before = await side.gem()
        assert await contest_task(side.options(name, index=index), side.requester) == 0
        assert before - await side.gem() == 7 * VR
        standing = (await side.desk.find(terms, index)).standing
        await side.claim(made.evidence(range(3, 10), 1, accept), terms, standing, 0)
        assert before - await side.gem() == (7 * VR if accept else 0)
        with pytest.raises(NothingPending):
            await contest_task(side.options(name, index=index), side.requester)
        await side.pays(made.evidence(range(3)), terms)
        assert await side.desk.pending(terms) == []
    said = capsys.readouterr().err
    assert "You put down 0.70 GEM" in said and "7 others will judge it again" in said


@pytest.mark.long
async def test_the_arbiter_of_the_terms(side: Side) -> None:
    arbiter = await side.live.person("other requester")
    name, terms = await side.campaign(arbiter=arbiter.address)
    made = Attempt(side.live, terms)
    await side.claim(made.evidence(range(3)), terms)
    before = await side.gem()
    await contest_task(side.options(name, index=0), side.requester)
    with pytest.raises(NotConfirmed, match="another arbiter"):
        await rule_task(side.options(name, index=0, verdict="reject"), side.requester)
    ruling = Requester(
        side.requester.network, Line(arbiter, side.live.clock), side.requester.chain, arbiter.key
    )  # type: ignore[arg-type]
    await rule_task(side.options(name, index=0, verdict="reject"), ruling)
    assert await side.gem() == before and not (await side.desk.find(terms, 0)).word.state.accepts


@pytest.mark.long
async def test_nobody_judges_again(side: Side) -> None:
    name, terms = await side.campaign(rounds=2)
    made = Attempt(side.live, terms)
    await side.claim(made.evidence(range(3)), terms)
    before = await side.gem()
    await contest_task(side.options(name, index=0), side.requester)
    await side.pays(made.evidence(range(3)), terms)
    assert before - await side.gem() == 7 * VR
    assert await side.court.gem(address_of(key("anna"))) == MR + 7 * VR


async def test_the_exit_waits_for_a_verdict(side: Side, capsys: pytest.CaptureFixture[str]) -> None:
    name, terms = await side.campaign(2)
    with pytest.raises(NotConfirmed, match="runs until"):
        await exit_campaign(side.options(name), side.requester)
    await side.court.pass_to(terms.ends)
    assert await exit_campaign(side.options(name), side.requester) == 0
    at = await side.requester.exit_at(name)
    assert at - side.live.clock.at >= 20 * DAY - 60
    await side.court.pass_to(at - DAY)
    made = Attempt(side.live, terms)
    await side.claim(made.evidence(range(3)), terms)
    with pytest.raises(NotConfirmed, match="a verdict is pending on the chain: task 0 until"):
        await exit_campaign(side.options(name), side.requester)
    await side.court.pass_to(at)
    with pytest.raises(CallReverted, match="still being judged"):
        await side.requester.finish_exit(terms)
    await side.court.pass_to((await side.desk.find(terms, 0)).word.until)
    with pytest.raises(NotConfirmed) as told:
        await exit_campaign(side.options(name), side.requester)
    assert "guard --once" in told.value.action
    assert await guard_campaign(side.options(name), side.requester) == QUIET
    before = await side.gem()
    assert await exit_campaign(side.options(name), side.requester) == 0
    assert await side.gem() - before == 2 * COST - MR - 3 * VR
    with pytest.raises(NotConfirmed, match="exit is finished"):
        await exit_campaign(side.options(name), side.requester)
