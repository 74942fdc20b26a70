# SPDX-License-Identifier: Apache-2.0
"""What the pay per hour is reckoned from: pay that came, time on what was paid, and all the time of the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gems_protocol.amount import ZERO, Amount, total

_HOUR_MS = 3_600_000
#: Less time than this says nothing about an hour.
LEAST_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class WageDay:
    """One UTC day ("2026-07-31") of work, in milliseconds.

    pay: what came until now for the tasks and reviews done on that day, as the ledger has it. paid_ms: the time on
    those that were paid. task_ms: on any task or review. used_ms: all in which the window was in use.
    """

    day: str
    pay: Amount = ZERO
    paid_ms: int = 0
    task_ms: int = 0
    used_ms: int = 0

    @property
    def unpaid_ms(self) -> int:
        """Time that brought nothing: looking for work, reading, practice, what was rejected or not judged yet."""
        return self.used_ms - self.paid_ms

    @property
    def per_hour(self) -> Amount | None:
        """Pay for an hour on paid tasks; None where too little time was measured."""
        return _rate(self.pay, self.paid_ms)

    @property
    def per_hour_all(self) -> Amount | None:
        """Pay for an hour of the window, the unpaid time included; None where too little time was measured."""
        return _rate(self.pay, self.used_ms)


def _rate(pay: Amount, millis: int) -> Amount | None:
    return Amount(pay.units * _HOUR_MS // millis) if millis >= LEAST_MS else None


@dataclass(frozen=True, slots=True)
class WageFacts:
    """The last days, oldest first and without gaps."""

    days: tuple[WageDay, ...] = ()

    @property
    def together(self) -> WageDay:
        """All of these days as one."""
        return add(self.days)


def add(days: Iterable[WageDay]) -> WageDay:
    """Days as one; `day` is empty."""
    every = list(days)
    return WageDay(
        "",
        total([day.pay for day in every]),
        sum(day.paid_ms for day in every),
        sum(day.task_ms for day in every),
        sum(day.used_ms for day in every),
    )
