# SPDX-License-Identifier: Apache-2.0
"""`gems contracts` as somebody types it: deploy, verify, and what verify finds when something differs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_desktop.deploying import book as books
from gems_desktop.deploying.book import read_book
from gems_desktop.deploying.faults import BadBook, NotPlain
from gems_desktop.deploying.plain_token import check_transfer
from gems_desktop.deploying.verifying import of_book, of_node
from gems_desktop.local.chain import Chain
from gems_desktop.local.chain.deploy import deploy_contracts
from gems_protocol.contracts.deployed import expected_code
from tests.desktop.chain.conftest import CHAIN_ID, OTHER, RICH, Served, served
from tests.desktop.chain.late_node import LateNode
from tests.desktop.chain.test_chain_rpc import reader

__all__ = ["served"]
FEE_TOKEN = """
balanceOf: public(HashMap[address, uint256])
event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    value: uint256
@deploy
def __init__():
    self.balanceOf[msg.sender] = 1000
@external
def transfer(to: address, amount: uint256) -> bool:
    self.balanceOf[msg.sender] -= amount
    self.balanceOf[to] += amount - FEE
    log Transfer(sender=msg.sender, receiver=to, value=amount - TOLD)
    return True
"""


@pytest.fixture
async def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "deployer.key"
    path.write_text(bytes(RICH.key).hex(), "ascii")
    path.chmod(0o600)
    return path


async def typed(*words: object) -> int:
    """Give a command in a thread of its own, as its event loop has to be its own."""
    return await asyncio.to_thread(main, ["contracts", *(str(word) for word in words)])


@pytest.fixture
async def book(served: Served, key_file: Path, tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "book.json"
    given = ("--rpc", served.url, "--key-file", key_file, "--book", path, "--yes", "--chain-id", CHAIN_ID)
    assert await typed("deploy", *given) == 0
    yield path


async def test_deploy_and_verify(
    served: Served, key_file: Path, capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    out = capsys.readouterr().out
    for said in ("Gas at most", "wei each", "The deployer has", "Campaigns: is at", "Written to"):
        assert said in out
    assert await typed("verify", "--rpc", served.url, "--rpc", served.url, "--book", book) == 0
    out = capsys.readouterr().out
    assert out.count("bytes are as compiled") == 8 and "Node 2: all work with the GEM" in out
    assert await typed("deploy", "--rpc", served.url, "--key-file", key_file, "--book", book, "--yes") == 2
    assert "already" in capsys.readouterr().err


async def test_without_yes_and_terminal_nothing_is_sent(
    served: Served, key_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        await typed("deploy", "--rpc", served.url, "--key-file", key_file, "--book", tmp_path / "b.json") == 1
    )
    assert "say --yes" in capsys.readouterr().err
    assert served.chain.nonce(bytes.fromhex(RICH.address[2:])) == 0


async def test_the_usual_book_is_the_chains(
    served: Served, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "FOLDER", tmp_path / "networks")
    assert await typed("deploy", "--rpc", served.url, "--key-file", key_file, "--yes") == 0
    assert (tmp_path / "networks" / f"{CHAIN_ID}.json").exists()
    assert await typed("verify", "--rpc", served.url) == 0


async def test_one_flipped_byte_at_either_node_is_found(
    served: Served, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = read_book(book).places[1]
    code = bytearray(expected_code(place))
    code[1234] ^= 1
    async with LateNode(served.url) as node:
        node.answers["eth_getCode"] = "0x" + code.hex()
        assert await typed("verify", "--rpc", served.url, "--rpc", node.url, "--book", book) == 1
    out = capsys.readouterr().out
    assert "BAD   Node 2: Channels" in out and "differs from byte 1234" in out
    assert "BAD   Node 1" not in out and "do not use this book" in out


async def test_a_book_that_mixes_two_deployments_is_found(served: Served, book: Path) -> None:
    other = await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID, first_nonce=4)
    told = json.loads(book.read_text("utf-8"))
    told["contracts"]["Campaigns"]["address"] = other.campaigns
    book.write_text(json.dumps(told), "utf-8")
    found = await of_node(served.url, read_book(book), 1)
    assert [one.what for one in found if one.wrong] == [
        f"Node 1: Campaigns at {other.campaigns}: it works with another token.",
        f"Node 1: Judge at {told['contracts']['Judge']['address']}: it is the judge of other campaigns.",
        "Node 1: Campaigns: its transaction made something else.",
    ]
    assert any(one.wrong for one in of_book(read_book(book))), "its code's hash is that of another address"


async def test_a_book_of_other_sources_is_found(book: Path) -> None:
    read = read_book(book)
    assert not any(one.wrong for one in of_book(read))
    for change in ({"source_sha256": "0" * 64}, {"compiler": "vyper 0.5"}, {"code_hash": "0x" + "0" * 64}):
        entry = replace(read.contracts["Gem"], **change)
        changed = replace(read, contracts={**read.contracts, "Gem": entry})
        assert any(one.wrong for one in of_book(changed))


@pytest.mark.parametrize("change", ["gone", "not json", "{}", "[]", '{"chain_id": "1"}', "[" * 50_000])
async def test_what_is_no_book_is_said(tmp_path: Path, change: str) -> None:
    path = tmp_path / "book.json"
    if change != "gone":
        path.write_text(change, "utf-8")
    with pytest.raises(BadBook, match=r"book\.json: (this is no|the) address book"):
        read_book(path)


@pytest.mark.parametrize(
    ("fee", "told", "why"), [(0, 0, ""), (1, 0, "a part"), (0, 1, "told to"), (1, 1, "told to")]
)
async def test_a_token_that_takes_a_fee_is_found(served: Served, fee: int, told: int, why: str) -> None:
    from vyper.compiler import compile_code  # type: ignore[import-untyped]

    source = FEE_TOKEN.replace("FEE", str(fee)).replace("TOLD", str(told))
    token = _create(served.chain, bytes.fromhex(compile_code(source)["bytecode"][2:]))
    chain = reader(served.url)
    chain.gem = token
    try:
        if why:
            with pytest.raises(NotPlain, match=why):
                await check_transfer(chain, CHAIN_ID, bytes(RICH.key), token)
        else:
            assert await check_transfer(chain, CHAIN_ID, bytes(RICH.key), token)
            assert not await check_transfer(chain, CHAIN_ID, bytes(OTHER.key), token), "holds none"
    finally:
        await chain.close()


def _create(chain: Chain, creation: bytes) -> str:
    from tests.desktop.chain.conftest import pay

    receipt = chain.receipt_json(chain.send_raw(pay(0, None, 0, data=creation, gas=2_000_000)))
    assert receipt is not None and receipt["status"] == "0x1"
    return str(receipt["contractAddress"]).lower()
