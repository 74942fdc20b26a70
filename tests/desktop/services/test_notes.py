# SPDX-License-Identifier: Apache-2.0
"""The platform's word about my record is checked against my own; draws are recorded; evidence can be handed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.services.errors import NothingToDo, PlatformLied
from gems_desktop.services.facts import ItemState
from gems_desktop.services.notes import NoteDiffers
from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.evidence_json import from_json
from gems_protocol.messages import CAMPAIGNS_DOMAIN, Domain, StandingNote
from gems_protocol.rules import rules_of
from gems_protocol.verdict import check_verdict
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, forged, resigned
from tests.desktop.services.test_loop import states
from tests.desktop.services.test_objections import sent, vote
from tests.helpers.explained import explained
from tests.platform.world import World


@pytest.mark.parametrize("change", [{"passes": 5}, {"settled": 4, "settled_right": 4}])
async def test_a_note_that_is_not_my_record_is_refused_with_both_figures(
    live: World, opened: Open, change: dict[str, int]
) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")

    def lie(path: str, answer: Any) -> Any:
        for item in answer.get("items", []) if path == "/v1/leases" else []:
            resigned(live, item["note"], StandingNote, **change)
        return answer

    lying = Lying(miner, lie)
    with pytest.raises(NoteDiffers, match=r"that of this computer: [0-9, ]+ / 0, 0, 0"):
        await miner.sync.fetch_batch(campaign, 1)
    assert await states(miner) == []
    lying.stop()
    await miner.sync.fetch_batch(campaign, 1)
    assert await states(miner) == [ItemState.LEASED]


async def test_a_note_must_be_signed_and_about_me(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    for how in ("forged", "somebody else", "missing"):

        def lie(path: str, answer: Any, how: str = how) -> Any:
            for item in answer.get("items", []) if path == "/v1/leases" else []:
                if how == "forged":
                    forged(item["note"])
                elif how == "missing":
                    item["note"] = None
                else:
                    resigned(live, item["note"], StandingNote, worker="0x" + "12" * 20)
            return answer

        lying = Lying(miner, lie)
        with pytest.raises(PlatformLied):
            await miner.sync.fetch_batch(campaign, 1)
        lying.stop()
    assert await states(miner) == []


async def test_what_a_campaign_brings_is_told_before_accepting(live: World, opened: Open) -> None:
    await live.campaign(1, ms=Amount.gem("0.20"), params={"hold_s": 7_200})
    await live.campaign(1, "girm")
    await live.campaign(1, "gram", params={"audit_ppm": 150_000, "factor_ppm": 1_500_000}, ms=Amount.gem("5"))
    miner = await opened("miner")
    shown = {one.policy: one for one in await miner.sync.campaigns(refresh=True)}
    consensus, girm, gram = shown["consensus"], shown["girm"], shown["gram"]
    assert consensus.penalty == consensus.worst_case == Amount.gem("0.20") and consensus.has_redo
    assert consensus.hold_s == 7_200 and consensus.pays_within_s > 7_200 and consensus.newcomer
    assert consensus.expected_pay is not None and consensus.expected_loss is not None
    assert Amount(0) < consensus.expected_pay < Amount.gem("0.50") and consensus.expected_loss > Amount(0)
    assert girm.fee_ppm > 800_000 and girm.expected_pay is not None and girm.expected_pay < girm.reward
    assert gram.why_not and not gram.can_lease and gram.expected_pay is None


async def test_draws_are_recorded_and_evidence_is_handed_on(
    live: World, opened: Open, tmp_path: Path
) -> None:
    miner = await opened("miner")
    campaign = await live.campaign(4, "commissioned")
    await sent(live, miner, campaign, 2)
    await live.tick()
    await miner.sync.pull()
    assert await states(miner) == [ItemState.PAID] * 2
    record = await miner.trust.audit_record()
    assert (record.submissions, record.code) == (0, "none_yet")
    item = (await miner.work.outbox())[0]
    path = tmp_path / "evidence.json"
    await miner.trust.export_evidence(item.item_id, str(path))
    value = json.loads(path.read_text())
    rules = rules_of(Terms.from_json(value["terms"]), Manifest.from_json(value["manifest"]))
    domain = Domain(CAMPAIGNS_DOMAIN, value["domain"]["chain_id"], value["domain"]["contract"])
    assert check_verdict(from_json(value["evidence"]), rules, domain, value["hub"]).accepted
    assert value["receipt"]["message"]["received_at"] == str(live.clock.at)
    person = await live.person("miner")
    same = await person.get(f"/v1/campaigns/{campaign}/evidence/{item.index}/0")
    assert same == value
    with pytest.raises(NothingToDo):
        await miner.trust.export_evidence("0x" + "00" * 32, str(path))


async def test_an_implied_reputation_shows_its_draws(live: World, opened: Open) -> None:
    miner = await opened("miner")
    for _ in range(2):  # at N = 0 everything is judged, at N = 1 the draw decides
        await sent(live, miner, await live.campaign(1, "girm"))
        await live.tick()
        await miner.sync.pull()
        if await states(miner) != [ItemState.PAID] * 2:
            await vote(live, True, 0, 1, 2, 3, 4)
            await miner.sync.pull()
    assert await states(miner) == [ItemState.PAID] * 2
    record = await miner.trust.audit_record()
    (row,) = record.rows
    assert record.submissions == 1 and row.checked and not row.seeded and 800_000 < row.chance_ppm < 900_000
    assert record.had == row.drawn and record.code == "nothing"
    trust = await miner.trust.facts(refresh=True)
    assert trust.differences == () and trust.passes == trust.checked == 1 + row.drawn
    whys = [one for one in await explained(miner) if one.line.what == "reward"]
    first = min(whys, key=lambda one: one.line.amount)
    assert [part.what for part in first.parts] == ["task_reward", "audit_fee"] and first.policy == "girm"
