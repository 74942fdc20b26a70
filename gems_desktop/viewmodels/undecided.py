# SPDX-License-Identifier: Apache-2.0
"""Rewards that are neither paid nor lost: accepted and still open to an objection, or judged again."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.viewmodels.words import clock_time, gem, say
from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class Undecided:
    """The sums; `until`: when the last of the held work is paid at the latest, None when nothing is held."""

    held: Amount
    disputed: Amount
    until: int | None


def undecided(queue: QueueFacts) -> Undecided:
    """What of my work waits for more than its first verdict."""
    return Undecided(queue.held_reward, queue.disputed_reward, queue.held_until)


def held_text(money: Undecided) -> str:
    """The held amount in a sentence; empty when nothing is held."""
    if money.held == ZERO:
        return ""
    if money.until is None:
        return say("{amount} GEM are accepted and paid unless a requester objects.", amount=gem(money.held))
    return say(
        "{amount} GEM are accepted and paid by {time} unless a requester objects.",
        amount=gem(money.held),
        time=clock_time(money.until),
    )
