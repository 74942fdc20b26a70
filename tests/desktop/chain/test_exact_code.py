# SPDX-License-Identifier: Apache-2.0
"""Only the contract itself is taken for it: each byte counts, and so do its token, its domain and its chain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.adapters.chain_errors import WrongContract
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.plan import steps
from gems_desktop.local.chain.deploy import Addresses, deploy_contracts
from gems_protocol.contracts import NAMES, artefact
from gems_protocol.contracts.deployed import Place, difference, expected_code, runtime

from .conftest import CHAIN_ID, RICH, Served
from .late_node import LateNode
from .lying_node import LyingNode, result
from .test_chain_rpc import reader

GEM, HERE, ELSEWHERE = ("0x" + two * 20 for two in ("11", "22", "33"))
OTHER = "0x" + "44" * 20
BESIDE = ("Campaigns", "Judge")
PLACES = tuple(
    Place(name, CHAIN_ID, GEM if name == "Gem" else HERE, GEM, OTHER if name in BESIDE else "")
    for name in NAMES
)


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_every_single_flipped_byte_is_refused(place: Place) -> None:
    code = expected_code(place)
    assert difference(code, place) is None
    accepted = [
        at
        for at in range(len(code))
        if not difference(code[:at] + bytes([code[at] ^ 1]) + code[at + 1 :], place)
    ]
    assert accepted == []


@given(st.sampled_from(PLACES), st.data())
def test_nothing_else_of_any_length_is_taken(place: Place, data: st.DataObject) -> None:
    code = expected_code(place)
    cut, more = data.draw(st.integers(0, len(code) - 1)), data.draw(st.binary(min_size=1, max_size=64))
    for other in (code[:cut], code + more, code[cut + 1 :], more + code, code[:cut] + more + code[cut:]):
        assert difference(other, place) is not None
    bit = data.draw(st.integers(0, 8 * len(code) - 1))
    flipped = (int.from_bytes(code, "big") ^ 1 << bit).to_bytes(len(code), "big")
    assert difference(flipped, place) is not None


def old_check(code: bytes, name: str) -> bool:
    """The control: what only looks for the code, and not at what it was made with."""
    made = bytes.fromhex(artefact(name)["bytecode"][2:])
    return code[: len(runtime(name))] in made


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_the_right_code_made_with_something_else_is_refused(place: Place) -> None:
    others = {}
    if place.name != "Judge":
        others["belong to another contract"] = replace(place, address=ELSEWHERE)
        others["made for another chain"] = replace(place, chain_id=CHAIN_ID + 1)
    if place.name in BESIDE:
        why = "has another judge" if place.name == "Campaigns" else "judge of other campaigns"
        others[why] = replace(place, other=ELSEWHERE)
    if place.name != "Gem":
        others["works with another token"] = replace(place, gem=ELSEWHERE)
    for why, other in others.items():
        code = expected_code(other)
        assert why in str(difference(code, place))
        assert old_check(code, place.name), "the control is no control any more"


def test_an_unknown_immutable_is_no_silent_success(monkeypatch: pytest.MonkeyPatch) -> None:
    from gems_protocol.contracts import deployed

    monkeypatch.setattr(deployed, "_layout", lambda name: ("_SOMETHING_NEW",))
    with pytest.raises(KeyError, match="SOMETHING_NEW"):
        deployed.immutables(PLACES[1])


@pytest.fixture
async def where(served: Served) -> Addresses:
    return await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)


async def test_the_chain_holds_what_is_expected(served: Served, where: Addresses) -> None:
    chain = reader(served.url, where=where)
    await chain.check_contracts()
    for step in steps(RICH.address, 0, CHAIN_ID, RICH.address, None):
        assert await chain.code(step.place.address) == expected_code(step.place)
    await chain.close()


async def test_channels_of_another_token_are_refused(served: Served, where: Addresses) -> None:
    other = await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID, first_nonce=4)
    for mixed in (
        Addresses(where.gem, other.channels, where.campaigns),
        Addresses(where.gem, where.channels, other.campaigns),
        Addresses(other.gem, where.channels, where.campaigns),
    ):
        chain = reader(served.url, where=mixed)
        with pytest.raises(WrongContract, match="works with another token") as caught:
            await chain.check_contracts()
        assert caught.value.safe and caught.value.action and not caught.value.retryable
        await chain.close()


async def test_both_of_two_nodes_must_show_the_contracts(served: Served, where: Addresses) -> None:
    for lie in ("0x", "0x00"):
        async with LyingNode(eth_getCode=result(lie)) as node:
            for urls in ((served.url, node.url), (node.url, served.url)):
                chain = reader(*urls, where=where)
                with pytest.raises(WrongContract, match=r"asked at 127\.0\.0\.1"):
                    await chain.check_contracts()
                await chain.close()


async def test_what_was_verified_has_its_own_name(where: Addresses) -> None:
    made = (CHAIN_ID, where.gem, where.channels, where.campaigns)
    first = ChainRpc(["http://one"], *made)
    assert first.contracts_id == ChainRpc(["http://one"], *made).contracts_id
    others = (
        ChainRpc(["http://two"], *made),
        ChainRpc(["http://one", "http://two"], *made),
        ChainRpc(["http://one"], 1, *made[1:]),
        ChainRpc(["http://one"], *made[:2], where.campaigns, where.channels),
    )
    assert len({first.contracts_id, *(other.contracts_id for other in others)}) == 5


async def test_campaigns_with_a_judge_of_others_are_refused(served: Served, where: Addresses) -> None:
    """The judge's address is taken from the campaigns' code, and what stands there is checked too."""
    plan = steps(RICH.address, 0, CHAIN_ID, RICH.address, None)
    lured = expected_code(replace(plan[2].place, other=OTHER))
    async with LateNode(served.url) as node:
        node.codes[where.campaigns] = lured
        chain = reader(node.url, where=where)
        with pytest.raises(
            WrongContract, match=r"judge contract is not at its address.*there is no contract"
        ):
            await chain.check_contracts()
        node.codes[OTHER] = expected_code(replace(plan[3].place, address=OTHER, other=ELSEWHERE))
        with pytest.raises(WrongContract, match="judge of other campaigns"):
            await chain.check_contracts()
        node.codes[OTHER] = expected_code(replace(plan[3].place, address=OTHER))
        await chain.check_contracts()  # a consistent lie: a second node shows it
        await chain.close()
        both = reader(served.url, node.url, where=where)
        with pytest.raises(WrongContract, match="different judges"):
            await both.check_contracts()
        await both.close()
