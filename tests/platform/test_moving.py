# SPDX-License-Identifier: Apache-2.0
"""The tables go down to the oldest version that can hold what people did, and up again, with all their rows."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from gems_platform.app import serve
from gems_platform.channels import doubt
from gems_platform.db import Database, head
from gems_platform.operating import moving
from gems_platform.operating.backing_up import back_up
from gems_platform.operating.faults import BadBackup, CannotOperate
from gems_platform.operating.reconcile.reconciling import reconcile
from gems_platform.operating.restoring import restore
from gems_platform.settings import Settings
from tests.platform import stores
from tests.platform.a_life import Rows, differing, lived, rows_of
from tests.platform.conftest import HandClock
from tests.platform.world import World, world

#: What a version keeps in another way than the one before: numbers of events were one row for all accounts, and
#: 0021 forgets that a store was restored.
OTHERWISE = frozenset({("events", "seq")})


def _rows(db: Database) -> Rows:
    with db.engine.connect() as connection:
        return rows_of(connection)


async def _down_and_up(live: World) -> None:
    await lived(live)
    await live.server.close()
    with closing(Database(live.settings.store)) as db:
        whole = seen = _rows(db)
        filled = {name for name, (_, rows) in whole.items() if rows}
        assert len(filled) > 25, sorted(filled)
        down = list(reversed(moving.versions()[moving.versions().index(moving.FLOOR) : -1]))
        for version in (*down, *reversed(down[:-1]), head()):
            moving.move(db, live.settings, version)
            now = _rows(db)
            assert differing(seen, now, OTHERWISE) == [], version
            if version == moving.FLOOR:
                floor = now
            seen = now
        assert differing(whole, floor, OTHERWISE) == differing(floor, seen, OTHERWISE) == []
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE accounts SET created_at = created_at + 1"))
        assert differing(floor, _rows(db), OTHERWISE) == ["accounts"]  # the control
        with pytest.raises(CannotOperate, match="cannot go back"):
            moving.move(db, live.settings, "0004")
        assert db.version() == head()
    live.server = await serve(live.settings, clock=live.clock, ticking=False)


@pytest.mark.long
async def test_down_and_up_step_by_step_with_everything_in_it(tmp_path: Path, clock: HandClock) -> None:
    async with world(tmp_path, clock) as live:
        await _down_and_up(live)


async def test_a_backup_is_the_same_on_the_other_side(tmp_path: Path, clock: HandClock) -> None:
    """Of a store in which everything happened; every cut and every changed byte of the file is found."""
    async with world(tmp_path, clock) as live:
        await lived(live)
        backup, db = tmp_path / "backup", live.server.app.state.context.db
        told = back_up(db, live.settings, backup, clock.at, media=True)
        assert told.missing == () and told.rows > 100 and backup.stat().st_mode & 0o777 == 0o600
        assert all(key.hex().encode() not in backup.read_bytes() for key in live.settings.keys.values())
        before = _rows(db)
        other = replace(live.settings, data_dir=tmp_path / "other", store_url="")
        with closing(Database(other.store)) as there:
            done = restore(there, other, backup, clock.at)
            assert done.doubted == len(before["channels"][1]) and done.media == 1 and done.missing == ()
            changed = frozenset({("channels", "doubted_at")})
            assert differing(before, _rows(there), changed) == ["restores"]
            found = await reconcile(there, other, live.server.app.state.context.chain, tries=1)
            assert {one.what for one in found.differences} == {
                "its newest voucher is not known for certain since the restore"
            }
            with pytest.raises(CannotOperate, match="not empty"):
                restore(there, other, backup, clock.at)
            again = tmp_path / "again"
            back_up(there, other, again, clock.at)
            _from_an_older_version(live, there, replace(other, data_dir=tmp_path / "older"))
            seen = _rows(there)
            for version in (moving.FLOOR, "head"):
                moving.move(there, other, version)
                now = _rows(there)
                assert differing(seen, now, OTHERWISE) == []
                seen = now
        if live.settings.store_url:  # and back: a community that moves
            settings = replace(
                live.settings, data_dir=tmp_path / "back", store_url=stores.new(tmp_path / "back")
            )
            with closing(Database(settings.store)) as back:
                restore(back, settings, again, clock.at)
                assert differing(before, _rows(back), changed) == ["restores"]
        _refuses(tmp_path, live, backup)


def _from_an_older_version(live: World, there: Database, empty: Settings) -> None:
    """A backup that an older program made is put back, moved up and in doubt."""
    moving.move(there, empty, "0019")
    backup = empty.data_dir.parent / "of an older version"
    assert back_up(there, empty, backup, live.clock.at).manifest.version == "0019"
    rows = _rows(there)
    with closing(Database(empty.store)) as new:
        done = restore(new, empty, backup, live.clock.at)
        assert new.version() == head() and done.doubted == len(rows["channels"][1]) > 0
        assert differing(rows, _rows(new)) == []
        with new.read() as session:
            assert len(doubt.doubted(session)) == done.doubted


def _refuses(folder: Path, live: World, backup: Path) -> None:
    whole = backup.read_bytes()
    settings = replace(live.settings, data_dir=folder / "empty", store_url="")
    half = len(whole) // 2
    with closing(Database(settings.store)) as db:
        for damaged in (
            whole[:half],
            whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :],
            b"",
            b"x" * 100,
        ):
            (folder / "damaged").write_bytes(damaged)
            with pytest.raises(BadBackup):
                restore(db, settings, folder / "damaged", 1)
        with pytest.raises(BadBackup, match="another platform"):
            restore(db, replace(settings, chain_id=1), backup, 1)
        rows = _rows(db)
        assert not any(rows for name, (_, rows) in rows.items() if name != "matching_secret")
