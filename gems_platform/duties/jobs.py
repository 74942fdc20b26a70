# SPDX-License-Identifier: Apache-2.0
"""Who runs duties as jobs; its library is loaded only where there is a PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gems_platform.db import Database
from gems_platform.duties.duty import Duty
from gems_platform.observing.observed import Observed


class Jobs(Protocol):
    """Runs until cancelled; `wake` may be called from any thread."""

    def wake(self) -> None: ...
    async def run(self) -> None: ...


def jobs(url: str, duties: Sequence[Duty], observed: Observed, working: bool) -> Jobs:
    """The queue in the PostgreSQL at `url`; `working`: whether this process does jobs, too."""
    from gems_platform.duties.queue import DutyQueue

    return DutyQueue(url, duties, observed, working)


def migrate(db: Database, url: str, to: str = "head") -> None:
    """Bring the store's tables to a version, and make the queue's where there are none."""
    db.migrate(to)
    if db.dialect == "postgresql":
        from gems_platform.duties.queue import install

        install(db, url)
