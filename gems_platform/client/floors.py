# SPDX-License-Identifier: Apache-2.0
"""The least that an hour at work should pay, in GEM or in a currency by the platform's own rate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from gems_protocol.amount import UNIT, Amount
from gems_protocol.errors import GemsError
from gems_protocol.rate import SCALE, Rate, is_code

HOUR_S = 3_600
_SHOWN = UNIT // 10_000  # a reward that is advised is rounded up to what is shown of it
USUAL = "8.00"  # GEM
_FLOOR = re.compile(r"(\d{1,9}(?:\.\d{1,8})?)(?:\s?([A-Z]{3}))?", re.ASCII)


class BadFloor(GemsError):
    """An hourly floor is no amount, or is in a currency for which the platform gives no rate."""


@dataclass(frozen=True, slots=True)
class Floor:
    """`amount` an hour in GEM; `text` as it was given."""

    amount: Amount
    text: str

    def warning(self, reward: Amount, seconds: int, how: str) -> str | None:
        """A sentence when a task of `seconds` pays less than the floor for an hour; how: where the seconds are from."""
        hourly = pay_per_hour(reward, seconds)
        if hourly >= self.amount:
            return None
        fair = Amount(-(-self.amount.units * seconds // HOUR_S // _SHOWN) * _SHOWN)
        return (
            f"An hour of this work pays {hourly.text()} GEM ({how}), less than the floor of {self.text}. A reward of "
            f"{fair.text()} GEM would reach it."
        )


def pay_per_hour(reward: Amount, seconds: int) -> Amount:
    """What an hour pays when a task takes `seconds` (at least 1)."""
    return reward.share(Fraction(HOUR_S, max(1, seconds)))


def currency_of(text: str) -> str:
    """The currency of a floor such as "10 USD"; empty for GEM. Raises BadFloor."""
    found = _FLOOR.fullmatch(text.strip())
    if found is None or (found[2] not in (None, "GEM") and not is_code(found[2])):
        raise _bad(f'"{text[:40]}" is none')
    return "" if found[2] in (None, "GEM") else found[2]


def floor_of(text: str, rates: Iterable[Rate] = ()) -> Floor:
    """The floor that a text means: "8", "8.00 GEM", "10 USD". Raises BadFloor."""
    code = currency_of(text)
    number = Fraction(text.strip().removesuffix(code or "GEM").strip())
    if not code:
        return Floor(Amount(int(number * UNIT)), f"{Amount(int(number * UNIT)).text()} GEM")
    rate = next((one for one in rates if one.code == code), None)
    if rate is None:
        raise _bad(f"the platform says nothing of what a GEM is worth in {code}")
    amount = Amount(int(number * UNIT * SCALE / rate.scaled))
    return Floor(amount, f"{text.strip().removesuffix(code).strip()} {code} ({amount.text()} GEM)")


def _bad(why: str) -> BadFloor:
    return BadFloor(
        f"The hourly floor cannot be used: {why}.",
        safe="Nothing was sent.",
        action='Write an amount of GEM, such as "8", or of a currency for which the platform has a rate: "10 USD".',
    )
