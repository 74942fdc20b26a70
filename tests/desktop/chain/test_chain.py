# SPDX-License-Identifier: Apache-2.0
"""The chain by itself: what it takes, what it refuses and what its file keeps."""

from pathlib import Path

import pytest

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.local.chain import Chain, ChainFileError, RpcError
from gems_desktop.local.chain.index import LogFilter

from .code import LOGGER, SELF_CALLER, TIMER, word
from .conftest import CHAIN_ID, OTHER, RICH, WEI, Clock, Served, pay


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chain(tmp_path: Path, clock: Clock) -> Chain:
    opened = Chain.open(tmp_path / "c.sqlite", CHAIN_ID, {RICH.address: WEI}, clock)
    yield opened
    opened.close()


def address(account: object) -> bytes:
    return bytes.fromhex(account.address[2:])


def test_a_transaction_is_in_a_block_when_it_is_acknowledged(chain: Chain) -> None:
    tx_hash = chain.send_raw(pay(0, value=5))
    assert chain.head().block_number == 1
    receipt = chain.receipt_json(tx_hash)
    assert receipt["status"] == "0x1" and receipt["gasUsed"] == hex(21_000)
    state = chain.state(chain.head())
    assert state.get_balance(address(OTHER)) == 5
    fee = 21_000 * int(receipt["effectiveGasPrice"], 16)
    assert state.get_balance(address(RICH)) == WEI - 5 - fee


def test_the_file_brings_everything_back(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "kept.sqlite"
    chain = Chain.open(path, CHAIN_ID, {RICH.address: WEI}, clock)
    hashes = [chain.send_raw(pay(nonce)) for nonce in range(5)]
    chain.shift_time(1_000)
    head, receipts = chain.head().hash, [chain.receipt_json(one) for one in hashes]
    chain.close()
    again = Chain.open(path, CHAIN_ID, {OTHER.address: WEI}, clock)
    assert again.head().hash == head
    assert [again.receipt_json(one) for one in hashes] == receipts
    assert again.next_timestamp() == clock.now + 1_000
    again.close()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nonce": 0}, "already known"),
        ({"nonce": 0, "value": 2}, "nonce too low"),
        ({"nonce": 5_000}, "nonce too high"),
        ({"value": WEI}, "insufficient funds"),
        ({"maxFeePerGas": 1, "maxPriorityFeePerGas": 1}, "underpriced"),
        ({"chainId": 1}, "invalid chain id"),
        ({"gas": 20_000}, "intrinsic gas too low"),
        ({"gas": 31_000_000}, "exceeds block gas limit"),
        (
            {
                "type": None,
                "maxFeePerGas": None,
                "maxPriorityFeePerGas": None,
                "chainId": None,
                "gasPrice": 2 * 10**9,
            },
            "replay-protected",
        ),
    ],
)
def test_refuses_with_the_words_that_wallets_know(
    chain: Chain, changes: dict[str, object], said: str
) -> None:
    chain.send_raw(pay(0))
    before = chain.head().hash
    with pytest.raises(RpcError, match=said):
        chain.send_raw(pay(**({"nonce": 1} | changes)))
    assert chain.head().hash == before


@pytest.mark.parametrize(
    "raw", [b"", b"\x02", b"\x7f\x00", b"\xc0", b"\xff" * 40, pay(0) + b"\x00", pay(0)[:-1]]
)
def test_refuses_bytes_that_are_no_transaction(chain: Chain, raw: bytes) -> None:
    with pytest.raises(RpcError, match="not a valid signed transaction"):
        chain.send_raw(raw)


def test_a_nonce_ahead_waits_on_disk_until_the_gap_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "p.sqlite"
    chain = Chain.open(path, CHAIN_ID, {RICH.address: WEI})
    later = [chain.send_raw(pay(nonce)) for nonce in (2, 1)]
    assert chain.head().block_number == 0
    with pytest.raises(RpcError, match="replacement transaction underpriced"):
        chain.send_raw(pay(2, value=9))
    chain.close()
    chain = Chain.open(path, CHAIN_ID)
    assert chain.transaction_json(later[0])["blockHash"] is None
    assert chain.receipt_json(later[0]) is None
    chain.send_raw(pay(0))
    assert chain.nonce(address(RICH)) == 3
    assert all(chain.receipt_json(one)["status"] == "0x1" for one in later)
    chain.close()


def test_a_waiting_transaction_that_cannot_be_paid_any_more_is_dropped(chain: Chain, caplog: object) -> None:
    late = chain.send_raw(pay(1, value=WEI // 2))
    chain.send_raw(pay(0, value=WEI // 2 + WEI // 4))
    assert chain.transaction_json(late) is None
    assert chain.nonce(address(RICH), pending=True) == 1


def test_time_rises_with_each_block_and_can_be_moved(chain: Chain, clock: Clock) -> None:
    chain.mine()
    chain.mine()
    assert chain.head().timestamp == clock.now + 2
    chain.shift_time(86_400)
    assert chain.mine().timestamp == clock.now + 86_400
    chain.set_time(clock.now + 10**7)
    assert chain.mine().timestamp == clock.now + 10**7


def test_a_full_disk_takes_nothing_and_loses_nothing(chain: Chain) -> None:
    kept = chain.send_raw(pay(0))
    pages = chain.connection.execute("PRAGMA page_count").fetchone()[0]
    chain.connection.execute(f"PRAGMA max_page_count={pages}")
    refused, nonce = None, 1
    while refused is None and nonce < 100:
        try:
            chain.send_raw(pay(nonce))
            nonce += 1
        except ChainFileError as error:
            refused = str(error)
    assert refused is not None and "nothing was taken" in refused
    assert chain.head().block_number == nonce == chain.nonce(address(RICH))
    chain.connection.execute("PRAGMA max_page_count=1000000")
    chain.send_raw(pay(nonce))
    assert chain.receipt_json(kept)["status"] == "0x1"


def test_one_process_at_a_time(chain: Chain, tmp_path: Path) -> None:
    with pytest.raises(ChainFileError, match="locked"):
        Chain.open(tmp_path / "c.sqlite", CHAIN_ID)


def test_a_file_of_another_chain_is_refused(tmp_path: Path) -> None:
    Chain.open(tmp_path / "a.sqlite", CHAIN_ID, {}).close()
    with pytest.raises(ChainFileError, match="holds chain 31337, not chain 5"):
        Chain.open(tmp_path / "a.sqlite", 5)
    Chain.open(tmp_path / "a.sqlite", CHAIN_ID).close()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"\x00" * 4096])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.sqlite"
    path.write_bytes(content)
    with pytest.raises(ChainFileError):
        Chain.open(path, CHAIN_ID)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChainFileError, match="cannot be opened"):
        Chain.open(tmp_path / "no" / "c.sqlite", CHAIN_ID)


def test_finds_5001_logs(chain: Chain) -> None:
    where = bytes.fromhex(
        chain.receipt_json(chain.send_raw(pay(0, None, 0, data=LOGGER, gas=200_000)))["contractAddress"][2:]
    )
    for nonce in range(1, 11):
        chain.send_raw(pay(nonce, "0x" + where.hex(), 0, data=word(500), gas=2_000_000))
    chain.send_raw(pay(11, "0x" + where.hex(), 0, data=word(1), gas=2_000_000))
    logs = chain.logs_json(LogFilter(0, 12, (where,)))
    assert len(logs) == 5_001
    assert [int(log["logIndex"], 16) for log in logs[:500]] == list(range(500))
    assert len(chain.logs_json(LogFilter(0, 12, (), ((word(7),),)))) == 10
    assert len(chain.logs_json(LogFilter(3, 4, (where,), ((word(7), word(8)),)))) == 4
    assert chain.logs_json(LogFilter(0, 12, (), ((), (word(7),)))) == []


def test_estimates_and_calls_use_the_time_of_their_block(chain: Chain, clock: Clock) -> None:
    from gems_desktop.local.chain.calls import Call

    created = chain.receipt_json(chain.send_raw(pay(0, None, 0, data=TIMER, gas=200_000)))["contractAddress"]
    message = Call(address(RICH), bytes.fromhex(created[2:]), b"", 0, 100_000, 0)
    chain.shift_time(500)
    assert chain.call(chain.head(), message) == word(chain.head().timestamp)
    assert chain.call(chain.pending_header(), message) == word(clock.now + 500)


async def test_deep_recursion_of_a_contract_does_not_end_the_process(served: Served) -> None:
    rpc = ChainRpc([served.url], CHAIN_ID, OTHER.address, OTHER.address, OTHER.address, timeout_s=60)
    created = await rpc.receipt(await rpc.send_raw(pay(0, None, 0, data=SELF_CALLER, gas=200_000)))
    assert created is not None and created.created is not None
    assert await rpc.view(created.created, b"") == b""
    deep = await rpc.receipt(await rpc.send_raw(pay(1, created.created, 0, gas=20_000_000)))
    assert deep is not None and deep.succeeded and deep.gas_used > 60_000
    await rpc.close()
