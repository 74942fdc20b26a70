# SPDX-License-Identifier: Apache-2.0
"""Moves what is free in my bond to the free pocket, step by step: each is paid before the next one is signed.

A hub that does not answer costs one step at most. A step is stored before it is sent, sent as it was until a voucher
pays it, and never signed twice; a move that was interrupted goes on by itself.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from gems_desktop.services.channels import load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.debits import OTHER_DEBIT, catch_up
from gems_desktop.services.errors import NothingToDo, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.own_close import is_leaving
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import LineRecord
from gems_desktop.services.sync_events import Events
from gems_desktop.services.troubles import over, tell
from gems_desktop.services.unbond_records import (
    OpenStep,
    left_to_move,
    open_step,
    own_bound,
    set_left,
    steps,
    store_step,
    undo_step,
)
from gems_desktop.services.wallet_errors import NotConfirmed
from gems_protocol.amount import ZERO, Amount, MalformedAmount
from gems_protocol.channel import Refused, WorkerChannel
from gems_protocol.unbonding import unbond

UNPAID = "unbond_unpaid"
_PATH = "/v1/channel/unbond"


class Unbonding:
    """Steps out of one profile's bond."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._events = Events(context)
        #: held while a step is signed and sent; the session puts the lock here under which stakes are put up
        self.alone = asyncio.Lock()

    async def check(self, amount: Amount) -> Amount:
        """What is left free in the bond, with what comes back to it, after moving `amount`; raises NothingToDo."""

        def work(tx: Tx) -> tuple[WorkerChannel | None, bool, bool]:
            return load_channel(tx), is_leaving(tx), left_to_move(tx) > ZERO or open_step(tx) is not None

        channel, leaving, moving = await self._c.store.run(work)
        if moving:
            raise NothingToDo(
                "A move out of your bond is on its way already.", action="Wait until it is done."
            )
        if channel is None or channel.closing or leaving:
            raise NothingToDo("There is no open payment channel to move anything in.")
        if not ZERO < amount <= channel.bond_free:
            raise NothingToDo(
                "There is not so much free in your bond.",
                safe="Nothing was moved.",
                action="Choose an amount up to what is free in it.",
            )
        return channel.bond_free - amount

    async def begin(self, amount: Amount) -> None:
        """Write down what is to be moved, so that it goes on after a restart; `follow` moves it."""
        await self._c.store.run(lambda tx: set_left(tx, amount))

    async def follow(self) -> None:
        """Go on with a move until it is done; raises Offline, PlatformRefused, PlatformLied, NotConfirmed."""
        async with self.alone:
            while await self.pay_open() or await self._next():
                self._c.publish(Topic.EARNINGS)

    async def pay_open(self) -> bool:
        """Send the step that waits for its voucher, if there is one, as it was signed; whether it is out of the way.

        The caller holds `alone`.
        """
        step = await self._c.store.run(open_step)
        if step is None:
            return False
        try:
            await self._send(step)
            await self._events.pull()
        except (Offline, PlatformLied):
            await self._tell()
            raise
        except PlatformRefused as error:
            if error.retryable or step.debit.confirmed:
                await self._tell()
                raise
            await self._refused(step, error)
            return True
        paid = await self._c.store.run(lambda tx: tx.get(LineRecord, step.line.line_id))
        if paid is None or not paid.seq:
            await self._tell()
            raise PlatformLied("it took a step out of your bond and has not paid it.")
        if await self._c.store.run(lambda tx: over(tx, UNPAID)):
            self._c.publish(Topic.PROBLEM)
        return True

    async def _send(self, step: OpenStep) -> None:
        debit = {"message": json.loads(step.debit.message), "signature": step.debit.signature}
        body = {"step": step.number, "amount": str(step.debit.amount), "debit": debit}
        answer = await self._c.platform.post(_PATH, body)
        told = (answer.get("step"), answer.get("amount")) if isinstance(answer, dict) else ()
        if told != (step.number, str(step.debit.amount)):
            raise PlatformLied("its answer is about another step out of your bond.")

    async def _refused(self, step: OpenStep, error: PlatformRefused) -> None:
        """It was not taken: signed anew above what another laptop of mine put up, or given up."""
        await self._c.store.run(lambda tx: undo_step(tx, step))
        if error.code in OTHER_DEBIT and await catch_up(self._c):
            return
        await self._give_up()
        raise error

    async def _next(self) -> bool:
        """Sign and store the next step; whether there was one."""
        if not await self._c.store.run(left_to_move):
            return False
        told = await self._c.platform.get("/v1/channel")
        try:
            hubs = Amount.parse(told["unbond_step"])
        except (KeyError, TypeError, MalformedAmount) as error:
            raise PlatformLied("it does not say how much it moves out of a bond at one time.") from error

        def work(tx: Tx) -> tuple[WorkerChannel | None, Amount, Amount]:
            channel = load_channel(tx)
            if channel is not None:
                number = steps(tx, "0x" + channel.config.channel_id().hex())
                channel = replace(channel, unbonded=number, closing=channel.closing or is_leaving(tx))
            return channel, left_to_move(tx), min(hubs, own_bound(tx))

        channel, left, most = await self._c.store.run(work)
        amount = ZERO if channel is None else min(left, most, channel.bond_free)
        found = None if channel is None or not amount > ZERO else unbond(channel, amount, most)
        if channel is None or found is None or isinstance(found, Refused):
            await self._give_up()
            return False
        channel_id = channel.config.channel_id()
        try:
            signature = await self._c.sign_step(channel_id, found.step, found.channel.debited)
        except NotConfirmed:
            await self._give_up()
            raise
        now = self._c.platform.time()
        await self._c.store.run(lambda tx: store_step(tx, channel, found, signature, now))
        return True

    async def _give_up(self) -> None:
        await self._c.store.run(lambda tx: set_left(tx, ZERO))
        self._c.publish(Topic.EARNINGS)

    async def _tell(self) -> None:
        now = self._c.platform.time()
        if await self._c.store.run(lambda tx: tell(tx, UNPAID, now)):
            self._c.publish(Topic.EARNINGS, Topic.PROBLEM)
