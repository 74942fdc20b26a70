# SPDX-License-Identifier: Apache-2.0
"""A worker who lost the laptop: the highest voucher of any source stands, and a hub that serves less is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from sqlalchemy import delete

from gems_desktop.services.channels import best_voucher
from gems_desktop.services.newest_voucher import Shown, served_less, take_highest
from gems_platform.channels import repository
from gems_platform.channels.upkeep_tables import VoucherDayRow
from gems_platform.watching.place import Lookout
from gems_platform.watching.tower_app import stand_alone
from gems_protocol.messages import Voucher
from tests.desktop.services.conftest import Open, TestClock
from tests.desktop.services.test_restoring import wiped
from tests.desktop.services.test_upkeep import _codes, _paid
from tests.platform.conftest import key
from tests.platform.world import World


def _signed(live: World, channel_id: bytes, paid: int, seq: int, by: str = "hub signer") -> dict[str, Any]:
    voucher = Voucher(channel_id, paid, 0, seq)
    signature = voucher.sign(live.settings.channels_domain, key(by))
    return {"message": voucher.to_json(), "signature": "0x" + signature.hex()}


async def _go_back(live: World, worker: str) -> None:
    """The hub serves an older voucher than it signed, its own signature on it."""
    with live.server.app.state.context.db.write() as session:
        row = repository.own(session, worker)
        older = _signed(live, bytes.fromhex(row.id[2:]), row.paid // 2, 1)
        row.paid, row.seq, row.voucher_signature = row.paid // 2, 1, older["signature"]


async def test_a_hub_that_serves_less_than_it_published_is_shown_and_loses(
    live: World, opened: Open, clock: TestClock, tmp_path: Path
) -> None:
    miner = await _paid(live, opened)
    me = await miner.context.address()
    earned = (await miner.earnings.facts()).paid
    clock.at += 86_400
    await live.tick()  # the day's file holds it
    lookout = Lookout(live.settings.chain_id, live.settings.channels)
    mirror = stand_alone(
        lookout, [live.settings.rpc_url], tmp_path / "mirror", hubs=[live.server.url], start=0, clock=clock
    )
    await mirror.turn()
    url = await mirror.serve("127.0.0.1", 0)
    await _go_back(live, me)
    for day in ("published", "mirrored"):
        if day == "mirrored":  # the hub takes its file back too; the mirror has it
            with live.server.app.state.context.db.write() as session:
                session.execute(delete(VoucherDayRow))
        again = await wiped(opened, tmp_path)
        await again.settings.change(towers=(url,))
        while await again.sync.restoring.step():
            pass
        best = await again.context.store.run(best_voucher)
        assert best is not None and best.paid == earned
        [trouble] = [one for one in (await again.earnings.upkeep()).troubles if one.code == "served_less"]
        assert trouble.proof.startswith("served: ") and "\npublished 20" in trouble.proof
        assert trouble.proof.count("0x") >= 4
    await mirror.close()


@pytest.mark.parametrize("first", [0, 3])
async def test_the_maximum_that_the_hub_signed_stands_wherever_it_comes_from(
    live: World, opened: Open, first: int
) -> None:
    miner = await _paid(live, opened)
    channel = bytes.fromhex((await miner.context.platform.get("/v1/channel"))["channel_id"][2:])
    network, now = miner.context.network, live.clock.at
    high = 5 * 10**18
    shown = [
        Shown("served", _signed(live, channel, 3 * 10**18, 5)),
        Shown("kept", _signed(live, channel, high, 7)),
        Shown("published", _signed(live, channel, 4 * 10**18, 6), "2027-01-01"),
        Shown("kept", _signed(live, channel, 9 * 10**18, 9, by="relayer")),  # the control: not the hub's
        Shown("kept", _signed(live, keccak(text="other"), 9 * 10**18, 9)),
        Shown("kept", None),
        Shown("kept", {"message": "?", "signature": 5}),
    ]
    turned = shown[first:] + shown[:first]
    assert await miner.context.store.run(lambda tx: take_highest(tx, turned, network, now))
    best = await miner.context.store.run(best_voucher)
    assert best is not None and (best.paid.units, best.seq) == (high, 7)
    assert not await miner.context.store.run(lambda tx: take_highest(tx, turned, network, now))
    assert "2027-01-01" in served_less(turned, network, channel)
    fine = [replace(shown[2], where="served"), replace(shown[0], where="published")]
    assert served_less(fine, network, channel) == ""
    assert _codes(await miner.earnings.upkeep()) == []
