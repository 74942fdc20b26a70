# SPDX-License-Identifier: Apache-2.0
"""Stores of earlier versions open: campaigns are shown as they were signed, and work under way is judged."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from gems_platform import db
from gems_platform.app import serve
from gems_platform.db import Database
from gems_platform.settings import Settings
from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest
from tests.helpers.former_campaign import CAMPAIGN_ID, LEFT_OUT, SPELLED_OUT, TASK, TERMS, Signed
from tests.platform.api import Person
from tests.platform.conftest import HandClock, key
from tests.platform.test_money import _names
from tests.platform.world import world

FILE = "platform.sqlite3"
ZERO = "0x" + "00" * 32
#: hash, state, submitted_at, judged_at
GIVEN = (("leased", None, None), ("submitted", 5, None), ("accepted", 5, 7), ("rejected", 5, 7))


def _at(path: Path, version: str, *, down: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(Path(db.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, version)
    engine.dispose()


def _add(path: Path, table: str, **values: object) -> None:
    columns, places = ", ".join(values), ", ".join("?" * len(values))
    with closing(sqlite3.connect(path)) as store:
        store.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", tuple(values.values()))  # noqa: S608
        store.commit()


def _first_version(path: Path, signed: Signed) -> None:
    """A store of the first version with one open campaign of one task."""
    _at(path, "0001")
    _add(
        path, "campaigns", id=CAMPAIGN_ID, requester=TERMS["requester"], terms=json.dumps(TERMS),
        manifest=json.dumps(signed.manifest), offer_signature=signed.offer_signature, state="open",
        tasks_total=1, media_bytes_per_task=0, created_at=1, funded="1100000000000000000", spend_signed="0",
        spend_seq=0, redeemed="0",
    )  # fmt: skip
    _add(
        path, "tasks", campaign_id=CAMPAIGN_ID, idx=0, data=json.dumps(TASK), input_hash=TERMS["content_root"],
        proof="[]", record="{}", state="open", seats_wanted=0, since=0, judge_by=0,
    )  # fmt: skip


def _give_out(path: Path) -> None:
    """One assignment in each state of `GIVEN`, as every version has the columns."""
    _add(path, "accounts", address="0xa", created_at=1, bond_target="0")
    _add(
        path, "batches", id="0xb", kind="work", worker="0xa", campaign_id=CAMPAIGN_ID, root="0x",
        stake_total="0", state="confirmed", created_at=1, confirm_by=2, due_at=3, released=0,
    )  # fmt: skip
    for place, (state, submitted_at, judged_at) in enumerate(GIVEN):
        _add(
            path, "assignments", hash=state, batch_id="0xb", place=place, campaign_id=CAMPAIGN_ID, idx=0,
            attempt=place, miner="0xa", message="{}", signature="0x", secret="0x", is_redo=0, state=state,
            leased_at=1, due_at=9, submitted_at=submitted_at, judged_at=judged_at,
        )  # fmt: skip


@pytest.mark.parametrize("signed", [LEFT_OUT, SPELLED_OUT])
async def test_a_campaign_is_shown_as_it_was_signed(
    settings: Settings, clock: HandClock, http: aiohttp.ClientSession, signed: Signed
) -> None:
    _first_version(settings.data_dir / FILE, signed)
    server = await serve(settings, clock=clock, ticking=False)
    try:
        (shown,) = (await Person(http, server.url, settings, key("nobody")).get("/v1/campaigns"))["campaigns"]
        assert (shown["campaign_id"], shown["terms"]) == (CAMPAIGN_ID, TERMS)
        assert (shown["manifest"], shown["offer_signature"]) == (signed.manifest, signed.offer_signature)
        manifest = Manifest.from_json(shown["manifest"])
        assert "0x" + manifest.manifest_hash().hex() == signed.manifest_hash
        requester = await Person(http, server.url, settings, key("requester")).sign_in()
        again = {"terms": TERMS, "offer_signature": signed.offer_signature, "tasks": [TASK]}
        for form in (LEFT_OUT, SPELLED_OUT):  # offered again by a version that writes it otherwise
            found = await requester.post("/v1/campaigns", {**again, "manifest": form.manifest})
            assert found["campaign_id"] == CAMPAIGN_ID
        assert (await requester.get(f"/v1/campaigns/{CAMPAIGN_ID}"))["manifest"] == signed.manifest
    finally:
        await server.close()


@pytest.mark.parametrize("version", ["0001", "0003", "0004"])
def test_what_is_not_judged_is_not_final(tmp_path: Path, version: str) -> None:
    path = tmp_path / FILE
    _first_version(path, LEFT_OUT)
    _at(path, version)
    _give_out(path)
    if version != "0001":
        with closing(sqlite3.connect(path)) as store:  # a verdict that waits was marked so since 0003
            store.execute("UPDATE assignments SET final = 0, seed = ? WHERE state = 'rejected'", (ZERO,))
            store.commit()
    Database(path).close()
    with closing(sqlite3.connect(path)) as store:
        found = {state: rest for state, *rest in store.execute("SELECT state, final, seed FROM assignments")}
    assert (found["leased"], found["submitted"], found["accepted"]) == ([0, None], [0, ZERO], [1, None])
    assert found["rejected"] == ([1, None] if version == "0001" else [0, ZERO])


async def test_work_that_was_given_out_before_standings_is_judged(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        campaign = await live.campaign(2)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        batch = await live.lease(anna, campaign, 2)
        await live.submit(anna, live.sealed(anna, batch["batch_id"], _names(batch)[:1]))
        await live.server.close()
        _at(live.settings.data_dir / FILE, "0005", down=True)
        with closing(sqlite3.connect(live.settings.data_dir / FILE)) as store:
            store.execute("UPDATE assignments SET note = NULL, seed = NULL, day = 0, final = 1")
            store.execute("UPDATE alembic_version SET version_num = '0004'")
            store.commit()
        live.server = await serve(replace(live.settings, public_url=""), clock=clock, ticking=False)
        live.settings = live.server.app.state.context.settings
        live.people.clear()
        anna = await live.person("anna")
        await live.submit(anna, live.sealed(anna, batch["batch_id"], _names(batch)[1:]))
        for number in range(2):
            await live.review(await live.person(f"verifier {number}"), 2)
        judged = await live.verdicts(anna, campaign)
        assert [(event["final"], verdict.accepted) for event, verdict in judged] == [(True, True)] * 2
        assert (await live.books(campaign))[f"worker:{anna.address}"] == Amount.gem("1").units
