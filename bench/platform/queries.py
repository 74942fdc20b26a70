# SPDX-License-Identifier: Apache-2.0
"""The platform's hot queries, as its own repositories ask them: name -> what runs it once."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bench.platform.rows import BLOCK, PEOPLE, name, person, worker
from gems_platform.campaigns import progress_repository as progress
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.channels import repository as channels
from gems_platform.events import repository as events
from gems_platform.history import repository as history
from gems_platform.matching import repository as matching
from gems_platform.matching import tallies
from gems_platform.releases import repository as releases
from gems_platform.reviews import repository as reviews
from gems_platform.tasks import repository as tasks
from gems_platform.tasks import scouting
from gems_platform.trust import repository as trust


@dataclass(frozen=True)
class Chance:
    """Who and what a run is about, another one each time. total: tasks in the store."""

    total: int
    now: int
    dice: random.Random

    def campaign(self) -> str:
        """Any campaign."""
        return name(1, self.dice.randrange(max(1, self.total // BLOCK)))

    def worker(self) -> str:
        """Anybody who works."""
        return person(self.dice.randrange(max(1, self.total // BLOCK) * PEOPLE))

    def task(self) -> int:
        """The index of any task in its campaign."""
        return self.dice.randrange(2_000, BLOCK)

    def place(self) -> int:
        """Where somebody's tasks begin."""
        return self.dice.randrange(1 << 31)

    def has_events(self) -> str:
        """Somebody who works in any campaign, by a task of theirs."""
        return worker(self.dice.randrange(self.total))


Query = Callable[[Session, Chance], object]

TAKING = frozenset({"lease: take open tasks"})  # of those below: what locks rows
#: What a request or a duty asks whose cost must not grow with what is stored.
HOT: dict[str, Query] = {
    "lease: look for open tasks": lambda s, c: scouting.find(s, c.campaign(), c.worker(), 20, c.place()),
    "lease: take open tasks": lambda s, c: tasks.take_open(s, c.campaign(), [c.task() for _ in range(20)]),
    "lease: who had them": lambda s, c: tasks.barred(
        s, c.campaign(), [c.task() for _ in range(36)], c.worker()
    ),
    "lease: in hand of one campaign": lambda s, c: matching.in_hand(s, c.campaign(), c.worker()),
    "lease: open batches": lambda s, c: tasks.open_batches(s, c.worker()),
    "lease: unconfirmed today": lambda s, c: tasks.void_since(s, c.worker(), c.now - 86_400),
    "lease: standing (outcomes)": lambda s, c: trust.outcomes(s, c.worker(), family="text-classification"),
    "lease: batches that wait for release": lambda s, c: releases.batches_waiting(s, c.worker()),
    "submit: assignments of a batch": lambda s, c: tasks.in_batch(s, name(2, c.dice.randrange(100))),
    "submit: tasks of a batch": lambda s, c: tasks.tasks_at(s, c.campaign(), [c.task() for _ in range(20)]),
    "review: free seats": lambda s, c: reviews.wanting(s, c.worker(), 50),
    "review: longest waiting": lambda s, c: reviews.oldest_wanting(s, 50),
    "duty: unconfirmed batches": lambda s, c: tasks.unconfirmed(s, c.now),
    "duty: overdue work": lambda s, c: tasks.overdue(s, c.now - 3600),
    "duty: overdue reviews": lambda s, c: reviews.overdue(s, c.now - 3600),
    "duty: late rounds": lambda s, c: reviews.late_rounds(s, c.now),
    "duty: settle": lambda s, c: tasks.due_to_settle(s, c.now),
    "duty: audits to draw": lambda s, c: tasks.waiting_for_seed(s, c.now // 86_400),
    "duty: batches that are over": lambda s, c: reviews.over_batches(s),
    "duty: workers owed": lambda s, c: channels.workers_owed(s),
    "duty: lines owed": lambda s, c: channels.unsettled(s, worker(c.dice.randrange(2000))),
    "events after": lambda s, c: events.after(s, c.has_events(), 0, 500),
    "newest event": lambda s, c: events.newest(s, c.has_events()),
    "events of the last seconds": lambda s, c: events.newest_since(s, c.now - 5),
    "releases due": lambda s, c: releases.due(s, c.worker(), 1000),
    "history: a page of work": lambda s, c: history.work(s, c.worker(), (0, ""), 200),
    "history: how much there is": lambda s, c: history.total(s, c.worker(), "work"),
    "campaign: counts": lambda s, c: tallies.counts(s, c.campaign()),
    "campaign: a page of the list": lambda s, c: campaigns.listed(s, None, 51),
    "campaign: newest work times": lambda s, c: campaigns.work_times(s, c.campaign()),
    "campaign: a page of results": lambda s, c: campaigns.tasks_from(s, c.campaign(), c.task(), 500),
    "campaign: attempts by state": lambda s, c: progress.attempts(s, c.campaign()),
    "campaign: held": lambda s, c: tasks.held(s, c.campaign(), -1),
    "campaign itself": lambda s, c: s.get(CampaignRow, c.campaign()),
}
