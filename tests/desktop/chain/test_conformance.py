# SPDX-License-Identifier: Apache-2.0
"""web3.py, a client that is not ours, understands the chain's JSON-RPC face."""

from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from eth_account import Account
from hexbytes import HexBytes
from web3 import AsyncHTTPProvider, AsyncWeb3
from web3.exceptions import ContractLogicError, TransactionNotFound, Web3RPCError

from gems_desktop.local.chain.deploy import Addresses, deploy_contracts
from gems_protocol.contracts import artefact

from .code import LOGGER, REFUSER, word
from .conftest import CHAIN_ID, OTHER, RICH, WEI, Served, pay


@pytest.fixture
async def w3(served: Served) -> AsyncIterator[AsyncWeb3[Any]]:
    made: AsyncWeb3[Any] = AsyncWeb3(AsyncHTTPProvider(served.url))
    yield made
    await made.provider.disconnect()


@pytest.fixture
async def where(served: Served) -> Addresses:
    return await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)


async def create(w3: AsyncWeb3[Any], nonce: int, code: bytes) -> str:
    tx_hash = await w3.eth.send_raw_transaction(pay(nonce, None, 0, data=code, gas=300_000))
    return str((await w3.eth.wait_for_transaction_receipt(tx_hash)).contractAddress)


async def test_the_basics(w3: AsyncWeb3[Any]) -> None:
    assert await w3.is_connected()
    assert await w3.eth.chain_id == CHAIN_ID
    assert await w3.net.version == str(CHAIN_ID)
    assert "gems" in await w3.client_version
    assert await w3.eth.block_number == 0
    assert await w3.eth.syncing is False
    assert await w3.eth.get_balance(RICH.address) == WEI
    assert await w3.eth.get_transaction_count(RICH.address) == 0
    assert await w3.eth.gas_price > 10**8
    assert await w3.eth.max_priority_fee > 0


async def test_block_hashes_are_those_of_their_headers(w3: AsyncWeb3[Any]) -> None:
    for nonce in range(3):
        await w3.eth.send_raw_transaction(pay(nonce))
    blocks = [await w3.eth.get_block(number, True) for number in range(4)]
    for parent, child in pairwise(blocks):
        assert child.parentHash == parent.hash
        assert child.timestamp > parent.timestamp
        assert await w3.eth.get_block(child.hash, True) == child
    assert blocks[2].transactions[0]["from"] == RICH.address
    assert (await w3.eth.get_block("latest")).number == 3
    assert len({block.hash for block in blocks}) == 4


async def test_every_kind_of_transaction(w3: AsyncWeb3[Any]) -> None:
    legacy: dict[str, Any] = {
        "type": None,
        "maxFeePerGas": None,
        "maxPriorityFeePerGas": None,
        "gasPrice": 2 * 10**9,
    }
    keys = ["0x" + word(1).hex()]
    listed = {"accessList": [{"address": OTHER.address, "storageKeys": keys}], "gas": 30_000}
    authorization = OTHER.sign_authorization({"chainId": CHAIN_ID, "address": RICH.address, "nonce": 0})
    kinds = [
        pay(0, **legacy),
        pay(1, **(legacy | listed | {"type": 1})),
        pay(2, **listed),
        pay(3, type=4, authorizationList=[authorization], gas=100_000),
    ]
    expected = [0, 1, 2, 4]
    for kind, raw in zip(expected, kinds, strict=True):
        tx_hash = await w3.eth.send_raw_transaction(raw)
        receipt = await w3.eth.get_transaction_receipt(tx_hash)
        transaction = await w3.eth.get_transaction(tx_hash)
        assert (receipt.status, receipt.type, transaction.type) == (1, kind, kind)
        assert receipt.transactionHash == tx_hash == transaction.hash
        assert transaction["to"] == OTHER.address and transaction["from"] == RICH.address
    assert bytes(await w3.eth.get_code(OTHER.address)) == b"\xef\x01\x00" + bytes.fromhex(RICH.address[2:])


async def test_a_token_through_web3s_contract(w3: AsyncWeb3[Any], where: Addresses) -> None:
    gem = w3.eth.contract(w3.to_checksum_address(where.gem), abi=artefact("Gem")["abi"])
    supply = await gem.functions.totalSupply().call()
    assert await gem.functions.balanceOf(RICH.address).call() == supply > 0
    build = await gem.functions.transfer(OTHER.address, 7).build_transaction(
        {"from": RICH.address, "nonce": 4, "chainId": CHAIN_ID}
    )
    tx_hash = await w3.eth.send_raw_transaction(RICH.sign_transaction(build).raw_transaction)
    receipt = await w3.eth.get_transaction_receipt(tx_hash)
    assert receipt.status == 1
    events = gem.events.Transfer().process_receipt(receipt)
    assert [(event.args.receiver, event.args.value) for event in events] == [(OTHER.address, 7)]
    found = await gem.events.Transfer().get_logs(from_block=0, argument_filters={"receiver": OTHER.address})
    assert [log.transactionHash for log in found] == [tx_hash]
    by_hash = await w3.eth.get_logs({"blockHash": receipt.blockHash})
    assert [log.logIndex for log in by_hash] == [0]
    with pytest.raises(ContractLogicError):
        await gem.functions.transfer(OTHER.address, 1).call({"from": Account.from_key(b"\x33" * 32).address})


async def test_a_revert_comes_with_its_reason_and_data(w3: AsyncWeb3[Any]) -> None:
    refuser = await create(w3, 0, REFUSER)
    for ask in (w3.eth.call, w3.eth.estimate_gas):
        with pytest.raises(ContractLogicError, match="no") as caught:
            await ask({"to": refuser, "from": RICH.address})
        assert str(caught.value.data).startswith("0x08c379a0")
    tx_hash = await w3.eth.send_raw_transaction(pay(1, refuser, 0, gas=50_000))
    assert (await w3.eth.get_transaction_receipt(tx_hash)).status == 0


async def test_the_estimate_is_enough_and_near(w3: AsyncWeb3[Any]) -> None:
    logger = await create(w3, 0, LOGGER)
    message = {"to": logger, "from": RICH.address, "data": HexBytes(word(40)), "value": 0}
    gas = await w3.eth.estimate_gas(message)
    tx_hash = await w3.eth.send_raw_transaction(pay(1, logger, 0, data=word(40), gas=gas))
    receipt = await w3.eth.get_transaction_receipt(tx_hash)
    assert receipt.status == 1 and gas <= receipt.gasUsed * 1.03
    assert await w3.eth.estimate_gas({"to": OTHER.address, "from": RICH.address, "value": 1}) == 21_000


async def test_fee_history(w3: AsyncWeb3[Any]) -> None:
    for nonce in range(3):
        await w3.eth.send_raw_transaction(pay(nonce))
    history = await w3.eth.fee_history(2, "latest", [10, 90])
    assert history.oldestBlock == 2
    assert len(history.baseFeePerGas) == 3 and len(history.gasUsedRatio) == 2
    assert history.reward == [[10**6, 10**6], [10**6, 10**6]]
    assert history.baseFeePerGas[0] > history.baseFeePerGas[-1] > 0
    assert (await w3.eth.fee_history(2, "latest")).oldestBlock == 2


async def test_state_in_the_past(w3: AsyncWeb3[Any]) -> None:
    await w3.eth.send_raw_transaction(pay(0, value=5))
    await w3.eth.send_raw_transaction(pay(1, value=5))
    assert [await w3.eth.get_balance(OTHER.address, number) for number in range(3)] == [0, 5, 10]
    assert await w3.eth.get_storage_at(OTHER.address, 0) == HexBytes(bytes(32))


async def test_time_moves_for_tests(w3: AsyncWeb3[Any]) -> None:
    before = (await w3.eth.get_block("latest")).timestamp
    assert (await w3.provider.make_request("evm_increaseTime", [5_000]))["result"] == 5_000
    await w3.provider.make_request("evm_mine", [])
    assert (await w3.eth.get_block("latest")).timestamp >= before + 5_000


async def test_what_is_not_there(w3: AsyncWeb3[Any]) -> None:
    with pytest.raises(TransactionNotFound):
        await w3.eth.get_transaction(HexBytes(bytes(32)))
    with pytest.raises(Web3RPCError, match="nonce too low"):
        await w3.eth.send_raw_transaction(pay(0))
        await w3.eth.send_raw_transaction(pay(0, value=2))
    for method in ("eth_accounts", "personal_sign", "eth_sendTransaction", "eth_sign", "no_such"):
        assert (await w3.provider.make_request(method, []))["error"]["code"] == -32601


async def test_a_batch(w3: AsyncWeb3[Any]) -> None:
    async with w3.batch_requests() as batch:
        batch.add(w3.eth.get_block(0))
        batch.add(w3.eth.get_balance(RICH.address))
        block, balance = await batch.async_execute()
    assert block.number == 0 and balance == WEI
