# SPDX-License-Identifier: Apache-2.0
"""The doctor says when a node shows other contracts, and when the platform's key is not known to the judge."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from gems_desktop.diagnosing import reach
from gems_desktop.diagnosing.finding import Level
from gems_desktop.local.chain.deploy import deploy_contracts
from gems_desktop.services.network import Network
from tests.desktop.chain.conftest import CHAIN_ID, OTHER, RICH, Served, served
from tests.desktop.chain.late_node import LateNode

__all__ = ["served"]


@pytest.fixture
async def network(served: Served) -> Network:
    where = await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)
    hub = OTHER.address.lower()
    url = "http://127.0.0.1:9"
    return Network(
        name="n",
        chain_id=CHAIN_ID,
        rpc_urls=(served.url,),
        platform_url=url,
        platform_signer=hub,
        hub_payer=hub,
        relayer=hub,
        practice=True,
        **asdict(where),
    )


async def test_what_a_node_holds_is_said(served: Served, network: Network) -> None:
    found = await reach._node(network, served.url, 1, None)
    assert (found.code, found.level) == ("node", Level.GOOD)
    stranger = replace(network, platform_signer="0x" + "99" * 20)
    found = await reach._node(stranger, served.url, 1, None)
    assert (found.code, found.level) == ("signer_unknown", Level.NOTE) and found.todo
    swapped = replace(network, channels=network.gem)
    found = await reach._node(swapped, served.url, 2, None)
    assert (
        (found.code, found.level) == ("contracts_wrong", Level.BAD) and "node 2" in found.what and found.todo
    )


async def test_a_node_that_lies_about_code_is_found(served: Served, network: Network) -> None:
    async with LateNode(served.url) as node:
        node.answers["eth_getCode"] = "0x6000"
        assert (await reach._node(network, node.url, 1, None)).code == "contracts_wrong"
        node.answers["eth_getCode"] = "0xzz"
        assert (await reach._node(network, node.url, 1, None)).code == "node_lied"
