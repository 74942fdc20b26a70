# SPDX-License-Identifier: Apache-2.0
"""`gems demo` for real: from an empty wallet to GEM on chain, every sum right to the last unit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_conserves_every_unit(tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    done = subprocess.run(
        [sys.executable, "-m", "gems_desktop.cli", "demo", "--json", str(file)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    report = json.loads(file.read_text("utf-8"))
    assert set(report) == {
        *("campaigns", "tasks_done", "reviews_done", "accepted", "rejected", "redone", "adopted", "worker"),
        "appeals_won",
        *("requester_escrowed", "requester_returned", "paid_out", "relayer_fees", "conserved"),
    }
    worker = report["worker"]
    assert set(worker) == {"address", "paid", "bonded", "debited", "claimed_on_chain", "gas_coin_spent"}
    assert report["conserved"] is True and worker["gas_coin_spent"] == "0"
    assert int(report["requester_escrowed"]) == int(report["requester_returned"]) + int(report["paid_out"])
    assert 0 < int(worker["claimed_on_chain"]) == int(worker["paid"])
    assert int(worker["bonded"]) > int(worker["debited"]) > 0
    assert report["tasks_done"] == report["accepted"] + report["rejected"] >= 14
    assert report["rejected"] >= report["redone"] >= 1 and report["reviews_done"] > report["tasks_done"]
    assert report["adopted"] == report["appeals_won"] == 1
    assert {item["policy"] for item in report["campaigns"]} == {"girm", "evidence", "consensus"}
    assert len(report["campaigns"]) == 3 and int(report["relayer_fees"]) > 0
    assert "The newcomer: every paid task is released to the hub" in done.stdout
    assert "OFF" not in done.stdout and "A split panel got a new panel" in done.stdout
