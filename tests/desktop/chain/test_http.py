# SPDX-License-Identifier: Apache-2.0
"""The chain's HTTP door: loopback only, bounded, and never a keeper of keys."""

import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from gems_desktop.local.chain import Chain, serve

from .conftest import CHAIN_ID, Served

JSON = {"Content-Type": "application/json"}


async def post(url: str, body: io.BytesIO | str, **headers: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=JSON | headers) as response,
    ):
        text = await response.text()
        return response.status, json.loads(text) if text.startswith(("{", "[")) else text


def ask(method: str, *params: object) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})


async def test_a_strange_host_or_content_type_is_turned_away(served: Served) -> None:
    assert (await post(served.url, ask("eth_chainId")))[0] == 200
    assert (await post(served.url, ask("eth_chainId"), Host="evil.example"))[0] == 403
    assert (await post(served.url, ask("eth_chainId"), **{"Content-Type": "text/plain"}))[0] == 415
    assert (await post(served.url, io.BytesIO(b"[" + b" " * (3 << 20))))[0] == 413
    async with aiohttp.ClientSession() as session, session.get(served.url) as response:
        assert response.status == 405


async def test_only_loopback(tmp_path: Path) -> None:
    chain = Chain.open(tmp_path / "c.sqlite", CHAIN_ID)
    for host in ("0.0.0.0", "192.0.2.1"):  # noqa: S104 - refused is what is tested
        with pytest.raises(ValueError, match="loopback"):
            await serve(chain, host)
    chain.close()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", -32700),
        ("", -32700),
        ("[" * 1_000_000, -32700),
        ('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":NaN}', -32700),
        ("[]", -32600),
        ("3", -32600),
        ('{"id":1,"method":"eth_chainId"}', -32600),
        ('{"jsonrpc":"2.0","id":{},"method":"eth_chainId"}', -32600),
        ('{"jsonrpc":"2.0","id":1,"method":7}', -32600),
        (ask("eth_call", [[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]), -32700),
        ('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{}}', -32602),
        (ask("eth_getBalance", "0x12"), -32602),
        (ask("eth_getBalance"), -32602),
        (ask("eth_getBlockByNumber", "0x00", False), -32602),
        (ask("eth_getBlockByNumber", "latest", 1), -32602),
        (ask("eth_call", {"to": "0x" + "11" * 20, "extra": 1}), -32602),
        (ask("eth_getLogs", {"topics": ["0x11"]}), -32602),
        (ask("eth_getLogs", {"fromBlock": "0x5", "toBlock": "0x1"}), -32602),
        (ask("eth_sendRawTransaction", "zz"), -32602),
        (ask("eth_feeHistory", "0x1", "latest", [90, 10]), -32602),
        (ask("eth_getBalance", "0x" + "11" * 20, "0x99"), -32000),
        (ask("eth_accounts"), -32601),
    ],
)
async def test_bad_requests_get_their_code(served: Served, body: str, code: int) -> None:
    status, answer = await post(served.url, body)
    assert status == 200 and answer["error"]["code"] == code


async def test_a_batch_keeps_good_and_bad_apart(served: Served) -> None:
    body = f"[{ask('eth_chainId')},{ask('nope')},5]"
    _, answers = await post(served.url, body)
    assert [answer.get("result", answer.get("error", {}).get("code")) for answer in answers] == [
        hex(CHAIN_ID),
        -32601,
        -32600,
    ]


async def test_no_time_travel_unless_it_was_asked_for(tmp_path: Path) -> None:
    server = await serve(Chain.open(tmp_path / "c.sqlite", CHAIN_ID))
    _, answer = await post(server.url, ask("evm_mine"))
    assert answer["error"]["code"] == -32601
    await server.close()
    await server.close()
