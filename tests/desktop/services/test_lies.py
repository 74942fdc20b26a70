# SPDX-License-Identifier: Apache-2.0
"""A platform that signs whatever it likes: what its evidence does not support changes nothing of mine."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from gems_desktop.services.cursor import set_value
from gems_desktop.services.errors import BatchRefused, PlatformLied
from gems_desktop.services.facts import Connection, ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import EventRecord
from gems_desktop.services.sync_events import CURSOR
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import GemsError, MoneyDiffers
from gems_protocol.messages import Assignment, BatchReceipt, Voucher
from gems_protocol.signature import sign_digest
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_loop import do_all, judge_all, states
from tests.platform.conftest import key
from tests.platform.world import World

Change = Callable[[str, Any], Any]


class Lying:
    """Stands before the real platform port; `change` rewrites what was answered, as if it had been signed."""

    def __init__(self, session: LiveSession, change: Change) -> None:
        self._real, self._session, self._change = session.context.platform, session, change
        session.context.platform = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def stop(self) -> None:
        self._session.context.platform = self._real

    async def get(self, path: str, **options: Any) -> Any:
        return self._change(path, await self._real.get(path, **options))

    async def post(self, path: str, body: Any) -> Any:
        return self._change(path, await self._real.post(path, body))

    async def put(self, path: str, body: Any) -> Any:
        return self._change(path, await self._real.put(path, body))


def resigned(live: World, signed: dict[str, Any], kind: Any, **changes: Any) -> None:
    """Change fields of a signed message and sign it with the platform's own key."""
    signed["message"].update(changes)
    message = kind.from_json(signed["message"])
    domain = live.settings.channels_domain if kind is Voucher else live.settings.campaigns_domain
    signed["signature"] = "0x" + message.sign(domain, key("hub signer")).hex()


def forged(signed: dict[str, Any]) -> None:
    """A well-formed signature of a stranger."""
    signed["signature"] = "0x" + sign_digest(secrets.token_bytes(32), secrets.token_bytes(32)).hex()


async def delivered(live: World, session: LiveSession, count: int = 2) -> str:
    campaign = await live.campaign(count)
    await session.sync.fetch_batch(campaign, count)
    await do_all(session)
    await session.work.seal()
    await session.sync.flush()
    return campaign


async def judged(live: World, opened: Open, count: int = 2, verdict: str = "accept") -> None:
    for name in ("verifier 0", "verifier 1"):
        await judge_all(await opened(name), count, verdict)
    await live.tick()


def _forge_assignment(live: World, batch: dict[str, Any]) -> None:
    forged(batch["items"][0]["assignment"])


def _lower_reward(live: World, batch: dict[str, Any]) -> None:
    for item in batch["items"]:
        resigned(live, item["assignment"], Assignment, reward="1")


def _other_task(live: World, batch: dict[str, Any]) -> None:
    batch["items"][0]["task"] = {"text": "something else"}


def _other_miner(live: World, batch: dict[str, Any]) -> None:
    resigned(live, batch["items"][0]["assignment"], Assignment, miner="0x" + "12" * 20)


def _more_stake(live: World, batch: dict[str, Any]) -> None:
    batch["stake_total"] = "5"


def _twice(live: World, batch: dict[str, Any]) -> None:
    batch["items"].append(copy.deepcopy(batch["items"][0]))


def _short(live: World, batch: dict[str, Any]) -> None:
    for item in batch["items"]:
        resigned(live, item["assignment"], Assignment, due_at=str(live.clock.at + 5))


def _never_due(live: World, batch: dict[str, Any]) -> None:
    for item in batch["items"]:
        resigned(live, item["assignment"], Assignment, due_at=str(2**64 - 1))


async def test_a_bad_batch_is_not_taken(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    lies = (
        _forge_assignment,
        _lower_reward,
        _other_task,
        _other_miner,
        _more_stake,
        _twice,
        _short,
        _never_due,
    )
    for lie in lies:

        def change(path: str, answer: Any, lie: Any = lie) -> Any:
            if path == "/v1/leases":
                lie(live, answer)
            return answer

        lying = Lying(miner, change)
        with pytest.raises((PlatformLied, BatchRefused, MoneyDiffers)):
            await miner.sync.fetch_batch(campaign, 2)
        assert await states(miner) == [], lie.__name__
        lying.stop()
    await miner.sync.fetch_batch(campaign, 2)  # the same request again: the true batch is taken
    assert await states(miner) == [ItemState.LEASED] * 2


async def test_a_forged_receipt_moves_nothing_and_the_upload_pays_once(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 2)
    await do_all(miner)
    await miner.work.seal()
    for how in ("forged", "other root", "missing"):

        def change(path: str, answer: Any, how: str = how) -> Any:
            if path == "/v1/submissions":
                if how == "forged":
                    forged(answer["receipt"])
                elif how == "other root":
                    resigned(live, answer["receipt"], BatchReceipt, root="0x" + "ab" * 32)
                else:
                    answer.pop("receipt")
            return answer

        lying = Lying(miner, change)
        with pytest.raises(PlatformLied):
            await miner.sync.flush()
        assert await states(miner) == [ItemState.SEALED] * 2
        lying.stop()
    assert await miner.sync.flush() == 1
    await judged(live, opened)
    await miner.sync.pull()
    assert (await miner.earnings.facts()).paid == Amount.gem("1")


@pytest.mark.parametrize(("by", "told"), [(-1, "your own sum is"), (1, "your own sum is")])
async def test_a_voucher_that_is_a_unit_off_is_refused_and_shown(
    live: World, opened: Open, by: int, told: str
) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    await judged(live, opened)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "voucher":
                signed = event["voucher"]
                paid = str(int(signed["message"]["paid"]) + by)
                resigned(live, signed, Voucher, paid=paid)
        return answer

    lying = Lying(miner, change)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is not None and told in facts.difference.message
    assert facts.paid == ZERO and facts.owed == Amount.gem("1")
    assert await states(miner) == [ItemState.ACCEPTED] * 2
    lying.stop()
    # the next true voucher settles what the refused one should have, and the difference is gone
    other = await live.campaign(1)
    await miner.sync.fetch_batch(other, 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened, 1)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.difference is None and facts.paid == Amount.gem("1.5") and facts.owed == ZERO


async def test_a_voucher_of_a_stranger_is_refused(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)

    def change(path: str, answer: Any) -> Any:
        for event in answer.get("events", []) if path.startswith("/v1/events") else []:
            if event["kind"] == "voucher":
                forged(event["voucher"])
        return answer

    Lying(miner, change)
    await miner.sync.pull()
    facts = await miner.earnings.facts()
    assert facts.paid == ZERO and facts.difference is not None and "not signed" in facts.difference.message


def _claims_rejection(event: dict[str, Any]) -> None:
    event["accepted"] = False


def _forges_vote(event: dict[str, Any]) -> None:
    event["evidence"]["votes"][0]["signature"] = None
    forged(event["evidence"]["votes"][0]["batch"])


def _turns_vote(event: dict[str, Any]) -> None:
    event["evidence"]["votes"][0]["vote"]["accept"] = False


def _swaps_answer(event: dict[str, Any]) -> None:
    event["evidence"]["submission"]["submission"]["result_hash"] = "0x" + "cd" * 32


def _drops_evidence(event: dict[str, Any]) -> None:
    event["evidence"] = {}


async def test_a_verdict_without_proof_changes_nothing(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)
    for lie in (_claims_rejection, _forges_vote, _turns_vote, _swaps_answer, _drops_evidence):

        def change(path: str, answer: Any, lie: Any = lie) -> Any:
            for event in answer.get("events", []) if path.startswith("/v1/events") else []:
                if event["kind"] == "verdict":
                    lie(event)
            return answer

        lying = Lying(miner, change)
        await miner.sync.pull()
        assert await states(miner) == [ItemState.DELIVERED], lie.__name__
        kept = await miner.context.store.run(lambda tx: tx.find(EventRecord, kind="verdict"))
        assert [bool(event.problem) for event in kept] == [True]
        assert (await miner.trust.facts()).checked == 0
        await miner.context.store.run(lambda tx: set_value(tx, CURSOR, 0))
        lying.stop()
    await miner.sync.pull()  # the control: the true events are taken
    assert await states(miner) == [ItemState.PAID]


async def test_the_loop_goes_on_after_faults_and_backs_off(live: World, opened: Open) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 1)
    await judged(live, opened, 1)
    waits: list[float] = []
    done = asyncio.Event()
    real = miner.context.platform.get
    failing = [True] * 4  # each turn asks twice until one went well: two turns fail

    async def flaky(path: str, **options: Any) -> Any:
        if path.startswith("/v1/events") and failing:
            failing.pop()
            raise PlatformLied("a test says so.")
        return await real(path, **options)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 4:
            done.set()
            await asyncio.Event().wait()

    miner.context.platform.get = flaky  # type: ignore[method-assign]
    miner.context.clock.sleep = sleep  # type: ignore[method-assign]
    running = asyncio.create_task(miner.sync.run())
    await asyncio.wait_for(done.wait(), 20)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert await states(miner) == [ItemState.PAID]
    assert (
        waits[0] < waits[1] and waits[2] < waits[0] and waits[3] < waits[0]
    )  # the jitter is a quarter at most
    assert (await miner.sync.facts()).connection is Connection.ONLINE


async def test_no_network_is_needed_to_work_and_the_rest_waits(live: World, opened: Open) -> None:
    campaign = await live.campaign(2)
    miner = await opened("miner")
    await miner.sync.fetch_batch(campaign, 2)
    await live.server.close()
    assert await do_all(miner) == 2
    assert await miner.work.seal() == 2
    with pytest.raises(GemsError):
        await miner.sync.flush()
    assert await states(miner) == [ItemState.SEALED] * 2
    facts = await miner.sync.facts()
    assert facts.connection is Connection.OFFLINE and facts.unsent == 2 and facts.problem is not None
    await miner.close()
    again = await opened("miner")
    assert await states(again) == [ItemState.SEALED] * 2
