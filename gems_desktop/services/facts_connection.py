# SPDX-License-Identifier: Apache-2.0
"""How the platform is reached, what goes over the line, and what went wrong; `facts` hands these on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gems_protocol.amount import ZERO, Amount


class Connection(Enum):
    """How the platform can be reached right now."""

    OFFLINE = "offline"
    ONLINE = "online"
    SYNCING = "syncing"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault to show: what happened, what is safe, what to do. Never a server's own text."""

    message: str
    safe: str
    action: str
    retryable: bool = True
    code: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """The status strip."""

    connection: Connection
    syncing_done: int = 0
    syncing_total: int = 0
    unsent: int = 0
    bytes_today: int = 0
    balance: Amount = ZERO
    problem: Problem | None = None
    restoring: bool = False  # the two counts are of a former life that comes back
    fetching: bool = False  # they are of files that come
    seconds_left: int | None = None  # about; None where nothing can be said
