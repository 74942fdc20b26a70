# SPDX-License-Identifier: Apache-2.0
"""Claims from intent to wallet: written down before it is sent, sent again after a crash, believed when on chain."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, replace
from typing import Any

from gems_desktop.services.channels import best_voucher, channel_record, load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ClaimFacts, ClaimQuote, ClaimState, Topic
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord, ClaimRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.channel import WorkerChannel
from gems_protocol.messages import ClaimAuth, hash_from_hex

_SETTLED = 4  # times the confirmations: deeper than any reorganisation that is waited for
_DEEP_S = 86_400  # a claim in the wallet is looked at again for so long: its block may be taken back
OPEN = (ClaimState.INTENDED.name, ClaimState.SENT.name, ClaimState.CONFIRMING.name)
_DEADLINE_S = 3_600  # long enough for a slow chain, short enough that an old authorization is worthless


class Claims:
    """Claims of one profile through the relayer."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self._one = asyncio.Lock()
        self._settled: set[str] = set()  # claims so deep in the chain that they are not looked at again

    async def quote(self, to: str = "") -> ClaimQuote:
        """What a claim would give now, after reading the chain; raises NothingToDo when it gives nothing.

        to: another address than the wallet's that gets it.
        """
        channel = await self._read_channel()
        told = await self._c.platform.get("/v1/relay/quote")
        try:
            fee, relayer, until = Amount.parse(told["fee"]), told["relayer"], told["valid_until"]
        except (KeyError, TypeError) as error:
            raise PlatformLied("a relayer's quote is malformed.") from error
        if relayer != self._c.network.relayer or fee < ZERO or type(until) is not int or until < 0:
            raise PlatformLied("a quote is not from this network's relayer.")
        amount = channel.claimable
        if amount <= fee:
            raise NothingToDo(
                "There is nothing to claim yet that is worth the relayer's fee.",
                safe="What you earned stays in your channel.",
                action="Claim later, when more has come together.",
            )
        deadline = min(until, self._c.platform.time() + _DEADLINE_S)
        return ClaimQuote(amount, fee, amount - fee, relayer, deadline, to)

    async def claim(self, quote: ClaimQuote) -> ClaimFacts:
        """Sign exactly this quote, write it down, hand it to the relayer; one at a time, a button's or the loop's."""
        async with self._one:
            record = await self._write_down(quote)
        self._c.publish(Topic.EARNINGS)
        return facts_of(await self._send(record))

    async def _write_down(self, quote: ClaimQuote) -> ClaimRecord:
        me = await self._c.address()
        channel = await self._read_channel()
        best = await self._c.store.run(best_voucher)
        running = await self._c.store.run(lambda tx: tx.find(ClaimRecord, state=OPEN))
        if running:
            raise NothingToDo("A claim is already on its way.", action="Wait until it has arrived.")
        if best is None or channel.claimable != quote.amount or channel.voucher is None:
            raise NothingToDo(
                "The amount has changed.", safe="Nothing was sent.", action="Ask for a new quote."
            )
        auth = ClaimAuth(
            channel.config.channel_id(),
            channel.claimed.units,
            quote.to or me,
            quote.relayer,
            quote.fee.units,
            quote.deadline,
        )
        signature = await self._c.sign(auth)
        claim_id = "0x" + auth.digest(self._c.network.channels_domain).hex()
        body = {
            "config": asdict(channel.config),
            "voucher": {"message": channel.voucher.to_json(), "signature": best.signature},
            "auth": {"message": auth.to_json(), "signature": "0x" + signature.hex()},
        }
        record = ClaimRecord(
            claim_id=claim_id,
            channel_id="0x" + channel.config.channel_id().hex(),
            claimed_before=channel.claimed,
            amount=quote.amount,
            fee=quote.fee,
            relayer=quote.relayer,
            deadline=quote.deadline,
            body=json.dumps(body),
            state=ClaimState.INTENDED.name,
            tx_hash="",
            at=self._c.platform.time(),
        )
        await self._c.store.run(lambda tx: tx.put(record))
        return record

    async def follow(self) -> int:
        """Go on with every open claim: send what was not sent, look for it on chain; how many moved."""
        moved = 0
        for record in await self._c.store.run(lambda tx: tx.find(ClaimRecord, state=OPEN)):
            sent = await self._send(record) if record.state == ClaimState.INTENDED.name else record
            found = await self._look(sent)
            moved += found.state != record.state
        moved += await self._look_again()
        if moved:
            self._c.publish(Topic.EARNINGS)
        return moved

    async def _look_again(self) -> int:
        """A block that was taken back takes its claim with it: it is on its way again; how many."""
        since, moved = self._c.platform.time() - _DEEP_S, 0
        done = await self._c.store.run(lambda tx: tx.find(ClaimRecord, state=ClaimState.CLAIMED.name))
        for record in done:
            if record.at < since or not record.tx_hash or record.claim_id in self._settled:
                continue
            if await self._is_deep(record):
                continue
            await self._move(record, ClaimState.CONFIRMING)
            moved += 1
        return moved

    async def _is_deep(self, record: ClaimRecord) -> bool:
        seen = await self._c.chain.confirmations(bytes.fromhex(record.tx_hash[2:]))
        if seen >= _SETTLED * self._c.network.confirmations:
            self._settled.add(record.claim_id)
        return seen >= self._c.network.confirmations

    async def _send(self, record: ClaimRecord) -> ClaimRecord:
        try:
            answer = await self._c.platform.post("/v1/relay/claims", record.body)
        except PlatformRefused as error:
            if not error.retryable:
                await self._move(record, ClaimState.FAILED)
            raise
        try:
            if answer["claim_id"] != record.claim_id:
                raise PlatformLied("the relayer answered about another claim.")
            tx_hash = _tx_hash(answer)
        except (KeyError, TypeError) as error:
            raise PlatformLied("the relayer's answer is malformed.") from error
        return await self._move(record, ClaimState.SENT, tx_hash)

    async def _look(self, record: ClaimRecord) -> ClaimRecord:
        """Only the chain says that a claim arrived, or that it no longer can."""
        state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))
        told = ""
        seen = await self._seen(record)
        if not seen or state.claimed <= record.claimed_before.units:  # else its relayer may have replaced it
            answer = await self._c.platform.get(f"/v1/relay/claims/{record.claim_id}")
            told = str(answer.get("state"))
            record = await self._move(record, ClaimState[record.state], _tx_hash(answer))
            seen = await self._seen(record)
        if state.claimed > record.claimed_before.units:
            if seen >= self._c.network.confirmations:
                await self._store_claimed(record, Amount(state.claimed))
                return await self._move(record, ClaimState.CLAIMED)
            return await self._move(record, ClaimState.CONFIRMING)
        # Were the relayer to send it after all, it would pay me once: the amount claimed so far is its nonce.
        if told == "failed" or self._c.platform.time() > record.deadline + _DEADLINE_S:
            return await self._move(record, ClaimState.FAILED)
        return record

    async def _seen(self, record: ClaimRecord) -> int:
        """Confirmations of the claim's transaction; 0 while it is in no block."""
        return await self._c.chain.confirmations(bytes.fromhex(record.tx_hash[2:])) if record.tx_hash else 0

    async def _store_claimed(self, record: ClaimRecord, claimed: Amount) -> None:
        await self._c.store.run(lambda tx: tx.change(ChannelRecord, record.channel_id, claimed=str(claimed)))

    async def _move(self, record: ClaimRecord, state: ClaimState, tx_hash: str = "") -> ClaimRecord:
        moved = replace(record, state=state.name, tx_hash=tx_hash or record.tx_hash)
        if moved != record:
            await self._c.store.run(lambda tx: tx.put(moved))
        return moved

    async def _read_channel(self) -> WorkerChannel:
        record = await self._c.store.run(channel_record)
        if record is None:
            raise NothingToDo("There is no payment channel yet.", action="Do some tasks first.")
        state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))

        def work(tx: Tx) -> WorkerChannel | None:
            tx.change(
                ChannelRecord,
                record.channel_id,
                deposit=str(state.deposit),
                claimed=str(state.claimed),
                closing=state.closing != 0,
                read_at=self._c.platform.time(),
            )
            return load_channel(tx)

        channel = await self._c.store.run(work)
        if channel is None:
            raise NothingToDo("There is no payment channel yet.", action="Do some tasks first.")
        return channel


def _tx_hash(answer: Any) -> str:
    """The transaction that the relayer names, "" for none yet; raises MalformedMessage."""
    found = answer.get("tx_hash") or ""
    if found:
        hash_from_hex(found, "tx_hash")
    return str(found)


def facts_of(record: ClaimRecord) -> ClaimFacts:
    """A claim as shown."""
    state = ClaimState[record.state]
    return ClaimFacts(
        record.claim_id, record.amount, record.fee, state, record.tx_hash, record.at, sent_to(record)
    )


def sent_to(record: ClaimRecord) -> str:
    """The address that a claim goes to when it is not the channel's worker, else ""."""
    body = json.loads(record.body)
    to = str(body["auth"]["message"]["to"])
    return "" if to == body["config"]["worker"] else to
