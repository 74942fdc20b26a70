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


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("campaign", "status", "0x12", *WHO), "0x and 64 hex digits"),
        (("campaign", "fund", ID, "--tasks", "-4", *WHO), "from 1 on"),
        (("campaign", "fund", ID, "--tasks", "0", *WHO), "from 1 on"),
        (("campaign", "appeal", ID, "-1", "--reason", "r", *WHO), "from 0 on"),
        (("campaign", "report", "0x12", *WHO), "0x and 40 hex digits"),
        (("audit", "fetch", "x", "0", "--network", "n", "--out", "o"), "0x and 64 hex digits"),
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
