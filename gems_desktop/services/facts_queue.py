# SPDX-License-Identifier: Apache-2.0
"""What is known of the queue: work that is ready here, what is due soon, what waits to leave; and its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from gems_desktop.services.facts import OutboxItem, Problem
from gems_protocol.amount import ZERO, Amount


class Stage(Enum):
    """How far a piece of work is on its way, each a step that it takes once."""

    DRAFT = "draft"
    SEALED = "sealed"
    SENDING = "sending"
    DELIVERED = "delivered"
    JUDGED = "judged"
    PAID = "paid"
    ENDED = "ended"  # its time ran out, or it was given back


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an item stands: what went wrong last, what happens next, and when; words are the window's.

    problem: code of the last fault, "expired" or "". next: finish | seal | send | retry | sending | verdict |
    answer | pay | "". at: Unix seconds of what is next, 0 for none. sent_ppm: of the bytes that are being sent.
    """

    stage: Stage
    problem: str = ""
    next: str = ""
    at: int = 0
    tries: int = 0
    sent_ppm: int = 0


@dataclass(frozen=True, slots=True)
class OutboxFilter:
    """What a page of the outbox shows. shelf: all | unsent | waiting | rejected | paid; text: of a campaign's title."""

    shelf: str = "all"
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """Items, the newest change first; `after` asks for the next page, None at the end.

    counts: by shelf, of the whole outbox. redos: the second tries at items of this page that can still be done.
    progress: of the items, by their ids.
    """

    items: tuple[OutboxItem, ...] = ()
    after: tuple[int, int] | None = None
    counts: dict[str, int] = field(default_factory=dict)
    redos: tuple[OutboxItem, ...] = ()
    progress: dict[str, Progress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """Work at hand, by the platform's time.

    ready, seconds_ready: tasks to do, and about how long they take. next_due_at: of the first that is not
    delivered, None for none. due_soon: tasks that run out within the warning time, `finished_soon` of them done and
    not delivered. why_not: why no more work was fetched by itself, see `services/queue.py`. metered: None: unknown.
    """

    ready: int = 0
    seconds_ready: int = 0
    next_due_at: int | None = None
    due_soon: int = 0
    finished_soon: int = 0
    bytes_today: int = 0
    bytes_allowed: int = 0
    metered: bool | None = None
    keeps: bool = False
    why_not: str = ""
    files_wait: int = 0  # bytes of files that wait for tomorrow's megabytes or another network
    unsent: int = 0  # finished, sealed or on the way: work and reviews
    finished: int = 0  # work that is finished and not sealed
    finished_reward: Amount = ZERO
    sealed: int = 0  # work that is sealed and not delivered
    judging: int = 0  # delivered or disputed, work and reviews
    held: int = 0
    held_reward: Amount = ZERO
    held_until: int | None = None
    disputed_reward: Amount = ZERO
    answerable: int = 0  # rejections that can be corrected or appealed
    answer_until: int = 0
    done: int = 0  # everything that the outbox shows
    problem: Problem | None = None  # the computer's clock or its disk
