# SPDX-License-Identifier: Apache-2.0
"""Instructions with pictures, and what a campaign warns of."""

from __future__ import annotations

import pytest

from gems_protocol.content_warning import CATEGORIES, ContentWarning, read_warning
from gems_protocol.instructions import MOST_PICTURES, Block, blocks, pictures, plain, with_hashes

ONE, TWO = "1" * 64, "2" * 64
GOOD = f"![A good box](sha256:{ONE})"
TEXT = f"Look first.\n\n{GOOD}\nThen this:\n  ![](sha256:{TWO})\n{GOOD}\nDone."


def test_text_and_pictures_in_reading_order() -> None:
    assert blocks(TEXT) == (
        Block("Look first."),
        Block("A good box", ONE),
        Block("Then this:"),
        Block("", TWO),
        Block("A good box", ONE),
        Block("Done."),
    )
    assert pictures(TEXT) == (ONE, TWO)
    assert plain(TEXT) == "Look first.\nA good box\nThen this:\nA good box\nDone."


@pytest.mark.parametrize(
    "line",
    [
        "![x](https://example.org/a.png)",
        "![x](file:///etc/passwd)",
        "![x](sha256:12)",
        f"![x](sha256:{ONE.upper().replace('1', 'A')})",
        f"see ![x](sha256:{ONE}) there",
        f"[x](sha256:{ONE})",
        "<img src='x'>",
    ],
)
def test_what_names_no_content_hash_stays_text(line: str) -> None:
    assert blocks(line) == (Block(line),)
    assert pictures(line) == ()


def test_pictures_are_bounded() -> None:
    many = "\n".join(f"![](sha256:{n:064x})" for n in range(MOST_PICTURES + 5))
    assert len(pictures(many)) == MOST_PICTURES


def test_names_become_hashes() -> None:
    asked: list[str] = []

    def find(name: str) -> str:
        asked.append(name)
        return ONE

    made = with_hashes(f"A\n![Box](good.jpg)\n![](sha256:{TWO})", find)
    assert made == f"A\n![Box](sha256:{ONE})\n![](sha256:{TWO})"
    assert asked == ["good.jpg"]


def test_warnings() -> None:
    assert read_warning("  ") is None
    assert read_warning("[violence, medical] Road accidents.") == ContentWarning(
        ("violence", "medical"), "Road accidents."
    )
    assert read_warning("Road accidents.") == ContentWarning(("other",), "Road accidents.")
    assert read_warning("[nonsense] Words.") == ContentWarning(("other",), "[nonsense] Words.")
    assert read_warning("[hate]") == ContentWarning(("hate",), "")
    assert len(set(CATEGORIES)) == len(CATEGORIES)
