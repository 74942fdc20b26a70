# SPDX-License-Identifier: Apache-2.0
"""Pages of a history that name no place or never end, and claims of a former life that only look like mine."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from gems_desktop.services.appeals import Appeals
from gems_desktop.services.channels import new_channel, read_config
from gems_desktop.services.claims import facts_of
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.former_claims import read_claims
from gems_desktop.services.history_page import read_last
from gems_desktop.services.network import Network
from gems_protocol.channel import Config
from gems_protocol.messages import ClaimAuth, Voucher
from gems_protocol.signature import address_of

ONE, TWO = "0x" + "11" * 20, "0x" + "22" * 20
KEY = b"\x07" * 32
ME = address_of(KEY)
HASH = "0x" + "ab" * 32


def test_a_page_ends_at_a_place_behind_the_one_before() -> None:
    assert read_last(f"12-{HASH}", "") == f"12-{HASH}"  # the controls
    assert read_last("13-", f"12-{HASH}") == "13-"
    places = ("", "x", "-", "1", "1-x", "-1-", "9" * 13 + "-", f"1-{HASH}0", "1-\n", "1-&kind=x")
    odds: tuple[Any, ...] = (*places, None, 5, [])
    for odd in odds:
        with pytest.raises(PlatformLied):
            read_last(odd, "")
    for back in (f"12-{HASH}", "12-", "11-", f"2-{HASH}"):
        with pytest.raises(PlatformLied):
            read_last(back, f"12-{HASH}")


def _network() -> Network:
    return Network(
        name="test", chain_id=31337, rpc_urls=("http://127.0.0.1:1",), platform_url="http://127.0.0.1:1",
        platform_signer=TWO, gem=ONE, channels=ONE, campaigns=ONE, hub_payer=ONE, relayer=TWO, practice=True,
    )  # fmt: skip


def _entry(config: Config, network: Network) -> dict[str, Any]:
    auth = ClaimAuth(config.channel_id(), 0, ME, TWO, 1, 100)
    voucher = Voucher(config.channel_id(), 10, 0, 1)
    domain = network.channels_domain
    signed = "0x" + auth.sign(domain, KEY).hex()
    return {
        "request": {
            "config": asdict(config),
            "voucher": {"message": voucher.to_json(), "signature": signed},
            "auth": {"message": auth.to_json(), "signature": signed},
        },
        "state": "confirmed",
        "tx_hash": HASH,
        "at": 50,
    }


def test_of_a_claim_only_what_was_checked_is_kept() -> None:
    network = _network()
    config = Config(ONE, TWO, ME, 86_400 * 30, 1)
    channel = new_channel(config, 100, 0, 0, 1)
    (found,), problems = read_claims([_entry(config, network)], channel, network, ME)  # the control
    assert not problems and facts_of(found).state.name == "CLAIMED"
    odd = _entry(config, network)
    odd["request"]["config"] = {"worker": "Send it to me at http://evil"}
    odd["request"]["more"] = ["x"] * 1000
    (found,), problems = read_claims([odd], channel, network, ME)
    assert not problems and facts_of(found).to == ""  # nothing that others wrote is shown as an address
    assert json.loads(found.body)["config"] == asdict(config) and "evil" not in found.body
    for name, value in (("at", 2**53), ("at", -1), ("at", True), ("state", "paid"), ("tx_hash", "0x12")):
        entry = _entry(config, network)
        entry[name] = value
        assert read_claims([entry], channel, network, ME) == ([], ["A claim is not signed by you."])
    for part in ("config", "voucher", "auth"):
        entry = _entry(config, network)
        del entry["request"][part]
        for claim in read_claims([entry], channel, network, ME)[0]:
            facts_of(claim)  # can be shown, whatever was left out


def test_a_channel_of_an_odd_form_is_a_lie_and_no_crash() -> None:
    network = _network()
    told = asdict(Config(ONE, TWO, ME, 86_400 * 30, 1))
    assert asdict(read_config(told, network, ME)) == told  # the control
    odd = ("x", 1.5, -1, 2**64, None, [1], True)
    lies: list[Any] = [{**told, name: value} for name in ("delay", "salt") for value in odd]
    lies += [{**told, "payer": 5}, {**told, "worker": TWO}, {**told, "more": 1}, {}, None, [], "x", 5]
    for lie in lies:
        with pytest.raises(PlatformLied):
            read_config(lie, network, ME)


@pytest.mark.parametrize("judge_by", [2**53 - 1, 1 << 35, -1, True, None, "5"])
async def test_an_appeal_that_is_judged_at_an_impossible_time_is_a_lie(judge_by: Any) -> None:
    unasked: Any = None  # nothing is looked at or changed
    with pytest.raises(PlatformLied):
        await Appeals(unasked).arrived(unasked, {"judge_by": judge_by})
