# SPDX-License-Identifier: Apache-2.0
"""The outbox on its way: sealed batches are sent as they were signed until a receipt proves that they arrived.

Each batch fails and waits by itself: what goes wrong with one is kept in its AttemptRecord, and the others go on.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from gems_desktop.services.backoff import LONGEST_S, wait_s
from gems_desktop.services.context import Context
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.going import Going
from gems_desktop.services.ports import Tx
from gems_desktop.services.receipts import checked_receipt
from gems_desktop.services.records import AttemptRecord, ItemRecord, SealedRecord
from gems_desktop.services.traffic import traffic_for
from gems_desktop.services.uploading import Content, Uploading, named
from gems_protocol.compressed import pack
from gems_protocol.errors import GemsError

DIRECT = 32_768  # bytes, packed, that go in one request: eight seconds of a slow line
_SLICE_S = 60.0  # how long one upload goes on before the next batch has its turn
_DEAD = 2  # batches in a row that a dead line stops: the others would only meet the same
_PATHS = {"work": "/v1/submissions", "review": "/v1/votes"}
_LEAVING = (ItemState.SEALED.name, ItemState.SENDING.name)


class Sending:
    """The outbox of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context
        self.going = Going(context.clock.monotonic)
        self._uploading = Uploading(context)
        self._large: tuple[str, Content] | None = None  # root and packed body of the upload under way

    async def flush(self, *, by_hand: bool = True) -> int:
        """Send what waits, most urgent first; the number of batches that got a receipt.

        by_hand: also what waits for its next time, and raise at the end what went wrong with some batches.
        A batch that the platform refuses for good goes back to finished, and that refusal is always raised.
        """
        roots = await self._c.store.run(lambda tx: self._due(tx, by_hand))
        delivered = dead = 0
        fault: GemsError | None = None
        self.going.begin(len(roots))
        try:
            for at, root in enumerate(roots):
                self.going.move(at)
                try:
                    delivered += await self._one(root)
                except CaptivePortal:
                    raise
                except Offline as error:
                    dead, fault = dead + 1, error
                    if dead == _DEAD:
                        break
                except (PlatformRefused, PlatformLied) as error:
                    dead, fault = 0, error if by_hand or not error.retryable else fault
                else:
                    dead, fault = 0, None if isinstance(fault, Offline) and not by_hand else fault
        finally:
            self.going.end()
        if dead < _DEAD:
            await self._skips()
        if roots:
            self._c.publish(Topic.OUTBOX, Topic.CONNECTION, Topic.EARNINGS)
        if fault is not None:
            raise fault
        return delivered

    async def arrived(self, sealed: SealedRecord, answer: object) -> None:
        """Take the platform's answer to a batch that reached it another way; raises PlatformLied for a false one."""
        receipt = checked_receipt(answer, sealed, self._c.network)
        await self._c.store.run(lambda tx: self._delivered(tx, sealed, receipt))

    async def turned_down(self, sealed: SealedRecord, error: PlatformRefused) -> None:
        """Take the platform's refusal of a batch that reached it another way."""
        await self._c.store.run(lambda tx: self._back(tx, sealed, error))

    def _due(self, tx: Tx, by_hand: bool) -> list[str]:
        found = tx.rows(SealedRecord, ("root",), order="due_at", receipt="")
        roots = [str(root) for (root,) in found]
        if by_hand:
            return roots
        now = self._c.platform.time()
        # a time further away than any wait is of a clock that was wrong
        later = {
            one.root
            for one in tx.find(AttemptRecord, root=tuple(roots))
            if 0 < one.next_at - now <= LONGEST_S
        }
        return [root for root in roots if root not in later]

    async def _one(self, root: str) -> int:
        """Send one batch; 1 when its receipt is here, 0 when it goes on later."""
        sealed = await self._c.store.run(lambda tx: self._leaving(tx, root))
        if sealed is None:
            return 0
        self._c.publish(Topic.OUTBOX, Topic.CONNECTION)
        try:
            with traffic_for(await self._c.store.run(lambda tx: _campaign(tx, sealed))):
                answer = await self._send(sealed)
            if answer is None:
                return 0
            receipt = checked_receipt(answer, sealed, self._c.network)
        except PlatformRefused as error:
            refused = error
            await self._c.store.run(lambda tx: self._back(tx, sealed, refused))
            raise
        except (Offline, PlatformLied) as error:
            fault = error
            await self._c.store.run(lambda tx: self._waits(tx, sealed, fault))
            raise
        except BaseException:
            await self._c.store.run(lambda tx: self._move(tx, sealed, ItemState.SEALED))
            self._c.publish(Topic.OUTBOX, Topic.CONNECTION)
            raise
        await self._c.store.run(lambda tx: self._delivered(tx, sealed, receipt))
        self._large = None
        return 1

    async def _send(self, sealed: SealedRecord) -> object | None:
        """The platform's answer; None when the time of an upload was over before it was all there."""
        path = _PATHS[sealed.kind]
        if len(sealed.body) <= DIRECT:
            return await self._c.platform.post(path, sealed.body)  # type: ignore[no-any-return]
        content = await self._packed(sealed)
        if len(content.data) <= DIRECT:
            return await self._c.platform.post(path, sealed.body)  # type: ignore[no-any-return]
        before = await self._c.store.run(lambda tx: tx.get(AttemptRecord, sealed.root))
        begun = before is not None and before.upload == content.sha256

        async def told(sent: int) -> None:
            await self._c.store.run(lambda tx: _sent(tx, sealed.root, content, sent))
            self._c.publish(Topic.OUTBOX)

        if not begun:
            await told(0)
        until = self._c.clock.monotonic() + _SLICE_S
        if not await self._uploading.send(content, begun, until, told):
            return None
        return await self._c.platform.post(path, {"upload": content.sha256})  # type: ignore[no-any-return]

    async def _packed(self, sealed: SealedRecord) -> Content:
        if self._large is None or self._large[0] != sealed.root:
            body = sealed.body.encode()
            self._large = sealed.root, await named(await asyncio.to_thread(pack, body))
        return self._large[1]

    def _leaving(self, tx: Tx, root: str) -> SealedRecord | None:
        sealed = tx.get(SealedRecord, root)
        if sealed is None or sealed.receipt:
            return None  # taken back, or it arrived another way meanwhile
        if not sealed.attempted:
            sealed = replace(sealed, attempted=True)
            tx.put(sealed)
        self._move(tx, sealed, ItemState.SENDING)
        return sealed

    def _move(self, tx: Tx, sealed: SealedRecord, state: ItemState) -> None:
        tx.change(ItemRecord, _items(tx, sealed), state=state.name, changed_at=self._c.platform.time())

    def _delivered(self, tx: Tx, sealed: SealedRecord, receipt: str) -> None:
        now = self._c.platform.time()
        items = _items(tx, sealed)
        tx.put(replace(sealed, attempted=True, receipt=receipt))
        tx.remove(AttemptRecord, sealed.root)
        tx.change(ItemRecord, items, state=ItemState.DELIVERED.name, changed_at=now, delivered_at=now)

    def _waits(self, tx: Tx, sealed: SealedRecord, error: GemsError) -> None:
        """Sealed until its next time."""
        before = _attempt(tx, sealed.root)
        tries = before.tries + 1
        wait = wait_s(tries, self._c.clock.random_bytes(2))
        code = str(getattr(error, "code", type(error).__name__))
        tx.put(replace(before, tries=tries, next_at=self._c.platform.time() + int(wait), problem=code))
        self._move(tx, sealed, ItemState.SEALED)

    def _back(self, tx: Tx, sealed: SealedRecord, error: PlatformRefused) -> None:
        """Retryable: wait sealed. For good: what still has time may be sealed again without the rest.

        A lease that the platform signed and says it does not know was lost there: it may come back.
        """
        now = self._c.platform.time()
        if error.retryable or (error.code == "not_found" and sealed.due_at > now):
            self._waits(tx, sealed, error)
            return
        for item_id in _items(tx, sealed):
            item = tx.get(ItemRecord, item_id)
            late = item is not None and item.due_at <= now
            state = ItemState.EXPIRED if late else ItemState.FINISHED
            tx.change(ItemRecord, item_id, state=state.name, changed_at=now)
        tx.put(replace(_attempt(tx, sealed.root), next_at=0, problem=error.code))
        tx.remove(SealedRecord, sealed.root)

    async def _skips(self) -> None:
        """Tell the platform which reviews were skipped, so that somebody else gets them."""
        skipped = await self._c.store.run(
            lambda tx: tx.find(ItemRecord, kind="review", state=ItemState.LEASED.name, verdict="skip")
        )
        for batch_id in sorted({item.batch_id for item in skipped}):
            hashes = [item.item_id for item in skipped if item.batch_id == batch_id]
            await self._c.platform.post(f"/v1/reviews/{batch_id}/skip", {"assignment_hashes": hashes})
            now = self._c.platform.time()

            def work(tx: Tx, hashes: list[str] = hashes, now: int = now) -> None:
                for item_id in hashes:
                    tx.change(ItemRecord, item_id, state=ItemState.RETURNED.name, changed_at=now)

            await self._c.store.run(work)


def _items(tx: Tx, sealed: SealedRecord) -> tuple[str, ...]:
    """The items of a batch that are still on their way."""
    named_ids = tuple(json.loads(sealed.item_ids))
    return tuple(str(row[0]) for row in tx.rows(ItemRecord, ("item_id",), item_id=named_ids, state=_LEAVING))


def _campaign(tx: Tx, sealed: SealedRecord) -> str:
    """The campaign that a batch's bytes count for; "" when it is of several."""
    named_ids = tuple(json.loads(sealed.item_ids))
    found = tx.rows(ItemRecord, ("campaign_id",), distinct=True, item_id=named_ids)
    return str(found[0][0]) if len(found) == 1 else ""


def _attempt(tx: Tx, root: str) -> AttemptRecord:
    return tx.get(AttemptRecord, root) or AttemptRecord(root, 0, 0, "")


def _sent(tx: Tx, root: str, content: Content, sent: int) -> None:
    tx.put(replace(_attempt(tx, root), upload=content.sha256, sent=sent, size=len(content.data)))
