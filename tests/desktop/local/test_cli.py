# SPDX-License-Identifier: Apache-2.0
"""`gems` from the outside: a requester's way from files to results, and errors in three sentences."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_desktop.local.keys import load_keys
from gems_desktop.local.state import State
from tests.desktop.local.world import ROOT, Process, write_campaign, write_samples


@dataclass
class Said:
    """What a command wrote."""

    stdout: str
    stderr: str


Gems = Callable[..., Said]


@pytest.fixture
def gems(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Gems:
    """Run `gems` in this process, without a terminal, and expect an exit status."""

    def run(*arguments: str | Path, status: int = 0) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capfd.readouterr()
        try:
            code: object = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code
        said = Said(*capfd.readouterr())
        assert code == status, said
        return said

    return run


def test_a_requester_from_files_to_results(tmp_path: Path, gems: Gems) -> None:
    state = tmp_path / "state"
    samples = write_samples(tmp_path / "samples")
    network = Process.start(state, "--no-neighbours", "--samples", str(samples))
    try:
        network.ready()
        who = ("--network", state / "network.json", "--key-file", state / "requesters" / "requester_1.key")
        files = write_campaign(tmp_path / "mine", tasks=3, policy="consensus")
        shown = gems("campaign", "create", files, *who, "--dry-run")
        assert "Escrow in all" in shown.stderr and shown.stdout == ""
        made = gems("campaign", "create", files, *who)
        campaign = made.stdout.strip()
        refused = gems("campaign", "fund", campaign, *who, status=2)
        assert "Nobody confirmed" in refused.stderr and "No money moved" in refused.stderr
        funded = gems("campaign", "fund", campaign, *who, "--yes")
        assert funded.stdout.startswith("0x") and "The transaction on chain:" in funded.stderr
        assert "already" in gems("campaign", "fund", campaign, *who, "--yes").stderr
        stranger = (*who[:3], state / "requesters" / "requester_2.key")
        said = gems("campaign", "fund", campaign, *stranger, "--yes", status=2)
        assert "belongs to 0x" in said.stderr and "No money moved" in said.stderr
        said = gems("campaign", "status", campaign, *stranger, status=2)
        assert "nothing like this for this key" in said.stderr
        nowhere = tmp_path / "no" / "folder.csv"
        assert (
            "cannot be written"
            in gems("campaign", "results", campaign, *who, "--out", nowhere, status=2).stderr
        )
        said = gems("audit", "fetch", campaign, "0", *who[:2], "--out", tmp_path / "v.json", status=2)
        assert "no verdict on attempt 0 at task 0" in said.stderr
        status = json.loads(gems("campaign", "status", campaign, *who).stdout)
        assert status["tasks"] == {"open": 3} and status["due"] == "0" and int(status["funded"]) > 0
        rows = json.loads(gems("campaign", "results", campaign, *who).stdout)
        assert [row["index"] for row in rows] == [0, 1, 2]
        table = list(
            csv.DictReader(io.StringIO(gems("campaign", "results", campaign, *who, "--format", "csv").stdout))
        )
        assert [row["state"] for row in table] == ["open"] * 3
        assert gems("campaign", "pay", campaign, *who).stdout.strip() == "0"
        gems("campaign", "cancel", campaign, *who)
        early = gems("campaign", "exit", campaign, *who, status=2)
        assert "runs until" in early.stderr
    finally:
        network.end()


def test_errors_are_three_sentences(tmp_path: Path, gems: Gems) -> None:
    key = tmp_path / "key"
    key.write_text("11" * 32)
    key.chmod(0o600)
    campaign = ("campaign", "status", "0x" + "00" * 32)
    said = gems(*campaign, "--network", tmp_path / "none.json", "--key-file", key, status=2).stderr
    assert len(said.strip().splitlines()) == 3 and "cannot be read" in said
    roles = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
    network: dict[str, object] = dict.fromkeys(roles, "0x" + "11" * 20)
    network |= {
        "name": "n",
        "chain_id": 1,
        "rpc_urls": ["http://127.0.0.1:9"],
        "platform_url": "http://127.0.0.1:9",
    }
    file = tmp_path / "network.json"
    file.write_text(json.dumps({**network, "practice": True}))
    assert "cannot be reached" in gems(*campaign, "--network", file, "--key-file", key, status=2).stderr
    if os.name != "nt":
        key.chmod(0o644)
        assert "chmod 600" in gems(*campaign, "--network", file, "--key-file", key, status=2).stderr
        key.chmod(0o600)
    key.write_text("secret text")
    refused = gems(*campaign, "--network", file, "--key-file", key, status=2).stderr
    assert "64 hex digits" in refused and "secret text" not in refused
    assert "no wallet" in gems(*campaign, "--network", file, "--vault", tmp_path, status=2).stderr
    key.write_text("{}")
    assert "keystore" in gems(*campaign, "--network", file, "--keystore", key, status=2).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chain_id = [", "not what its ending says"),
        ("colour = 'red'", "no option colour"),
        ("chain_id = 1", "hub_signer_key is missing"),
        (f"hub_signer_key = '{'zz' * 32}'", "hub_signer_key is not a key"),
        ("hub_signer_key = 'file:/nowhere'", "cannot be read"),
        (
            "".join(f"{n} = '{'11' * 32}'\n" for n in ("hub_signer_key", "hub_payer_key", "relayer_key")),
            "data_dir",
        ),
    ],
)
def test_a_platforms_settings_are_checked(tmp_path: Path, gems: Gems, text: str, said: str) -> None:
    file = tmp_path / "platform.toml"
    file.write_text(text)
    answer = gems("platform", "serve", "--settings", file, status=2).stderr
    assert said in answer and "zz" not in answer


def test_help_is_quick_to_say_what_there_is(gems: Gems) -> None:
    said = gems("--help").stdout
    assert all(name in said for name in ("demo", "local", "campaign", "module", "platform"))
    assert "invalid choice" in gems("dance", status=2).stderr
    heavy = "import sys; from gems_desktop.cli import parser; parser(None); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()
    assert not {"eth_account", "aiohttp", "sqlalchemy", "PySide6", "fastapi", "eth"} & set(loaded)


def test_a_second_network_in_one_folder_is_refused(tmp_path: Path, gems: Gems) -> None:
    state = State(tmp_path)
    try:
        load_keys(state)
        assert "already running" in gems("local", "--dir", tmp_path, status=2).stderr
    finally:
        state.release()
