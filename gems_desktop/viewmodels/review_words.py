# SPDX-License-Identifier: Apache-2.0
"""What a review is, in words: blind, disputed or paid for by the requester; and a decision that was taken back."""

from __future__ import annotations

from gems_desktop.services.facts import ReviewFacts
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.words import say


def kind_title(facts: ReviewFacts) -> str:
    """The kind of review in two words; empty for a usual one."""
    if facts.commissioned:
        return say("Second look")
    if facts.disputed:
        return say("Disputed work")
    return say("Blind review") if facts.blind else ""


def kind_sentence(facts: ReviewFacts) -> str:
    """What is special about it; empty for a usual one."""
    said = []
    if facts.commissioned:
        said.append(say("This answer was accepted already; its requester pays you to look at it again."))
    elif facts.disputed:
        said.append(say("Somebody appealed against the first verdict; you are one of those who judge again."))
    if facts.blind:
        said.append(say("Answer it yourself; you are not shown the other answer."))
    return " ".join(said)


def verdict_text(facts: ReviewFacts) -> str:
    """What was decided before, when a decision was taken back to be made anew."""
    if facts.verdict == "accept":
        return say("You had accepted this answer.")
    if facts.verdict == "reject":
        return say("You had rejected this answer: {reason}", reason=reason_text(facts.reason))
    return say("You had skipped this answer.") if facts.verdict == "skip" else ""
