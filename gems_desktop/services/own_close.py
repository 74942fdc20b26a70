# SPDX-License-Identifier: Apache-2.0
"""I close my channel without a gas coin: a signed CloseAuth, written down, then carried by the relayer for its fee.

Whatever the hub does afterwards, the contract keeps the bond for me until the close is ended, by anybody.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Any

from gems_desktop.services.channels import (
    best_voucher,
    channel_record,
    load_channel,
    stakes_at_risk,
    waiting_batches,
)
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_upkeep import CloseQuote
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord
from gems_desktop.services.troubles import over, tell
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import WorkerChannel
from gems_protocol.messages import CloseAuth

INTENT = "own_close"  # {"close_id","channel_id","body","deadline","sent"}: a close that the chain does not show yet
_FAILED = "close_failed"
_DEADLINE_S = 3_600


class OwnClose:
    """The close of one profile's channel by its owner."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._one = asyncio.Lock()

    async def quote(self) -> CloseQuote:
        """What a close gives now and later; raises NothingToDo, ChainUnreachable, Offline, PlatformLied."""
        channel, waiting, at_risk = await self._open_channel()
        told = await self._c.platform.get("/v1/relay/close-quote")
        try:
            fee, relayer, until = Amount.parse(told["fee"]), told["relayer"], told["valid_until"]
        except (KeyError, TypeError) as error:
            raise PlatformLied("a relayer's quote is malformed.") from error
        if relayer != self._c.network.relayer or type(until) is not int or until < 0:
            raise PlatformLied("a quote is not from this network's relayer.")
        if fee > channel.claimable:
            raise NothingToDo(
                "There is less in your channel than the relayer's fee.",
                safe="Your channel stays open and what is in it stays yours.",
                action="Close it when there is more to pay out.",
            )
        now = self._c.platform.time()
        return CloseQuote(
            pays_now=channel.claimable - fee,
            fee=fee,
            bond=channel.bond_free,
            at_stake=at_risk,
            ends_at=now + channel.config.delay,
            relayer=relayer,
            until=min(until, now + _DEADLINE_S),
            waiting=waiting,
        )

    async def close(self, quote: CloseQuote) -> None:
        """Sign exactly this quote, write it down, hand it to the relayer; raises NothingToDo, NotConfirmed."""
        async with self._one:
            await self._write_down(quote)
        self._c.publish(Topic.EARNINGS)
        await self.follow()

    async def _write_down(self, quote: CloseQuote) -> None:
        channel, _, _ = await self._open_channel()
        if channel.claimable != quote.pays_now + quote.fee:
            raise NothingToDo(
                "The amount has changed.", safe="Nothing was sent.", action="Ask for a new quote."
            )
        channel_id = channel.config.channel_id()
        auth = CloseAuth(channel_id, quote.relayer, quote.fee.units, quote.until)
        signature = await self._c.sign(auth)
        best = await self._c.store.run(best_voucher)
        voucher = None
        if best is not None and channel.voucher is not None:
            voucher = {"message": channel.voucher.to_json(), "signature": best.signature}
        body = {
            "config": asdict(channel.config),
            "voucher": voucher,
            "auth": {"message": auth.to_json(), "signature": "0x" + signature.hex()},
        }
        intent = {
            "close_id": "0x" + auth.digest(self._c.network.channels_domain).hex(),
            "channel_id": "0x" + channel_id.hex(),
            "body": json.dumps(body),
            "deadline": quote.until,
            "sent": False,
        }

        def work(tx: Tx) -> None:
            set_value(tx, INTENT, intent)
            over(tx, _FAILED)

        await self._c.store.run(work)

    async def follow(self) -> None:
        """Go on with a close that was written down; raises Offline, PlatformRefused, ChainUnreachable."""
        intent = await self._c.store.run(lambda tx: get_value(tx, INTENT))
        if intent is None:
            return
        state = await self._c.chain.agree(bytes.fromhex(intent["channel_id"][2:]))
        if state.closing:
            await self._done(failed=False)
        elif self._c.platform.time() > intent["deadline"] + _DEADLINE_S:
            await self._done(failed=True)
        elif not intent["sent"]:
            await self._send(intent)
        else:
            answer = await self._c.platform.get(f"/v1/relay/closes/{intent['close_id']}")
            if isinstance(answer, dict) and answer.get("state") == "failed":
                await self._done(failed=True)

    async def _send(self, intent: dict[str, Any]) -> None:
        try:
            answer = await self._c.platform.post("/v1/relay/closes", intent["body"])
        except PlatformRefused as error:
            if not error.retryable:
                await self._done(failed=True)
            raise
        if not isinstance(answer, dict) or answer.get("close_id") != intent["close_id"]:
            raise PlatformLied("the relayer answered about another close.")
        await self._c.store.run(lambda tx: set_value(tx, INTENT, {**intent, "sent": True}))

    async def _done(self, *, failed: bool) -> None:
        now = self._c.platform.time()

        def work(tx: Tx) -> None:
            set_value(tx, INTENT, None)
            if failed:
                tell(tx, _FAILED, now)
            else:
                over(tx, _FAILED)

        await self._c.store.run(work)
        self._c.publish(Topic.EARNINGS, Topic.PROBLEM)

    async def _open_channel(self) -> tuple[WorkerChannel, int, Amount]:
        """My channel as the chain shows it, batches that wait for a voucher, stakes at risk; raises NothingToDo."""
        record = await self._c.store.run(channel_record)
        if record is None:
            raise NothingToDo("There is no payment channel yet.", action="Do some tasks first.")
        state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))

        def work(tx: Tx) -> tuple[WorkerChannel | None, bool, int, Amount]:
            tx.change(
                ChannelRecord, record.channel_id, deposit=str(state.deposit), claimed=str(state.claimed)
            )
            waits = len(waiting_batches(tx)[0])
            return load_channel(tx), get_value(tx, INTENT) is not None, waits, stakes_at_risk(tx)

        channel, on_its_way, waiting, at_risk = await self._c.store.run(work)
        if state.closing or channel is None:
            raise NothingToDo("Your payment channel is closing already.", action="Wait until it has ended.")
        if on_its_way:
            raise NothingToDo("The close is already on its way.", action="Wait until the chain shows it.")
        if state.deposit == 0:
            raise NothingToDo("There is no payment channel yet.", action="Do some tasks first.")
        return channel, waiting, max(at_risk, ZERO)


def is_leaving(tx: Tx) -> bool:
    """Whether a close of mine is on its way, so that no further work is taken."""
    return get_value(tx, INTENT) is not None
