# SPDX-License-Identifier: Apache-2.0
"""Whether a worker released to the hub exactly what its channel paid: by its own books and by the hub's."""

from __future__ import annotations

from gems_desktop.local.network import LocalNetwork
from gems_desktop.local.sums import Check
from gems_desktop.services.live import LiveSession
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Above
from gems_desktop.services.records import LineRecord
from gems_platform.releases import service as releases
from gems_protocol.lines import LineKind
from gems_protocol.messages import task_key

_PAY = (LineKind.REWARD.value, LineKind.REVIEW_PAY.value)


async def all_released(name: str, session: LiveSession, running: LocalNetwork) -> Check:
    """The hub holds as many provable releases of this worker as its own books have paid tasks."""
    me = await session.context.address()
    paid = await session.context.store.run(_paid)
    context = running.platform.app.state.context
    with context.db.read() as store:
        held = [releases.stored(store, context.settings, key, me) for key in paid]
    return Check(f"{name}: every paid task is released to the hub", sum(map(bool, held)), len(paid))


def _paid(tx: Tx) -> list[bytes]:
    columns = ("campaign_id", "index", "attempt")
    found = tx.rows(LineRecord, columns, distinct=True, kind=_PAY, seq=Above(0))
    return [task_key(bytes.fromhex(campaign[2:]), index, attempt) for campaign, index, attempt in found]
