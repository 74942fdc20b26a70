# SPDX-License-Identifier: Apache-2.0
"""The requester report from what really happened: appeals, reverted decisions, pay for an hour, and its cache."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.campaigns import report_repository as evidence
from gems_platform.campaigns import reports
from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment
from gems_protocol.trust.wilson import wilson
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def review(live: World, number: int, accept: bool, wait: int = 0) -> None:
    who = await live.person(f"verifier {number}")
    batch = await who.post("/v1/reviews/leases", {"request_id": "0x" + secrets.token_hex(32), "count": 10})
    await live.confirm(who, batch)
    live.clock.at += wait
    await who.post("/v1/votes", live.votes(who, batch, accept))


async def test_a_report_holds_every_fact_with_its_count(live: World) -> None:
    campaign = await live.campaign(2)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    for number in range(5):
        await (await live.person(f"verifier {number}")).post("/v1/channel", {})
    batch = await live.lease(anna, campaign, 2)
    live.clock.at += 60
    given = [Assignment.from_json(item["assignment"]["message"]) for item in batch["items"]]
    hashes = ["0x" + one.struct_hash().hex() for one in given]
    await live.submit(anna, live.sealed(anna, batch["batch_id"], hashes))
    await review(live, 0, False, wait=20)
    await review(live, 1, False)
    first, second = [event for event, _ in await live.verdicts(anna, campaign)]
    await live.appeal(anna, first)
    for number in (2, 3, 4):
        await review(live, number, True)
    await anna.post("/v1/verdicts/accept", {"assignment_hashes": [second["assignment_hash"]]})
    await live.tick()
    requester = (await live.person("requester")).address
    report = await anna.get(f"/v1/requesters/{requester}/report")
    told: dict[str, Any] = {
        "accepted": 1, "rejected": 1, "appealed": 1, "appealed_by_miners": 1, "appealed_by_requester": 0,
        "appeals_won_by_workers": 1, "appeals_won_by_requester": 0, "overturned": 1,
        "decisions_accepted": 5, "decisions_reverted": 2, "median_release_s": 20, "p95_release_s": 20,
        "release_waits": [1, 0, 0, 0, 0],
        "median_task_s": 30, "median_review_s": 1, "reviews": 5, "tasks_total": 2,
        "pay_per_hour": str(Amount.gem("60")), "verifier_pay_per_hour": str(Amount.gem("360")),
        "paid_out": str(Amount.gem("1.00")),
    }  # fmt: skip
    assert {name: report[name] for name in told} == told
    assert report["shares"]["decisions_reverted"] == {
        "part": 2, "whole": 7, "lower": wilson(2, 7)[0], "upper": wilson(2, 7)[1],
    }  # fmt: skip
    assert report["shares"]["appeals_won_by_workers"]["whole"] == 1
    assert report["ratings"]["pay"] == {"count": 0, "good": 0, "lower": 0.0, "median": 0}
    shown = await anna.get(f"/v1/campaigns/{campaign}")
    assert shown["report"] == report
    assert report["funded_now"] == shown["funded"]


async def test_a_requesters_own_appeal_is_told_apart(live: World) -> None:
    campaign = await live.campaign(1, params={"hold_s": 7200})
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    for number in range(5):
        await (await live.person(f"verifier {number}")).post("/v1/channel", {})
    await live.work(anna, campaign, 1)
    await review(live, 0, True)
    await review(live, 1, True)
    requester = await live.person("requester")
    path = f"/v1/requesters/{requester.address}/report"
    waiting = await anna.get(path)
    assert (waiting["accepted"], waiting["appealed"]) == (0, 0)  # it may still turn
    ((event, _),) = await live.verdicts(anna, campaign)
    await live.appeal(requester, event)
    for number in (2, 3, 4):
        await review(live, number, True)
    report = await anna.get(path)
    told = {"accepted": 1, "appealed_by_requester": 1, "appeals_won_by_requester": 0, "overturned": 0}
    assert {name: report[name] for name in told} == told


async def test_it_is_computed_again_only_when_money_moved(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await live.campaign(2)
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    computed: list[str] = []
    real = reports._compute

    def counted(session: Any, requester: str) -> Any:
        computed.append(requester)
        return real(session, requester)

    monkeypatch.setattr(reports, "_compute", counted)
    await live.work(anna, campaign, 1)
    for number in (0, 1):
        await (await live.person(f"verifier {number}")).post("/v1/channel", {})
        await review(live, number, True)
    before = len(computed)
    first = (await anna.get("/v1/campaigns"))["campaigns"][0]["report"]
    assert len(computed) == before + 1 and first["accepted"] == 1
    assert (await anna.get("/v1/campaigns"))["campaigns"][0]["report"] == first
    await live.tick()
    await anna.get(f"/v1/campaigns/{campaign}")
    assert len(computed) == before + 1
    await anna.post(f"/v1/campaigns/{campaign}/ratings", {"pay": 5, "clarity": 4, "speed": 3, "fairness": 2})
    rated = (await anna.get(f"/v1/campaigns/{campaign}"))["report"]
    assert rated["ratings"]["pay"]["count"] == 1 and len(computed) == before + 1
    await live.work(anna, campaign, 1)
    for number in (0, 1):
        await review(live, number, True)
    assert (await anna.get(f"/v1/campaigns/{campaign}"))["report"]["accepted"] == 2
    assert len(computed) > before + 1


async def test_it_is_the_same_however_few_campaigns_are_looked_at_together(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    for number in (0, 1):
        await (await live.person(f"verifier {number}")).post("/v1/channel", {})
    campaigns = [await live.campaign(1) for _ in range(3)]
    for campaign in campaigns:
        await live.work(anna, campaign, 1)
        for number in (0, 1):
            await review(live, number, True)
        await live.tick()
    requester = (await live.person("requester")).address
    with live.server.app.state.context.db.read() as session:
        together = reports._compute(session, requester)
        assert [len(names) for names in evidence.groups(session, requester)] == [3]
        monkeypatch.setattr(evidence, "TASKS_AT_ONCE", 2)
        assert [len(names) for names in evidence.groups(session, requester)] == [2, 1]
        assert reports._compute(session, requester) == together
        monkeypatch.setattr(evidence, "TASKS_AT_ONCE", 0)  # a campaign with more comes alone
        assert [len(names) for names in evidence.groups(session, requester)] == [1, 1, 1]
    assert together[1].accepted == 3 and together[1].reviews == 6


async def test_a_process_keeps_the_reports_of_so_many_requesters_only(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_MOST_KEPT", 2)
    with live.server.app.state.context.db.read() as session:
        for number in range(5):
            reports._past(session, f"0x{number:040x}")
        assert list(reports._KEPT[session.get_bind()]) == [f"0x{number:040x}" for number in (3, 4)]
