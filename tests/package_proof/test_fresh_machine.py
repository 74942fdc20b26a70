# SPDX-License-Identifier: Apache-2.0
"""The fresh machine as a test (minutes), and that its comparison of the books would see what is lost."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.package_proof import books, fresh_machine
from tests.package_proof.books import Books

REWARD = fresh_machine.REWARD
WHOLE = Books(rewards=8 * REWARD, voucher=8 * REWARD, claimed=0, accepted=8, other=0)


def test_what_agrees_is_not_complained_about() -> None:
    assert books.differences(WHOLE, 8, REWARD, books.units("0.64")) == []


@pytest.mark.parametrize(
    "lost",
    [
        replace(WHOLE, accepted=7),
        replace(WHOLE, accepted=7, other=1),
        replace(WHOLE, rewards=7 * REWARD),
        replace(WHOLE, voucher=8 * REWARD - 1),
    ],
)
def test_a_task_or_a_base_unit_that_is_lost_is_seen(lost: Books) -> None:
    assert books.differences(lost, 8, REWARD, books.units("0.64"))


def test_a_window_that_shows_another_sum_is_seen() -> None:
    assert books.differences(WHOLE, 8, REWARD, books.units("0.56"))


@pytest.mark.long
def test_from_a_download_to_removal_with_nothing_lost(tmp_path: Path) -> None:
    """GEMS_BUILT: the folder that PyInstaller built, by default dist/gems-desktop."""
    built = Path(os.environ.get("GEMS_BUILT") or fresh_machine.ROOT / "dist" / "gems-desktop").absolute()
    if why := fresh_machine.missing_here(built):
        pytest.skip(f"the fresh machine: {why}")
    cache = fresh_machine.ROOT / "build" / "clean-root"
    fresh_machine.run(fresh_machine.Options(built, built, tmp_path, cache))
