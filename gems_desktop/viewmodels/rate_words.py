# SPDX-License-Identifier: Apache-2.0
"""Amounts in the user's own currency, as they stand beside amounts in GEM and never in their place."""

from __future__ import annotations

from gems_desktop.services.facts_rates import RateFacts
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.words import duration, number, say
from gems_protocol.amount import ZERO, Amount
from gems_protocol.rate import Rate, places, plain

_shown: Rate | None = None


def use(rate: Rate | None) -> bool:
    """Say amounts by this rate from now on, or in GEM alone; whether that changes what is said."""
    global _shown
    before, _shown = _shown, rate
    return _worth(before) != _worth(rate)


def _worth(rate: Rate | None) -> tuple[str, int] | None:
    return None if rate is None else (rate.code, rate.scaled)


def beside(amount: Amount | None) -> str:
    """About what an amount is worth, such as "≈ 6.50 KES", cut and never rounded up; "" without a rate or amount."""
    if _shown is None or amount is None or amount <= ZERO:
        return ""
    minor = _shown.of(amount)
    sign = "≈" if minor else "<"
    text = f"{sign}\u00a0{number(plain(_shown.code, max(minor, 1)))}\u00a0{_shown.code}"
    return f"\u2068{text}\u2069" if numbers.from_the_right() else text


def sentence(facts: RateFacts) -> str:
    """What one GEM is worth, who says so and since when; "" without a rate."""
    rate = facts.rate
    if rate is None:
        return ""
    worth, code, age = per_gem(rate), rate.code, ago(facts.age_s)
    if facts.own:
        return say("1 GEM = {worth} {code}, as you typed it, {age}", worth=worth, code=code, age=age)
    return say(
        "1 GEM = {worth} {code}, says the platform {name} ({source}), {age}",
        worth=worth,
        code=code,
        name=facts.platform,
        source=rate.source,
        age=age,
    )


def per_gem(rate: Rate) -> str:
    """What one GEM is worth, with at least the decimals that the currency is written with."""
    whole, _, part = rate.per_gem().partition(".")
    part = part.ljust(places(rate.code), "0")
    return number(f"{whole}.{part}" if part else whole)


def ago(seconds: int) -> str:
    """How long ago: "3 h ago"."""
    return say("just now") if seconds < 60 else say("{time} ago", time=duration(seconds))
