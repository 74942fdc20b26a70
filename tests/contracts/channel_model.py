# SPDX-License-Identifier: Apache-2.0
"""What Channels owes to whom, said again in plain Python: the exact model of the stateful test."""

from collections.abc import Iterator
from dataclasses import dataclass, field

#: What a channel can be and must have been at some time of a run that is worth anything.
SITUATIONS = frozenset(
    {
        *("none", "open", "closing: hub", "closing: worker", "closing: nothing shown", "cheated", "debited"),
        *("debited above the bond", "over-voucher", "raised while closing", "after the delay", "closed"),
        *(
            "closed: bond to the worker",
            "closed: part of the bond",
            "closed: all to the payer",
            "closed: cheated",
        ),
    }
)


@dataclass
class ChannelModel:
    """One channel. Amounts in base units; `closing` is none, "hub", "worker" or "closed"."""

    deposit: int = 0
    claimed: int = 0
    closing: str = ""
    at: int = 0
    bonded: int = 0
    debited: int = 0
    cheated: bool = False
    # What the hub ever signed and the payer ever pushed, shown on chain or not (I3).
    best_paid: int = 0
    best_bonded: int = 0
    to_worker: int = 0
    # How it came to be what it is: the bond shown at the start, what each side got at the end.
    shown: tuple[int, int] = (0, 0)
    parts: tuple[int, int] = (0, 0)

    def gain(self, paid: int) -> int:
        """What showing this `paid` would pay."""
        return 0 if self.closing == "closed" else max(0, min(paid, self.deposit) - self.claimed)

    def situations(self, now: int) -> Iterator[str]:
        """Which of SITUATIONS it is in."""
        running = self.closing in ("hub", "worker")
        facts = {
            "none": self.deposit == 0,
            "open": self.deposit > 0 and not self.closing,
            f"closing: {self.closing}": running,
            "closing: nothing shown": running and self.shown == (0, 0),
            "cheated": running and self.cheated,
            "debited": running and self.debited > 0,
            "debited above the bond": running and self.debited > self.bonded,
            "over-voucher": self.best_paid > self.deposit > 0 and not self.closing,
            "raised while closing": running and self.bonded > self.shown[1],
            "after the delay": running and now >= self.at,
            "closed": self.closing == "closed",
        }
        if self.closing == "closed":
            worker, payer = self.parts
            facts["closed: cheated"] = self.cheated
            facts["closed: bond to the worker"] = not self.cheated and worker == self.bonded > 0
            facts["closed: part of the bond"] = (
                not self.cheated and 0 < worker < self.bonded and self.debited > 0
            )
            facts["closed: all to the payer"] = worker == 0 < payer
        return (name for name, there in facts.items() if there)

    @property
    def rest(self) -> int:
        """Base units of this channel that the contract still holds."""
        return 0 if self.closing == "closed" else self.deposit - self.claimed

    def add(self, amount: int) -> bool:
        """A deposit; false if it is refused."""
        if self.closing:
            return False
        self.deposit += amount
        return True

    def credit(self, paid: int, bonded: int, voucher: bool = True) -> int:
        """A voucher shown or a push; base units that leave now."""
        if self.closing == "closed":
            return 0
        self.best_paid = max(self.best_paid, paid)
        self.best_bonded = max(self.best_bonded, bonded)
        amount = self.gain(paid)
        self.claimed += amount
        self.to_worker += amount
        if self.closing and voucher:
            self.cheated |= self.closing == "hub" and (amount > 0 or bonded > self.bonded)
            self.bonded = max(self.bonded, bonded)
        return amount

    def start(self, by: str, paid: int, bonded: int, at: int) -> int | None:
        """The start of closing; base units paid at once, none if it is refused."""
        if self.deposit == 0 or self.closing:
            return None
        amount = self.credit(paid, bonded)
        self.closing, self.at, self.bonded, self.shown = by, at, bonded, (paid, bonded)
        return amount

    def debit(self, debited: int) -> bool:
        """A debit of the worker; false if it is refused."""
        if self.closing not in ("hub", "worker"):
            return False
        self.debited = max(self.debited, debited)
        return True

    def finish(self, now: int) -> tuple[int, int] | None:
        """The end; base units to the worker and to the payer, none if it is refused."""
        if self.closing not in ("hub", "worker") or now < self.at:
            return None
        rest = self.rest
        worker = rest if self.cheated else min(rest, max(0, self.bonded - self.debited))
        self.closing = "closed"
        self.to_worker += worker
        self.parts = worker, rest - worker
        return self.parts

    def word(self) -> int:
        """The contract's `closing` word."""
        if self.closing in ("", "closed"):
            return 2**256 - 1 if self.closing else 0
        flags = (self.closing == "hub") << 255 | self.cheated << 254
        return flags | self.at << 192 | self.bonded << 96 | self.debited


@dataclass
class Books:
    """Everybody's GEM as it must be."""

    channels: list[ChannelModel]
    balances: dict[str, int] = field(default_factory=dict)

    def move(self, who: str, amount: int) -> None:
        """Adds `amount`, which may be negative, to what `who` holds."""
        self.balances[who] = self.balances.get(who, 0) + amount

    @property
    def held(self) -> int:
        """What the contract must hold (I1)."""
        return sum(channel.rest for channel in self.channels)
