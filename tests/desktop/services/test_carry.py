# SPDX-License-Identifier: Apache-2.0
"""Carry files on bad sticks and on odd ways: what is refused changes nothing, what was written is never taken back."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.cli import main
from gems_desktop.services import carry_content, carry_disk
from gems_desktop.services.carry_errors import (
    FileUnreadable,
    NoCarryKey,
    OtherFileThere,
    OthersReply,
    StickUnwritable,
)
from gems_desktop.services.carry_key import take_key
from gems_desktop.services.errors import NothingToDo, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.network import Network
from gems_desktop.services.records import CarryRecord, SealedRecord
from gems_platform.carry import keys
from gems_protocol import carry
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_loop import do_all
from tests.helpers.unplugged import unplugged
from tests.platform.conftest import key
from tests.platform.world import World


async def with_work(live: World, session: LiveSession, count: int = 1) -> None:
    """Sealed work that waits in the outbox, and the platform's key."""
    await session.sync.fetch_batch(await live.campaign(count), count)
    await session.sync.pull()
    await do_all(session)
    await session.work.seal()


async def sealed(session: LiveSession) -> SealedRecord:
    (found,) = await session.context.store.run(lambda tx: tx.find(SealedRecord))
    return found


@pytest.fixture
async def miner(live: World, opened: Open) -> LiveSession:
    session = await opened("miner")
    await with_work(live, session)
    return session


def _fault(number: int) -> Callable[..., Any]:
    def fail(*_args: Any, **_more: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


async def test_a_stick_that_is_full_or_holds_other_things_takes_nothing_away(
    miner: LiveSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for step in ("_to_medium", "_give_name"):
        with monkeypatch.context() as broken:
            broken.setattr(carry_disk, step, _fault(errno.ENOSPC))
            with pytest.raises(StickUnwritable) as refused:
                await miner.carry.write(str(stick / "a.gems-carry"))
        assert "no room" in refused.value.message and list(stick.iterdir()) == []
    diary = stick / "diary.txt"
    diary.write_text("dear diary")
    with pytest.raises(OtherFileThere):
        await miner.carry.write(str(diary))
    assert diary.read_text() == "dear diary"
    with pytest.raises(StickUnwritable):
        await miner.carry.write(str(stick / "not" / "there"))
    for nothing in (stick / "nothing", stick):
        with pytest.raises(FileUnreadable):
            await miner.carry.read_reply(str(nothing))
    assert not (await sealed(miner)).attempted and (await miner.carry.facts()).waiting == 0
    found = await miner.carry.write(str(stick / "a.gems-carry"))
    assert found.tasks == 1 and found.size == (stick / "a.gems-carry").stat().st_size
    assert (await sealed(miner)).attempted
    with pytest.raises(NothingToDo):
        await miner.work.take_back((await miner.work.outbox())[0].item_id)
    await miner.carry.write(str(stick / "a.gems-carry"))  # a newer one in its place
    assert sorted(path.name for path in stick.iterdir()) == ["a.gems-carry", "diary.txt"]


async def test_without_the_platforms_key_nothing_is_written(
    live: World, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    session = await opened("fresh")
    with pytest.raises(NoCarryKey):
        await session.carry.write(str(tmp_path / "a"))
    assert (await session.carry.facts()).opened_until == 0
    await session.sync.pull()
    until = (await session.carry.facts()).opened_until
    assert until >= clock.at + 90 * 86_400
    await session.context.platform.close()  # type: ignore[attr-defined]
    session.context.platform.heard(until)
    with pytest.raises(PlatformLied):
        forged = keys.signed_key(live.settings, clock.at)
        await take_key(session.context, {**forged, "message": {**forged["message"], "until": "9999999999"}})


async def test_a_refused_batch_goes_back_as_it_does_online(
    live: World, miner: LiveSession, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    out, back = str(tmp_path / "out"), str(tmp_path / "back")
    with unplugged(miner):
        await miner.carry.write(out)
    clock.at += 86_400 + live.settings.grace_s + 10
    await live.tick()
    courier = await opened("courier")
    await courier.carry.send(out, back)
    with unplugged(miner):
        result = await miner.carry.read_reply(back)
    assert [(one.kind, one.count, one.code) for one in result.refused] == [("work", 1, "late")]
    assert result.delivered == 0
    assert {item.state for item in await miner.work.outbox()} == {ItemState.EXPIRED}
    again = await miner.carry.read_reply(back)
    assert again.again and again.refused == ()


async def test_replies_are_read_in_any_order_and_foreign_ones_never(
    live: World, miner: LiveSession, opened: Open, tmp_path: Path
) -> None:
    courier = await opened("courier")
    first, second = str(tmp_path / "1"), str(tmp_path / "2")
    await miner.carry.write(first)
    await miner.carry.write(second)
    assert (await miner.carry.facts()).waiting == 2
    await courier.carry.send(first, first + "r")
    await courier.carry.send(second, second + "r")
    assert (await miner.carry.read_reply(second + "r")).delivered == 1
    assert (await miner.carry.read_reply(first + "r")).delivered == 0
    assert (await miner.carry.facts()).waiting == 0
    other = await opened("other")
    with pytest.raises(OthersReply):
        await other.carry.read_reply(first + "r")
    records = await miner.context.store.run(lambda tx: tx.find(CarryRecord))
    await miner.context.store.run(lambda tx: [tx.remove(CarryRecord, one.carry_id) for one in records])
    with pytest.raises(OthersReply):
        await miner.carry.read_reply(first + "r")


async def test_a_reply_that_another_platform_signed_is_refused(
    live: World, miner: LiveSession, tmp_path: Path
) -> None:
    await miner.carry.write(str(tmp_path / "out"))
    (record,) = await miner.context.store.run(lambda tx: tx.find(CarryRecord))
    packed = carry.pack({"batches": [], "appeals": [], "skips": [], "events": [], "after": 0, "more": False})
    from eth_utils.crypto import keccak

    from gems_protocol.messages import CarryReply

    message = CarryReply(bytes.fromhex(record.carry_id[2:]), keccak(packed), 1)
    to = carry.public_key(bytes.fromhex(record.reply_key))
    for signer, faults in ((key("somebody"), "ChangedFile"), (live.settings.hub_signer_key, "PlatformLied")):
        signature = message.sign(live.settings.campaigns_domain, signer)
        (tmp_path / "back").write_bytes(carry.seal(carry.REPLY, to, message, signature, packed))
        with pytest.raises(Exception) as refused:
            await miner.carry.read_reply(str(tmp_path / "back"))
        assert type(refused.value).__name__ == faults


@pytest.mark.long
async def test_what_does_not_fit_waits_for_the_next_file(
    live: World, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await opened("miner")
    await with_work(live, session)
    await with_work(live, session)
    one = (await session.context.store.run(lambda tx: tx.find(SealedRecord, limit=1)))[0]
    monkeypatch.setattr(carry_content, "_ROOM_UNPACKED", len(one.body) + 20)
    found = await session.carry.write(str(tmp_path / "a"))
    assert (found.tasks, found.left) == (1, 1)
    attempted = await session.context.store.run(lambda tx: tx.count(SealedRecord, attempted=True))
    assert attempted == 1, "what stayed here can be taken back"


async def test_the_command_brings_a_file_without_any_wallet(
    miner: LiveSession, network: Network, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    out = tmp_path / "out.gems-carry"
    await miner.carry.write(str(out))
    (tmp_path / "network.json").write_text(json.dumps(asdict(network)))
    asked = ["carry", "send", str(out), "--network", str(tmp_path / "network.json")]
    assert await asyncio.to_thread(main, asked) == 0
    reply = tmp_path / "out.gems-reply"
    assert str(reply) in capsys.readouterr().out
    assert await asyncio.to_thread(main, ["carry", "show", str(reply)]) == 0
    shown = capsys.readouterr().out
    assert "reply" in shown and str(reply.stat().st_size) in shown
    assert await asyncio.to_thread(main, ["carry", "show", str(tmp_path / "network.json")]) == 2
    assert (await miner.carry.read_reply(str(reply))).delivered == 1


async def test_a_courier_without_a_line_or_with_anothers_file_hears_why(
    live: World, miner: LiveSession, opened: Open, tmp_path: Path
) -> None:
    courier, out = await opened("courier"), tmp_path / "out"
    await miner.carry.write(str(out))
    with unplugged(courier), pytest.raises(Offline):
        await courier.carry.send(str(out), str(tmp_path / "back"))
    sealed_file = carry.read(out.read_bytes(), carry.OUT)
    out.write_bytes(out.read_bytes().replace(sealed_file.key.hex().encode(), os.urandom(32).hex().encode()))
    with pytest.raises(PlatformRefused) as refused:
        await courier.carry.send(str(out), str(tmp_path / "back"))
    assert refused.value.code == "carry_key" and "write it again" in refused.value.action
    assert not (tmp_path / "back").exists()
