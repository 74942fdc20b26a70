# SPDX-License-Identifier: Apache-2.0
"""Running counts are what counting would give, also over a migration there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from gems_platform.app import Server
from gems_platform.campaigns import repository as campaigns
from gems_platform.db import Database
from gems_platform.matching import tallies
from gems_platform.matching.tables import MatchingSecretRow, TallyRow
from gems_platform.reviews.tables import SeatRow
from gems_platform.tasks.tables import TaskRow
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.drafts import draft, known
from tests.platform.world import GOOD, world


def counted(db: Database, campaign: str) -> dict[str, int]:
    with db.read() as session:
        query = select(TaskRow.state, func.count()).where(TaskRow.campaign_id == campaign)
        return {row[0]: row[1] for row in session.execute(query.group_by(TaskRow.state))}


def kept(db: Database, campaign: str) -> dict[str, int]:
    with db.read() as session:
        return campaigns.task_states(session, campaign)


async def test_counts_and_sums_hold_through_a_campaigns_life(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        db = live.server.app.state.context.db
        campaign = await live.campaign(4)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        await live.work(anna, campaign, 3)
        assert kept(db, campaign) == counted(db, campaign)
        await live.review(await live.person("verifier 1"), 3)
        await live.review(await live.person("verifier 2"), 2)
        await live.tick()
        assert kept(db, campaign) == counted(db, campaign) and len(kept(db, campaign)) > 2
        with db.read() as session:
            seats = session.scalar(select(func.count()).where(SeatRow.state != "missed"))
            assert tallies.count(session, campaign, tallies.SEATS) == seats == 5
            spent = tallies.spent_of(session, campaign)
            moved = [row for row in campaigns.transfers(session, campaign) if row.why != "unspent"]
        pot = f"escrow:{campaign}"
        assert spent == sum(row.amount * ((row.source == pot) - (row.target == pot)) for row in moved) > 0
        with db.write() as session:  # the control: a count that was lost is seen
            session.scalars(select(TallyRow).where(TallyRow.kind == "open")).one().n += 1
        assert kept(db, campaign) != counted(db, campaign)


async def test_a_store_from_before_is_counted_and_scattered(
    server: Server, person: Callable[[str], Person], clock: HandClock
) -> None:
    requester = await person("requester").sign_in()
    tasks = [{"text": f"Sentence {number}."} for number in range(50)]
    campaign = await draft(requester, clock, tasks, gold=known({3: GOOD, 7: GOOD}))
    db: Database = server.app.state.context.db
    db.migrate("0015a")
    db.migrate()
    assert kept(db, campaign) == {"open": 50}
    with db.read() as session:
        rows = session.execute(select(TaskRow.index, TaskRow.place, TaskRow.known)).all()
        assert session.get(MatchingSecretRow, 1) is not None
    assert len({place for _, place, _ in rows}) == 50
    assert {index for index, _, is_known in rows if is_known} == {3, 7}
    by_place = [index for index, _, _ in sorted(rows, key=lambda row: row[1])]
    assert by_place != list(range(50))
