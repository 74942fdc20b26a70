# SPDX-License-Identifier: Apache-2.0
"""docs/acceptance.md answers all of the product's situations, and each test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "acceptance.md").read_text(encoding="utf-8")


def rows() -> dict[int, list[str]]:
    """The cells of each situation by its number."""
    lines = (re.match(r"\| (\d+) \|(.*)\|$", line) for line in TEXT.splitlines())
    return {int(found[1]): [cell.strip() for cell in found[2].split("|")] for found in lines if found}


def missing(text: str) -> list[str]:
    """The tests named in a text that are in no file of that name."""
    found = []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text):
        file = ROOT / path
        there = file.exists() and (not name or re.search(rf"def {name}\(", file.read_text("utf-8")))
        if not there:
            found.append(f"{path}::{name}")
    return found


def test_all_25_situations_are_answered_by_tests_that_exist() -> None:
    found = rows()
    assert sorted(found) == list(range(1, 26))
    assert [number for number, cells in found.items() if len(cells) != 4 or "`tests/" not in cells[2]] == []
    assert missing(TEXT) == []


def test_control_a_test_that_is_not_there_is_noticed() -> None:
    assert missing("`tests/window/test_life.py::test_26_nothing`") == [
        "tests/window/test_life.py::test_26_nothing"
    ]
