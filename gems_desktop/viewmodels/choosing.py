# SPDX-License-Identifier: Apache-2.0
"""Which campaigns are shown in Find work, and in which order: the worker's own filter, remembered in the profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gems_desktop.services.facts import CampaignFacts, SettingsFacts
from gems_desktop.viewmodels.campaign_page import seconds_of
from gems_protocol.amount import UNIT, ZERO

_KILOBYTE = 1_000


class Order(Enum):
    """By what the campaigns are sorted."""

    PAY_PER_HOUR = "payPerHour"
    REWARD = "reward"
    SHORTEST = "shortest"
    SMALLEST_STAKE = "smallestStake"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the worker wants to see. only: of services.settings.ONLY; kilobytes of one task and GEM an hour, 0: any."""

    order: Order = Order.PAY_PER_HOUR
    watched_first: bool = True
    only: frozenset[str] = frozenset()
    kind: str = ""
    language: str = ""
    kilobytes: int = 0
    pay: int = 0

    @property
    def count(self) -> int:
        """How many filters are on."""
        return len(self.only) + sum(map(bool, (self.kind, self.language, self.kilobytes, self.pay)))


def choice_of(options: SettingsFacts) -> Choice:
    """The choice that the profile remembers."""
    return Choice(
        order=Order(options.find_order),
        watched_first=options.find_watched_first,
        only=frozenset(options.find_only),
        kind=options.find_kind,
        language=options.find_language,
        kilobytes=options.find_kilobytes,
        pay=options.find_pay,
    )


def fits(campaign: CampaignFacts, choice: Choice) -> bool:
    """Whether a campaign passes the filter; a pay that nobody has measured yet is not above a wish."""
    pay = campaign.pay_per_hour or ZERO
    return all(
        (
            "noStake" not in choice.only or not campaign.stake,
            "fitsBond" not in choice.only or campaign.stakes_fit is None or campaign.stakes_fit > 0,
            "real" not in choice.only or not campaign.practice,
            "watched" not in choice.only or campaign.watched,
            not choice.kind or choice.kind in campaign.kinds,
            not choice.language or not campaign.languages or _speaks(campaign, choice.language),
            not choice.kilobytes or campaign.media_bytes_per_task <= choice.kilobytes * _KILOBYTE,
            pay.units >= choice.pay * UNIT,
        )
    )


def _speaks(campaign: CampaignFacts, language: str) -> bool:
    return any(code.partition("-")[0] == language for code in campaign.languages)


def has_words(campaign: CampaignFacts, words: str) -> bool:
    """Whether title, description or module hold all of `words`."""
    text = f"{campaign.title} {campaign.description} {campaign.module_name}".casefold()
    return all(word in text for word in words.casefold().split())


def arrange(campaigns: list[CampaignFacts], choice: Choice, words: str) -> list[CampaignFacts]:
    """The campaigns that fit and hold `words`, in the chosen order, watched ones before the others if wished."""
    kept = [one for one in campaigns if fits(one, choice) and has_words(one, words)]
    key = _KEYS[choice.order]
    return sorted(kept, key=lambda one: (choice.watched_first and not one.watched, *key(one)))


_KEYS: dict[Order, Callable[[CampaignFacts], tuple[int, str]]] = {
    Order.PAY_PER_HOUR: lambda one: (-(one.pay_per_hour or ZERO).units, one.title),
    Order.REWARD: lambda one: (-one.reward.units, one.title),
    Order.SHORTEST: lambda one: (seconds_of(one), one.title),
    Order.SMALLEST_STAKE: lambda one: (one.stake.units, one.title),
}
