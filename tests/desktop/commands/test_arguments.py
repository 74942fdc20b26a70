# SPDX-License-Identifier: Apache-2.0
"""Slips of a requester are named before anything is asked or signed, and in a requester's words."""

from __future__ import annotations

import argparse

import pytest

from gems_desktop.cli import main
from gems_desktop.commands import arguments
from gems_desktop.commands.requester_faults import for_requesters
from gems_desktop.services.errors import ChainUnreachable, Offline, PlatformRefused

ID = "0x" + "aB" * 32
WHO = ("--network", "none.json", "--key-file", "none.key")


def test_ids_are_the_same_in_any_case() -> None:
    assert arguments.campaign_id("0X" + ID[2:].upper()) == arguments.campaign_id(ID) == ID.lower()
    assert arguments.address("0x" + "Cd" * 20) == "0x" + "cd" * 20
    with pytest.raises(argparse.ArgumentTypeError):
        arguments.campaign_id("../" + ID[3:])


def test_a_chains_number_may_have_more_digits_than_a_count() -> None:
    assert arguments.chain_id("1313161554") == 1_313_161_554
    for wrong in ("0", "-1", "1e3", "1" * 16):
        with pytest.raises(argparse.ArgumentTypeError):
            arguments.chain_id(wrong)


def test_a_key_that_is_not_there_is_called_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("contracts", "deploy", "--rpc", "http://127.0.0.1:9", "--key-file", "none.key")) == 2
    assert "The deployer's key cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("campaign", "status", "0x12", *WHO), "0x and 64 hex digits"),
        (("campaign", "fund", ID, "--tasks", "-4", *WHO), "from 1 on"),
        (("campaign", "fund", ID, "--tasks", "0", *WHO), "from 1 on"),
        (("campaign", "appeal", ID, "-1", "--reason", "r", *WHO), "from 0 on"),
        (("campaign", "report", "0x12", *WHO), "0x and 40 hex digits"),
        (("audit", "fetch", "x", "0", "--network", "n", "--out", "o"), "0x and 64 hex digits"),
        (("watch", "--store", "s", "--channels", "0x" + "1" * 40, "--chain-id", "0"), "from 1 on"),
        (("watch", "--store", "s", "--network", "n", "--every", "-3"), "from 1 on"),
        (("watch", "--store", "s", "--network", "n", "--from-block", "-1"), "from 0 on"),
        (("watch", "--store", "s", "--network", "n", "--max-gas-gwei", "0"), "from 1 on"),
        (("case", "submit", "f", "--rpc", "u", "--key-file", "k", "--max-gas-gwei", "-1"), "from 1 on"),
        (("audit", "fetch", ID, "two", "--network", "n", "--out", "o"), "from 0 on"),
    ],
)
def test_slips_are_named(command: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(command)
    assert stopped.value.code == 2 and said in capsys.readouterr().err


def test_faults_do_not_speak_of_a_workers_work() -> None:
    for error in (Offline(), PlatformRefused("not_found", "Gone.", action="Refresh and choose again.")):
        found = for_requesters(error)
        assert "work" not in found.message + found.safe and "Refresh" not in found.action
    other = ChainUnreachable()
    assert for_requesters(other) is other
