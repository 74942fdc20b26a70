# SPDX-License-Identifier: Apache-2.0
"""What a look at the platform found, in one frozen value that page, metrics and readiness share."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Tasks that are over, and those whose answer waits for a verdict.
DONE = ("paid", "answered", "cancelled", "exhausted")
WAITING = ("submitted", "in_review", "appealed", "commissioned")


@dataclass(frozen=True)
class CampaignFigures:
    """One campaign; funded and paid (out of its escrow for work so far) are base units."""

    id: str
    title: str
    state: str
    ends: int
    created_at: int
    tasks: dict[str, int]
    funded: int
    paid: int


@dataclass(frozen=True)
class Queue:
    """How much waits: tasks to be taken, in work, and for a verdict; seats that panels still need; money and chain."""

    tasks_open: int = 0
    tasks_leased: int = 0
    tasks_waiting: int = 0
    reviews_wanted: int = 0
    workers_owed: int = 0
    lines_owed: int = 0
    claims_sent: int = 0
    transfers_sent: int = 0
    intents_pending: int = 0


@dataclass(frozen=True)
class Money:
    """Sums of the store in base units; what the chain holds is told by `gems platform reconcile`."""

    escrow: int = 0
    paid: int = 0
    signed: int = 0
    redeemed: int = 0
    deposits: int = 0
    vouchered: int = 0
    claimed: int = 0
    owed: int = 0


@dataclass(frozen=True)
class StoreFigures:
    """What the store says at `at` (Unix seconds). late: by name, how long the oldest thing is overdue."""

    at: int
    campaigns: tuple[CampaignFigures, ...] = ()
    campaigns_total: int = 0
    campaigns_by_state: dict[str, int] = field(default_factory=dict)
    queue: Queue = Queue()
    money: Money = Money()
    late: dict[str, int] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True)
class Figures:
    """A whole look. store: what was read of it last, None while it does not answer or was not read yet;
    head: the chain's newest block, None without an answer."""

    store: StoreFigures | None
    store_answers: bool
    head: int | None
    disk_free: int
