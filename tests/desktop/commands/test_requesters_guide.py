# SPDX-License-Identifier: Apache-2.0
"""The requesters' guide says what is so: its commands are understood, its example and its table hold."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest

from gems_desktop.cli import parser
from gems_platform.client.requesting.judging import policy_info, read_pay
from gems_protocol.amount import Amount
from gems_protocol.verification import NAMES, policy_for
from gems_protocol.verification.gram import penalty
from tests.desktop.local.world import ROOT

TEXT = (ROOT / "docs" / "guide" / "requesters.md").read_text("utf-8")
WHO = "--network n.json --key-file k"
COMMANDS = [
    line.replace("$WHO", WHO).replace("0x...", "0x" + "ab" * 32)
    for line in TEXT.splitlines()
    if line.startswith(("gems campaign", "gems audit", "gems module"))
]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    assert callable(parser(words[0]).parse_args(words).handler)


@pytest.mark.parametrize("command", ["campaign", "audit"])
def test_every_part_is_shown(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(command).parse_args([command, "--help"])
    parts = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert len(parts) > 1
    for name in parts:
        assert any(line.startswith(f"gems {command} {name}") for line in COMMANDS), name


def test_its_example_is_a_campaign() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    value = json.loads(block)
    info = policy_info(value)
    assert info.hold_s == 86_400
    policy_for(info, read_pay(value, info).terms())


def test_its_table_of_policies_holds() -> None:
    told: dict[str, list[str]] = {}
    for line in TEXT.partition("## Policies")[2].splitlines():
        found = re.match(r"\| `(\w+)` \|(.*)\|$", line)
        if found and found[1] != "name":
            told[found[1]] = [cell.strip() for cell in found[2].split(" | ")]
    assert set(told) == set(NAMES)
    for name, cells in told.items():
        value: dict[str, Any] = {"mr": "1 GEM", "policy": {"name": name}}
        info = policy_info(value)
        pay = read_pay(value, info)
        vr, mr = pay.vr, Amount.gem("1")
        said = {
            "evidence": (info.panel == 7, pay.ms + pay.ms == mr, pay.vs == vr),
            "consensus": ((info.panel, info.quorum) == (2, 2), not pay.ms, pay.vs == vr * 2),
            "gram": ((info.panel, info.quorum) == (2, 2), pay.ms == penalty(mr, 100_000), pay.vs == vr * 3),
            "girm": ((info.panel, info.quorum) == (5, 3), not pay.ms, pay.vs + pay.vs == mr),
            "commissioned": (not pay.ms, not pay.vs, info.hold_s == 3 * 86_400),
        }[name]
        assert all(said) and len(cells) == 4, name
