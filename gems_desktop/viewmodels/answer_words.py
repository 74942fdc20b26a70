# SPDX-License-Identifier: Apache-2.0
"""An answer of one's own in a few lines, for where the whole task would not fit: what each control says."""

from __future__ import annotations

from typing import Any

from gems_desktop.services.answers import module_of
from gems_desktop.viewmodels.differences import differences
from gems_protocol.errors import GemsError
from gems_protocol.modules import parse_answer

MOST_LINES = 8
_MOST_LETTERS = 160


def answer_lines(config: str, answer: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the answer says, a line for each control or region; "…" at the end where there is more."""
    if not answer:
        return ()
    try:
        module = module_of(config)
        found = differences(parse_answer(answer, module), [], module)
    except GemsError:
        return ()
    lines = [_cut(f"{each.where}: {each.ours}") for each in found]
    return (*lines[:MOST_LINES], "…") if len(lines) > MOST_LINES else tuple(lines)


def _cut(text: str) -> str:
    """Not too long; its parts are clean, and the marks that keep them apart from right to left are ours."""
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
