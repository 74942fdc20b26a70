# SPDX-License-Identifier: Apache-2.0
"""Sending GEM from the wallet: written down, signed, handed to the relayer, believed when on chain.

The token carries out each signed transfer at most once (EIP-3009), so the same one may be sent again at any time.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.claims import OPEN, Claims
from gems_desktop.services.context import Context
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ClaimFacts, ClaimState, Topic
from gems_desktop.services.facts_upkeep import SendQuote, TransferFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import TransferRecord
from gems_desktop.services.wallet_errors import BadAddress
from gems_protocol.address import parse_address
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import GemsError
from gems_protocol.messages import TransferAuth, hash_from_hex

_VALID_S = 3_600  # how long the relayer may carry it out
_SLACK_S = 600  # a chain's clock may be so far behind


class Transfers:
    """GEM that a profile sends to other addresses."""

    def __init__(self, context: Context, claims: Claims) -> None:
        self._c, self._claims = context, claims
        self._asking: set[str] = set()  # transfers that the signer is being asked for right now

    async def quote(self, source: str, to: str, amount: Amount) -> SendQuote:
        """What sending would do now; raises BadAddress, NothingToDo, Offline.

        source: "wallet", or "channel": all that can be claimed goes straight there and `amount` is ignored.
        """
        me = await self._c.address()
        address = parse_address(to)
        if address is None:
            raise BadAddress
        if address in (me, self._c.network.relayer, self._c.network.gem, self._c.network.channels):
            raise NothingToDo("GEM cannot be sent to this address.", action="Check the address.")
        if source == "channel":
            claim = await self._claims.quote(address)
            return SendQuote(
                source, address, claim.amount, claim.fee, claim.receives, claim.relayer, claim.deadline
            )
        told = await self._c.platform.get("/v1/relay/quote")
        try:
            fee, relayer, until = Amount.parse(told["fee"]), told["relayer"], told["valid_until"]
        except (KeyError, TypeError) as error:
            raise PlatformLied("a relayer's quote is malformed.") from error
        if relayer != self._c.network.relayer or fee < ZERO or type(until) is not int:
            raise PlatformLied("a quote is not from this network's relayer.")
        held = Amount(await self._c.chain.gem_balance(me))
        if not amount > ZERO or amount + fee > held:
            raise NothingToDo(
                "Your wallet does not hold that much and the fee.",
                safe="Nothing was sent.",
                action="Send less, or claim what is in your channel first.",
            )
        return SendQuote("wallet", address, amount, fee, amount, relayer, self._c.platform.time() + _VALID_S)

    async def send(self, quote: SendQuote) -> TransferFacts | ClaimFacts:
        """Sign exactly this quote and hand it over; the signer may ask first. Raises SignerRefused, NothingToDo."""
        if quote.source == "channel":
            claim = await self._claims.quote(quote.to)
            if (claim.amount, claim.fee) != (quote.amount, quote.fee):
                raise NothingToDo("The amount has changed.", safe="Nothing was sent.", action="Look again.")
            return await self._claims.claim(claim)
        me = await self._c.address()
        nonce = await self._failed_nonce(quote) or self._c.clock.random_bytes(32)
        transfer = TransferAuth(me, quote.to, quote.amount.units, 0, quote.until, nonce)
        fee = transfer.fee(quote.relayer, quote.fee.units)
        record = TransferRecord(
            transfer_id="0x" + transfer.digest(self._c.network.gem_domain).hex(),
            source="wallet",
            to=quote.to,
            amount=quote.amount,
            fee=quote.fee,
            body=json.dumps({"transfer": transfer.to_json(), "fee": fee.to_json()}),
            nonce=0,
            state=ClaimState.INTENDED.name,
            tx_hash="",
            at=self._c.platform.time(),
        )
        self._asking.add(record.transfer_id)
        await self._c.store.run(lambda tx: tx.put(record))
        try:
            signed = await self._sign(record, {"transfer": transfer, "fee": fee})
        finally:
            self._asking.discard(record.transfer_id)
        self._c.publish(Topic.EARNINGS)
        return facts_of(await self._hand_over(signed))

    async def _failed_nonce(self, quote: SendQuote) -> bytes | None:
        """The nonce of the same payment that failed before, while the token has not used it up.

        A relayer that said no, or a time that was told wrongly, leaves a signature that may still be carried out:
        with its nonce the payment happens once, whichever of the two signatures gets there.
        """
        failed = await self._c.store.run(
            lambda tx: tx.find(TransferRecord, order="at", descending=True, state=ClaimState.FAILED.name)
        )
        for record in failed:
            same = (record.to, record.amount) == (quote.to, quote.amount)
            if same and _is_signed(record) and not await self._used(record):
                return _message(record).nonce
        return None

    async def _sign(self, record: TransferRecord, messages: dict[str, TransferAuth]) -> TransferRecord:
        try:
            body = {
                name: {"message": one.to_json(), "signature": "0x" + (await self._c.sign(one)).hex()}
                for name, one in messages.items()
            }
        except GemsError:
            await self._move(record, ClaimState.FAILED)
            raise
        signed = replace(record, body=json.dumps(body))
        await self._c.store.run(lambda tx: tx.put(signed))
        return signed

    async def follow(self) -> int:
        """Go on with every transfer that is on its way; how many moved. Raises the last fault after trying all."""
        moved = 0
        fault: GemsError | None = None
        for record in await self._c.store.run(lambda tx: tx.find(TransferRecord, state=OPEN)):
            if record.transfer_id in self._asking:
                continue
            try:
                now = await self._go_on(record)
            except PlatformRefused as error:
                fault = error
            else:
                moved += now.state != record.state
        if moved or fault is not None:
            self._c.publish(Topic.EARNINGS)
        if fault is not None:
            raise fault
        return moved

    async def _go_on(self, record: TransferRecord) -> TransferRecord:
        now = record
        if record.state == ClaimState.INTENDED.name:
            if not _is_signed(record):  # the application ended while the signer asked
                now = await self._move(record, ClaimState.FAILED)
            else:
                now = await self._hand_over(record)
        return await self._look(now) if now.state in OPEN else now

    async def _hand_over(self, record: TransferRecord) -> TransferRecord:
        if self._over(record):
            return await self._look(record)
        try:
            answer = await self._c.platform.post("/v1/relay/transfers", record.body)
        except PlatformRefused as error:
            if not error.retryable:
                return await self._refused(record, error)
            raise
        return await self._move(record, ClaimState.SENT, self._tx_hash(answer, record))

    async def _refused(self, record: TransferRecord, error: PlatformRefused) -> TransferRecord:
        """A relayer's no counts only while the token has not carried it out: another may have brought it."""
        if await self._used(record):
            return await self._move(record, ClaimState.SENT)
        await self._move(record, ClaimState.FAILED)
        raise error

    async def _look(self, record: TransferRecord) -> TransferRecord:
        """Only the chain says that a transfer arrived, or that it no longer can."""
        if not await self._used(record):
            return await self._move(record, ClaimState.FAILED) if self._over(record) else record
        tx_hash = record.tx_hash
        try:
            answer = await self._c.platform.get(f"/v1/relay/transfers/{record.transfer_id}")
            tx_hash = self._tx_hash(answer, record) or tx_hash
        except PlatformRefused as error:  # somebody else brought it, or the relayer lost its records
            if error.code != "not_found":
                raise
        seen = await self._c.chain.confirmations(bytes.fromhex(tx_hash[2:])) if tx_hash else 0
        done = seen >= self._c.network.confirmations or self._over(record)
        return await self._move(record, ClaimState.CLAIMED if done else ClaimState.CONFIRMING, tx_hash)

    async def _used(self, record: TransferRecord) -> bool:
        message = _message(record)
        return await self._c.chain.transfer_used(message.from_, message.nonce)

    def _over(self, record: TransferRecord) -> bool:
        """Whether no block can carry it out any more."""
        return self._c.platform.time() > _message(record).valid_before + _SLACK_S

    def _tx_hash(self, answer: Any, record: TransferRecord) -> str:
        try:
            if answer["transfer_id"] != record.transfer_id:
                raise PlatformLied("the relayer answered about another transfer.")
            found = str(answer["tx_hash"] or "")
        except (KeyError, TypeError) as error:
            raise PlatformLied("the relayer's answer is malformed.") from error
        if found:
            hash_from_hex(found, "tx_hash")
        return found

    async def _move(self, record: TransferRecord, state: ClaimState, tx_hash: str = "") -> TransferRecord:
        moved = replace(record, state=state.name, tx_hash=tx_hash or record.tx_hash)
        if moved != record:
            await self._c.store.run(lambda tx: tx.put(moved))
        return moved


def _is_signed(record: TransferRecord) -> bool:
    return "signature" in json.loads(record.body)["transfer"]


def _message(record: TransferRecord) -> TransferAuth:
    body = json.loads(record.body)["transfer"]
    return TransferAuth.from_json(body.get("message", body))


def facts_of(record: TransferRecord) -> TransferFacts:
    """A transfer as shown."""
    until = _message(record).valid_before
    return TransferFacts(
        record.transfer_id,
        record.to,
        record.amount,
        record.fee,
        record.state,
        record.tx_hash,
        record.at,
        until,
    )


def transfers(tx: Tx) -> tuple[TransferFacts, ...]:
    """Every transfer, newest first."""
    return tuple(facts_of(record) for record in tx.find(TransferRecord, order="at", descending=True))
