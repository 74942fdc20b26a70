# SPDX-License-Identifier: Apache-2.0
"""Releases of tasks that my channel paid: signed with the next acceptance, and never for a task that was not paid.

The platform says which it waits for; only those that a stored voucher settled here are signed. A batch is stored
before it is sent and sent as it was until the answer comes, so a lost answer changes nothing.
"""

from __future__ import annotations

from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied, PlatformRefused, SignerRefused, WalletLocked
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.records import LineRecord
from gems_desktop.services.signing import MAX_RELEASES
from gems_protocol import merkle
from gems_protocol.errors import MalformedMessage
from gems_protocol.lines import LineKind
from gems_protocol.messages import BatchRelease, Release, hash_from_hex, task_key

DUE = "releases_due"  # the platform's refusal to give more before earlier tasks are released
WAITING = "releases_waiting"  # a signed batch whose answer is not here yet
UP_TO = "releases_up_to"  # the voucher up to which everything was asked for
_PAY = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)
_ROUNDS = 20  # batches at one time: the rest comes with the next acceptance

Place = tuple[str, int, int]  # campaign, index, attempt


class Releasing:
    """Releases of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def send(self, *, asked: bool = False) -> int:
        """Release what was paid since, or (asked) whatever the platform waits for; how many tasks.

        A refusal (also of a locked wallet) is no reason to stop anything: it is done with the next acceptance, and a
        lease that needs the releases is refused by itself. Raises Offline, PlatformLied.
        """
        newest = await self._c.store.run(_newest)
        if not asked and not await self._c.store.run(lambda tx: _is_due(tx, newest)):
            return 0
        try:
            released = await self._again()
            released += await self._release()
        except WalletLocked:
            return 0
        except (PlatformRefused, SignerRefused) as error:
            if error.retryable:
                return 0
            released = 0
        await self._c.store.run(lambda tx: _done(tx, newest))
        return released

    async def _again(self) -> int:
        """Send what was signed before and has no answer."""
        body = await self._c.store.run(lambda tx: get_value(tx, WAITING))
        return 0 if body is None else await self._post(body)

    async def _release(self) -> int:
        released = 0
        for _ in range(_ROUNDS):
            places, more = read_due(await self._c.platform.get("/v1/releases/due"))
            paid = await self._c.store.run(lambda tx, p=places: paid_of(tx, p))  # type: ignore[misc]
            if not paid:
                break
            released += await self._post(await self._signed(paid))
            if not more:
                break
        return released

    async def _signed(self, paid: list[Place]) -> dict[str, Any]:
        """A signed batch of these tasks, stored; the signer builds its message by itself and pins the hub."""
        keys = [task_key(bytes.fromhex(name[2:]), index, attempt) for name, index, attempt in paid]
        leaves = [Release(key, self._c.network.hub_payer).struct_hash() for key in keys]
        batch = BatchRelease(
            merkle.root(leaves), len(leaves), self._c.random_id(), max(0, self._c.platform.time())
        )
        signature = await self._c.signer.sign_releases(paid, batch.batch_id, batch.sealed_at)
        batch.check(self._c.network.campaigns_domain, signature, await self._c.address())
        body = {
            "batch": {"message": batch.to_json(), "signature": "0x" + signature.hex()},
            "releases": [{"task_key": "0x" + key.hex()} for key in keys],
        }
        await self._c.store.run(lambda tx: set_value(tx, WAITING, body))
        return body

    async def _post(self, body: dict[str, Any]) -> int:
        answer = await self._c.platform.post("/v1/releases", body)
        count = len(body["releases"])
        if not isinstance(answer, dict) or answer.get("released") != count:
            raise PlatformLied("its answer about releases is malformed.")
        await self._c.store.run(lambda tx: set_value(tx, WAITING, None))
        return count


def read_due(answer: Any) -> tuple[list[Place], bool]:
    """The tasks that the platform waits for, each once, and whether there are more; raises PlatformLied."""
    try:
        told, more = answer["due"], answer["more"]
        if type(told) is not list or len(told) > MAX_RELEASES or type(more) is not bool:
            raise PlatformLied("its list of releases is malformed.")
        places = [_place(value) for value in told]
    except (KeyError, TypeError, MalformedMessage) as error:
        raise PlatformLied("its list of releases is malformed.") from error
    return list(dict.fromkeys(places)), more


def _place(value: Any) -> Place:
    campaign = "0x" + hash_from_hex(value["campaign_id"]).hex()
    index, attempt = value["index"], value["attempt"]
    sound = type(index) is int and type(attempt) is int
    if not sound or not 0 <= index < 1 << 32 or not 0 <= attempt < 1 << 8:
        raise PlatformLied("its list of releases is malformed.")
    return campaign, index, attempt


def paid_of(tx: Tx, places: list[Place]) -> list[Place]:
    """Those of the tasks that a voucher stored here settled the pay of."""
    columns = ("campaign_id", "index", "attempt")
    settled: set[Any] = set(tx.rows(LineRecord, columns, kind=_PAY, seq=Above(int(get_value(tx, UP_TO, 0)))))
    if not settled.issuperset(places):
        settled = set(tx.rows(LineRecord, columns, kind=_PAY, seq=Above(0)))
    return [place for place in places if place in settled]


def _newest(tx: Tx) -> int:
    """The number of the newest voucher that paid for a task."""
    found = tx.rows(LineRecord, ("seq",), order="seq", descending=True, limit=1, kind=_PAY)
    return int(found[0][0]) if found else 0


def _is_due(tx: Tx, newest: int) -> bool:
    return get_value(tx, WAITING) is not None or newest > int(get_value(tx, UP_TO, 0))


def _done(tx: Tx, newest: int) -> None:
    """What the platform refused for good is not sent again; the next voucher asks anew."""
    set_value(tx, WAITING, None)
    set_value(tx, UP_TO, newest)
