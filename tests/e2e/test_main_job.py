# SPDX-License-Identifier: Apache-2.0
"""The main job in the real window against the real local network, through a dead platform and a killed application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from web3 import Web3

from tests.e2e.processes import Told, application, local_network
from tests.e2e.scenes import TASKS

ARTEFACT = Path(__file__).resolve().parents[2] / "resources" / "contracts" / "Gem.json"


@pytest.fixture
def stage(home: Path) -> Iterator[ExitStack]:
    """Whatever was started is gone afterwards."""
    with ExitStack() as stack:
        yield stack


def _on_chain(network: dict[str, Any], address: str) -> tuple[int, int, int]:
    """(GEM, gas coin, nonce) of an address, read by a client that is not ours."""
    web3 = Web3(Web3.HTTPProvider(network["rpc_urls"][0]))
    owner = Web3.to_checksum_address(address)
    gem = web3.eth.contract(
        address=Web3.to_checksum_address(network["gem"]), abi=json.loads(ARTEFACT.read_text("utf-8"))["abi"]
    )
    balance: int = gem.functions.balanceOf(owner).call()
    return balance, web3.eth.get_balance(owner), web3.eth.get_transaction_count(owner)


def test_from_an_empty_wallet_to_gem_on_chain(home: Path, tmp_path: Path, stage: ExitStack) -> None:
    state, profiles = tmp_path / "network", tmp_path / "profiles"
    profiles.mkdir()

    def run(process: Told) -> Told:
        stage.callback(process.close)
        return process

    network = run(local_network(state))
    file = Path(network.wait_for("ready"))

    app = run(application(profiles, file, "begin"))
    assert app.wait_for("leased") == TASKS
    network.kill()
    app.tell("the platform is gone")
    half = app.wait_for("half_done")
    app.kill()
    assert sorted(half["states"].values()) == ["DRAFT"] + ["FINISHED"] * (TASKS - 1)
    assert all(half["answers"].values()), "ten answers, the last of them not yet finished"

    app = run(application(profiles, file, "go_on"))
    assert app.wait_for("found") == half, "nothing is lost"
    assert set(app.wait_for("sealed")["states"].values()) <= {"SEALED", "SENDING"}

    network = run(local_network(state))
    assert Path(network.wait_for("ready")) == file
    app.tell("the platform is back")
    judged = app.wait_for("judged", 150)
    assert len(judged["states"]) >= TASKS
    assert judged["difference"] is None, "the voucher agrees with the own sum"
    money = {name: int(value) for name, value in judged["money"].items()}
    assert money["owed"] == 0 < money["paid"] == money["claimable"]

    claimed = app.wait_for("claimed", 150)
    app.tell("well done")
    assert app.end() == 0
    money = {name: int(value) for name, value in claimed["money"].items()}
    gem, gas_coin, nonce = _on_chain(json.loads(file.read_text("utf-8")), claimed["address"])
    assert gem == money["wallet_gem"] == money["claimed"] - int(claimed["fees"]) > 0
    assert (gas_coin, nonce, claimed["gas_coin"]) == (0, 0, 0)

    app = run(application(profiles, file, "look"))
    found = app.wait_for("found")
    assert {**found, "answers": {}} == {**claimed, "answers": {}}, "everything is where it was"
    app.tell("thank you")
    assert app.end() == 0
    assert network.end() == 0
