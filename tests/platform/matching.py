# SPDX-License-Identifier: Apache-2.0
"""A campaign that needs no chain, and people who ask for its work in this process."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from eth_utils import keccak
from sqlalchemy import select, update

from gems_platform.accounts.tables import AccountRow
from gems_platform.campaigns.tables import CampaignRow
from gems_platform.db import Contended, Database
from gems_platform.errors import NoWork
from gems_platform.matching import offering
from gems_platform.matching.wishes import Ask
from gems_platform.settings import Settings
from gems_platform.tasks import leasing
from gems_platform.tasks.tables import AssignmentRow, BatchRow
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.drafts import draft


@dataclass
class Market:
    """One open campaign and those who ask for its tasks."""

    db: Database
    settings: Settings
    clock: HandClock
    campaign: str

    def people(self, count: int) -> list[str]:
        """Accounts that anybody could make."""
        made = ["0x" + keccak(text=f"{secrets.token_hex(8)} {number}").hex()[:40] for number in range(count)]
        with self.db.write() as session:
            for address in made:
                session.add(AccountRow(address=address, created_at=self.clock.at))
        return made

    def ask(self, who: str, count: int) -> dict[str, Any]:
        """A batch that is confirmed at once; raises NoWork. As the edge does, again while others are in the way."""
        ask = Ask(self.campaign, who, count, "0x" + secrets.token_hex(32), self.clock.at)
        for _ in range(200):
            try:
                found = offering.ask_for_work(self.db, self.settings, ask, {"count": count})
            except Contended:
                continue
            self._confirm(found["batch_id"])
            return found
        raise AssertionError("others were in the way two hundred times")

    def _confirm(self, batch_id: str) -> None:
        done = update(BatchRow).where(BatchRow.id == batch_id).values(state="confirmed")
        self.db.run(lambda session: session.execute(done))

    def try_ask(self, who: str, count: int) -> int:
        """How many tasks somebody got."""
        try:
            return len(self.ask(who, count)["items"])
        except NoWork:
            return 0

    def give_back(self, who: str, batch: dict[str, Any], count: int) -> None:
        """Return the first tasks of a batch."""
        with self.db.write() as session:
            rows = session.scalars(
                select(AssignmentRow).where(AssignmentRow.batch_id == batch["batch_id"])
            ).all()
            for row in rows:
                row.state = "leased"
            names = [row.hash for row in sorted(rows, key=lambda row: row.place)[:count]]
        self.db.run(lambda session: leasing.give_back(session, who, batch["batch_id"], names, self.clock.at))

    def given(self) -> Counter[str]:
        """How many tasks each has in hand."""
        with self.db.read() as session:
            query = select(AssignmentRow.miner).where(AssignmentRow.state.in_(("offered", "leased")))
            return Counter(session.scalars(query))


async def market(
    person: Callable[[str], Person],
    db: Database,
    settings: Settings,
    clock: HandClock,
    tasks: int,
    **changes: Any,
) -> Market:
    """A campaign of `tasks` tasks that is open without an escrow."""
    requester = await person(f"requester {secrets.token_hex(4)}").sign_in()
    campaign = await draft(requester, clock, [{"text": f"Sentence {number}."} for number in range(tasks)])
    with db.write() as session:
        session.get_one(CampaignRow, campaign).state = "open"
    return Market(db, replace(settings, **changes), clock, campaign)


def all_at_once(count: int, what: Callable[[int], Any]) -> list[Any]:
    """`what` of 0..count-1, each in a thread, begun together."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait(60)
        return what(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
