# SPDX-License-Identifier: Apache-2.0
"""A restore takes what is signed and nothing else, goes on where it was cut, and changes nothing when done again."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.store_backup import generations
from gems_desktop.adapters.store_journal import parts_of
from gems_desktop.services import restoring
from gems_desktop.services.cursor import get_value
from gems_desktop.services.errors import Offline
from gems_desktop.services.facts import ItemState
from gems_desktop.services.life import check_entry
from gems_desktop.services.live import LiveSession
from gems_desktop.services.records import ItemRecord, LineRecord
from gems_desktop.services.restore_state import RESTORE, begin, is_restoring, progress, unproven
from gems_protocol.amount import ZERO
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_lies import Lying, delivered, forged, judged
from tests.desktop.services.test_loop import do_all, states
from tests.platform.world import World

Lie = Callable[[dict[str, Any]], None]


async def wiped(opened: Open, tmp_path: Path, name: str = "miner") -> LiveSession:
    """The same wallet on an empty disk, whose life is to come back."""
    await (await opened(name)).close()
    (tmp_path / "profiles" / name).rename(tmp_path / f"lost-{secrets.token_hex(4)}")
    session = await opened(name)
    await session.context.store.run(begin)
    return session


def lying_history(session: LiveSession, lie: Lie, kind: str = "work") -> Lying:
    def change(path: str, answer: Any) -> Any:
        if path.startswith(f"/v1/history?kind={kind}"):
            for entry in answer["entries"]:
                lie(entry)
        return answer

    return Lying(session, change)


def _other_answer(entry: dict[str, Any]) -> None:
    entry["sent"]["answer"] = []


def _forged_batch(entry: dict[str, Any]) -> None:
    forged(entry["sent"]["batch"])


def _forged_receipt(entry: dict[str, Any]) -> None:
    forged(entry["sent"]["receipt"])


def _forged_lease(entry: dict[str, Any]) -> None:
    forged(entry["assignment"])


def _higher_reward(entry: dict[str, Any]) -> None:
    entry["assignment"]["message"]["reward"] = str(10**20)


def _other_place(entry: dict[str, Any]) -> None:
    entry["sent"]["place"] += 1


def _other_task(entry: dict[str, Any]) -> None:
    entry["task"] = {"text": "another"}


def _other_campaign(entry: dict[str, Any]) -> None:
    entry["assignment"]["message"]["campaign_id"] = "0x" + "ab" * 32


def _malformed(entry: dict[str, Any]) -> None:
    entry["batch"] = ["?"]


def _bare(entry: dict[str, Any]) -> None:
    entry.clear()


LIES = (
    _other_answer, _forged_batch, _forged_receipt, _forged_lease, _higher_reward, _other_place, _other_task,
    _other_campaign, _malformed, _bare,
)  # fmt: skip


async def test_no_lie_in_a_history_is_taken(live: World, opened: Open, tmp_path: Path) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    await judged(live, opened)
    await miner.sync.pull()
    paid = (await miner.earnings.facts()).paid
    assert paid > ZERO
    page = await miner.context.platform.get("/v1/history?kind=work&after=")
    network, me = miner.context.network, await miner.context.address()
    campaigns = await restoring.Restoring(miner.context, None, None)._campaigns(page["entries"])  # type: ignore[arg-type]
    for entry in page["entries"]:  # the control: unchanged it is taken
        assert check_entry("work", entry, network, campaigns, me, live.clock.now()).sent is not None
    again = await wiped(opened, tmp_path)
    for lie in LIES:
        lying = lying_history(again, lie)
        await again.context.store.run(begin)
        await again.sync.pull()
        told = await again.context.store.run(unproven)
        assert told is not None and told.code == "restore_unproven", lie.__name__
        assert await states(again) == [], lie.__name__
        facts = await again.earnings.facts()  # what the hub signed counts, and is told to be unexplained
        assert facts.paid == paid and not await again.context.store.run(lambda tx: tx.count(LineRecord))
        lying.stop()
    # the truth is taken afterwards, events that were refused before happen again, and the money is right
    await again.context.store.run(begin)
    await again.sync.pull()
    facts = await again.earnings.facts()
    assert (facts.paid, facts.difference) == (paid, None)
    assert set(await states(again)) == {ItemState.PAID}


async def test_a_stake_that_i_did_not_sign_stops_the_restore(
    live: World, opened: Open, tmp_path: Path
) -> None:
    miner = await opened("miner")
    await delivered(live, miner)
    again = await wiped(opened, tmp_path)

    def change(path: str, answer: Any) -> Any:
        if path.startswith("/v1/history?kind=debit"):
            root, signature = "0x" + "11" * 32, "0x" + "22" * 64 + "1b"
            entry = {"debited": "100", "root": root, "signature": signature, "at": 1}
            return {"entries": [entry], "last": "1-", "total": 1}
        return answer

    lying = Lying(again, change)
    with pytest.raises(Exception, match="did not sign"):
        await again.sync.pull()
    lying.stop()
    await again.sync.pull()
    assert not await again.context.store.run(is_restoring)


async def test_a_restore_goes_on_where_it_was_cut(
    live: World, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await opened("miner")
    await delivered(live, miner, 3)
    await judged(live, opened, 3)
    await miner.sync.pull()
    paid = (await miner.earnings.facts()).paid
    monkeypatch.setattr(restoring, "PAGE", 1)
    again = await wiped(opened, tmp_path)
    asked: list[str] = []

    def cut(path: str, answer: Any) -> Any:
        if path.startswith("/v1/history"):
            asked.append(path)
        if len(asked) > 6:
            raise Offline
        return answer

    lying = Lying(again, cut)
    with pytest.raises(Offline):
        await again.sync.pull()
    lying.stop()
    here = await again.context.store.run(lambda tx: tx.count(ItemRecord))
    shown = await again.sync.facts()
    assert 0 < here < 3 and shown.restoring and shown.syncing_done == here and shown.syncing_total >= 3
    await again.close()
    again = await opened("miner")  # and the application was closed meanwhile
    asked.clear()

    def see(path: str, answer: Any) -> Any:
        asked.append(path)
        return answer

    seen = Lying(again, see)
    await again.sync.pull()
    seen.stop()
    history = [path for path in asked if path.startswith("/v1/history?kind=work")]
    assert len(history) == 3 - here + 1, "what is here is not asked for again"
    assert (await again.earnings.facts()).paid == paid
    assert await again.context.store.run(progress) is None
    before = await again.context.store.run(lambda tx: tx.find(ItemRecord))
    await again.context.store.run(begin)
    await again.sync.pull()
    assert await again.context.store.run(lambda tx: tx.find(ItemRecord)) == before, "again changes nothing"
    assert (await again.earnings.facts()).paid == paid


async def test_words_that_come_back_bring_the_life_back(live: World, opened: Open) -> None:
    session = await opened("somebody")

    async def taken(*_: Any) -> None:
        return None

    session.context.signer = _Signer(session.context.signer, taken)
    assert await session.context.store.run(lambda tx: get_value(tx, RESTORE)) is None
    await session.wallet.restore(bytearray(b"words"))
    assert await session.context.store.run(is_restoring)
    await session.sync.pull()  # the platform never saw this wallet: there is nothing, and it is over
    assert not await session.context.store.run(is_restoring)


class _Signer:
    def __init__(self, real: Any, act: Any) -> None:
        self._real, self.restore = real, act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


async def test_a_repaired_database_gets_back_what_came_after_its_backup(
    live: World, opened: Open, tmp_path: Path
) -> None:
    """Also where the journal is lost: the platform and the chain hold it, and it is proven as in a restore."""
    miner = await opened("miner")
    await delivered(live, miner)
    folder = tmp_path / "profiles" / "miner"
    await miner.close()
    backup = (folder / "gems.db").read_bytes()
    miner = await opened("miner")
    await miner.sync.fetch_batch(await live.campaign(1), 1)
    await do_all(miner)
    await miner.work.seal()
    await miner.sync.flush()
    await judged(live, opened)
    await miner.sync.pull()
    await miner.sync.fetch_batch(await live.campaign(1), 1)
    before, done = await miner.earnings.facts(), Counter(await states(miner))
    lines = await miner.context.store.run(lambda tx: tx.count(LineRecord))
    await miner.close()
    for path in generations(folder / "gems.db"):
        path.write_bytes(backup)
    for path in (folder / "journal.bin", *(path for _, path in parts_of(folder))):
        path.write_bytes(b"")
    (folder / "gems.db").write_bytes(b"damaged" * 1000)

    again = await opened("miner")
    assert again.notice is not None and again.notice.code == "database_damaged"
    assert len(await states(again)) < done.total()
    await again.sync.pull()
    after = await again.earnings.facts()
    assert Counter(await states(again)) == done
    assert await again.context.store.run(lambda tx: tx.count(LineRecord)) == lines
    assert (after.paid, after.owed, after.claimable, after.bonded, after.difference) == (
        before.paid,
        before.owed,
        before.claimable,
        before.bonded,
        None,
    )
    assert await again.context.store.run(unproven) is None
    assert not await again.context.store.run(is_restoring)
    await again.close()
    assert (await opened("miner")).notice is None
