# SPDX-License-Identifier: Apache-2.0
"""A backup, an hour of work, the backup put back: nothing is signed beside what was signed in that hour."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gems_platform.app import serve
from gems_platform.channels import doubt, repository
from gems_platform.channels.closing import freeze
from gems_platform.db import Database
from gems_platform.errors import Restored
from gems_platform.operating.backing_up import back_up
from gems_platform.operating.restoring import restore
from gems_protocol.amount import Amount
from gems_protocol.messages import Voucher
from tests.platform import stores
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.test_money import _names
from tests.platform.world import World, world

HALF = Amount.gem("0.50").units


async def _earn(live: World, who: Person, count: int = 1) -> dict[str, list[dict[str, Any]]]:
    """A campaign of `count` tasks, done by one and accepted by two; the signed assignments of each."""
    campaign = await live.campaign(count)
    batch = await live.lease(who, campaign, count)
    await live.submit(who, live.sealed(who, batch["batch_id"], _names(batch)))
    given = {who.address: [item["assignment"] for item in batch["items"]]}
    for number in range(2):
        verifier = await live.person(f"verifier {number}")
        await live.release(verifier)
        seats = await verifier.post(
            "/v1/reviews/leases", {"request_id": "0x" + secrets.token_hex(32), "count": count}
        )
        await live.confirm(verifier, seats)
        await verifier.post("/v1/votes", live.votes(verifier, seats, accept=True))
        given[verifier.address] = [item["assignment"] for item in seats["items"]]
    await live.tick()
    return given


async def _held(who: Person) -> list[dict[str, Any]]:
    """The vouchers that a client keeps, oldest first, as it hands them back."""
    found = (await who.get("/v1/events?after=0"))["events"]
    return [
        {"voucher": event["voucher"], "lines": event["lines"]}
        for event in found
        if event["kind"] == "voucher"
    ]


async def _put_back(live: World, backup: Path) -> None:
    """The platform is lost and comes back from a backup, in another folder or database."""
    await live.server.close()
    folder = live.settings.data_dir.with_name("restored")
    settings = replace(live.settings, data_dir=folder, store_url=stores.new(folder), public_url="")
    with closing(Database(settings.store)) as db:
        assert restore(db, settings, backup, live.clock.at).doubted
    live.server = await serve(settings, clock=live.clock, ticking=False)
    live.settings = live.server.app.state.context.settings
    live.people.clear()


async def _voucher(who: Person) -> Voucher:
    shown = await who.get("/v1/channel")
    return Voucher.from_json(shown["voucher"]["message"])


@pytest.mark.parametrize("believing", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_an_hour_that_was_lost(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch, *, believing: bool
) -> None:
    """believing: the control, a hub that takes its backup for the present signs a number twice."""
    async with world(tmp_path, clock) as live:
        anna, verifiers = await live.person("anna"), [await live.person(f"verifier {n}") for n in range(2)]
        for one in (anna, *verifiers):
            await one.post("/v1/channel", {})
        await _earn(live, anna)
        backup = tmp_path / "backup"
        back_up(live.server.app.state.context.db, live.settings, backup, clock.at)
        clock.at += 3_600
        await anna.sign_in()
        given = await _earn(live, anna, 2)
        held = {who.address: await _held(who) for who in (anna, *verifiers)}
        lost = await _voucher(anna)
        assert (lost.seq, lost.paid) == (2, 3 * HALF)
        if believing:
            monkeypatch.setattr(doubt, "begin", lambda *_: 1)
        await _put_back(live, backup)

        anna = await live.person("anna")
        await live.person("verifier 0"), await live.person("verifier 1")
        await _earn(live, anna)  # those who were away go on, before anybody handed anything back
        now = await _voucher(anna)
        if believing:
            assert now.seq == lost.seq and now.paid != lost.paid
            return
        assert (now.seq, now.paid) == (1, HALF)
        shown = await anna.get("/v1/channel")
        assert shown["restored"] is True
        with live.server.app.state.context.db.read() as session:
            assert len(repository.workers_owed(session)) == 3  # all is owed, nothing is signed

        for who in (anna, *[await live.person(f"verifier {n}") for n in range(2)]):
            before = (await _voucher(who)).seq
            mine = held[who.address]
            body = {"vouchers": mine[:1], "assignments": [], "debit": None, "more": True}
            await who.ask("PUT", "/v1/channel/vouchers", body)  # the newest of them is still to come
            await live.tick()
            assert (await _voucher(who)).seq == before and (await who.get("/v1/channel"))["restored"] is True
            body = {"vouchers": mine[1:], "assignments": given[who.address], "debit": None}
            assert (await who.ask("PUT", "/v1/channel/vouchers", body))["restored"] is False
        await live.tick()
        now = await _voucher(anna)
        assert (now.seq, now.paid) == (3, 4 * HALF)  # the lost two once, and the one of today
        await live.tick()
        assert await _voucher(anna) == now


async def test_who_has_nothing_newer_says_so_and_a_channel_without_deposit_is_in_no_doubt(
    tmp_path: Path, clock: HandClock
) -> None:
    async with world(tmp_path, clock) as live:
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        backup = tmp_path / "backup"
        back_up(live.server.app.state.context.db, live.settings, backup, clock.at)
        await (await live.person("carl")).post("/v1/channel", {})  # opened in the hour that is lost
        await _put_back(live, backup)

        anna, carl, dora = [await live.person(name) for name in ("anna", "carl", "dora")]
        for who, restored in ((anna, True), (carl, True), (dora, False)):
            await who.post("/v1/channel", {})
            assert (await who.get("/v1/channel"))["restored"] is restored, who.address
        db = live.server.app.state.context.db
        with pytest.raises(Restored), db.write() as session:
            freeze(session, live.settings, anna.address, clock.at)
        for who in (anna, carl):
            nothing: dict[str, Any] = {"vouchers": [], "assignments": [], "debit": None}
            assert (await who.ask("PUT", "/v1/channel/vouchers", nothing))["restored"] is False
        with db.write() as session:
            assert freeze(session, live.settings, anna.address, clock.at).seq == 0
