# SPDX-License-Identifier: Apache-2.0
"""What a reviewer did since the last seal: how many, for how much, in which time; one step back for each undo."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gems_desktop.services.facts import TrustFacts
from gems_desktop.viewmodels.words import duration, gem, hourly, number, say
from gems_protocol.amount import ZERO, Amount

LONGEST_MS = 300_000  # a longer look at one item was a pause
LEAST_MS = 5_000  # of which a pay per hour is made
_HOUR_MS = 3_600_000
_CENT = 10**16  # nobody reads more of a pay per hour
_NO_PAY = "skip"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. verdict: accept | reject | skip | answer (of a blind review)."""

    verdict: str
    reward: Amount
    millis: int


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One line of the summary; word: of the glossary."""

    label: str
    value: str
    unit: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The decisions in their order."""

    made: tuple[Decision, ...] = ()

    def plus(self, verdict: str, reward: Amount, millis: int) -> Sitting:
        """One more."""
        return replace(self, made=(*self.made, Decision(verdict, reward, max(0, min(LONGEST_MS, millis)))))

    def undone(self) -> Sitting:
        """Without the last; its time was spent all the same, so it goes to the one before."""
        if not self.made:
            return self
        *kept, last = self.made
        if kept:
            kept[-1] = replace(kept[-1], millis=kept[-1].millis + last.millis)
        return replace(self, made=tuple(kept))

    def count(self, *verdicts: str) -> int:
        """How many of these."""
        return sum(one.verdict in verdicts for one in self.made)

    @property
    def pay(self) -> Amount:
        """Of all that is not skipped."""
        return sum((one.reward for one in self.made if one.verdict != _NO_PAY), ZERO)

    @property
    def millis(self) -> int:
        """From seeing to deciding, of all; skips too, as they cost time."""
        return sum(one.millis for one in self.made)

    @property
    def per_hour(self) -> Amount | None:
        """Pay per hour, rounded down to hundredths; None while there is too little to tell."""
        if self.millis < LEAST_MS or not self.pay:
            return None
        return Amount(self.pay.units * _HOUR_MS // self.millis // _CENT * _CENT)


class Stopwatch:
    """How long the open item has been on the screen; another item begins anew, the same one goes on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._item_id = ""
        self._at: float | None = None

    def open(self, item_id: str) -> None:
        """This item is the open one."""
        if not item_id or item_id != self._item_id:
            self._item_id, self._at = item_id, None

    def seen(self) -> None:
        """It is on the screen now."""
        if self._at is None:
            self._at = self._clock()

    def millis(self) -> int:
        """Since it was first on the screen."""
        return 0 if self._at is None else int((self._clock() - self._at) * 1_000)


def rows_of(sitting: Sitting) -> list[SittingRow]:
    """The lines of the summary; nothing where nothing was decided."""
    if not sitting.made:
        return []
    counts = (
        (say("Accepted"), sitting.count("accept")),
        (say("Rejected"), sitting.count("reject")),
        (say("Answered blind"), sitting.count("answer")),
        (say("Skipped"), sitting.count("skip")),
    )
    rows = [SittingRow(label, number(count)) for label, count in counts if count]
    rows.append(SittingRow(say("Time"), duration(max(1, sitting.millis // 1_000))))
    rows.append(SittingRow(say("Pay for these reviews"), gem(sitting.pay), say("GEM"), "reward"))
    pay = sitting.per_hour
    if pay is not None:
        rows.append(SittingRow(say("Pay per hour"), hourly(pay), say("GEM"), "pay_per_hour"))
    return rows


def overturned_text(trust: TrustFacts | None) -> str:
    """My own share of overturned reviews, and what it says; nothing while none is settled."""
    if trust is None or not trust.reviews:
        return ""
    said = say(
        "Settled reviews of yours that were overturned later: {overturned} of {reviews}.",
        overturned=trust.overturned,
        reviews=trust.reviews,
    )
    return said + " " + say("The fewer, the better: judge by what was asked.")
