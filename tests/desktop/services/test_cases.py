# SPDX-License-Identifier: Apache-2.0
"""A cheated worker's case: written by its program, brought by a stranger with gas, paid by the contracts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.commands import case as command
from gems_desktop.commands.case_folder import CaseFolder
from gems_desktop.services.errors import NothingToDo, PlatformRefused
from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_queue import OutboxFilter
from gems_desktop.services.live import LiveSession
from gems_protocol import case as case_file
from gems_protocol.amount import UNIT
from gems_protocol.case import Kind, read
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_lies import Lying, judged
from tests.desktop.services.test_loop import do_all
from tests.platform.conftest import key
from tests.platform.disputing import Court
from tests.platform.world import World, world

DAY = 86_400
SMALL: dict[str, Any] = {"panel": 3, "quorum": 2, "rounds": 1, "window": 3 * DAY}
MR, VR = UNIT // 2, UNIT // 10


@pytest.fixture
async def live(tmp_path: Path, clock: TestClock) -> Any:
    async with world(tmp_path, clock, collateral=10 * UNIT) as running:
        for _ in range(6):  # the hub's key and collateral, each step seen on chain before the next
            await running.tick()
        yield running


@pytest.fixture
def court(live: World) -> Court:
    return Court(live)


@pytest.fixture
def asked(live: World, tmp_path: Path) -> argparse.Namespace:
    """What a stranger with gas types."""
    place = tmp_path / "gas.key"
    place.write_text(key("other requester").hex())
    place.chmod(0o600)
    urls = [live.settings.rpc_url] * 2
    return argparse.Namespace(rpc=urls, key_file=place, yes=True, max_gas_gwei=100)


def silenced(path: str, answer: Any) -> Any:
    """A hub that pays nobody: no voucher arrives."""
    if path.startswith("/v1/events"):
        answer["events"] = [event for event in answer["events"] if event["kind"] != "voucher"]
    return answer


async def delivered(live: World, session: LiveSession) -> str:
    campaign = await live.campaign(40, **SMALL)
    await session.sync.fetch_batch(campaign, 1)
    await do_all(session)
    await session.work.seal()
    await session.sync.flush()
    return campaign


async def the_item(session: LiveSession) -> Any:
    return (await session.work.outbox_page(OutboxFilter())).items[0]


async def gem(live: World, session: LiveSession) -> int:
    return await live.chain.gem_balance((await session.context.signer.wallet()).address)


async def do(asked: argparse.Namespace, place: Path, part: str) -> int:
    works = {"submit": command.submit_case, "finish": command.finish_case, "status": command.status_of}
    return await command.bring(asked, command.read_case(place), works[part])


async def test_accepted_and_unpaid_work_is_paid_by_the_escrow(
    live: World,
    opened: Open,
    clock: TestClock,
    court: Court,
    asked: argparse.Namespace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    Lying(miner, silenced)
    await judged(live, opened, 1)
    await miner.sync.pull()
    item = await the_item(miner)
    assert item.state is ItemState.ACCEPTED
    verifier = await opened("verifier 0")
    Lying(verifier, silenced)
    await verifier.sync.pull()
    vote = await the_item(verifier)
    assert (await verifier.cases.facts(vote.item_id)).kind == "claim"
    assert (await verifier.cases.facts(vote.item_id)).pays.units == VR
    place = tmp_path / "mine.gems-case"
    with pytest.raises(NothingToDo):  # the hub has a day
        await miner.cases.write(item.item_id, str(place))
    await court.pass_to(clock.at + 2 * DAY)
    await miner.sync.pull()
    before = await miner.cases.facts(item.item_id)
    assert (before.kind, before.stage, before.pays.units) == ("claim", "BRING", MR)
    await miner.cases.write(item.item_id, str(place))
    nothing_secret(place, miner)
    assert await do(asked, place, "submit") == command.DONE
    waits = await miner.cases.facts(item.item_id)
    assert waits.stage == "WAITS" and waits.until > clock.at and waits.saved_at
    assert await do(asked, place, "submit") == command.LATER
    assert await do(asked, place, "finish") == command.LATER  # the window is not over
    held, voted = await gem(live, miner), await gem(live, verifier)
    await court.pass_to(waits.until)
    assert await do(asked, place, "finish") == command.DONE
    assert await gem(live, miner) - held == MR and await gem(live, verifier) - voted == VR
    assert (await miner.cases.facts(item.item_id)).stage == "PAID"
    told = capsys.readouterr().out
    assert "Gas: about" in told and "The contract has paid." in told


def nothing_secret(place: Path, session: LiveSession) -> None:
    """Only what was signed to be shown: no answer, no key, no draw, nothing of the store."""
    value = json.loads(place.read_text())
    evidence = value["evidence"]
    assert evidence["audit"] is None and evidence["answer"] is None and evidence["notes"] == []
    assert all(cast["answer"] is None for cast in evidence["votes"])
    text = place.read_text()
    assert key("miner").hex() not in text and "choices" not in text and "profile" not in text


async def test_a_silent_hub_pays_from_its_collateral(
    live: World,
    opened: Open,
    clock: TestClock,
    court: Court,
    asked: argparse.Namespace,
    tmp_path: Path,
) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    item = await the_item(miner)
    early = await miner.cases.facts(item.item_id)
    assert early.kind == "silent" and early.since == clock.at + 2 * DAY + 3 * DAY
    await court.pass_to(early.since + 60)
    place = tmp_path / "mine.gems-case"
    await miner.cases.write(item.item_id, str(place))
    nothing_secret(place, miner)
    (tmp_path / "bad.gems-case").write_text("no case")
    tower = CaseFolder(
        tmp_path, asked.rpc, live.settings.chain_id, asked.key_file, 100, clock=lambda: float(clock.at)
    )
    assert await tower.turn() == 1
    waits = await miner.cases.facts(item.item_id)
    assert waits.stage == "WAITS"
    assert await tower.turn() == 0
    await court.pass_to(waits.until)
    held = await gem(live, miner)
    assert await tower.turn() == 1
    assert await gem(live, miner) - held == MR
    assert (await miner.cases.facts(item.item_id)).stage == "PAID"


async def test_work_that_the_hub_refuses_is_anchored_and_paid(
    live: World,
    opened: Open,
    clock: TestClock,
    court: Court,
    asked: argparse.Namespace,
    tmp_path: Path,
) -> None:
    miner = await opened("miner")
    campaign = await live.campaign(40, **SMALL)
    await miner.sync.fetch_batch(campaign, 1)
    await do_all(miner)
    await miner.work.seal()
    honest = miner.context.platform.post

    async def refuses(path: str, body: Any) -> Any:
        if path == "/v1/submissions":
            raise PlatformRefused("conflict", "no", action="")
        return await honest(path, body)

    miner.context.platform.post = refuses  # type: ignore[method-assign]
    with pytest.raises(PlatformRefused):
        await miner.sync.flush()
    item = await the_item(miner)
    shown = await miner.cases.facts(item.item_id)
    assert (shown.kind, shown.by) == ("anchor", item.due_at)
    place = tmp_path / "mine.gems-case"
    await miner.cases.write(item.item_id, str(place))
    assert read(place.read_bytes()).kind is Kind.ANCHOR
    assert await do(asked, place, "submit") == command.DONE
    early = await miner.cases.facts(item.item_id)
    assert early.stage == "EARLY"
    await court.pass_to(early.until + 60)
    assert await do(asked, place, "submit") == command.DONE
    await court.pass_to((await miner.cases.facts(item.item_id)).until)
    held = await gem(live, miner)
    assert await do(asked, place, "finish") == command.DONE
    assert await gem(live, miner) - held == MR


async def test_a_changed_file_is_refused_in_words(
    live: World, opened: Open, clock: TestClock, court: Court, tmp_path: Path
) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    item = await the_item(miner)
    await court.pass_to((await miner.cases.facts(item.item_id)).since + 60)
    place = tmp_path / "mine.gems-case"
    await miner.cases.write(item.item_id, str(place))
    whole = place.read_bytes()
    for at in range(7, len(whole), 97):
        changed = bytearray(whole)
        changed[at] ^= 1
        place.write_bytes(bytes(changed))
        try:
            same = command.read_case(place) == read(whole)
        except command.CannotBring as error:
            assert error.message.startswith("This is no sound case")
        else:
            assert same, at  # the case of a letter in white space or a hex digit that means the same
    value = json.loads(whole)
    for forged in forgeries(value):  # the control: with the checksum alone these would be taken
        forged.pop("sha256")
        forged["sha256"] = case_file._checksum(forged)
        place.write_text(json.dumps(forged))
        with pytest.raises(command.CannotBring, match="no sound case"):
            command.read_case(place)
    place.write_text(json.dumps({**value, "evidence": {**value["evidence"], "answer": ["choices"]}}))
    with pytest.raises(AssertionError):  # the control of what looks for secrets
        nothing_secret(place, miner)
    place.write_bytes(b"{" * 300_000)
    with pytest.raises(command.CannotBring):
        command.read_case(place)


def forgeries(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The same case asking for more, for somebody else, elsewhere, earlier, of another kind, or holding more."""
    found = []
    for change in (
        lambda v: v["evidence"]["assignment"]["message"].update(reward=str(10**24)),
        lambda v: v["evidence"]["assignment"]["message"].update(miner="0x" + "12" * 20),
        lambda v: v["receipt"]["message"].update(received_at="1"),
        lambda v: v.update(chain_id=1),
        lambda v: v.update(campaigns="0x" + "12" * 20),
        lambda v: v.update(kind="anchor"),
        lambda v: v.update(kind="claim"),
        lambda v: v["evidence"].update(answer=[{"secret": 1}]),
        lambda v: v["terms"].update(mr=str(10**24)),
        lambda v: v.update(more=1),
    ):
        forged = json.loads(json.dumps(value))
        change(forged)
        found.append(forged)
    return found
