# SPDX-License-Identifier: Apache-2.0
"""Links in a profile's folder that somebody handed over: no file outside of it is written, cut or emptied."""

import contextlib
import logging
import sys
from pathlib import Path

import pytest

from gems_desktop.adapters.profiles import ProfileShelf
from gems_desktop.adapters.store import SqliteStore
from gems_desktop.diagnosing.native import NativeWatch
from gems_desktop.services.records import SettingRecord
from gems_desktop.signer.vault_file import write_durably
from gems_desktop.startup_log import ProfileLog
from gems_protocol.errors import GemsError

PRECIOUS = b"precious" * 10
STORES = (
    "journal.bin",
    "gems.db",
    "gems.db.backup1",
    "gems.db.backup-new",
    "gems.db.sum",
    "lock",
    "gems.db-wal",
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    made = tmp_path / "victim"
    made.write_bytes(PRECIOUS)
    return made


@pytest.mark.parametrize("name", STORES)
async def test_the_store_follows_no_link_out_of_its_folder(tmp_path: Path, victim: Path, name: str) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    store = SqliteStore(folder)
    await store.open()
    await store.close()
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(victim)
    again = SqliteStore(folder)
    with contextlib.suppress(GemsError):  # it may refuse
        await again.open()
        await again.run(lambda tx: tx.put(SettingRecord("a", "1")))
        await again.close()
    assert victim.read_bytes() == PRECIOUS


def test_nor_do_logs_profiles_and_wallets(tmp_path: Path, victim: Path) -> None:
    folder = tmp_path / "profiles" / "anna"
    folder.mkdir(parents=True)
    for name in ("gems.log", "crash.native", "profile.json.new", "vault.new"):
        (folder / name).symlink_to(victim)
    ProfileLog(folder).emit(logging.LogRecord("gems_desktop", logging.ERROR, "", 0, "a fault", None, None))
    with pytest.raises(OSError):
        NativeWatch(folder)
    with pytest.raises(GemsError):
        ProfileShelf(tmp_path / "profiles").rename("anna", "Anna")
    with pytest.raises(GemsError):
        write_durably(folder / "vault.json", b"{}")
    assert victim.read_bytes() == PRECIOUS
