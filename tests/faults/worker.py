# SPDX-License-Identifier: Apache-2.0
"""The client's engine at work in a process of its own: it says what it begins and what it acknowledges, and is killed.

Each line is written to a pipe before the next step begins, so that what the reader has is what a person was shown.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_desktop.adapters.network_file import read_network
from gems_desktop.services.facts import ClaimState, ItemState
from gems_desktop.services.live import LiveSession
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import (
    AnswerRecord,
    ChannelRecord,
    ClaimRecord,
    EditRecord,
    ItemRecord,
    SealedRecord,
    VoucherRecord,
)
from gems_desktop.session import open_session, signer_config
from gems_desktop.signer.inprocess import InProcessSigner
from gems_protocol.errors import GemsError

LATELY = 20  # sealed batches that are looked at after a step
TURNS = 300  # of the loop that settles what is left: a bound for a machine that does much else
PREFERRED = 30  # how much likelier a step is that the test wants to kill in
WEIGHTS = {
    "edit": 6, "undo": 1, "redo": 1, "finish": 3, "seal": 2, "take_back": 1, "send": 3, "pull": 2, "claim": 2,
    "lease": 1, "turn": 1,
}  # fmt: skip
_TODO = (ItemState.LEASED, ItemState.DRAFT)


@dataclass
class OrderClock:
    """A ClockPort that shows the hour it was told; `slept` is set when the sync loop has done one turn."""

    at: int
    drift: int = 0  # seconds that every look at it adds: a clock that runs away, or backwards

    def __post_init__(self) -> None:
        self.slept = asyncio.Event()

    def now(self) -> int:
        """Unix seconds."""
        self.at += self.drift
        return self.at

    def monotonic(self) -> float:
        """Seconds that no change of the hour moves."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """The end of a turn, or a pause before another try; fifty times shorter than asked for."""
        self.slept.set()
        await asyncio.sleep(seconds / 50)

    def random_bytes(self, count: int) -> bytes:
        """From the system."""
        return os.urandom(count)


class Telling:
    """Lines of JSON to the pipe, whole or not at all as far as the reader is concerned."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def __call__(self, **what: Any) -> None:
        """One line."""
        rest = memoryview((json.dumps(what) + "\n").encode())
        while rest:
            rest = rest[os.write(self._pipe, rest) :]


class NotingPlatform:
    """The platform's port, which tells of a claim's intent when it leaves: it is written down by then."""

    def __init__(self, inner: Any, noticed: Callable[[], Awaitable[None]]) -> None:
        self._inner, self._noticed = inner, noticed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def post(self, path: str, body: dict[str, Any] | str, **more: Any) -> Any:
        """As the port's."""
        if path == "/v1/relay/claims":
            await self._noticed()
        return await self._inner.post(path, body, **more)


def inventory(tx: Tx, items: list[str] | None, roots: list[str] | None) -> dict[str, Any]:
    """What the store holds of these items and sealed batches, or of all when None."""
    edits: dict[str, list[str]] = {}
    journal = tx.find(EditRecord, order="seq") if items is None else _journal(tx, items)
    for edit in journal:
        edits.setdefault(edit.item_id, []).append(f"{edit.kind}:{edit.edit}")
    answers = [tx.get(AnswerRecord, item) for item in items] if items is not None else tx.find(AnswerRecord)
    sealed = [tx.get(SealedRecord, root) for root in roots] if roots is not None else tx.find(SealedRecord)
    return {
        "edits": edits,
        "answers": [answer.item_id for answer in answers if answer is not None],
        "sealed": {batch.root: batch.receipt for batch in sealed if batch is not None},
        **money(tx),
    }


def _journal(tx: Tx, items: list[str]) -> list[EditRecord]:
    return [edit for item in items for edit in tx.find(EditRecord, order="seq", item_id=item)]


def money(tx: Tx) -> dict[str, Any]:
    """The best voucher and every claim."""
    best = tx.find(VoucherRecord, order="seq", descending=True, limit=1)
    return {
        "voucher": [best[0].seq, str(best[0].paid), str(best[0].bonded)] if best else None,
        "claims": {claim.claim_id: claim.state for claim in tx.find(ClaimRecord)},
    }


class Worker:
    """One life of the engine: opens the profile, says what is in it, and works until it is killed."""

    def __init__(self, order: dict[str, Any], tell: Telling) -> None:
        self._order, self._tell = order, tell
        self._chance = random.Random(order["seed"])
        self._said: dict[str, str] = {}
        self._money: dict[str, Any] = {}
        self._done = 0
        self._session: LiveSession

    async def run(self) -> None:
        """Work, or settle everything and say what came of it."""
        self._tell(begin="open")
        try:
            self._session = session = await self._open()
        except GemsError as error:
            self._tell(refused="open", why=f"{type(error).__name__}: {error.message}", safe=error.safe)
            return
        session.context.platform = NotingPlatform(session.context.platform, self._notice)
        asked = self._order.get("asked") or {"items": None, "roots": None}
        found = await session.context.store.run(lambda tx: inventory(tx, asked["items"], asked["roots"]))
        notice = session.notice.message if session.notice else ""
        address = await session.context.address()
        self._tell(did="open", inventory=found, notice=notice, address=address)
        if self._order.get("mode") == "settle":
            await self._settle()
            await session.close()
            return
        while True:
            await self._guarded(self._choose(await self._open_steps()))

    async def _open(self) -> LiveSession:
        network, folder = read_network(Path(self._order["network"])), Path(self._order["folder"])
        clock = OrderClock(self._order["at"], self._order.get("drift", 0))
        self._clock = clock
        key = self._order.get("key")
        if key is None:
            session = await open_session(folder, network, clock=clock)
            password = self._order["password"].encode()
            if (await session.wallet.facts()).address:
                await session.wallet.unlock(bytearray(password))
            else:
                await session.wallet.create()
                await session.wallet.protect(bytearray(password))
            return session
        signer = InProcessSigner(signer_config(folder, network), bytes.fromhex(key))
        return await open_session(folder, network, signer=signer, clock=clock)

    async def _notice(self) -> None:
        """Say what the store holds and was not said yet."""

        def look(tx: Tx) -> tuple[list[SealedRecord], dict[str, Any]]:
            return tx.find(SealedRecord, order="sealed_at", descending=True, limit=LATELY), money(tx)

        batches, sums = await self._session.context.store.run(look)
        for batch in batches:
            if self._said.get(batch.root) != batch.receipt:
                self._said[batch.root] = batch.receipt
                self._tell(
                    did="kept", root=batch.root, items=json.loads(batch.item_ids), receipt=batch.receipt
                )
        if sums != self._money:
            self._money = sums
            self._tell(did="money", **sums)

    async def _open_steps(self) -> dict[str, list[Any]]:
        """What can be done now: the step and what it could be done with."""
        items = await self._session.work.outbox()
        todo = [item.item_id for item in items if item.state in _TODO]
        draft = [item.item_id for item in items if item.state is ItemState.DRAFT]
        finished = [item.item_id for item in items if item.state is ItemState.FINISHED]
        sealed = [item.item_id for item in items if item.state is ItemState.SEALED]
        steps: dict[str, list[Any]] = {"edit": todo, "undo": draft, "redo": draft, "finish": draft}
        steps |= {"seal": finished, "take_back": finished + sealed, "send": sealed}
        steps |= {"pull": [""], "claim": [""], "turn": [""], "lease": [] if len(todo) > 3 else [""]}
        return {name: about for name, about in steps.items() if about}

    def _choose(self, steps: dict[str, list[Any]]) -> tuple[str, Any]:
        wanted = self._order.get("prefer", "") if self._done >= self._order.get("warm_up", 0) else ""
        weights = [WEIGHTS[name] * (PREFERRED if name == wanted else 1) for name in steps]
        name = self._chance.choices(list(steps), weights)[0]
        return name, self._chance.choice(steps[name])

    async def _guarded(self, step: tuple[str, Any]) -> None:
        name, about = step
        self._tell(begin=name, about=about)
        try:
            await getattr(self, "_" + name)(about)
        except GemsError as error:
            self._tell(
                refused=name, why=f"{type(error).__name__}: {error.message} {getattr(error, 'code', '')}"
            )
        try:
            await self._notice()
        except GemsError as error:
            self._tell(refused="look", why=f"{type(error).__name__}: {error.message}")
        self._done += 1
        self._tell(end=name)

    async def _edit(self, item_id: str) -> None:
        facts = await self._session.work.open(item_id)
        good = "good" in facts.data["text"]
        edit = {"op": "reset", "answer": _mood("good" if good or self._chance.random() < 0.3 else "bad")}
        line = {"did": "edit", "item": item_id, "line": f"edit:{json.dumps(edit)}"}
        if self._order.get("broken") == "acknowledges early":
            self._tell(**line)
            await self._session.work.record(item_id, edit)
        else:
            await self._session.work.record(item_id, edit)
            self._tell(**line)

    async def _undo(self, item_id: str) -> None:
        await self._session.work.undo(item_id)
        self._tell(did="edit", item=item_id, line="undo:{}")

    async def _redo(self, item_id: str) -> None:
        await self._session.work.redo(item_id)
        self._tell(did="edit", item=item_id, line="redo:{}")

    async def _finish(self, item_id: str) -> None:
        await self._session.work.finish(item_id)
        self._tell(did="finish", item=item_id)

    async def _seal(self, _about: str) -> None:
        await self._session.work.seal()

    async def _take_back(self, item_id: str) -> None:
        await self._session.work.take_back(item_id)
        self._tell(did="take_back", item=item_id)

    async def _send(self, _about: str) -> None:
        await self._session.sync.flush()

    async def _pull(self, _about: str) -> None:
        await self._session.sync.pull()

    async def _lease(self, _about: str) -> None:
        if not await self._session.sync.campaigns():
            await self._session.sync.campaigns(refresh=True)
        await self._session.sync.fetch_batch(self._order["campaign"], self._chance.randint(1, 3))

    async def _claim(self, _about: str) -> None:
        quote = await self._session.earnings.quote_claim()
        await self._session.earnings.claim(quote)

    async def _turn(self, _about: str) -> None:
        """One turn of the loop that the application runs: send, fetch, follow claims."""
        self._clock.slept.clear()
        running = asyncio.create_task(self._session.sync.run())
        slept = asyncio.create_task(self._clock.slept.wait())
        await asyncio.wait([running, slept], return_when=asyncio.FIRST_COMPLETED)
        for task in (running, slept):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _settle(self) -> None:
        """Finish what is open, send it, and claim until nothing is left."""
        for _ in range(TURNS):
            steps = await self._open_steps()
            for item_id in steps.get("edit", ()):
                await self._guarded(("edit", item_id))
                await self._guarded(("finish", item_id))
            for name in ("seal", "turn", "claim", "turn"):
                await self._guarded((name, ""))
            if await self._is_settled():
                break
            await asyncio.sleep(0.02)
        facts = await self._session.earnings.facts()
        arrived = [claim for claim in facts.claims if claim.state is ClaimState.CLAIMED]
        found = await self._session.context.store.run(lambda tx: inventory(tx, None, None))
        self._tell(
            did="settle",
            inventory=found,
            states=await self._session.context.store.run(_states),
            channel=await self._session.context.store.run(_channel),
            wallet=str(facts.wallet_gem), owed=str(facts.owed), paid=str(facts.paid), claimed=str(facts.claimed),
            claimable=str(facts.claimable),
            difference=facts.difference.message if facts.difference else "",
            received=[[str(claim.amount), str(claim.fee)] for claim in arrived],
        )  # fmt: skip

    async def _is_settled(self) -> bool:
        facts = await self._session.earnings.facts()
        under_way = any(claim.state not in (ClaimState.CLAIMED, ClaimState.FAILED) for claim in facts.claims)
        states = set((await self._session.context.store.run(_states)).values())
        over = states <= {"PAID", "EXPIRED", "RETURNED"}
        return over and not under_way and not facts.owed.units and facts.claimable.units <= 10**16


def _states(tx: Tx) -> dict[str, str]:
    return {item.item_id: item.state for item in tx.find(ItemRecord)}


def _channel(tx: Tx) -> str:
    return next((channel.channel_id for channel in tx.find(ChannelRecord)), "")


def _mood(mood: str) -> list[dict[str, Any]]:
    value = {"choices": [mood]}
    return [{"id": "mood", "from_name": "mood", "to_name": "text", "type": "choices", "value": value}]
