# SPDX-License-Identifier: Apache-2.0
"""The outbox on its way: sealed batches are sent as they were signed until a receipt proves that they arrived."""

from __future__ import annotations

import json
from dataclasses import replace

from gems_desktop.services.context import Context
from gems_desktop.services.errors import PlatformLied, PlatformRefused
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ItemRecord, SealedRecord
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import BatchReceipt, signature_from_hex

_PATHS = {"work": "/v1/submissions", "review": "/v1/votes"}


class Sending:
    """The outbox of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def flush(self) -> int:
        """Send what waits, most urgent first; the number of batches that got a receipt.

        A batch that the platform refuses for good goes back to finished, and the refusal is raised at the end.
        """
        waiting = await self._c.store.run(lambda tx: tx.find(SealedRecord, order="due_at", receipt=""))
        delivered = 0
        refused: PlatformRefused | None = None
        for sealed in waiting:
            await self._c.store.run(lambda tx, s=sealed: self._leaving(tx, s))  # type: ignore[misc]
            self._c.publish(Topic.OUTBOX, Topic.CONNECTION)
            try:
                answer = await self._c.platform.post(_PATHS[sealed.kind], sealed.body)
                receipt = self._receipt(answer, sealed)
            except PlatformRefused as error:
                await self._c.store.run(lambda tx, s=sealed, e=error: self._back(tx, s, e))  # type: ignore[misc]
                refused = error
                continue
            except BaseException:
                await self._c.store.run(lambda tx, s=sealed: self._move(tx, s, ItemState.SEALED))  # type: ignore[misc]
                self._c.publish(Topic.OUTBOX, Topic.CONNECTION)
                raise
            await self._c.store.run(lambda tx, s=sealed, r=receipt: self._delivered(tx, s, r))  # type: ignore[misc]
            delivered += 1
        await self._skips()
        if waiting:
            self._c.publish(Topic.OUTBOX, Topic.CONNECTION, Topic.EARNINGS)
        if refused is not None:
            raise refused
        return delivered

    async def arrived(self, sealed: SealedRecord, answer: object) -> None:
        """Take the platform's answer to a batch that reached it another way; raises PlatformLied for a false one."""
        receipt = self._receipt(answer, sealed)
        await self._c.store.run(lambda tx: self._delivered(tx, sealed, receipt))

    async def turned_down(self, sealed: SealedRecord, error: PlatformRefused) -> None:
        """Take the platform's refusal of a batch that reached it another way."""
        await self._c.store.run(lambda tx: self._back(tx, sealed, error))

    def _receipt(self, answer: object, sealed: SealedRecord) -> str:
        try:
            told = answer["receipt"]  # type: ignore[index]
            message = BatchReceipt.from_json(told["message"])
            message.check(
                self._c.network.campaigns_domain,
                signature_from_hex(told["signature"]),
                self._c.network.platform_signer,
            )
        except (BadSignature, MalformedMessage, KeyError, TypeError) as error:
            raise PlatformLied("a receipt is not signed by the platform.") from error
        if "0x" + message.root.hex() != sealed.root or message.count != sealed.count:
            raise PlatformLied("a receipt is for another batch.")
        return json.dumps(told)

    def _leaving(self, tx: Tx, sealed: SealedRecord) -> None:
        if not sealed.attempted:
            tx.put(replace(sealed, attempted=True))
        self._move(tx, sealed, ItemState.SENDING)

    def _move(self, tx: Tx, sealed: SealedRecord, state: ItemState) -> None:
        now = self._c.platform.time()
        for item_id in json.loads(sealed.item_ids):
            item = tx.get(ItemRecord, item_id)
            if item is not None and item.state in (ItemState.SEALED.name, ItemState.SENDING.name):
                tx.change(ItemRecord, item_id, state=state.name, changed_at=now)

    def _delivered(self, tx: Tx, sealed: SealedRecord, receipt: str) -> None:
        now = self._c.platform.time()
        tx.put(replace(sealed, attempted=True, receipt=receipt))
        for item_id in json.loads(sealed.item_ids):
            item = tx.get(ItemRecord, item_id)
            if item is not None and item.state in (ItemState.SEALED.name, ItemState.SENDING.name):
                tx.change(
                    ItemRecord, item_id, state=ItemState.DELIVERED.name, changed_at=now, delivered_at=now
                )

    def _back(self, tx: Tx, sealed: SealedRecord, error: PlatformRefused) -> None:
        """Retryable: wait sealed. For good: what still has time may be sealed again without the rest."""
        if error.retryable:
            self._move(tx, sealed, ItemState.SEALED)
            return
        now = self._c.platform.time()
        for item_id in json.loads(sealed.item_ids):
            item = tx.get(ItemRecord, item_id)
            if item is None or item.state not in (ItemState.SEALED.name, ItemState.SENDING.name):
                continue
            late = item.due_at <= now
            state = ItemState.EXPIRED if late else ItemState.FINISHED
            tx.change(ItemRecord, item_id, state=state.name, changed_at=now)
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
