# SPDX-License-Identifier: Apache-2.0
"""The look-up of known vulnerabilities: what it says, and that one which was not done never counts as clean."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import audit  # noqa: E402
import checks  # noqa: E402

GOOD = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([GOOD], audit.CLEAN, "1 packages, none"),
        ([GOOD, BAD], audit.FOUND, "b 2: PYSEC-1, mended in 3"),
        ([BAD, SKIPPED], audit.FOUND, "PYSEC-1"),
        ([GOOD, SKIPPED], audit.NOT_DONE, "1 of 2 packages were not found"),
        ([], audit.NOT_DONE, "0 of 0"),
    ],
)
def test_what_an_answer_means(packages: list[dict[str, object]], code: int, said: str) -> None:
    outcome = audit.read(json.dumps({"dependencies": packages}), "")
    assert outcome.code == code
    assert said in outcome.lines[0]


@pytest.mark.parametrize("output", ["", "{}", "[]", "No known vulnerabilities found"])
def test_half_an_answer_is_none(output: str) -> None:
    assert audit.read(output, "first\nConnection refused").lines == ("Connection refused",)
    assert audit.read(output, "").code == audit.NOT_DONE


def test_one_that_takes_too_long_was_not_done(tmp_path: Path) -> None:
    outcome = audit.ask(tmp_path / "none.lock", seconds=0.01)
    assert outcome.code == audit.NOT_DONE


@pytest.mark.parametrize(("code", "result"), [(0, True), (1, False), (2, False), (3, None)])
def test_the_check_says_not_done(monkeypatch: pytest.MonkeyPatch, code: int, result: bool | None) -> None:
    monkeypatch.setattr(checks.subprocess, "call", lambda *_, **__: code)
    assert checks.vulnerabilities() is result


def test_not_done_is_shown_and_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["checks.py"])
    monkeypatch.setattr(checks, "CHECKS", {"one": lambda: True, "two": lambda: None})
    assert checks.main() == 0
    assert "NOT DONE two" in capsys.readouterr().out
    monkeypatch.setattr(checks, "CHECKS", {"one": lambda: False, "two": lambda: None})
    assert checks.main() == 1
