# SPDX-License-Identifier: Apache-2.0
"""Taking reviews, in as many batches as it needs."""

from __future__ import annotations

from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.session import Session

#: So few come in one batch.
AT_ONCE = 10


async def lease(session: Session, wanted: int) -> None:
    """Take `wanted` reviews or as many as there are, in several batches where a platform gives fewer at a time.

    Raises what the first batch raises; that there are no more after it is no fault.
    """
    held, before = 0, -1
    while before < held < wanted:
        try:
            await session.sync.fetch_reviews(wanted - held)
        except PlatformRefused:
            if not held:
                raise
            return
        if wanted <= AT_ONCE:
            return
        before, held = held, (await session.review.queue()).queued
