# SPDX-License-Identifier: Apache-2.0
"""The guide to deploying says what is so: its commands and options are understood."""

from __future__ import annotations

import re
import shlex

import pytest

from gems_desktop.cli import parser
from gems_protocol.contracts import NAMES
from tests.desktop.local.world import ROOT

TEXT = (ROOT / "docs" / "guide" / "deploying.md").read_text("utf-8")
COMMANDS = [line for line in TEXT.splitlines() if line.startswith("gems contracts ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    words = shlex.split(line)[1:]
    assert callable(parser("contracts").parse_args(words).handler)


def test_every_option_that_it_names_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    shown = ""
    for part in ("deploy", "verify"):
        with pytest.raises(SystemExit):
            parser("contracts").parse_args(["contracts", part, "--help"])
        shown += capsys.readouterr().out
    named = set(re.findall(r"--[a-z-]+", TEXT))
    assert len(named) > 8 and {one for one in named if one not in shown} == set()
    assert "Gem, Channels, Campaigns and Judge" in TEXT and len(NAMES) == 4
