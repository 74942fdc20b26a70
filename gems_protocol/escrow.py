# SPDX-License-Identifier: Apache-2.0
"""What the escrow does with time and sums beyond a task's cost: the same rules as Campaigns, for who looks ahead."""

from __future__ import annotations

from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms

DAY_S = 86_400
CAP_DAYS = 20  # a day's new claims are at most this part of the tasks, rounded up: all take as many days
LEAST_WAIT_S = 60  # for a redo, and for judging or appealing
LONGEST_WINDOW_S = 7 * DAY_S
LONGEST_REDO_S = 30 * DAY_S
LONGEST_CAMPAIGN_S = 5 * 365 * DAY_S
_MOST_SEATS = 7


def time_faults(redo: int, window: int) -> list[str]:
    """What is wrong with these seconds, in words; empty if the escrow takes them."""
    found = []
    if not LEAST_WAIT_S <= window <= LONGEST_WINDOW_S:
        found.append("the time for judging and for an appeal is under a minute or over 7 days")
    if not LEAST_WAIT_S <= redo <= LONGEST_REDO_S:
        found.append("the time for a second try is under a minute or over 30 days")
    return found


def exit_delay(terms: Terms) -> int:
    """Seconds between the start of the requester's exit and its end, if no verdict is pending then."""
    return max(terms.redo + terms.rounds * terms.window, CAP_DAYS * DAY_S)


def cap_of_day(terms: Terms, funded: int) -> int:
    """Base units of new claims that a Unix day takes: of a part of the tasks, rounded up."""
    each = terms.cost().units
    return (funded // each + CAP_DAYS - 1) // CAP_DAYS * each


def redo_reward(terms: Terms) -> Amount:
    """The most that an attempt pays the miner of the attempt before."""
    return terms.mr - terms.vr()


def next_panel(seats: int) -> int:
    """How many judge again after an appeal against a panel of `seats`."""
    return min(2 * seats + 1, _MOST_SEATS)


def appeal_bond(terms: Terms, seats: int) -> Amount:
    """What an appeal on chain puts down: the pay of the next panel."""
    return terms.vr() * next_panel(seats)
