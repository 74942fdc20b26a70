# SPDX-License-Identifier: Apache-2.0
"""Two nodes are believed when they hold the same chain with our contracts on it, and not otherwise."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from aiohttp import web

from gems_desktop.adapters.chain_errors import NodeLied, WrongChain
from gems_desktop.adapters.chain_facts import BEHIND_S
from gems_desktop.local.chain.deploy import Addresses, deploy_contracts

from .conftest import CHAIN_ID, RICH, Served
from .lying_node import Answer, LyingNode, result
from .test_chain_rpc import reader


@pytest.fixture
async def where(served: Served) -> Addresses:
    return await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)


async def _truth(served: Served, method: str, *params: Any) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
    async with aiohttp.ClientSession() as http, http.post(served.url, json=body) as answer:
        return (await answer.json())["result"]


def _block(latest: dict[str, Any]) -> Answer:
    """A node whose newest block is this."""

    def answer(request: dict[str, Any]) -> web.Response:
        return web.json_response({"jsonrpc": "2.0", "id": request["id"], "result": latest})

    return answer


async def test_nodes_on_one_chain_may_be_a_block_apart(served: Served, where: Addresses) -> None:
    money = result("0x" + "00" * 96)
    older = await _truth(served, "eth_getBlockByNumber", "0x2", False)
    newest = await _truth(served, "eth_getBlockByNumber", "latest", False)
    behind = {**older, "timestamp": newest["timestamp"]}
    forked = {**newest, "hash": "0x" + "fa" * 32}
    stale = {**older, "timestamp": hex(int(newest["timestamp"], 16) - BEHIND_S - 1)}
    for block, fault in (
        (newest, ""),
        (behind, ""),
        (forked, "different branches"),
        (stale, "stopped following"),
    ):
        async with LyingNode(eth_call=money, eth_getBlockByNumber=_block(block)) as node:
            for urls in ((served.url, node.url), (node.url, served.url)):
                chain = reader(*urls, where=where)
                if fault:
                    with pytest.raises(NodeLied, match=fault):
                        await chain.agree(bytes(32))
                else:
                    assert (await chain.agree(bytes(32))).deposit == 0
                await chain.close()


async def test_a_contract_with_other_code_is_not_ours(served: Served, where: Addresses) -> None:
    code = await _truth(served, "eth_getCode", where.gem, "latest")
    changed = code[:400] + ("00" if code[400:402] != "00" else "01") + code[402:]
    for lie in (changed, "0x", code[:200]):
        async with LyingNode(eth_getCode=result(lie)) as node:
            chain = reader(served.url, node.url, where=where)
            with pytest.raises(WrongChain, match="GEM contract"):
                await chain.check_contracts()
            await chain.close()
    swapped = Addresses(where.gem, where.campaigns, where.channels)
    chain = reader(served.url, where=swapped)
    with pytest.raises(WrongChain, match="channels contract"):
        await chain.check_contracts()
    await chain.use((served.url, served.url))
    with pytest.raises(WrongChain):
        await chain.check_contracts()
    await chain.close()


async def test_nodes_must_agree_that_a_transfer_was_used(served: Served, where: Addresses) -> None:
    async with LyingNode(eth_call=result("0x" + "00" * 31 + "01")) as node:
        chain = reader(served.url, node.url, where=where)
        with pytest.raises(NodeLied, match="disagree about a transfer"):
            await chain.transfer_used(RICH.address.lower(), bytes(32))
        await chain.close()
    chain = reader(served.url, where=where)
    assert await chain.transfer_used(RICH.address.lower(), bytes(32)) is False
    await chain.close()
