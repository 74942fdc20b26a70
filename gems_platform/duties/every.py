# SPDX-License-Identifier: Apache-2.0
"""The platform's duties, in the order in which a tick does them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from gems_platform.channels.treasury import Treasury
from gems_platform.clock import Clock
from gems_platform.db import Database
from gems_platform.duties.duty import Duty, in_thread
from gems_platform.duties.keeping import Keeping
from gems_platform.duties.paying import Paying
from gems_platform.duties.time_out import TimeOut
from gems_platform.settings import Settings

CHAIN = "chain"  # one process at a time looks after what is on its way there


class FollowsUp(Protocol):
    """Who has something under way on chain."""

    async def follow_up(self) -> None:
        """Everything that is due; raises ChainDown at the end: one that fails holds up no other."""
        ...


def every_duty(
    settings: Settings,
    db: Database,
    clock: Clock,
    treasury: Treasury,
    relays: Sequence[FollowsUp],
    others: Sequence[Duty] = (),
) -> tuple[Duty, ...]:
    """relays: what goes on with its own affairs on chain, in this order. others: what has no place in the order."""
    time, paying, keeping = (
        TimeOut(settings, db, clock),
        Paying(settings, db, clock),
        Keeping(settings, db, clock),
    )
    return (
        Duty("time_out", in_thread(time.run), 1, turn="time"),
        Duty("settle", in_thread(paying.run), 1, turn="pay", last=True),
        Duty("weigh", in_thread(keeping.weigh), 30, turn="weigh"),
        Duty("watch", treasury.watch, 2, turn=CHAIN),
        *(Duty(_name(relay), relay.follow_up, 2, turn=CHAIN) for relay in relays),
        Duty("top_up", treasury.top_up, 2, turn=CHAIN),
        Duty("redeem", treasury.redeem, 5, turn=CHAIN),
        Duty("publish_vouchers", in_thread(keeping.publish_vouchers), 30, turn="publish", last=True),
        *others,
    )


def _name(relay: FollowsUp) -> str:
    """As it stands in figures, alerts and the queue: `close_relay` for a CloseRelay."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(relay).__name__).lower()
