# SPDX-License-Identifier: Apache-2.0
"""A platform on which a bit of everything happened, so that most tables have rows; and its rows as text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from gems_platform.operating import portable
from gems_protocol.amount import Amount
from tests.platform.acts import newcomer, one_task
from tests.platform.test_media import DATA, NAME
from tests.platform.test_messages import says
from tests.platform.test_ratings import MARKS
from tests.platform.test_towers import _tower
from tests.platform.world import BAD, World

Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


async def lived(live: World) -> None:
    """Media, campaigns, leases, answers, votes, an appeal, vouchers, a Spend, messages, ratings, a tower's voucher."""
    requester, anna = await live.person("requester"), await newcomer(live, "1.00")
    await requester.ask("PUT", f"/v1/media/{NAME}", raw=DATA)
    first = await live.campaign(2)
    await live.work(anna, first, 2)
    for number in range(2):
        verifier = await live.person(f"verifier {number}")
        await verifier.post("/v1/channel", {})
        await live.review(verifier, 2)
    await live.tick()
    channel = await anna.get("/v1/channel")
    await anna.post("/v1/tower/vouchers", _tower(live, channel["config"], channel["voucher"]))
    await anna.post(f"/v1/campaigns/{first}/tasks/0/messages", says("Which mood is irony?"))
    await anna.post(f"/v1/campaigns/{first}/ratings", MARKS)
    await live.spend(first)
    second = await live.campaign(3, ms=Amount.gem("0.10"))
    await one_task(live, anna, second, BAD)
    for number in range(2):
        await live.review(await live.person(f"verifier {number}"), 1, accept=False)
    await live.tick()
    rejected = [event for event in await live.events(anna, "verdict") if not event["accepted"]]
    await live.appeal(anna, rejected[-1])
    await live.lease(anna, second, 1)  # under way
    await live.tick()


def rows_of(connection: Connection) -> Rows:
    """Every table: names of its columns, and its rows."""
    found: Rows = {}
    for table in portable.tables_of(connection):
        names = tuple(column.name for column in table.columns)
        found[table.name] = (names, [tuple(row) for row in connection.execute(table.select())])
    return found


def differing(one: Rows, other: Rows, but: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    """Tables whose rows differ in the columns that both have; `but` are columns that are left out."""
    wrong = []
    for name in one.keys() & other.keys():
        both = [column for column in one[name][0] if column in other[name][0] and (name, column) not in but]
        if _part(one[name], both) != _part(other[name], both):
            wrong.append(name)
    return sorted(wrong)


def _part(table: tuple[tuple[str, ...], list[tuple[Any, ...]]], columns: list[str]) -> list[str]:
    places = [table[0].index(column) for column in columns]
    return sorted(repr([row[place] for place in places]) for row in table[1])
