# SPDX-License-Identifier: Apache-2.0
"""Each fault of a network against the real client and platform: nothing lost, nothing twice; controls must fail."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from gems_desktop.adapters.platform_answers import Call
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.services import sync_send, uploading
from gems_desktop.services.errors import CaptivePortal, NothingToDo, Offline
from gems_desktop.services.facts import ItemState
from gems_desktop.services.records import AttemptRecord, SealedRecord
from tests.faults.lines import Behind, behind, states, until, work
from tests.helpers.bad_line import BadLine, Fault

pytestmark = pytest.mark.asyncio(loop_scope="module")
TASKS = 60
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]
SOME = [Fault.CUT_AFTER, Fault.TWICE_AT_ONCE, Fault.CORRUPT_ANSWER]
BEGIN, PART, USE = ("POST", "/v1/uploads"), ("PATCH", "/v1/uploads/"), ("POST", "/v1/submissions")
UPLOADS = [
    pytest.param(*PART, [*SOME, Fault.CUT_MIDDLE, Fault.CORRUPT_REQUEST], id="a part"),
    pytest.param(*PART, FAULTS, id="a part, all faults", marks=pytest.mark.long),
    pytest.param(*BEGIN, SOME, id="its begin"),
    pytest.param(*USE, SOME, id="its use"),
    pytest.param(*BEGIN, FAULTS, id="its begin, all faults", marks=pytest.mark.long),
    pytest.param(*USE, FAULTS, id="its use, all faults", marks=pytest.mark.long),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def there(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Behind]:
    async with behind(tmp_path_factory.mktemp("line"), BadLine()) as made:
        await made.live.campaign(TASKS * 2)
        yield made


async def _campaign(there: Behind) -> str:
    answer = await (await there.live.person("anybody")).get("/v1/campaigns")
    return str(answer["campaigns"][0]["campaign_id"])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.lower())
async def test_a_batch_in_one_request_survives(there: Behind, fault: Fault) -> None:
    session = await there.session(f"direct-{fault.name}")
    await work(session, await _campaign(there), 1)
    before = there.counts()
    there.line.next(fault, "/v1/submissions", method="POST")
    await until(session, session.sync.flush)
    after = there.counts()
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)
    assert await states(session) == {ItemState.DELIVERED}
    assert not await session.context.store.run(lambda tx: tx.find(AttemptRecord))
    await session.close()


@pytest.mark.parametrize(("method", "path", "faults"), UPLOADS)
async def test_an_upload_survives(
    there: Behind, method: str, path: str, faults: list[Fault], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults at each kind of request of an upload, one a batch."""
    monkeypatch.setattr(sync_send, "DIRECT", 100)
    for name in ("FIRST", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(uploading, name, 120)
    campaign = await _campaign(there)
    for place, fault in enumerate(faults):
        if place % 3 == 0:  # as many batches as may be unpaid
            session = await there.session(f"upload-{method}-{len(path)}-{len(faults)}-{place}")
        await work(session, campaign, 1)
        before = there.counts()
        there.line.next(fault, path, method=method)
        await until(session, session.sync.flush)
        after = there.counts()
        assert (after[0] - before[0], after[1] - before[1]) == (1, 1), fault
        assert [seen for seen in there.line.seen if seen[2] is fault and seen[1].startswith(path)], fault
        assert await states(session) == {ItemState.DELIVERED}


async def test_a_restart_goes_on_from_what_the_platform_has(
    there: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_send, "DIRECT", 100)
    for name in ("FIRST", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(uploading, name, 100)
    monkeypatch.setattr(uploading, "_FAILS", 0)
    session = await there.session("restarted")
    await work(session, await _campaign(there), 1)
    there.line.next(Fault.NONE, "/v1/uploads/", times=2, method="PATCH")
    there.line.next(Fault.CUT_BEFORE, "/v1/uploads/", method="PATCH")
    with pytest.raises(Exception, match="cannot be reached"):
        await session.sync.flush()
    [attempt] = await session.context.store.run(lambda tx: tx.find(AttemptRecord))
    assert (attempt.sent, attempt.tries, attempt.problem) == (200, 1, "Offline") and attempt.size > 300
    await session.close()
    there.line.seen.clear()
    again = await there.session("restarted")
    await again.sync.flush()
    patches = [seen for seen in there.line.seen if seen[0] == "PATCH"]
    assert len(patches) == -(-(attempt.size - 200) // 100)
    assert await states(again) == {ItemState.DELIVERED}
    await again.close()


async def test_a_portal_is_said_and_the_others_go_on_when_it_is_gone(there: Behind) -> None:
    session = await there.session("hotel")
    await work(session, await _campaign(there), 1)
    there.line.next(Fault.PORTAL, "/v1/submissions")
    with pytest.raises(CaptivePortal):
        await session.sync.flush()
    problem = (await session.sync.facts()).problem
    assert problem is not None and "log in" in problem.message
    assert await session.sync.flush() == 1
    await session.close()


async def test_one_batch_waits_and_the_others_go_on(there: Behind) -> None:
    session = await there.session("several")
    campaign = await _campaign(there)
    for _ in range(3):
        await work(session, campaign, 1)
    there.line.next(Fault.CUT_BEFORE, "/v1/submissions", times=3)  # all tries of the first batch
    assert await session.sync._sending.flush(by_hand=False) == 2
    [attempt] = await session.context.store.run(lambda tx: tx.find(AttemptRecord))
    now = session.context.platform.time()
    assert attempt.tries == 1 and attempt.problem == "Offline" and now <= attempt.next_at <= now + 4
    waits = replace(attempt, next_at=now + 4)
    await session.context.store.run(lambda tx: tx.put(waits))
    assert await session.sync._sending.flush(by_hand=False) == 0  # its time has not come
    assert await session.sync.flush() == 1  # by hand it goes at once
    await session.close()


@pytest.mark.parametrize("broken", [False, True], ids=["as it is", "control: another id at each try"])
async def test_a_lease_that_is_cut_off_is_repeated_not_doubled(
    there: Behind, broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control makes a new request id whenever a request is sent, as a client without stored intents would."""
    session = await there.session(f"lease-{broken}")
    campaign = await _campaign(there)
    await session.sync.fetch_batch(campaign, 1)
    if broken:
        once = PlatformHttp._once

        async def forgetful(self: PlatformHttp, call: Call, bearer: str) -> Any:
            if call.path == "/v1/leases":
                value = json.loads(call.content) | {"request_id": "0x" + os.urandom(32).hex()}
                content = json.dumps(value).encode()
                call = replace(call, content=content, sent=content)
            return await once(self, call, bearer)

        monkeypatch.setattr(PlatformHttp, "_once", forgetful)
    before = there.counts()[2]
    there.line.next(Fault.CUT_AFTER, "/v1/leases", method="POST")
    await session.sync.fetch_batch(campaign, 1)
    assert there.counts()[2] - before == (2 if broken else 1)
    await session.close()


async def test_the_meter_counts_each_byte_for_its_campaign(there: Behind) -> None:
    session = await there.session("metered")
    campaign = await _campaign(there)
    await session.sync.campaigns(refresh=True)
    there.line.up.clear()
    await work(session, campaign, 2)
    await session.sync.flush()
    found = await session.sync.meter()
    told = {one.campaign_id: one for one in found.campaigns}
    sent = there.line.up["/v1/submissions"]
    assert told[campaign].title == "Moods" and told[campaign].sent > sent * 0.9
    assert found.today == found.days[-1].total == sum(one.total for one in found.campaigns)
    assert (await session.sync.facts()).bytes_today == found.today
    await session.close()


async def test_receipts_are_kept(there: Behind) -> None:
    session = await there.session("kept")
    await work(session, await _campaign(there), 1)
    await session.sync.flush()
    [sealed] = await session.context.store.run(lambda tx: tx.find(SealedRecord))
    receipt: dict[str, Any] = json.loads(sealed.receipt)
    assert receipt["message"]["root"] == sealed.root
    await session.close()


async def test_everything_goes_through_the_proxy_or_nothing(
    there: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second line is the proxy: the platform and the chain are asked through it, and nothing beside it."""
    monkeypatch.setattr("gems_desktop.adapters.proxy._HERE", ())
    campaign = await _campaign(there)
    session = await there.session("proxied")
    for bad in (
        "socks4://127.0.0.1:9050",
        "http://host",
        "ftp://host:1",
        "http://a b:1",
    ):
        with pytest.raises(NothingToDo):
            await session.settings.change(proxy=bad)
    async with BadLine() as proxy:
        await session.settings.change(proxy=proxy.url)
        await work(session, campaign, 1)
        await session.sync.flush()
        asked = [path for _, path, _ in proxy.seen]
        assert "/v1/submissions" in asked and "/v1/leases" in asked
        assert "/" in asked  # the chain's node
        await session.close()
        session = await there.session("proxied")
        assert (await session.settings.facts()).proxy == proxy.url
        before = len(proxy.seen)
        await session.sync.campaigns(refresh=True)
        assert len(proxy.seen) > before
    with pytest.raises(Offline):
        await session.sync.campaigns(refresh=True)  # the proxy is gone: nothing goes past it
    await session.settings.change(proxy="")
    await session.sync.campaigns(refresh=True)
    await session.close()
