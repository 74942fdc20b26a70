# SPDX-License-Identifier: Apache-2.0
"""A profile of the first version: its campaigns are read as they were signed, and its credit is counted."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.adapters.store_engine import MIGRATIONS, open_engine
from gems_desktop.services.channels import open_batches
from gems_desktop.services.network import Network
from gems_desktop.services.offers import read_campaign, stored_campaign
from gems_desktop.services.records import BatchRecord, CampaignRecord, ItemRecord
from gems_protocol.amount import ZERO
from tests.helpers.former_campaign import CAMPAIGN_ID, HUB, LEFT_OUT, SPELLED_OUT, TERMS, Signed

ROOT = "0x" + "0b" * 32
NETWORK = Network(
    name="test", chain_id=31337, rpc_urls=("http://127.0.0.1:9",), platform_url="http://127.0.0.1:9",
    platform_signer="0x" + "55" * 20, gem="0x" + "11" * 20, channels="0x" + "22" * 20,
    campaigns="0x" + "33" * 20, hub_payer=HUB, relayer="0x" + "66" * 20, practice=True,
)  # fmt: skip
BATCH = BatchRecord("b1", "review", CAMPAIGN_ID, ROOT, 1, ZERO, 99, 2)
REVIEW = ItemRecord(
    *("i1", "b1", CAMPAIGN_ID, "review", 1, 0, 0, 0, ZERO, ZERO, 99, "DELIVERED", 5),
    *("{}", "0x", "{}", "[]", "[]"),
)


def _body(signed: Signed) -> dict[str, Any]:
    """A campaign as the platform showed it."""
    return {
        "campaign_id": CAMPAIGN_ID, "terms": TERMS, "manifest": signed.manifest,
        "offer_signature": signed.offer_signature, "tasks_total": 1, "tasks_open": 1,
        "media_bytes_per_task": 0, "state": "open",
    }  # fmt: skip


def _first_version(folder: Path, signed: Signed) -> None:
    engine = open_engine(folder / "gems.db")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    row = (CAMPAIGN_ID, json.dumps(_body(signed)), "", True, 5)
    with closing(sqlite3.connect(folder / "gems.db")) as database:
        database.execute("INSERT INTO campaigns VALUES (?, ?, ?, ?, ?)", row)
        database.commit()


@pytest.mark.parametrize("signed", [LEFT_OUT, SPELLED_OUT])
async def test_a_campaign_of_an_old_profile_is_read(tmp_path: Path, signed: Signed) -> None:
    _first_version(tmp_path, signed)
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    try:
        (record,) = await store.run(lambda tx: tx.find(CampaignRecord, listed=True))
        campaign = stored_campaign(record)
        assert campaign.manifest.to_json() == signed.manifest
        assert "0x" + campaign.manifest.manifest_hash().hex() == signed.manifest_hash
        assert (
            read_campaign(json.loads(record.body), NETWORK).campaign_id == CAMPAIGN_ID
        )  # its signature holds

        await store.run(lambda tx: tx.put(BATCH, REVIEW))
        delivered, staked = await store.run(open_batches)
        assert (delivered, staked) == (frozenset({bytes.fromhex(ROOT[2:])}), frozenset())
    finally:
        await store.close()


async def test_a_review_waits_where_the_campaign_holds_accepted_work(tmp_path: Path) -> None:
    manifest = {
        **LEFT_OUT.manifest, "policy": {**LEFT_OUT.manifest["policy"], "params": {"hold_s": 60}},
    }  # fmt: skip
    _first_version(tmp_path, replace(LEFT_OUT, manifest=manifest))
    store = SqliteStore(tmp_path)
    await store.open()
    await store.open_sealed(bytearray(32))
    try:
        await store.run(lambda tx: tx.put(BATCH, REVIEW))
        assert await store.run(open_batches) == (frozenset(), frozenset())
    finally:
        await store.close()
