# SPDX-License-Identifier: Apache-2.0
"""`gems contracts deploy` on chains that are slow, cut off, poor or wrong: each contract comes there once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from gems_desktop.adapters.chain_errors import ChainUnreachable
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.book import read_book
from gems_desktop.deploying.cost import Cost
from gems_desktop.deploying.faults import (
    BadBook,
    DeploymentFailed,
    NotInABlock,
    NotPlain,
    TooPoor,
    WrongChainId,
)
from gems_desktop.deploying.plan import contract_address
from gems_desktop.deploying.running import Wish, deploy
from gems_protocol.contracts import NAMES
from tests.desktop.chain.code import TIMER
from tests.desktop.chain.conftest import CHAIN_ID, OTHER, RICH, Served, pay, served
from tests.desktop.chain.late_node import LateNode
from tests.desktop.chain.lying_node import LyingNode

__all__ = ["served"]
ME = RICH.address.lower()


@pytest.fixture
async def late(served: Served) -> AsyncIterator[LateNode]:
    async with LateNode(served.url, lag=2) as node:
        yield node


@pytest.fixture
def wish(late: LateNode, tmp_path: Path) -> Wish:
    return Wish(rpc=late.url, key=bytes(RICH.key), book=tmp_path / "book.json", wait_s=20, step_s=0.01)


async def go(wish: Wish, said: list[Any] | None = None) -> Path | None:
    """Deploy, agreeing to everything; what was said and asked goes to `said`."""
    told: list[Any] = [] if said is None else said
    return await deploy(wish, lambda *asked: told.append(asked) or True, told.append)


def part(wish: Wish) -> Path:
    assert wish.book is not None
    return wish.book.with_name("book.json.part")


async def test_a_slow_chain_is_waited_for_and_the_book_is_true(
    served: Served, wish: Wish, late: LateNode
) -> None:
    said: list[Any] = []
    path = await go(wish, said)
    assert path is not None and not part(wish).exists()
    book = read_book(path)
    assert (book.chain_id, book.deployer) == (CHAIN_ID, ME)
    assert [book.contracts[name].address for name in NAMES] == [contract_address(ME, at) for at in range(4)]
    assert [book.contracts[name].block for name in NAMES] == [1, 2, 3, 4]
    chain_id, price, plan = said[0]
    assert chain_id == CHAIN_ID and len(plan) == 4 and len(late.sent) == 4
    used = await gas_used(served, [str(book.contracts[name].tx) for name in NAMES])
    assert used <= price.gas <= used * 5 // 4, "what it costs was said, and not far off"
    assert isinstance(price, Cost) and price.balance > price.wei
    text = path.read_text("utf-8")
    assert list(json.loads(text)) == ["chain_id", "deployer", "at", "contracts"]


async def gas_used(served: Served, hashes: list[str]) -> int:
    chain = ChainRpc([served.url], CHAIN_ID, *("0x" + "00" * 20,) * 3)
    receipts = [await chain.receipt(bytes.fromhex(one[2:])) for one in hashes]
    await chain.close()
    return sum(one.gas_used for one in receipts if one is not None)


@pytest.mark.parametrize("taken", [1, 2, 3, 4])
async def test_a_line_that_is_lost_after_any_transaction(wish: Wish, late: LateNode, taken: int) -> None:
    late.deaf_after = taken
    with pytest.raises(ChainUnreachable):
        await go(wish)
    assert part(wish).exists() and wish.book is not None and not wish.book.exists()
    late.deaf_after = None
    path = await go(wish)
    assert path is not None
    assert read_book(path).contracts["Campaigns"].address == contract_address(ME, 2)
    assert len(set(late.sent)) == 4, "the transaction that was under way is the same one"


async def test_cut_off_before_anything_was_mined_and_fees_have_risen(
    served: Served, wish: Wish, late: LateNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    late.lag = 10**9
    with pytest.raises(NotInABlock, match="Gem") as caught:
        await go(replace(wish, wait_s=0.1))
    assert caught.value.retryable and "not sent a second time" in caught.value.safe
    real = ChainRpc.gas_price

    async def risen(self: ChainRpc) -> tuple[int, int]:
        fee, tip = await real(self)
        return 2 * fee, 2 * tip

    monkeypatch.setattr(ChainRpc, "gas_price", risen)
    late.take(1)
    path = await go(wish)
    assert path is not None
    assert late.sent[0] != late.sent[1] and len(set(late.sent)) == 5, (
        "Gem twice with one nonce: only one of them can be mined"
    )
    assert [entry.block for entry in read_book(path).contracts.values()] == [1, 2, 3, 4]


async def test_lost_notes_do_no_harm(wish: Wish, late: LateNode) -> None:
    late.deaf_after = 2
    with pytest.raises(ChainUnreachable):
        await go(wish)
    part(wish).unlink()
    late.deaf_after = None
    await late.mine()
    path = await go(replace(wish, first_nonce=0))
    assert path is not None
    book = read_book(path)
    assert [book.contracts[name].address for name in NAMES] == [contract_address(ME, at) for at in range(4)]
    assert book.contracts["Gem"].tx is None and book.contracts["Campaigns"].tx is not None


async def test_nothing_is_sent_without_a_yes(wish: Wish, late: LateNode) -> None:
    assert await deploy(wish, lambda *_asked: False, lambda _text: None) is None
    assert late.sent == [] and not part(wish).exists()


async def test_what_is_refused_before_anything_is_sent(
    served: Served, wish: Wish, late: LateNode, tmp_path: Path
) -> None:
    with pytest.raises(WrongChainId, match="of chain 31337, and --chain-id says 1"):
        await go(replace(wish, chain_id=1))
    with pytest.raises(ChainUnreachable, match="cannot be reached"):
        await go(replace(wish, rpc="http://127.0.0.1:9"))
    poor = Account.from_key(b"\x77" * 32)
    with pytest.raises(TooPoor, match="has 0 wei"):
        await go(replace(wish, key=bytes(poor.key)))
    assert wish.book is not None
    wish.book.write_text("mine", "utf-8")
    with pytest.raises(BadBook, match="there is an address book already"):
        await go(wish)
    assert wish.book.read_text("utf-8") == "mine"
    wish.book.unlink()
    part(wish).write_text("{}", "utf-8")
    with pytest.raises(BadBook, match="malformed"):
        await go(wish)
    assert late.sent == []


async def test_notes_of_another_deployment_are_left_alone(wish: Wish, late: LateNode) -> None:
    late.deaf_after = 1
    with pytest.raises(ChainUnreachable):
        await go(wish)
    late.deaf_after = None
    before = part(wish).read_bytes()
    with pytest.raises(BadBook, match="another deployment"):
        await go(replace(wish, holder=OTHER.address.lower()))
    assert part(wish).read_bytes() == before and len(late.sent) == 1


async def test_other_code_at_the_address_is_not_taken(served: Served, wish: Wish) -> None:
    served.chain.send_raw(pay(0, None, 0, data=TIMER, gas=200_000))
    with pytest.raises(DeploymentFailed, match="Gem is not what was to be"):
        await go(replace(wish, first_nonce=0))


async def test_a_nonce_that_was_used_is_said(served: Served, wish: Wish) -> None:
    served.chain.send_raw(pay(0))
    with pytest.raises(DeploymentFailed, match="nonce 0 is not the next one"):
        await go(replace(wish, first_nonce=0))


async def test_a_token_that_exists_is_tried_and_used(served: Served, wish: Wish, tmp_path: Path) -> None:
    first = await go(replace(wish, rpc=served.url))
    assert first is not None
    gem = read_book(first).addresses.gem
    said: list[Any] = []
    second = await go(replace(wish, gem=gem, book=tmp_path / "second.json"), said)
    assert second is not None
    book = read_book(second)
    assert book.addresses.gem == gem and book.contracts["Gem"].tx is None
    assert book.addresses.channels == contract_address(ME, 5), "4 was the base unit that was sent"
    assert "Gem: one base unit was sent and arrived whole" in said


async def test_another_contract_is_no_token(served: Served, wish: Wish, late: LateNode) -> None:
    path = await go(replace(wish, rpc=served.url))
    assert path is not None
    where = read_book(path).addresses
    for other in (where.channels, OTHER.address.lower()):
        with pytest.raises(NotPlain):
            await go(replace(wish, gem=other, book=path.with_name("other.json")))
    assert late.sent == []


async def test_a_stranger_on_the_port_is_no_node(wish: Wish) -> None:
    async with LyingNode() as node:
        del node.answers["eth_chainId"]
        with pytest.raises(ChainUnreachable, match="failed: no"):
            await go(replace(wish, rpc=node.url))
