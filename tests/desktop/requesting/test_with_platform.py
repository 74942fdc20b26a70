# SPDX-License-Identifier: Apache-2.0
"""The requester's services against a whole platform and a chain: hidden answers, held work, seeds, audits."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.commands.campaign_results import show_results
from gems_desktop.services.network import Network
from gems_platform.client.requesting import objections
from gems_platform.client.requesting.audit_file import audit_file_of, look
from gems_platform.client.requesting.draft import read_draft
from gems_platform.client.requesting.private_file import Private, keep_private
from gems_platform.client.requesting.readings import agreement, last_attempt, reading
from gems_platform.client.requesting.requester import Requester
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S
from gems_protocol.campaign import Terms
from gems_protocol.contracts.calls import call_data
from gems_protocol.messages import Assignment
from gems_protocol.rules import rules_of
from gems_protocol.verdict import Basis
from tests.desktop.local.world import answer, write_campaign
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.conftest import clock as clock
from tests.platform.deploying import CHAIN_ID
from tests.platform.world import World, world

GOOD = answer("good")


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


@dataclass
class Line:
    """A person as the requester's platform port."""

    person: Person
    clock: HandClock

    def time(self) -> int:
        """The hand's."""
        return self.clock.at

    async def get(self, path: str, *, token: bool = True) -> Any:
        """Signed in or not."""
        return await self.person.get(path)

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """Signed in."""
        return await self.person.post(path, body)

    async def put_file(self, path: str, content: bytes) -> Any:
        """No files in these campaigns."""
        raise AssertionError(path)

    async def has_file(self, path: str) -> bool:
        """No files in these campaigns."""
        raise AssertionError(path)

    async def begin_upload(self, sha256: str, size: int) -> int:
        """No files in these campaigns."""
        raise AssertionError(sha256)

    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int:
        """No files in these campaigns."""
        raise AssertionError(sha256)


@dataclass
class Seen:
    """The platform's eyes on the chain as the requester's; the world itself put the contracts there."""

    chain: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.chain, name)

    async def check_contracts(self) -> None:
        """They are ours."""

    async def view(self, to: str, data: bytes) -> bytes:
        """What a call gives."""
        answer = await self.chain._rpc("eth_call", {"to": to, "data": "0x" + data.hex()}, "latest")
        return bytes.fromhex(answer[2:])


async def requester(live: World) -> Requester:
    """The requester of the world."""
    person, settings = await live.person("requester"), live.settings
    network = Network(
        name="n",
        chain_id=CHAIN_ID,
        rpc_urls=("http://127.0.0.1:9",),
        platform_url=live.server.url,
        platform_signer=settings.hub,
        gem=settings.gem,
        channels=settings.channels,
        campaigns=settings.campaigns,
        hub_payer=settings.hub_payer,
        relayer="0x" + "11" * 20,
        practice=True,
    )
    return Requester(network, Line(person, live.clock), Seen(live.chain), person.key)  # type: ignore[arg-type]


async def offered(live: World, asking: Requester, folder: Path) -> tuple[Terms, Private]:
    """The campaign in `folder`, handed in and funded."""
    draft = read_draft(folder)
    terms = await asking.create(draft, live.clock.at)
    approve = call_data("Gem", "approve", live.settings.campaigns, 2**200)
    await live.chain.send(asking.key, live.settings.gem, approve)
    fund = call_data("Campaigns", "fund", terms.abi(), len(draft.tasks))
    await live.chain.send(asking.key, live.settings.campaigns, fund)
    await live.tick()
    return terms, Private(draft.gold, tuple(task.source for task in draft.tasks), draft.seeds)


async def miner(live: World) -> Person:
    """Somebody with a channel."""
    anna = await live.person("anna")
    await anna.post("/v1/channel", {})
    return anna


async def judged(live: World, campaign: str) -> None:
    """Let verifiers answer blind, one after another, until no task waits for one."""
    for number in range(12):
        await live.review(await live.person(f"verifier {number}"), 1, answer=GOOD)
        rows = (await (await live.person("requester")).get(f"/v1/campaigns/{campaign}/held"))["held"]
        if rows:
            return
    raise AssertionError("nothing is held")


async def test_hidden_answers_practice_and_held_work(
    live: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_campaign(
        tmp_path / "c", tasks=2, gold="gold.jsonl", practice="practice.jsonl", z=1, ms="0", vs="0"
    )
    about = json.loads((folder / "campaign.json").read_text())
    about["policy"] = {"name": "evidence", "params": {"theta": "0.90", "commission": "0.5"}}
    (folder / "campaign.json").write_text(json.dumps(about))
    (folder / "gold.jsonl").write_text(json.dumps({"data": {"text": "Known."}, "answer": GOOD}))
    (folder / "practice.jsonl").write_text(
        json.dumps({"data": {"text": "Try."}, "answer": GOOD, "hint": "h"})
    )
    asking = await requester(live)
    terms, private = await offered(live, asking, folder)
    campaign = "0x" + terms.campaign_id().hex()
    anna = await miner(live)
    assert len((await anna.get(f"/v1/campaigns/{campaign}/practice"))["tasks"]) == 1
    batch = await live.lease(anna, campaign, 1)
    name = [item["assignment"]["message"] for item in batch["items"]]
    hashes = ["0x" + Assignment.from_json(one).struct_hash().hex() for one in name]
    await live.submit(anna, live.sealed(anna, batch["batch_id"], hashes, GOOD))
    await judged(live, campaign)
    (item,) = await objections.held(asking, campaign)
    assert item.answer == GOOD and item.bond is not None and item.max_fee == Amount.gem("0.15")
    found = await objections.find_held(asking, campaign, item.index)
    by = await objections.commission(asking, campaign, found, Amount.gem("0.10"))
    assert by > live.clock.at
    for number in (30, 31):
        await live.review(await live.person(f"verifier {number % 12}"), 1, accept=True)
    await live.tick()
    rows = await asking.results(campaign)
    row = next(row for row in rows if row["index"] == item.index)
    assert row["state"] == "paid"
    assert agreement(row).text().endswith("agreed") and private.gold[0].answer == GOOD
    value = await anna.get(f"/v1/campaigns/{campaign}/evidence/{item.index}/{last_attempt(row)}")
    file = audit_file_of(value)
    seen = look(file)
    assert seen.verdict is not None and seen.verdict.basis is Basis.QUORUM, seen.lines
    assert seen.verdict.fee == Amount.gem("0.10") and "Commissioned for 0.10" in "\n".join(seen.lines)
    read = reading(item.index, file.evidence, rules_of(file.terms, file.manifest), row["answer"])
    assert read is not None and read.stands == 0
    keep_private(tmp_path, campaign, private)
    options = Namespace(
        campaign_id=campaign,
        private=tmp_path,
        probability=True,
        out=tmp_path / "r.json",
        format="json",
        follow=False,
    )
    assert await show_results(options, asking) == 0
    written = next(row for row in json.loads(options.out.read_text()) if row["index"] == item.index)
    assert written["agreement"].endswith("agreed") and written["probability"] is None
    assert written["source"] == private.sources[item.index]
    assert "of the 50 known answers" in capsys.readouterr().err


async def test_a_days_seed_leads_to_a_draw_that_anybody_can_check(live: World, tmp_path: Path) -> None:
    folder = write_campaign(tmp_path / "c", tasks=1, seeds=True)
    asking = await requester(live)
    terms, private = await offered(live, asking, folder)
    campaign = "0x" + terms.campaign_id().hex()
    anna = await miner(live)
    batch = await live.lease(anna, campaign, 1)
    given = Assignment.from_json(batch["items"][0]["assignment"]["message"])
    await live.submit(anna, live.sealed(anna, batch["batch_id"], ["0x" + given.struct_hash().hex()], GOOD))
    kept: list[Private] = []
    assert await objections.show_seeds(asking, campaign, private, live.clock.at, kept.append) == []
    live.clock.at = (live.clock.at // DAY_S + 1) * DAY_S
    asking = await requester(live)
    (day,) = await objections.show_seeds(asking, campaign, private, live.clock.at, kept.append)
    assert kept[-1].days[day]["count"] == 1
    await live.tick()
    for number in range(5):
        assert await live.review(await live.person(f"verifier {number}"), 1) == 1
    await live.tick()
    value = await (await live.person("anna")).get(f"/v1/campaigns/{campaign}/evidence/0/0")
    shown = await (await live.person("anna")).get(f"/v1/campaigns/{campaign}")
    seen = look(audit_file_of({**value, "offer_signature": shown["offer_signature"]}))
    assert seen.verdict is not None and f"that of day {day}" in "\n".join(seen.lines), seen.lines
