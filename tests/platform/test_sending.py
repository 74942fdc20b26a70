# SPDX-License-Identifier: Apache-2.0
"""Whatever the chain does, each call happens exactly once: nothing is lost, nothing twice, nothing above the cap."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text

from gems_platform.channels import gas_fees
from gems_platform.channels.chain import Fees, Unsigned
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.db import Database
from gems_platform.errors import ChainDown
from gems_platform.settings import Settings
from tests.platform.conftest import HandClock, key
from tests.platform.fake_node import GWEI, FakeNode
from tests.platform.test_upgrade import _add as add
from tests.platform.test_upgrade import _at as at

DEPTH, CAP, CALLS = 3, 60 * GWEI, 4
TO = "0x" + "22" * 20
STEPS = (
    "send",
    "tick",
    "tick",
    "mine",
    "mine",
    "spike",
    "calm",
    "forget",
    "before",
    "after",
    "reorg",
    "foreign",
)

fees = st.integers(0, 10**12)


@given(most=fees, tip=fees, now=fees, now_tip=fees, cap=fees)
def test_a_replacement_pays_enough_more_in_both_and_never_above_the_cap(
    most: int, tip: int, now: int, now_tip: int, cap: int
) -> None:
    before = Fees(most + tip, tip)
    found = gas_fees.raised(before, Fees(2 * now + now_tip, now_tip), cap)
    if found is None:
        assert before.most * 1125 > cap * 1000 - 2000 or now_tip > cap
        return
    assert found.most * 10 >= before.most * 11 and found.tip * 10 >= before.tip * 11
    assert found.tip <= found.most <= cap and found.most > before.most
    assert found.most >= min(2 * now + now_tip, cap)


class Owner:
    """Somebody who wants CALLS things done, and signs again what lost its nonce."""

    def __init__(self, settings: Settings, db: Database, depth: int) -> None:
        self.settings = replace(settings, gas_price_cap=CAP, stuck_blocks=2)
        self.node, self.db, self.clock = FakeNode(depth), db, HandClock()
        with db.write() as session:
            for table in ("chain_attempts", "chain_intents"):
                session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        self.sender = Sender(self.settings, db, self.node, self.clock)
        self.asked: list[bytes] = []

    async def send(self) -> None:
        if len(self.asked) == CALLS:
            return
        data = bytes([len(self.asked) + 1])
        await self._try(data)
        if await self.sender.find(data.hex()) is not None:  # else nothing was signed: gas was too dear
            self.asked.append(data)

    async def _try(self, data: bytes) -> None:
        with suppress(ChainDown):
            await self.sender.send(self.settings.relayer_key, [Call(data.hex(), TO, data)])

    async def tick(self) -> None:
        with suppress(ChainDown):
            await self.sender.follow_up()
        for data in self.asked:
            found = await self.sender.find(data.hex())
            if found is not None and found.state == "lost":
                await self._try(data)

    async def foreign(self) -> None:
        """Somebody else with the same key takes the next nonce of the chain."""
        count = await self.node.nonce(self.settings.relayer, "latest")
        call = Unsigned(TO, b"foreign", 21_000, count)
        self.node.put(self.node.sign_with(self.settings.relayer_key, call, Fees(CAP, CAP)).raw)

    async def step(self, what: str) -> None:
        match what:
            case "send":
                await self.send()
            case "tick":
                await self.tick()
            case "foreign":
                await self.foreign()
            case "mine":
                self.node.mine()
            case "spike" | "calm":
                self.node.base = 30 * GWEI if what == "spike" else GWEI
            case "forget":
                self.node.pool.clear()
            case "reorg":
                self.node.take_back(DEPTH - 1, forget=len(self.asked) % 2 == 0)
            case _:
                self.node.lose = what

    async def settle(self) -> None:
        self.node.base, self.node.lose = GWEI, ""
        for _ in range(60):
            await self.tick()
            self.node.mine()
            if not await self.sender.under_way():
                break
        await self.tick()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    store = Database(tmp_path_factory.mktemp("store") / "platform.sqlite3")
    yield store
    store.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = "0x" + "11" * 20
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        chain_id=31_337,
        rpc_url="http://127.0.0.1:9",
        gem=place,
        channels=place,
        campaigns=place,
        hub_signer_key=key("hub signer"),
        hub_payer_key=key("hub payer"),
        relayer_key=key("relayer"),
    )


def _run(made: Settings, db: Database, steps: list[str], depth: int = DEPTH) -> Owner:
    async def go() -> Owner:
        owner = Owner(made, db, depth)
        for what in steps:
            await owner.step(what)
        await owner.settle()
        return owner

    return asyncio.run(go())


@given(steps=st.lists(st.sampled_from(STEPS), min_size=8, max_size=30))
@hypothesis_settings(max_examples=25)
def test_each_call_happens_exactly_once(made: Settings, db: Database, steps: list[str]) -> None:
    owner = _run(made, db, ["send", "send", *steps])
    happened = Counter(data for data in owner.node.happened() if data not in (b"foreign", b""))
    assert happened == Counter(owner.asked), steps
    paid = [tx.fee for block in owner.node.blocks for tx in block]
    assert max(paid) <= CAP


def test_a_nonce_that_nobody_has_is_filled(made: Settings, db: Database) -> None:
    """Another's transaction had the number before, and the node forgot it: without a filler all would wait for ever."""
    owner = _run(made, db, ["foreign", "send", "forget"])
    assert owner.node.happened() == [b"", owner.asked[0]]


#: Its block is taken back, another has its nonce, and then the other block is taken back in favour of the first.
TWICE = ("send", "mine", "tick", "reorg", "forget", "foreign", "mine", "tick", "tick")


@pytest.mark.parametrize(("depth", "times"), [(DEPTH, 1), (1, 2)])
def test_what_is_signed_anew_before_the_loss_is_deep_happens_twice(
    made: Settings, db: Database, depth: int, times: int
) -> None:
    """The control for the depth: with one confirmation a reorganisation pays twice."""

    async def go() -> int:
        owner = Owner(made, db, depth)
        for what in TWICE[:3]:
            await owner.step(what)
        (gone,) = owner.node.take_back(1, forget=True)
        with db.write() as session:  # as if the first look came only after the other had its nonce
            session.execute(text("UPDATE chain_intents SET state = 'sent'"))
        for what in TWICE[5:]:
            await owner.step(what)
        owner.node.take_back(1, forget=True)
        owner.node.put(gone.raw)
        await owner.settle()
        return owner.node.happened().count(owner.asked[0])

    assert asyncio.run(go()) == times


def test_claims_of_before_are_adopted(made: Settings, tmp_path: Path) -> None:
    """An update finds what was on its way, and what it was signed with."""
    path = tmp_path / "platform.sqlite3"
    at(path, "0009")
    node = FakeNode(1)
    signed = node.sign_with(made.relayer_key, Unsigned(TO, b"claim", 21_000, 7), Fees(5 * GWEI, GWEI))
    who = "0x" + "aa" * 20
    add(path, "accounts", address=who, created_at=1, bond_target="0")
    add(
        path, "relayed_claims",
        id="one", worker=who, request="{}", raw=signed.raw, tx_hash=signed.tx_hash, state="sent", at=5,
    )  # fmt: skip
    with closing(Database(path)) as db:
        sender = Sender(made, db, node, HandClock())
        intent = asyncio.run(sender.find("claim:one"))
        assert intent is not None and intent.attempts[0].signed == signed
        assert (intent.call, intent.sender) == (Unsigned(TO, b"claim", 21_000, 7), made.relayer)
        assert node.taken == {made.relayer: 8}
