# SPDX-License-Identifier: Apache-2.0
"""A platform that ticks by itself, is closed and opened again: everything is where it was."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from gems_platform.app import serve
from gems_platform.db import Database
from gems_platform.tables import METADATA
from gems_protocol.amount import Amount
from tests.platform.conftest import HandClock
from tests.platform.test_money import _names
from tests.platform.world import world


async def _until(ask: Callable[[], Awaitable[Any]], seconds: float = 20) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := await ask()):
            await asyncio.sleep(0.02)
        return found


async def test_work_goes_on_after_a_restart_and_pays_by_itself(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await live.campaign(1)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        batch = await live.lease(anna, campaign, 1)
        body = live.sealed(anna, batch["batch_id"], _names(batch))
        receipt = await live.submit(anna, body)
        await live.server.close()

        settings = replace(live.settings, tick_s=0.05)
        live.server = await serve(replace(settings, public_url=""), clock=clock)
        live.settings = live.server.app.state.context.settings
        live.people.clear()
        anna = await live.person("anna")
        assert await live.submit(anna, body) == receipt
        for number in range(2):
            await live.review(await live.person(f"verifier {number}"), 1)
        (voucher,) = await _until(lambda: live.events(anna, "voucher"))
        assert voucher["voucher"]["message"]["paid"] == str(Amount.gem("0.50"))


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    db = Database(tmp_path / "x.sqlite3")
    with db.read() as session:
        found = inspect(session.connection())
        tables = set(found.get_table_names()) - {"alembic_version"}
        assert tables == set(METADATA.tables)
        for name, table in METADATA.tables.items():
            assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys()), name
            made = {index["name"] for index in found.get_indexes(name)}
            assert {str(index.name) for index in table.indexes} <= made, name
    db.close()
