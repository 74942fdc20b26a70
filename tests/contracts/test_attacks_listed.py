# SPDX-License-Identifier: Apache-2.0
"""docs/attacks.md answers every attack, and each test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8")


def rows() -> dict[int, str]:
    """Each attack's line by its number."""
    return {int(found[1]): line for line in TEXT.splitlines() if (found := re.match(r"\| (\d+) \|", line))}


def missing(text: str) -> list[str]:
    """The tests named in a text that are in no file of that name."""
    found = []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text):
        file = ROOT / path
        there = file.exists() and (not name or re.search(rf"def {name}\(", file.read_text("utf-8")))
        if not there:
            found.append(f"{path}::{name}")
    return found


def test_all_42_attacks_are_answered_by_tests_that_exist() -> None:
    lines = rows()
    assert sorted(lines) == list(range(1, 43))
    assert [number for number, line in lines.items() if "`tests/" not in line] == []
    assert missing(TEXT) == []


def test_control_a_test_that_is_not_there_is_noticed() -> None:
    assert missing("`tests/contracts/test_gas.py::test_nothing`") == [
        "tests/contracts/test_gas.py::test_nothing"
    ]
