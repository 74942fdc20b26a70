# SPDX-License-Identifier: Apache-2.0
"""The client's reader of chains: right against a real chain, not fooled by broken and lying nodes."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from gems_desktop.adapters.chain_errors import (
    CallReverted,
    ChainUnreachable,
    NodeLied,
    TransactionRefused,
    WrongChain,
)
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.local.chain.deploy import Addresses, deploy_contracts
from gems_protocol.errors import GemsError

from .code import REFUSER, word
from .conftest import CHAIN_ID, OTHER, RICH, Served, pay
from .lying_node import Answer, LyingNode, error, raw, result

NOWHERE = "0x" + "77" * 20
HASH = "0x" + "ab" * 32
OTHER_HASH = "0x" + "00" * 32
ME = OTHER.address.lower()


def reader(*urls: str, where: Addresses | None = None, chain_id: int = CHAIN_ID) -> ChainRpc:
    gem, channels, campaigns = (where.gem, where.channels, where.campaigns) if where else (NOWHERE,) * 3
    return ChainRpc(list(urls), chain_id, gem, channels, campaigns, timeout_s=5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def where(served: Served) -> Addresses:
    return await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)


@pytest.fixture
async def chain(served: Served, where: Addresses) -> AsyncIterator[ChainRpc]:
    made = reader(served.url, where=where)
    yield made
    await made.close()


async def send(chain: ChainRpc, to: str | None, data: bytes) -> bytes:
    nonce = await chain.nonce(RICH.address)
    gas = await chain.estimate_gas(RICH.address, to, data)
    return await chain.send_raw(pay(nonce, to, 0, data=data, gas=gas))


async def open_channels(chain: ChainRpc, workers: list[str], amounts: list[int], salt: int = 9) -> bytes:
    approve = keccak(text="approve(address,uint256)")[:4]
    await send(chain, chain.gem, approve + encode(["address", "uint256"], [chain.channels, sum(amounts)]))
    types = ["address", "uint64", "uint64", "address[]", "uint128[]"]
    deposit = keccak(text="deposit_many(address,uint64,uint64,address[],uint128[])")[:4]
    values = [RICH.address, 30 * 86_400, salt, workers, amounts]
    return await send(chain, chain.channels, deposit + encode(types, values))


async def test_reads_money_and_channels(chain: ChainRpc) -> None:
    report = await chain.check()
    assert report.head.number == 4 == await chain.block_number() and not report.stale
    await chain.check_contracts()
    strangers = [to_checksum_address("0x" + f"{n:02x}" * 20) for n in range(1, 6)]
    tx_hash = await open_channels(chain, [*strangers, OTHER.address], [1, 2, 3, 4, 5, 600])
    found = await chain.channel_deposits(OTHER.address)
    assert len(found) == 1
    deposit = found[0]
    assert (deposit.worker, deposit.payer, deposit.amount) == (ME, RICH.address.lower(), 600)
    assert (deposit.delay, deposit.salt, deposit.signer) == (30 * 86_400, 9, RICH.address.lower())
    assert deposit.log.tx_hash == tx_hash
    config = ["address", "address", "address", "uint64", "uint64"]
    expected = keccak(
        encode(config, [deposit.payer, deposit.signer, deposit.worker, deposit.delay, deposit.salt])
    )
    assert deposit.id == expected
    on_chain = await chain.channel(deposit.id)
    assert (on_chain.deposit, on_chain.claimed, on_chain.closing) == (600, 0, 0)
    assert await chain.gem_balance(chain.channels) == 615
    assert await chain.gas_balance(OTHER.address) == 0


async def test_sees_what_was_paid_out(chain: ChainRpc) -> None:
    await open_channels(chain, [OTHER.address], [600])
    deposit = (await chain.channel_deposits(ME))[0]
    push = keccak(text="push_many(address,uint64,uint64,address[],uint128[])")[:4]
    types = ["address", "uint64", "uint64", "address[]", "uint128[]"]
    values = [RICH.address, 30 * 86_400, 9, [OTHER.address], [250]]
    tx_hash = await send(chain, chain.channels, push + encode(types, values))
    claims = await chain.claimed_events(deposit.id)
    assert [claim.amount for claim in claims] == [250]
    assert (await chain.channel(deposit.id)).claimed == 250 == await chain.gem_balance(ME)
    receipt = await chain.receipt(tx_hash)
    assert receipt is not None and receipt.succeeded and len(receipt.logs) >= 1
    assert await chain.confirmations(tx_hash) == 1
    assert await chain.confirmations(bytes(32)) == 0
    assert await chain.receipt(bytes(32)) is None


async def test_the_chains_refusals_have_words(chain: ChainRpc) -> None:
    with pytest.raises(TransactionRefused, match="nonce too low"):
        await chain.send_raw(pay(0, value=3))
    raw_transaction = pay(await chain.nonce(RICH.address))
    assert await chain.send_raw(raw_transaction) == await chain.send_raw(raw_transaction)
    created = await chain.receipt(await send(chain, None, REFUSER))
    assert created is not None and created.created is not None
    with pytest.raises(CallReverted, match="refused the call: no") as caught:
        await chain.view(created.created, b"")
    assert caught.value.reason == "no"
    with pytest.raises(CallReverted):
        await chain.estimate_gas(RICH.address, created.created, b"")


async def test_another_chain_is_told_before_anything_is_believed(served: Served) -> None:
    chain = reader(served.url, chain_id=1)
    with pytest.raises(WrongChain, match="of chain 31337; this profile works on 1"):
        await chain.gas_balance(ME)
    await chain.close()


async def test_a_chain_without_the_contracts_is_told(served: Served) -> None:
    chain = reader(served.url)
    with pytest.raises(WrongChain, match="not at its address"):
        await chain.check_contracts()
    with pytest.raises(NodeLied, match="address right"):
        await chain.gem_balance(ME)
    await chain.close()


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1/", "http://", "file:///etc/passwd"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(ChainUnreachable, match="not an http"):
        reader(url)


async def test_nothing_listening_and_no_such_host() -> None:
    for url in (f"http://127.0.0.1:{free_port()}", "http://node.invalid"):
        chain = reader(url)
        with pytest.raises(ChainUnreachable, match="cannot be reached") as caught:
            await chain.check()
        assert caught.value.retryable and caught.value.safe and caught.value.action
        await chain.close()


LIES: list[tuple[Answer, type[GemsError], str]] = [
    (raw(b"<!doctype html><title>Welcome</title>", content_type="text/html"), ChainUnreachable, "web page"),
    (raw(b"not found", 404, "text/plain"), ChainUnreachable, "not a chain node"),
    (raw(b"{}", 503), ChainUnreachable, "busy"),
    (raw(b"", 302), ChainUnreachable, "not a chain node"),
    (raw(b"surprise"), NodeLied, "JSON"),
    (raw(b""), NodeLied, "JSON"),
    (raw(b"[" * 100_000), NodeLied, "JSON"),
    (raw(b"[]"), NodeLied, "JSON-RPC"),
    (raw(b'{"result":"0x1"}'), NodeLied, "JSON-RPC"),
    (raw(b'{"jsonrpc":"2.0","id":1,"result":"' + b"0" * (5 << 20) + b'"}'), NodeLied, "4 MB"),
    (result("0x1", id=99), NodeLied, "another question"),
    (result("0x1", id=True), NodeLied, "another question"),
    (result("0x1", id=None), NodeLied, "another question"),
    (lambda asked: raw(b'{"jsonrpc":"2.0","id":%d}' % asked["id"])(asked), NodeLied, "without a result"),
    (result(None), NodeLied, "malformed balance"),
    (result(5), NodeLied, "malformed balance"),
    (result(5.5), NodeLied, "malformed balance"),
    (result("5"), NodeLied, "malformed balance"),
    (result("0x"), NodeLied, "malformed balance"),
    (result("0x-5"), NodeLied, "malformed balance"),
    (result("0x" + "f" * 65), NodeLied, "malformed balance"),
    (result("0x\u0661"), NodeLied, "malformed balance"),
    (result(["0x1"]), NodeLied, "malformed balance"),
    (error(-32000, "boom \u202e<b>"), ChainUnreachable, "boom \ufffd<b>"),
    (error("x", "boom"), NodeLied, "malformed error"),
    (error(3, "execution reverted", "0x08c379a0ff"), CallReverted, "refused the call"),
    (error(3, "execution reverted", "0xzz"), NodeLied, "malformed revert data"),
]


@pytest.mark.parametrize(("answer", "kind", "said"), LIES)
async def test_a_broken_answer_is_recognised(answer: Answer, kind: type[GemsError], said: str) -> None:
    async with LyingNode(eth_getBalance=answer) as node:
        chain = reader(node.url)
        with pytest.raises(kind) as caught:
            await chain.gas_balance(ME)
        assert said in caught.value.message
        await chain.close()


def log(**changes: Any) -> dict[str, Any]:
    entry = {
        "address": NOWHERE,
        "topics": [
            "0x" + keccak(text="Deposited(bytes32,address,address,address,uint64,uint64,uint256)").hex(),
            HASH,
            "0x" + word(1).hex(),
            "0x" + "00" * 12 + ME[2:],
        ],
        "data": "0x" + word(1).hex() * 4,
        "blockNumber": "0x1",
        "blockHash": HASH,
        "transactionHash": HASH,
        "logIndex": "0x0",
        "removed": False,
    }
    return entry | changes


BAD_LOGS: list[Any] = [
    {},
    [5],
    [log(address="0x" + "78" * 20)],
    [log(), log()],
    [log(removed=True)],
    [log(topics=log()["topics"][:3])],
    [log(topics=[*log()["topics"][:3], "0x" + word(5).hex()])],
    [log(topics=[*log()["topics"], HASH])],
    [log(data="0x")],
    [log(data="0x" + "ff" * 128)],
    [log(blockNumber=None)],
    [log(blockHash="0x12")],
]


@pytest.mark.parametrize("logs", BAD_LOGS)
async def test_bad_events_are_recognised(logs: Any) -> None:
    async with LyingNode(eth_getLogs=result(logs)) as node:
        chain = reader(node.url)
        with pytest.raises(NodeLied):
            await chain.channel_deposits(ME)
        await chain.close()


async def test_a_good_event_is_taken() -> None:
    async with LyingNode(eth_getLogs=result([log()])) as node:
        chain = reader(node.url)
        assert [deposit.amount for deposit in await chain.channel_deposits(ME)] == [1]
        await chain.close()


async def test_a_range_that_is_too_much_is_halved() -> None:
    def stingy(asked: dict[str, Any]) -> Any:
        wanted = asked["params"][0]
        first = int(wanted["fromBlock"], 16)
        last = 99 if wanted["toBlock"] == "latest" else int(wanted["toBlock"], 16)
        if last - first > 30:
            return error(-32005, "query returned more than 10 results")(asked)
        return result([log()] if first <= 1 <= last else [])(asked)

    async with LyingNode(eth_getLogs=stingy, eth_blockNumber=result(hex(99))) as node:
        chain = reader(node.url)
        assert [deposit.amount for deposit in await chain.channel_deposits(ME)] == [1]
        node.answers["eth_getLogs"] = error(-32005, "query returned more than 10 results")
        with pytest.raises(ChainUnreachable, match="more than 10"):
            await chain.channel_deposits(ME, 5, 5)
        await chain.close()


Ask = Callable[[ChainRpc], Awaitable[Any]]
RECEIPT = {
    "transactionHash": HASH, "status": "0x1", "blockNumber": "0x1", "blockHash": HASH,
    "gasUsed": "0x1", "contractAddress": None, "logs": [],
}  # fmt: skip
TX = bytes.fromhex(HASH[2:])
LYING_VALUES: list[tuple[str, Any, Ask]] = [
    ("eth_call", "0x" + (word(5) + word(6) + word(0)).hex(), lambda c: c.channel(bytes(32))),
    ("eth_call", "0x" + word(5).hex(), lambda c: c.channel(bytes(32))),
    ("eth_call", "0x", lambda c: c.gem_balance(ME)),
    ("eth_getTransactionReceipt", RECEIPT | {"transactionHash": "0x" + "00" * 32}, lambda c: c.receipt(TX)),
    ("eth_getTransactionReceipt", RECEIPT | {"status": "0x2"}, lambda c: c.receipt(TX)),
    ("eth_getTransactionReceipt", RECEIPT | {"status": None}, lambda c: c.receipt(TX)),
    ("eth_getTransactionReceipt", RECEIPT | {"logs": [log(blockHash=OTHER_HASH)]}, lambda c: c.receipt(TX)),
    ("eth_getTransactionReceipt", [], lambda c: c.receipt(TX)),
    ("eth_sendRawTransaction", HASH, lambda c: c.send_raw(b"\x01")),
    ("eth_getBlockByNumber", None, lambda c: c.head()),
    ("eth_getBlockByNumber", {"number": "0x1"}, lambda c: c.head()),
    ("eth_getBlockByNumber", {"number": "0x2", "hash": HASH, "parentHash": HASH, "timestamp": "0x1"},
     lambda c: c.block(1)),
    ("eth_blockNumber", "0x" + "f" * 17, lambda c: c.block_number()),
]  # fmt: skip


@pytest.mark.parametrize(("method", "value", "ask"), LYING_VALUES)
async def test_a_lying_value_is_recognised(method: str, value: Any, ask: Ask) -> None:
    async with LyingNode(**{method: result(value)}) as node:
        chain = reader(node.url)
        with pytest.raises(NodeLied):
            await ask(chain)
        await chain.close()


async def test_the_next_node_is_tried(served: Served) -> None:
    async with (
        LyingNode(eth_getBalance=raw(b"<html>")) as web_page,
        LyingNode(eth_chainId=result("0x1")) as other,
    ):
        chain = reader(f"http://127.0.0.1:{free_port()}", web_page.url, other.url, served.url)
        assert await chain.gas_balance(RICH.address) > 0
        assert other.asked == ["eth_chainId"]
        await chain.close()


async def test_two_nodes_must_agree_about_a_deposit(served: Served, where: Addresses) -> None:
    lie = "0x" + (word(10**30) + word(0) + word(0)).hex()
    async with LyingNode(eth_call=result(lie)) as node:
        chain = reader(served.url, node.url, where=where)
        with pytest.raises(NodeLied, match="disagree about the channel's money"):
            await chain.agree(bytes(32))
        await chain.close()
    chain = reader(served.url, served.url + "/", where=where)
    assert (await chain.agree(bytes(32))).deposit == 0
    await chain.close()


async def test_a_transaction_that_a_reorganisation_took_away_counts_nothing() -> None:
    block = {"number": "0x1", "hash": "0x" + "cd" * 32, "parentHash": HASH, "timestamp": "0x1"}
    answers = {
        "eth_getTransactionReceipt": result(RECEIPT),
        "eth_getBlockByNumber": result(block),
        "eth_blockNumber": result("0x9"),
    }
    async with LyingNode(**answers) as node:
        chain = reader(node.url)
        assert await chain.confirmations(TX) == 0
        node.answers["eth_getBlockByNumber"] = result(block | {"hash": HASH})
        assert await chain.confirmations(TX) == 9
        await chain.close()


async def test_an_old_head_is_stale() -> None:
    block = {"number": "0x1", "hash": HASH, "parentHash": HASH, "timestamp": "0x1"}
    async with LyingNode(eth_getBlockByNumber=result(block)) as node:
        chain = reader(node.url)
        assert (await chain.check()).stale
        await chain.close()
