# SPDX-License-Identifier: Apache-2.0
"""Every route against nobody, a stranger and the owner: what is somebody's is nobody else's."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from gems_platform.app import ROUTERS
from gems_protocol.amount import Amount
from gems_protocol.messages import Assignment, BatchSubmission, Debit, Spend
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock, key
from tests.platform.test_money import _names
from tests.platform.world import World, world

OPEN = {
    ("GET", "/v1/draws/{campaign_id}"),
    ("GET", "/v1/draws/{campaign_id}/{index}/{attempt}"),
    ("GET", "/v1/rates"),
    ("GET", "/v1/info"),
    ("POST", "/v1/sign-in/nonce"),
    ("POST", "/v1/sign-in"),
    ("GET", "/v1/campaigns"),
    ("GET", "/v1/campaigns/{campaign_id}"),
    ("GET", "/v1/media/{sha256}"),
    ("GET", "/v1/trust/{address}"),
    ("GET", "/v1/requesters/{address}/report"),
    ("GET", "/v1/trust/{address}/attestations"),
    ("GET", "/v1/trust/{address}/record"),
    ("GET", "/v1/campaigns/{campaign_id}/gold"),
    ("GET", "/v1/campaigns/{campaign_id}/seeds"),
    ("GET", "/v1/campaigns/{campaign_id}/evidence/{index}/{attempt}"),
    ("POST", "/v1/tower/vouchers"),
    ("GET", "/v1/tower/vouchers/{channel_id}"),
    ("GET", "/v1/tower/mirror"),
    ("GET", "/v1/tower/mirror/{channel_id}"),
    ("GET", "/v1/tower/mirror/{signer}/{day}"),
    ("GET", "/v1/vouchers"),
    ("GET", "/v1/vouchers/{day}"),
    ("GET", "/v1/vouchers/{day}/{channel_id}"),
    ("OPTIONS", "/v1/uploads"),
    ("GET", "/v1/carry/key"),
    ("POST", "/v1/carry"),
}
ANY = "0x" + "ab" * 32
SIGNED = {"message": {}, "signature": "0x" + "00" * 65}
BODIES: dict[str, Any] = {
    "/v1/leases": {"request_id": ANY, "campaign_id": ANY, "count": 1},
    "/v1/leases/{batch_id}/confirm": {"debit": None},
    "/v1/leases/{batch_id}/return": {"assignment_hashes": [ANY]},
    "/v1/submissions": {
        "batch": SIGNED,
        "items": [{"assignment_hash": ANY, "salt": ANY, "answer": []}],
    },
    "/v1/reviews/leases": {"request_id": ANY, "count": 1},
    "/v1/votes": {"batch": SIGNED, "items": [{"vote": {}}]},
    "/v1/reviews/{batch_id}/skip": {"assignment_hashes": [ANY]},
    "/v1/channel/standing-order": {"bond_target": "1"},
    "/v1/channel/unbond": {"step": 1, "amount": "1", "debit": SIGNED},
    "/v1/channel/vouchers": {"vouchers": [], "assignments": [], "debit": None},
    "/v1/relay/transfers": {"transfer": SIGNED, "fee": SIGNED},
    "/v1/relay/claims": {
        "config": {
            "payer": "0x" + "00" * 20,
            "signer": "0x" + "00" * 20,
            "worker": "0x" + "00" * 20,
            "delay": 1,
            "salt": 0,
        },
        "voucher": SIGNED,
        "auth": SIGNED,
    },
    "/v1/relay/closes": {
        "config": {
            "payer": "0x" + "00" * 20,
            "signer": "0x" + "00" * 20,
            "worker": "0x" + "00" * 20,
            "delay": 1,
            "salt": 0,
        },
        "voucher": SIGNED,
        "auth": SIGNED,
    },
    "/v1/campaigns": {
        "terms": {},
        "manifest": {},
        "offer_signature": "0x" + "00" * 65,
        "tasks": [{"a": 1}],
    },
    "/v1/campaigns/{campaign_id}/spends": SIGNED,
    "/v1/campaigns/{campaign_id}/commissions": {"commission": SIGNED},
    "/v1/campaigns/{campaign_id}/seeds": {"day": 1, "seed": ANY},
    "/v1/campaigns/{campaign_id}/practice": {"answers": [{"place": 0, "answer": []}]},
    "/v1/campaigns/{campaign_id}/ratings": {"pay": 1, "clarity": 1, "speed": 1, "fairness": 1},
    "/v1/releases": {"batch": SIGNED, "releases": [{"task_key": ANY}]},
    "/v1/campaigns/{campaign_id}/tasks/{index}/messages": {"request_id": ANY, "text": "x"},
    "/v1/threads/{thread_id}/messages": {"request_id": ANY, "text": "x"},
    "/v1/threads/{thread_id}/mute": {"muted": True},
    "/v1/reports": {"request_id": ANY, "reason": "other", "campaign_id": ANY},
    "/v1/operator/reports/{report_id}": {"outcome": "upheld"},
    "/v1/appeals": {"appeal": SIGNED, "reason": "x", "debit": None},
    "/v1/verdicts/accept": {"assignment_hashes": [ANY]},
    "/v1/trust/appeal": {"reason": "x"},
    "/v1/trust/import": {"bundle": {}},
}


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


def _routes() -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]


async def test_every_route_but_the_open_ones_needs_a_token(live: World) -> None:
    nobody = Person(live.http, live.server.url, live.settings, key("nobody"))
    forged = replace(nobody, token="x" * 43)
    closed = [route for route in _routes() if route not in OPEN]
    assert len(closed) > 15 and {route for route in _routes() if route in OPEN} == OPEN
    for method, path in closed:
        body = BODIES.get(path, {}) if method not in ("GET", "HEAD") else None
        target = path.replace("{sha256}", "0" * 64).replace("{index}", "0")
        for name in ("campaign", "batch", "claim", "close", "transfer", "thread", "report"):
            target = target.replace(f"{{{name}_id}}", ANY)
        for who in (nobody, forged):
            with pytest.raises(Refused) as refused:
                await who.ask(method, target, body)
            code = "" if method == "HEAD" else "not_signed_in"  # its answer has no body
            assert (refused.value.status, refused.value.code) == (401, code), (method, path)


async def test_what_is_annas_is_not_bens(live: World) -> None:
    campaign = await live.campaign(2)
    anna, ben = await live.person("anna"), await live.person("ben")
    requester = await live.person("requester")
    await anna.post("/v1/channel", {})
    batch = await live.lease(anna, campaign, 1)
    name = batch["batch_id"]
    (hash_,) = _names(batch)
    sealed_by_ben = live.sealed(ben, name, [hash_])
    spend = Spend(bytes.fromhex(campaign[2:]), 10**18, 1)
    forged_spend = {
        "message": spend.to_json(),
        "signature": "0x" + spend.sign(live.settings.campaigns_domain, ben.key).hex(),
    }
    for who, method, path, body in (
        (ben, "POST", f"/v1/leases/{name}/confirm", {"debit": None}),
        (ben, "POST", f"/v1/leases/{name}/return", {"assignment_hashes": [hash_]}),
        (ben, "POST", f"/v1/reviews/{name}/skip", {"assignment_hashes": [hash_]}),
        (ben, "POST", "/v1/submissions", sealed_by_ben),
        (ben, "GET", f"/v1/campaigns/{campaign}/results", None),
        (ben, "GET", f"/v1/campaigns/{campaign}/spend-due", None),
        (ben, "POST", f"/v1/campaigns/{campaign}/spends", forged_spend),
        (ben, "POST", f"/v1/campaigns/{campaign}/cancel", {}),
        (ben, "GET", "/v1/channel", None),
        (ben, "GET", f"/v1/relay/claims/{ANY}", None),
    ):
        with pytest.raises(Refused) as refused:
            await who.ask(method, path, body)
        assert (refused.value.status, refused.value.code) == (404, "not_found"), path
    assert (await ben.get("/v1/leases"))["batches"] == []
    assert (await ben.get("/v1/events"))["events"] == []
    with pytest.raises(Refused) as refused:
        await live.lease(requester, campaign, 1)
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refused) as refused:
        await live.review(ben, 1)
    assert refused.value.code == "not_a_verifier" and "20 more" in refused.value.error["message"]


async def test_forged_signatures_take_nothing(live: World) -> None:
    campaign = await live.campaign(2)
    anna, ben = await live.person("anna"), await live.person("ben")
    batch = await live.lease(anna, campaign, 2)
    body = live.sealed(anna, batch["batch_id"], _names(batch))
    message = BatchSubmission.from_json(body["batch"]["message"])
    signature = message.sign(live.settings.campaigns_domain, anna.key)
    high_s = (
        signature[:32]
        + (
            0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
            - int.from_bytes(signature[32:64], "big")
        ).to_bytes(32, "big")
        + bytes([55 - signature[64]])
    )
    for forged in (message.sign(live.settings.campaigns_domain, ben.key), high_s, bytes(65)):
        bad = {**body, "batch": {**body["batch"], "signature": "0x" + forged.hex()}}
        with pytest.raises(Refused) as refused:
            await anna.post("/v1/submissions", bad)
        assert refused.value.code == "bad_signature"
    swapped = {**body, "items": body["items"][::-1]}
    with pytest.raises(Refused) as refused:
        await anna.post("/v1/submissions", swapped)
    assert refused.value.code == "malformed"
    half = {**body, "items": body["items"][:1]}
    with pytest.raises(Refused):
        await anna.post("/v1/submissions", half)
    await live.submit(anna, body)


async def test_a_forged_stake_or_vote_is_refused(live: World) -> None:
    await live.campaign(1)
    staked = await live.campaign(1, vs=Amount.gem("0.10"))
    anna, ben, vera = await live.person("anna"), await live.person("ben"), await live.person("verifier 0")
    given = await live.work(anna, staked, 1)
    assert isinstance(given[0], Assignment)
    with pytest.raises(Refused) as refused:
        await live.review(vera, 1)
    assert refused.value.code == "no_work"  # no bond, no staked seat
    await vera.post("/v1/channel", {})
    debit = Debit(bytes(32), 1, bytes(32))
    body = {
        "debit": {
            "message": debit.to_json(),
            "signature": "0x" + debit.sign(live.settings.channels_domain, ben.key).hex(),
        }
    }
    free = await live.campaign(1)
    batch = await vera.post(
        "/v1/leases", {"request_id": "0x" + secrets.token_hex(32), "campaign_id": free, "count": 1}
    )
    with pytest.raises(Refused) as refused:
        await vera.post(f"/v1/leases/{batch['batch_id']}/confirm", body)
    assert refused.value.code == "bad_debit"

    plain = await live.campaign(1)
    await live.work(anna, plain, 1)
    seats = await vera.post("/v1/reviews/leases", {"request_id": "0x" + secrets.token_hex(32), "count": 1})
    await live.confirm(vera, seats)
    votes = live.votes(vera, seats, True)
    forged = live.votes(replace(vera, key=ben.key), seats, True)
    with pytest.raises(Refused) as refused:
        await vera.post("/v1/votes", forged)
    assert refused.value.code == "bad_signature"
    flipped = {**votes, "items": live.votes(vera, seats, False)["items"]}
    with pytest.raises(Refused) as refused:
        await vera.post("/v1/votes", flipped)
    assert refused.value.code == "malformed"
    assert await vera.post("/v1/votes", votes) == await vera.post("/v1/votes", votes)
