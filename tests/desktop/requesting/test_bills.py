# SPDX-License-Identifier: Apache-2.0
"""The bill before the Spend: signed by the hub, of this sum, of these tasks; kept, and found again for the chain."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from gems_platform.campaigns import bills as platform_bills
from gems_platform.client.requesting import bills
from gems_platform.client.requesting.bills import BillRefused, BillsNotKept
from gems_platform.client.requesting.requester import Requester
from gems_protocol import merkle
from gems_protocol.messages import Bill, Spend, task_key
from tests.desktop.requesting.test_with_platform import Seen, requester
from tests.platform.acts import newcomer
from tests.platform.api import Refused
from tests.platform.conftest import HandClock, key
from tests.platform.conftest import clock as clock
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def judged(live: World, campaign: str, count: int) -> None:
    await live.work(await newcomer(live), campaign, count)
    for number in (0, 1):
        await live.review(await live.person(f"verifier {number}"), count)
    await live.tick()


class Rich(Seen):
    """A chain on which every escrow holds enough."""

    async def campaign_funded(self, _campaign_id: bytes) -> int:
        return 10**30


async def asking(live: World, folder: Path) -> Requester:
    made = await requester(live)
    made.private, made.chain = folder, Rich(live.chain)
    return made


def signed(live: World, bill: Bill, by: str = "hub signer") -> dict[str, Any]:
    signature = bill.sign(live.settings.campaigns_domain, key(by))
    return {"message": bill.to_json(), "signature": "0x" + signature.hex()}


def _none(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = None


def _strangers(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = signed(live, bill, "hub payer")


def _other_sum(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = signed(live, Bill(bill.campaign_id, bill.spent - 1, bill.root, bill.count))


def _other_campaign(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = signed(live, Bill(bytes(32), bill.spent, bill.root, bill.count))


def _a_task_less(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = signed(live, Bill(bill.campaign_id, bill.spent, merkle.root(keys[1:]), len(keys) - 1))


def _other_order(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    root = merkle.root(list(reversed(keys)))
    due["bill"] = signed(live, Bill(bill.campaign_id, bill.spent, root, len(keys)))


def _no_message(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["bill"] = {"signature": due["bill"]["signature"]}


def _odd_line(live: World, due: dict[str, Any], bill: Bill, keys: list[bytes]) -> None:
    due["lines"][0]["index"] = True


LIES: tuple[Callable[[World, dict[str, Any], Bill, list[bytes]], None], ...] = (
    _none,
    _strangers,
    _other_sum,
    _other_campaign,
    _a_task_less,
    _other_order,
    _no_message,
    _odd_line,
)


async def test_no_spend_without_a_bill_that_says_what_it_pays(live: World, tmp_path: Path) -> None:
    campaign = await live.campaign(3)
    await judged(live, campaign, 3)
    made = await asking(live, tmp_path / "private")
    honest = await made.platform.get(f"/v1/campaigns/{campaign}/spend-due")
    keys = sorted(task_key(bytes.fromhex(campaign[2:]), index, 0) for index in range(3))
    bill = Bill.from_json(honest["bill"]["message"])
    assert (bill.root, bill.count, str(bill.spent)) == (merkle.root(keys), 3, honest["spent"])
    real, posts = made.platform, list[str]()

    told = [honest]

    class Platform:
        async def get(self, path: str, *, token: bool = True) -> Any:
            return told[-1]

        async def post(self, path: str, body: Any) -> Any:
            posts.append(path)
            return await real.post(path, body)

    made.platform = Platform()  # type: ignore[assignment]
    for lie in LIES:
        due = copy.deepcopy(honest)
        lie(live, due, bill, keys)
        told.append(due)
        with pytest.raises(BillRefused) as refused:
            await made.pay(campaign)
        assert refused.value.safe and refused.value.action
    made.private = None
    told.append(honest)
    with pytest.raises(BillsNotKept):  # nowhere to keep it
        await made.pay(campaign)
    assert posts == [] and not (tmp_path / "private").exists()
    made.private = tmp_path / "private"
    assert await made.pay(campaign) == bill.spent and len(posts) == 1  # the control: the honest one


async def test_bills_are_kept_and_each_task_is_found_in_them(live: World, tmp_path: Path) -> None:
    campaign = await live.campaign(4)
    made = await asking(live, tmp_path / "private")
    sums = []
    for count in (1, 2):
        await judged(live, campaign, count)
        sums.append(await made.pay(campaign))
        assert await made.pay(campaign) == sums[-1]
    kept = bills.read_bills(tmp_path / "private", campaign)
    assert [one.bill.spent for one in kept] == sums and [len(one.keys) for one in kept] == [1, 3]
    hub, domain = live.settings.hub, live.settings.campaigns_domain
    for name in kept[-1].keys:
        proof = made.bill_proof(campaign, name)
        assert proof is not None and proof.bill == kept[-1].bill
        proof.bill.check(domain, proof.signature, hub)
        assert merkle.verify(proof.bill.root, name, proof.index, proof.bill.count, proof.path)
        assert proof.place == (proof.index, 3, list(proof.path))
    (first,) = kept[0].keys
    early = made.bill_proof(campaign, first, redeemed=sums[0])
    assert early is not None and early.bill == kept[0].bill  # the later Spend is not on chain yet
    assert made.bill_proof(campaign, first, redeemed=sums[0] - 1) is None
    assert made.bill_proof(campaign, bytes(32)) is None
    path = bills.path_of(tmp_path / "private", campaign)
    assert path.stat().st_mode & 0o077 == 0
    value = json.loads(path.read_text())
    value["bills"][1]["fresh"].pop()
    path.write_text(json.dumps(value))
    with pytest.raises(BillsNotKept):
        made.bill_proof(campaign, first)


async def test_a_bill_that_forgets_a_task_is_refused(live: World, tmp_path: Path) -> None:
    campaign = await live.campaign(3)
    await judged(live, campaign, 2)
    made = await asking(live, tmp_path)
    due = await made.platform.get(f"/v1/campaigns/{campaign}/spend-due")
    before = bills.checked(due, made.network, campaign, None)
    less = [line for line in due["lines"] if line["index"] == due["lines"][0]["index"]]
    keys = bills.keys_of(before.bill.campaign_id, less)
    spent = sum(int(line["amount"]) for line in less)
    bill = signed(live, Bill(before.bill.campaign_id, spent, merkle.root(keys), len(keys)))
    forgets = {"spent": str(spent), "lines": less, "bill": bill}
    assert (
        bills.checked(forgets, made.network, campaign, None).keys == keys
    )  # the control: the first bill may
    with pytest.raises(BillRefused, match="leaves out"):
        bills.checked(forgets, made.network, campaign, before)


async def test_the_platform_takes_the_sum_of_its_newest_bill_alone(live: World) -> None:
    campaign = await live.campaign(2)
    await judged(live, campaign, 2)
    owner = await live.person("requester")
    due = await owner.get(f"/v1/campaigns/{campaign}/spend-due")
    assert (await owner.get(f"/v1/campaigns/{campaign}/spend-due"))["bill"] == due["bill"]  # signed once
    for spent in (int(due["spent"]) - 1, int(due["spent"]) + 1, int(due["spent"])):
        spend = Spend(bytes.fromhex(campaign[2:]), spent, 1)
        signature = "0x" + spend.sign(live.settings.campaigns_domain, owner.key).hex()
        body = {"message": spend.to_json(), "signature": signature}
        if spent != int(due["spent"]):
            with pytest.raises(Refused, match="conflict"):
                await owner.post(f"/v1/campaigns/{campaign}/spends", body)
        else:
            for _ in range(2):
                assert (await owner.post(f"/v1/campaigns/{campaign}/spends", body))["seq"] == "1"
    with live.server.app.state.context.db.read() as session:
        newest = platform_bills.newest(session, campaign)
        assert newest is not None and str(newest.spent) == due["spent"]
