# SPDX-License-Identifier: Apache-2.0
"""The coded reasons of a rejection and how they are said; codes are the platform's (docs/platform-api.md)."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.viewmodels.words import say

REASONS = {
    "wrong_label": "The label is wrong",
    "missed_object": "Something was missed",
    "bad_outline": "A box or outline does not fit",
    "incomplete": "The answer is not complete",
    "off_instructions": "It does not follow the instructions",
    "unreadable": "It cannot be read or understood",
    "other": "Another reason",
}


def reason_text(code: str) -> str:
    """A reason in words; an unknown code says only that there is one."""
    return say(REASONS.get(code, REASONS["other"])) if code else ""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One coded reason with its digit."""

    code: str
    text: str
    key: str


def reason_rows() -> list[ReasonRow]:
    """All of them in the language of the window."""
    return [ReasonRow(code, reason_text(code), str(at + 1)) for at, code in enumerate(REASONS)]
