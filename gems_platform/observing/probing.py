# SPDX-License-Identifier: Apache-2.0
"""Looks for readiness, which never waits for a long reading."""

from __future__ import annotations

import time

from gems_platform.db import head
from gems_platform.observing import readiness
from gems_platform.observing.looking import Looking
from gems_platform.observing.metrics import Metrics
from gems_platform.observing.readiness import Part, Seen
from gems_platform.settings import Settings


class Probing:
    """`look` gives readiness and its parts; `wanted` is the version of the tables that this code works with."""

    def __init__(self, settings: Settings, looking: Looking, metrics: Metrics, *, runs_duties: bool) -> None:
        self._settings, self._looking, self._metrics = settings, looking, metrics
        self._runs_duties = runs_duties
        self._began = time.monotonic()
        self.wanted = head()

    async def look(self) -> tuple[bool, dict[str, Part]]:
        """Whether this process is ready, and each part: ok, degraded or failed."""
        found = readiness.parts(await self._seen())
        return readiness.is_ready(found), found

    async def _seen(self) -> Seen:
        quick = await self._looking.quick()
        store = self._looking.latest() if quick.version is not None else None
        late = {} if store is None else {name: s for name, s in store.late.items() if name != "chain"}
        return Seen(
            version=quick.version,
            wanted=self.wanted,
            chain_answers=quick.head is not None,
            disk_free=quick.disk_free,
            disk_reserve=self._settings.disk_reserve_bytes,
            runs_duties=self._runs_duties,
            up_s=time.monotonic() - self._began,
            idle_s=self._metrics.duties_idle_s(),
            late_s=max(late.values(), default=0),
            limit_s=max(self._settings.ready_late_s, 5 * self._settings.tick_s),
        )
