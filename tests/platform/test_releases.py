# SPDX-License-Identifier: Apache-2.0
"""Releases of paid tasks: only what was paid, only by who was paid, only to the hub; and no K+1-th batch without."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from gems_platform.releases import repository
from gems_platform.releases import service as releases
from gems_protocol import merkle
from gems_protocol.messages import Assignment, BatchRelease, Release, task_key
from tests.platform.acts import newcomer
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.test_upgrade import _at
from tests.platform.world import World, world


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


async def paid(live: World, who: Person, campaign: str, count: int = 1) -> list[bytes]:
    """Do tasks that are accepted and vouchered; their keys."""
    batch = await live.lease(who, campaign, count)
    names = [item["assignment"]["message"]["index"] for item in batch["items"]]
    given = [item["assignment"]["message"] for item in batch["items"]]
    await live.submit(who, live.sealed(who, batch["batch_id"], _hashes(given)))
    for number in (0, 1):
        verifier = await live.person(f"verifier {number}")
        await verifier.post("/v1/channel", {})
        await live.review(verifier, count)
    await live.tick()
    return [task_key(bytes.fromhex(campaign[2:]), index, 0) for index in names]


def _hashes(given: list[dict[str, object]]) -> list[str]:
    return ["0x" + Assignment.from_json(one).struct_hash().hex() for one in given]


async def _refused(who: Person, body: object) -> str:
    with pytest.raises(Refused) as refused:
        await who.post("/v1/releases", body)
    return refused.value.code


async def test_a_release_is_kept_with_what_the_contract_needs(live: World) -> None:
    campaign, anna = await live.campaign(3), await newcomer(live)
    keys = await paid(live, anna, campaign, 3)
    due = (await anna.get("/v1/releases/due"))["due"]
    assert {task_key(bytes.fromhex(campaign[2:]), one["index"], one["attempt"]) for one in due} == set(keys)
    body = live.releases(anna, due)
    for _ in range(2):  # a lost answer
        assert await anna.post("/v1/releases", body) == {"released": 3}
    assert await anna.post("/v1/releases", live.releases(anna, due)) == {"released": 3}  # signed anew
    assert await anna.get("/v1/releases/due") == {"due": [], "more": False}
    verifier = await live.person("verifier 0")
    await live.release(verifier)
    batch = BatchRelease.from_json(body["batch"]["message"])
    with live.server.app.state.context.db.read() as session:
        for key in keys:
            for who in (anna, verifier):
                kept = releases.stored(session, live.settings, key, who.address)
                assert kept is not None
                assert kept.place == (
                    (kept.index, kept.count, list(kept.path)),
                    kept.batch_id,
                    kept.sealed_at,
                )
                leaf = Release(key, live.settings.hub_payer).struct_hash()
                signed = BatchRelease(_root(kept, leaf), kept.count, kept.batch_id, kept.sealed_at)
                signed.check(live.settings.campaigns_domain, kept.signature, who.address)
            kept = releases.stored(session, live.settings, key, anna.address)
            assert kept is not None and kept.batch_id == batch.batch_id  # the first one stands
            assert releases.stored(session, live.settings, key, live.settings.hub) is None


def _root(kept: releases.StoredRelease, leaf: bytes) -> bytes:
    """The only root under which the stored path proves the leaf."""
    value, at, width, path = merkle.root([leaf]), kept.index, kept.count, list(kept.path)
    while width > 1:
        if at ^ 1 < width:
            other = path.pop(0)
            value = merkle._node(other, value) if at & 1 else merkle._node(value, other)
        at, width = at // 2, (width + 1) // 2
    assert merkle.verify(value, leaf, kept.index, kept.count, kept.path)
    return value


async def test_what_was_not_paid_is_not_taken(live: World) -> None:
    campaign, anna = await live.campaign(4), await newcomer(live)
    await paid(live, anna, campaign, 2)
    due = (await anna.get("/v1/releases/due"))["due"]
    ben = await live.person("ben")
    other = next(index for index in range(4) if index not in {one["index"] for one in due})
    unpaid = [{**due[0], "index": other}]
    good = live.releases(anna, due)
    swapped = {**good, "releases": list(reversed(good["releases"]))}
    for who, body, code in (
        (anna, live.releases(anna, due, to=live.settings.hub), "malformed"),  # not to the treasury
        (anna, live.releases(anna, due + unpaid), "conflict"),
        (anna, live.releases(anna, due + due[:1]), "malformed"),
        (anna, swapped, "malformed"),
        (anna, {**good, "releases": good["releases"][:1]}, "malformed"),
        (anna, live.releases(ben, due), "bad_signature"),
        (ben, live.releases(ben, due), "conflict"),
    ):
        assert await _refused(who, body) == code
    assert len((await anna.get("/v1/releases/due"))["due"]) == 2
    assert await anna.post("/v1/releases", good) == {"released": 2}  # the control: this one is taken


async def test_there_is_no_fourth_batch_without_releases(
    live: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, anna = await live.campaign(5), await newcomer(live)
    release = World.release

    async def none_of_annas(world: World, who: Person) -> int:
        return 0 if who is anna else await release(world, who)

    monkeypatch.setattr(World, "release", none_of_annas)
    for _ in range(3):
        await paid(live, anna, campaign)
    with pytest.raises(Refused) as refused:
        await live.lease(anna, campaign, 1)
    error = refused.value.error
    assert refused.value.code == "releases_due" and error["safe"] and error["action"]
    with pytest.raises(Refused, match="releases_due"):
        await anna.post("/v1/reviews/leases", {"request_id": "0x" + "01" * 32, "count": 1})
    assert await release(live, anna) == 3
    await paid(live, anna, campaign)  # the control: with them there is


async def test_a_verifier_without_releases_gets_no_seat(live: World, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, anna = await live.campaign(5), await newcomer(live)
    verifier, release = await live.person("verifier 0"), World.release
    await verifier.post("/v1/channel", {})

    async def none_of_the_verifiers(world: World, who: Person) -> int:
        return 0 if who is verifier else await release(world, who)

    monkeypatch.setattr(World, "release", none_of_the_verifiers)
    for _ in range(3):
        await paid(live, anna, campaign)
    await live.work(anna, campaign, 1)
    with pytest.raises(Refused, match="releases_due"):
        await live.review(verifier, 1)
    assert await release(live, verifier) == 3
    assert await live.review(verifier, 1) == 1


async def test_vouchers_handed_back_are_waited_for_anew(live: World) -> None:
    campaign, anna = await live.campaign(2), await newcomer(live)
    await paid(live, anna, campaign, 2)
    due = (await anna.get("/v1/releases/due"))["due"]
    await anna.post("/v1/releases", live.releases(anna, due[:1]))
    with live.server.app.state.context.db.write() as session:
        repository.owe_anew(session, anna.address)
    assert (await anna.get("/v1/releases/due"))["due"] == due[1:]


def test_what_was_paid_before_this_version_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "platform.sqlite3"
    _at(path, "0011")
    worker, campaign = "0x" + "aa" * 20, "0x" + "cc" * 32
    with closing(sqlite3.connect(path)) as store:
        for index, kind, seq in (
            (0, "reward", 1),
            (0, "stake_back", 1),
            (1, "stake_back", 1),
            (2, "reward", None),
        ):
            store.execute(
                "INSERT INTO lines (worker, campaign_id, idx, attempt, round, kind, amount, seq) "
                "VALUES (?, ?, ?, 0, 0, ?, '1', ?)",
                (worker, campaign, index, kind, seq),
            )
        store.commit()
    _at(path, "0012")
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute("SELECT worker, task_key, idx, attempt, batch FROM releases").fetchall()
    key = "0x" + task_key(bytes.fromhex(campaign[2:]), 0, 0).hex()
    assert rows == [(worker, key, 0, 0, None)]
