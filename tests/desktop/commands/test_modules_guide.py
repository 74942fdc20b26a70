# SPDX-License-Identifier: Apache-2.0
"""The guide to modules says what is so: its commands are understood, its modules, formats and files are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gems_desktop.cli import parser
from gems_desktop.commands.campaign_export import FORMATS
from gems_platform.client.requesting.module_files import ready_names
from gems_protocol.modules import package

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "guide" / "modules.md").read_text("utf-8")
WHO = "--network n.json --key-file k"
COMMANDS = [
    line.replace("$WHO", WHO).replace("0x...", "0x" + "ab" * 32)
    for line in TEXT.splitlines()
    if line.startswith("gems ")
]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    assert callable(parser(words[0]).parse_args(words).handler)


def test_every_verb_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser("module").parse_args(["module", "--help"])
    verbs = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert len(verbs) == 7
    for verb in verbs:
        assert any(line.startswith(f"gems module {verb}") for line in COMMANDS), verb


def test_modules_formats_and_files_are_named() -> None:
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    named = set(re.findall(r"`([^`\n]+)`", prose))
    assert set(ready_names()) <= named
    assert set(FORMATS) <= named
    files = {package.ABOUT, package.CONFIG, package.PRACTICE, package.SAMPLES, package.INSTRUCTIONS}
    assert files <= named
