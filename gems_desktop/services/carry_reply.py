# SPDX-License-Identifier: Apache-2.0
"""The reply to a carry file: opened, checked, and taken by the rules that hold for answers online."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.appeals import Appeals
from gems_desktop.services.carry_errors import ChangedFile, OthersReply, WrongFile
from gems_desktop.services.carry_key import take_key
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value
from gems_desktop.services.errors import ChainUnreachable, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.facts_carry import CarryRefusal, CarryResult
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import AppealRecord, CarryRecord, ItemRecord, SealedRecord
from gems_desktop.services.sync_events import CURSOR, Events
from gems_desktop.services.sync_send import Sending
from gems_protocol import carry
from gems_protocol.errors import BadSignature, MalformedMessage


class Replies:
    """The replies of one profile."""

    def __init__(self, context: Context, appeals: Appeals) -> None:
        self._c, self._appeals = context, appeals
        self._sending, self._events = Sending(context), Events(context)

    async def take(self, data: bytes) -> CarryResult:
        """Take a reply; the same again changes nothing. Raises WrongFile, OthersReply, ChangedFile, PlatformLied."""
        record, content = await self._open(data)
        named = set(json.loads(record.roots))
        delivered = 0
        refused: list[CarryRefusal] = []
        try:
            for part in content["batches"]:
                count = await self._batch(part, named, refused)
                delivered += count
            for part in content["appeals"]:
                delivered += await self._appeal(part, named, refused)
            for part in content["skips"]:
                await self._skip(part, named, refused)
            await take_key(self._c, content["key"])
            events, held = await self._news(content["events"], content["after"])
            more = content["more"] is True
        except (KeyError, TypeError, AttributeError) as error:
            raise PlatformLied("its reply to a carry file is malformed.") from error
        finally:
            self._c.publish(Topic.OUTBOX, Topic.CONNECTION, Topic.EARNINGS, Topic.REVIEW)
        await self._c.store.run(lambda tx: tx.change(CarryRecord, record.carry_id, state="answered"))
        return CarryResult(delivered, tuple(refused), events, more, held, record.state == "answered")

    async def _open(self, data: bytes) -> tuple[CarryRecord, dict[str, Any]]:
        """Which of my files is answered, and what the platform says."""
        try:
            sealed = carry.read(data, carry.REPLY)
        except MalformedMessage as error:
            own = data.startswith(carry.OUT)
            raise (
                WrongFile("This is a carry file, not the reply to one.") if own else WrongFile()
            ) from error
        records = await self._c.store.run(lambda tx: tx.find(CarryRecord))
        found = next(
            (one for one in records if carry.public_key(bytes.fromhex(one.reply_key)) == sealed.key), None
        )
        if found is None:
            raise OthersReply
        network = self._c.network
        try:
            opened = carry.open_reply(sealed, bytes.fromhex(found.reply_key))
            opened.message.check(network.campaigns_domain, opened.signature, network.platform_signer)
            content = carry.unpack(opened.content)
        except (carry.NotOpened, BadSignature, MalformedMessage) as error:
            raise ChangedFile from error
        if "0x" + opened.message.carry_hash.hex() != found.carry_id:
            raise ChangedFile
        self._c.platform.heard(opened.message.issued_at)
        return found, content

    async def _batch(self, part: dict[str, Any], named: set[str], refused: list[CarryRefusal]) -> int:
        """How many tasks of a batch arrived just now."""
        root = _known(part["root"], named)
        sealed = await self._c.store.run(lambda tx: tx.get(SealedRecord, root))
        if sealed is None or sealed.receipt:
            return 0  # it arrived another way
        error = _refusal(part)
        if error is None:
            await self._sending.arrived(sealed, part["answer"])
            return sealed.count
        await self._sending.turned_down(sealed, error)
        refused.append(CarryRefusal(sealed.kind, sealed.count, error.code))
        return 0

    async def _appeal(self, part: dict[str, Any], named: set[str], refused: list[CarryRefusal]) -> int:
        root = _known(part["root"], named)
        found = await self._c.store.run(lambda tx: tx.find(AppealRecord, root=root, sent=False))
        if not found:
            return 0
        error = _refusal(part)
        if error is None:
            await self._appeals.arrived(found[0], part["answer"])
            return 1
        refused.append(CarryRefusal("appeal", 1, error.code))
        if not error.retryable and error.code != "bad_debit":  # a bond that no longer fits is signed anew
            await self._appeals.turned_down(found[0])
        return 0

    async def _skip(self, part: dict[str, Any], named: set[str], refused: list[CarryRefusal]) -> None:
        batch_id = part["batch_id"]
        _known(f"skip:{batch_id}", named)
        error = _refusal(part)
        if error is not None:
            refused.append(CarryRefusal("skip", 1, error.code))
            return
        now = self._c.platform.time()

        def work(tx: Tx) -> None:
            open_state = ItemState.LEASED.name
            for item in tx.find(
                ItemRecord, batch_id=batch_id, kind="review", state=open_state, verdict="skip"
            ):
                tx.change(ItemRecord, item.item_id, state=ItemState.RETURNED.name, changed_at=now)

        await self._c.store.run(work)

    async def _news(self, events: list[Any], after: int) -> tuple[int, int]:
        """How many events were taken, and how many wait for a connection."""
        before = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0)))
        try:
            return await self._events.take(events, after), 0
        except (Offline, ChainUnreachable):
            known = int(await self._c.store.run(lambda tx: get_value(tx, CURSOR, 0)))
        taken = sum(before < event["seq"] <= known for event in events)
        return taken, sum(event["seq"] > known for event in events)


def _known(name: Any, named: set[str]) -> str:
    if name not in named:
        raise PlatformLied("its reply speaks of what was not in your file.")
    return str(name)


def _refusal(part: dict[str, Any]) -> PlatformRefused | None:
    told = part.get("refused")
    if told is None:
        return None
    return PlatformRefused(str(told["code"])[:40], "", retryable=told["retryable"] is True)
