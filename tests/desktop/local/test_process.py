# SPDX-License-Identifier: Apache-2.0
"""The local network as a process: it says where it is, ends in every way it is told to, and keeps what it had."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from gems_desktop.adapters.chain_disputes import ChainDisputes
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.adapters.network_file import network_of
from gems_desktop.local.keys import REQUESTERS, load_keys
from gems_desktop.local.state import State
from tests.desktop.local.world import Process, write_samples


async def balances(value: dict[str, Any], folder: Path) -> list[int]:
    """GEM of the parties, as the chain of this network file says."""
    network = network_of(value)
    chain = ChainRpc(network.rpc_urls, network.chain_id, network.gem, network.channels, network.campaigns)
    names = [value["hub_payer"], value["relayer"], value["campaigns"], value["channels"]]
    keys = {name: (folder / "requesters" / f"{name}.key").read_text() for name in REQUESTERS}
    assert all(len(text.strip()) == 64 for text in keys.values())
    try:
        judge = await ChainDisputes(chain).judge()
        return [await chain.gem_balance(name) for name in (*names, judge)]
    finally:
        await chain.close()


async def settled(value: dict[str, Any], folder: Path) -> list[int]:
    """The balances once the hub laid down its collateral: a duty does that soon after the start, not before it."""
    for _ in range(300):
        held = await balances(value, folder)
        if held[-1]:
            return held
        await asyncio.sleep(0.1)
    raise AssertionError("no collateral in Judge after half a minute")


async def test_it_is_the_same_network_after_every_way_of_ending(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    small = ("--no-neighbours", "--samples", str(write_samples(tmp_path / "samples")))
    first = Process.start(folder, *small)
    before = first.ready()
    assert [line for line in first.lines if "progress" in line]
    held = await settled(before, folder)
    assert held[2] > 0, "the campaigns are funded"

    second = Process.start(folder, *small)
    status, said = second.end()
    assert status == 2 and "already running" in said

    assert first.end() == (0, "")  # its input ended

    for number in (signal.SIGKILL, signal.SIGTERM):
        again = Process.start(folder, *small)
        now = again.ready()
        changing = ("rpc_urls", "platform_url")
        assert {k: v for k, v in now.items() if k not in changing} == {
            k: v for k, v in before.items() if k not in changing
        }
        assert await balances(now, folder) == held
        again.popen.send_signal(number)
        status, said = again.end()
        assert status == (-signal.SIGKILL if number is signal.SIGKILL else 0), said

    fresh = Process.start(folder, *small, "--fresh")
    anew = fresh.ready()
    assert (
        anew["gem"] != before["gem"] and anew["practice_reviewer_words"] != before["practice_reviewer_words"]
    )
    assert (folder / "before-fresh" / "chain.sqlite3").exists()
    assert fresh.end()[0] == 0


def test_secrets_are_the_owners_alone(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    try:
        keys = load_keys(state)
        assert load_keys(state).by_name == keys.by_name
    finally:
        state.release()
    if os.name != "nt":
        assert state.path("keys.json").stat().st_mode & 0o077 == 0
    assert keys["bank"].hex() not in repr(keys) and keys.reviewer_words not in repr(keys)


def test_beginning_anew_touches_only_its_own_files(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    (folder / "keys.json").write_text("{}")
    State(folder, fresh=True).release()
    assert (folder / "letter.txt").read_text() == "mine"
    assert not (folder / "keys.json").exists() and (folder / "before-fresh" / "keys.json").exists()
