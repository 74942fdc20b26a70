# SPDX-License-Identifier: Apache-2.0
"""An operator reads the appeals of removed workers and lets one back, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_platform.accounts.tables import AccountRow
from gems_platform.db import Database
from gems_platform.trust import removal
from gems_platform.trust.service import record_outcome

WORKER = "0x" + "ab" * 20


def test_an_appeal_is_read_and_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = Database(tmp_path / "platform.sqlite3")
    with db.write() as session:
        session.add(AccountRow(address=WORKER, created_at=1))
        session.flush()
        for index in range(30):
            record_outcome(
                session, worker=WORKER, campaign_id="0x" + "11" * 32, index=index, attempt=0,
                assignment_hash=f"0x{index:064x}", requester=f"0x{index % 2:040x}", family="f", difficulty="",
                accepted=False, first_try=False, poor=False, commission=0, mr=1, judged_at=index,
            )  # fmt: skip
        removal.appeal(session, WORKER, "The instructions were wrong.", 7)
    db.close()
    data = ["--data", str(tmp_path)]
    assert main(["platform", "appeals", *data]) == 0
    waiting = {"worker": WORKER, "reason": "The instructions were wrong.", "made_at": 7}
    assert json.loads(capsys.readouterr().out) == waiting
    assert main(["platform", "reinstate", WORKER.upper().replace("0X", "0x"), *data]) == 0
    assert main(["platform", "appeals", *data]) == 0
    said = capsys.readouterr()
    assert said.out == f"{WORKER} can work again.\n" and said.err == "Nobody waits for an answer.\n"
    assert main(["platform", "reinstate", WORKER, *data]) == 2
    assert "not removed" in capsys.readouterr().err
    db = Database(tmp_path / "platform.sqlite3")
    with db.read() as session:
        assert removal.state(session, WORKER)["removed"] is False
    db.close()


@pytest.mark.parametrize("address", ["0x" + "00" * 20, "0x" + "Ff" * 20])
def test_a_stranger_and_a_wrong_folder_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert main(["platform", "reinstate", address, "--data", str(tmp_path)]) != 0
    assert "no platform in this folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    Database(tmp_path / "platform.sqlite3").close()
    assert main(["platform", "reinstate", address, "--data", str(tmp_path)]) != 0
    assert "Nothing of this account" in capsys.readouterr().err
