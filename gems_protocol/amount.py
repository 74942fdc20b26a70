# SPDX-License-Identifier: Apache-2.0
"""GEM as whole base units (10**18 to one GEM), so that no float ever touches money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.errors import GemsError

DECIMALS = 18
UNIT = 10**DECIMALS
_DECIMAL = re.compile(r"(?P<whole>\d{1,30})(?:\.(?P<part>\d{1,18}))?")


class MalformedAmount(GemsError):
    """A text is not an amount of GEM."""


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A number of base units; negative only in differences and transfers."""

    units: int

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise TypeError("an Amount holds whole base units only")

    @classmethod
    def gem(cls, text: str) -> Amount:
        """Parse a decimal number of GEM such as "0.10"; raises MalformedAmount."""
        found = _DECIMAL.fullmatch(text.strip())
        if found is None:
            raise MalformedAmount(
                "This is not an amount of GEM.", action="Write digits with at most 18 decimals, such as 0.25."
            )
        part = (found["part"] or "").ljust(DECIMALS, "0")
        return cls(int(found["whole"]) * UNIT + int(part))

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Parse base units as messages carry them ("100000000000000000"); raises MalformedAmount."""
        if not isinstance(text, str) or not re.fullmatch(r"-?\d{1,60}", text, re.ASCII):
            raise MalformedAmount("An amount in a message is not a whole number of base units.")
        return cls(int(text))

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.units + other.units)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.units - other.units)

    def __neg__(self) -> Amount:
        return Amount(-self.units)

    def __mul__(self, times: int) -> Amount:
        if type(times) is not int:
            raise TypeError("an Amount is multiplied by whole numbers only; use `share` for ratios")
        return Amount(self.units * times)

    def __bool__(self) -> bool:
        return self.units != 0

    def share(self, ratio: Fraction) -> Amount:
        """The part `ratio` of this amount, rounded down to a base unit."""
        return Amount(self.units * ratio.numerator // ratio.denominator)

    def __str__(self) -> str:
        """Base units as a decimal string: the form of messages and files."""
        return str(self.units)

    def text(self, places: int = 4) -> str:
        """GEM for people, cut (never rounded up) to `places` decimals, trailing zeros kept to two."""
        sign, units = ("-", -self.units) if self.units < 0 else ("", self.units)
        part = f"{units % UNIT:018d}"[:places].rstrip("0").ljust(2, "0")
        return f"{sign}{units // UNIT}.{part}"

    def exact(self) -> str:
        """GEM with every decimal that is not a trailing zero, for exports and confirmation."""
        return self.text(places=DECIMALS)


ZERO = Amount(0)


def total(amounts: list[Amount]) -> Amount:
    """The sum of `amounts`."""
    return Amount(sum(amount.units for amount in amounts))
