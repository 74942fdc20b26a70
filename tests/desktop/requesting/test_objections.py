# SPDX-License-Identifier: Apache-2.0
"""Between acceptance and pay: what is signed in appeals and commissions, and when a seed may leave."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_platform.client.requesting.judging import policy_info, read_pay
from gems_platform.client.requesting.objections import (
    Held,
    NotHeld,
    appeal,
    commission,
    days_of,
    find_held,
    held,
    show_seeds,
)
from gems_platform.client.requesting.private_file import Private
from gems_platform.client.requesting.requester import Requester
from gems_platform.client.requesting.seeds import SeedsRefused, seed_of, seed_tip
from gems_protocol.amount import Amount
from gems_protocol.audit import DAY_S, NO_SEED, SEED_DAYS, AuditReveal, is_seed_of
from gems_protocol.errors import GemsError
from gems_protocol.messages import Appeal, Commission
from tests.helpers.protocol_terms import CAMPAIGNS, key, who

LAST, TODAY = b"\x03" * 32, 19_000
ENDS = (TODAY + 30) * DAY_S
INFO = policy_info({"policy": {"name": "girm"}})
TERMS = read_pay({"mr": "1 GEM"}, INFO).terms(
    requester=who("requester"), hub=who("hub"), ends=ENDS, seed_tip=seed_tip(LAST, TODAY * DAY_S, ENDS)
)
CAMPAIGN = "0x" + TERMS.campaign_id().hex()
ROW = {
    "index": 3, "attempt": 1, "until": 9, "answer": [], "round": 1, "bond": "30", "seats": 3, "max_fee": "40",
}  # fmt: skip


class FakePlatform:
    """Answers from a table and remembers what was posted."""

    def __init__(self, **answers: Any) -> None:
        self.answers, self.posted = answers, list[tuple[str, Any]]()
        self.terms = TERMS

    def time(self) -> int:
        """Later than it is."""
        return (TODAY + 9) * DAY_S

    async def get(self, path: str, *, token: bool = True) -> Any:
        """From the table, by what stands last in the path."""
        name = path.rsplit("/", 1)[1]
        if name.startswith("held"):
            after = int(name.partition("=")[2])
            return {"held": [row for row in self.answers["held"] if row["index"] > after]}
        return self.answers[name] if name in self.answers else {"terms": self.terms.to_json()}

    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """Keep it."""
        self.posted.append((path, body))
        return {"judge_by": 99}

    async def put_file(self, path: str, content: bytes) -> Any:
        """Nothing is uploaded here."""
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


def requester(platform: FakePlatform) -> Requester:
    """A requester without a chain."""
    network = Network(
        name="n",
        chain_id=CAMPAIGNS.chain_id,
        rpc_urls=("http://127.0.0.1:9",),
        platform_url="http://127.0.0.1:9",
        platform_signer=who("hub"),
        gem="0x" + "11" * 20,
        channels="0x" + "12" * 20,
        campaigns=CAMPAIGNS.contract,
        hub_payer=who("hub"),
        relayer=who("relayer"),
        practice=True,
    )
    return Requester(network, platform, None, key("requester"))  # type: ignore[arg-type]


async def test_held_work_is_listed_and_found() -> None:
    platform = FakePlatform(held=[{**ROW, "index": index} for index in (3, 8)])
    rows = await held(requester(platform), CAMPAIGN)
    assert [row.index for row in rows] == [3, 8] and rows[0].bond == Amount(30)
    assert (await find_held(requester(platform), CAMPAIGN, 8)).index == 8
    with pytest.raises(NotHeld, match="Task 5 is not"):
        await find_held(requester(platform), CAMPAIGN, 5)
    for wrong in ({"bond": 1.5}, {"until": None}):
        with pytest.raises(GemsError):
            await held(requester(FakePlatform(held=[{**ROW, **wrong}])), CAMPAIGN)


async def test_an_appeal_is_signed_with_its_reason_and_bond() -> None:
    platform = FakePlatform(held=[ROW])
    asking = requester(platform)
    assert (
        await appeal(asking, CAMPAIGN, (await held(asking, CAMPAIGN))[0], "The box is on the wrong dog.")
        == 99
    )
    ((path, body),) = platform.posted
    message = Appeal.from_json(body["appeal"]["message"])
    message.check(CAMPAIGNS, bytes.fromhex(body["appeal"]["signature"][2:]), who("requester"))
    assert path == "/v1/appeals" and body["debit"] is None
    assert (message.index, message.attempt, message.round, message.bond) == (3, 1, 1, 30)
    assert message.reason_hash == keccak(text=body["reason"])


async def test_what_cannot_be_appealed_or_costs_too_much_is_not_signed() -> None:
    platform = FakePlatform()
    asking = requester(platform)
    item = Held(3, 0, 9, [], 1, None, 0, Amount(40))
    with pytest.raises(NotHeld, match="cannot be appealed"):
        await appeal(asking, CAMPAIGN, item, "why")
    for fee in (0, 41):
        with pytest.raises(NotHeld, match="at most"):
            await commission(asking, CAMPAIGN, item, Amount(fee))
    with pytest.raises(NotHeld, match="cannot be commissioned"):
        await commission(asking, CAMPAIGN, Held(3, 0, 9, [], 1, None, 0, Amount(0)), Amount(1))
    assert platform.posted == []
    assert await commission(asking, CAMPAIGN, item, Amount(40)) == 99
    signed = platform.posted[0][1]["commission"]
    message = Commission.from_json(signed["message"])
    message.check(CAMPAIGNS, bytes.fromhex(signed["signature"][2:]), who("requester"))
    assert (message.index, message.fee) == (3, 40)


def day(number: int, count: int = 2, seed: str | None = None) -> dict[str, Any]:
    """A day as the platform states it."""
    root = "0x" + keccak(count).hex()
    return {"day": number, "count": count, "root": root, "reveal_by": (number + 2) * DAY_S, "seed": seed}


class Kept:
    """Where promises are written down."""

    def __init__(self) -> None:
        self.private = Private(last_seed=LAST)

    def __call__(self, private: Private) -> None:
        self.private = private


async def test_only_days_that_are_over_get_their_seed_and_promises_are_kept_first() -> None:
    platform, kept = FakePlatform(seeds={"days": [day(TODAY - 1), day(TODAY)]}), Kept()
    now = TODAY * DAY_S + 60
    assert await show_seeds(requester(platform), CAMPAIGN, kept.private, now, kept) == [TODAY - 1]
    ((path, body),) = platform.posted
    assert path.endswith("/seeds") and body["day"] == TODAY - 1
    reveal = AuditReveal(bytes(32), bytes.fromhex(body["seed"][2:]), TODAY - 1)
    assert is_seed_of(reveal, TERMS)
    assert set(kept.private.days) == {TODAY - 1}


async def test_a_changed_promise_is_refused_before_anything_is_shown() -> None:
    kept = Kept()
    kept(kept.private.with_day(TODAY - 1, {"count": 1, "root": "0x" + keccak(1).hex()}))
    platform = FakePlatform(seeds={"days": [day(TODAY - 1, count=2)]})
    with pytest.raises(SeedsRefused, match="changed what it says"):
        await show_seeds(requester(platform), CAMPAIGN, kept.private, TODAY * DAY_S, kept)
    assert platform.posted == []


async def test_late_days_stay_zero_and_strange_ones_are_lies() -> None:
    shown = "0x" + seed_of(LAST, TODAY - 3, ENDS).hex()
    days = [day(TODAY - 5), day(TODAY - 3, seed=shown)]
    platform, kept = FakePlatform(seeds={"days": days}), Kept()
    now = TODAY * DAY_S
    assert await show_seeds(requester(platform), CAMPAIGN, kept.private, now, kept) == []
    assert [one.seed for one in await days_of(requester(platform), CAMPAIGN)] == [None, shown]
    for wrong in (day(TODAY - 3, seed="0x" + "01" * 32), day(TODAY - 999)):
        with pytest.raises(PlatformLied):
            await show_seeds(
                requester(FakePlatform(seeds={"days": [wrong]})), CAMPAIGN, kept.private, now, Kept()
            )


async def test_without_the_private_file_there_is_no_seed() -> None:
    platform = FakePlatform(seeds={"days": [day(TODAY - 1)]})
    with pytest.raises(SeedsRefused, match="not here"):
        await show_seeds(requester(platform), CAMPAIGN, Private(), TODAY * DAY_S, Kept())


def test_a_chain_is_no_longer_than_its_days() -> None:
    assert seed_tip(LAST, 0, (SEED_DAYS - 1) * DAY_S) != NO_SEED
    with pytest.raises(SeedsRefused, match="at most 399 days"):
        seed_tip(LAST, 0, SEED_DAYS * DAY_S)


async def test_a_campaign_without_seeds_says_so() -> None:
    platform = FakePlatform(seeds={"days": []})
    platform.terms = replace(TERMS, seed_tip=NO_SEED)
    name = "0x" + platform.terms.campaign_id().hex()
    with pytest.raises(SeedsRefused, match="has no seeds of its requester"):
        await show_seeds(requester(platform), name, Private(), TODAY * DAY_S, Kept())
