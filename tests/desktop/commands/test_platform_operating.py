# SPDX-License-Identifier: Apache-2.0
"""`gems platform init`, `migrate`, `backup`, `restore`, `doctor`: what they write, refuse and say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gems_desktop.cli import main
from gems_desktop.commands.platform import read_settings
from gems_platform.db import head

NETWORK = {
    "name": "Test",
    "chain_id": 31337,
    "rpc_urls": ["http://127.0.0.1:9"],
    "platform_url": "http://127.0.0.1:8080",
    "practice": True,
    **{
        name: "0x" + digit * 40
        for name, digit in zip(
            ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer"), "123456", strict=True
        )
    },
}


@pytest.fixture
def made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The settings of a platform that was set up."""
    (tmp_path / "network.json").write_text(json.dumps(NETWORK), "utf-8")
    assert _gems("init", tmp_path / "one", "--network", tmp_path / "network.json") == 0
    assert "hub_signer" in capsys.readouterr().out
    return tmp_path / "one" / "platform.toml"


def _gems(*words: object) -> int:
    return main(["platform", *[str(word) for word in words]])


def test_init_writes_what_only_its_owner_reads_and_never_over_it(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings(made)
    assert (settings.channels, settings.public_url, settings.practice) == (
        "0x" + "3" * 40,
        "http://127.0.0.1:8080",
        True,
    )
    assert len({settings.hub, settings.hub_payer, settings.relayer}) == 3
    files = [made, *(made.parent / "keys").iterdir()]
    if os.name == "posix":
        assert len(files) == 4 and {path.stat().st_mode & 0o777 for path in files} == {0o600}
    before = [path.read_bytes() for path in files]
    assert all(settings.hub_signer_key.hex().encode() not in body for body in before[:1])
    assert _gems("init", made.parent, "--network", made.parents[1] / "network.json") != 0
    assert [path.read_bytes() for path in files] == before
    assert "Nothing is ever written over" in capsys.readouterr().err
    other = made.parents[1] / "two"
    given = ("--keys", made.parent / "keys")
    assert _gems("init", other, "--network", made.parents[1] / "network.json", *given) == 0
    assert read_settings(other / "platform.toml").hub == settings.hub and not list((other / "keys").iterdir())
    (made.parent / "keys" / "relayer.key").write_text("00", "utf-8")
    third = made.parents[1] / "three"
    assert _gems("init", third, "--network", made.parents[1] / "network.json", *given) != 0
    assert not third.exists()


def test_migrate_checks_goes_both_ways_and_refuses_what_would_lose(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ("--settings", made)
    assert _gems("migrate", *here, "--check") == 0
    assert _gems("migrate", *here, "--to", "0005") == 0
    assert _gems("migrate", *here, "--check") == 1
    assert (
        _gems("backup", made.parent / "b", *here) != 0
    )  # of another version: the program that made it does that
    for wrong in ("0004", "0003", "base", "9999"):
        capsys.readouterr()
        assert _gems("migrate", *here, "--to", wrong) != 0
        assert "Nothing was changed." in capsys.readouterr().err
    assert _gems("migrate", *here) == 0 and _gems("migrate", *here, "--check") == 0
    assert head() in capsys.readouterr().out
    assert _gems("worker", *here) != 0
    assert "`gems platform serve` does everything" in capsys.readouterr().err


def test_backup_and_back(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--settings", made)
    assert _gems("backup", tmp_path / "b", *here) == 0
    assert _gems("backup", tmp_path / "b", *here) != 0
    assert _gems("backup", tmp_path / "native", "--native", *here) == 0
    network = ("--network", tmp_path / "network.json")
    assert _gems("init", tmp_path / "two", *network, "--keys", made.parent / "keys") == 0
    assert _gems("init", tmp_path / "stranger", *network) == 0
    capsys.readouterr()
    assert _gems("restore", tmp_path / "b", "--into", tmp_path / "stranger" / "platform.toml") != 0
    assert "another platform" in capsys.readouterr().err
    assert _gems("restore", tmp_path / "b", "--into", tmp_path / "two" / "platform.toml") == 0
    assert "two hubs with one key" in capsys.readouterr().out
    assert _gems("restore", "--in-place", "--into", made) == 0


def test_doctor_names_what_is_wrong(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _gems("doctor", "--settings", made, "--json") == 1  # there is no chain
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["what"] for one in found if one["level"] == "bad"] == [
        "The chain cannot be asked: The chain's node does not answer."
    ]
    if os.name == "posix":
        (made.parent / "keys" / "hub_payer.key").chmod(0o644)
        (made.parent / "data").chmod(0o755)
    made.write_text(made.read_text("utf-8").replace("http://127.0.0.1:8080", "http://gems.example"), "utf-8")
    assert _gems("migrate", "--settings", made, "--to", "0019") == 0
    assert _gems("doctor", "--settings", made, "--backups", made.parent / "none") == 1
    told = capsys.readouterr().out
    for word in ("is not https", "of version 0019, this program", "There is no backup"):
        assert word in told
    if os.name == "posix":
        assert "Others may read" in told and "Others may look into" in told
