# SPDX-License-Identifier: Apache-2.0
"""docs/modules-language.md names what the table knows, and bounds as they are."""

from __future__ import annotations

import re
from pathlib import Path

from gems_protocol.modules import limits
from gems_protocol.modules.tags import REFUSED, TAGS, WITHOUT

PAGE = (Path(__file__).parents[3] / "docs" / "modules-language.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([A-Za-z-]+)[`=]", PAGE))


def test_every_tag_is_named() -> None:
    assert set(TAGS) <= NAMED


def test_what_refuses_and_what_means_nothing_is_named() -> None:
    assert {*REFUSED, *WITHOUT} <= NAMED


def test_bounds() -> None:
    words = " ".join(PAGE.split())
    for bound in (
        f"{limits.CONFIG_BYTES:,} bytes",
        f"{limits.CONFIG_ELEMENTS} elements",
        f"{limits.CONFIG_DEPTH} levels",
        f"{limits.CONFIG_ATTRIBUTES} attributes",
        f"{limits.TEXT_LENGTH:,} characters",
        f"{limits.LABEL_LENGTH} of an option",
        f"{limits.OPTION_DEPTH} levels of options",
        f"{limits.DATA_OPTIONS:,} options from a task",
    ):
        assert bound in words
