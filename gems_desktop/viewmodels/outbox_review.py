# SPDX-License-Identifier: Apache-2.0
"""What became of a verdict of mine, in one line of the outbox: what I said, and whether it stands."""

from __future__ import annotations

from gems_desktop.services.facts import ItemState, OutboxItem
from gems_desktop.viewmodels.reasons import reason_text
from gems_desktop.viewmodels.words import say

_UNSENT = (ItemState.LEASED, ItemState.DRAFT)


def review_text(item: OutboxItem) -> str:
    """My verdict and what came of it; empty for work, and for what is not judged yet."""
    if item.kind != "review" or item.state in _UNSENT:
        return ""
    return " ".join(part for part in (_said(item), _came_of_it(item)) if part)


def state_text(item: OutboxItem) -> str:
    """The state in words; a review that others overturned is not called rejected, which its answer may be."""
    if item.kind == "review" and item.state is ItemState.REJECTED:
        return say("Overturned")
    return say(item.state.value)


def _said(item: OutboxItem) -> str:
    if item.blind:
        return ""  # the answer itself was the vote
    if item.verdict == "accept":
        return say("You accepted the answer.")
    if item.verdict == "reject" and item.reason:
        return say("You rejected the answer: {reason}.", reason=reason_text(item.reason))
    return say("You rejected the answer.") if item.verdict == "reject" else ""


def _came_of_it(item: OutboxItem) -> str:
    if item.state in (ItemState.ACCEPTED, ItemState.PAID):
        return say("The other verifiers agree with you.")
    if item.state is ItemState.REJECTED:
        return say("The other verifiers judged otherwise, so this review is not paid.")
    return ""
