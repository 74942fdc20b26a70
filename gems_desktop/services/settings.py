# SPDX-License-Identifier: Apache-2.0
"""The options of a profile, declared once with their type and range."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from gems_desktop.languages import LANGUAGES
from gems_desktop.services.channels import channel_record
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import NothingToDo
from gems_desktop.services.facts import SettingsFacts, Topic
from gems_desktop.services.facts_notices import KINDS
from gems_desktop.services.facts_proxy import is_proxy
from gems_desktop.services.kinds import KINDS as KINDS_OF_TASKS
from gems_desktop.services.ports import Tx
from gems_desktop.services.set_aside import put_aside, set_aside
from gems_desktop.services.task_view import Wishes, keep_folded, keep_wishes
from gems_protocol.amount import ZERO
from gems_protocol.content_warning import CATEGORIES

OPTIONS = "options"
Allowed = range | tuple[str, ...] | frozenset[str] | type[bool] | Callable[[object], bool]
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]{1,253}(/[A-Za-z0-9._~/-]{0,300})?", re.ASCII)
_MOST_ADDRESSES = 8
_LANGUAGE = re.compile(r"([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?", re.ASCII)
ORDERS = ("payPerHour", "reward", "shortest", "smallestStake")
ONLY = ("noStake", "fitsBond", "real", "watched")  # of campaigns: real: not practice


def _addresses(value: object) -> bool:
    """A few web addresses: http or https, without a user's name, a question or a fragment in them."""
    if not isinstance(value, (list, tuple)) or len(value) > _MOST_ADDRESSES:
        return False
    return all(isinstance(one, str) and _ADDRESS.fullmatch(one) for one in value)


def _folder(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 4_096 and (not value or PurePath(value).is_absolute())


def _language(value: object) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def _proxy(value: object) -> bool:
    return value == "" or is_proxy(value)


#: name -> what it may be: a range of numbers, one of some words, any of a set of words, or bool
ALLOWED: dict[str, Allowed] = {
    "language": ("", *LANGUAGES),  # "": that of the system, as far as the window speaks it
    "theme": ("system", "light", "dark", "contrast"),
    "text_scale": range(80, 201),
    "practised": bool,
    "days_of_work": range(1, 31),
    "megabytes_per_day": range(1, 100_001),
    "metered": bool,
    "counts_megabytes": bool,
    "reduce_motion": bool,
    "hidden_content": frozenset(CATEGORIES),
    "keep_working": bool,
    "warn_hours": range(1, 73),
    "auto_lock_minutes": range(241),
    "auto_claim": range(100_001),
    "towers": _addresses,
    "rpc_urls": _addresses,
    "proxy": _proxy,
    "voucher_folder": _folder,
    "notice_kinds": frozenset(KINDS),
    "notices_outside": bool,
    "notice_amounts": bool,
    "notice_sound": bool,
    "quiet": bool,
    "quiet_from": range(1_440),
    "quiet_to": range(1_440),
    "tray": bool,
    "tray_keeps": bool,
    "read_aloud": bool,
    "voice_rate": range(50, 201),
    "find_cards": bool,
    "find_order": ORDERS,
    "find_watched_first": bool,
    "find_only": frozenset(ONLY),
    "find_kind": ("", *KINDS_OF_TASKS),
    "find_language": _language,
    "find_kilobytes": range(10_000_001),
    "find_pay": range(1_000_001),
}


class SettingsService:
    """Implements Settings."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self) -> SettingsFacts:
        """See Settings."""
        network = self._c.network

        def work(tx: Tx) -> SettingsFacts:
            record = channel_record(tx)
            facts = SettingsFacts(
                bond_target=record.bond_target if record else ZERO,
                rpc_urls=network.rpc_urls,
                platform_url=network.platform_url,
                profile=self._c.profile,
            )
            found = chosen(tx)
            aside = set_aside(tx)
            facts = replace(facts, blocked=aside.requesters, hidden_campaigns=aside.campaigns)
            if not found.get("rpc_urls"):
                found.pop("rpc_urls", None)  # none chosen: those of the network
            return replace(facts, **found)

        return await self._c.store.run(work)

    async def change(self, **options: Any) -> SettingsFacts:
        """See Settings; raises NothingToDo for an option or value that does not exist, changing nothing."""
        for name, value in options.items():
            if not fits(name, value):
                raise NothingToDo(
                    f"The option {name[:40]} cannot have this value.", safe="Nothing was changed."
                )
        await self._c.store.run(lambda tx: set_value(tx, OPTIONS, {**get_value(tx, OPTIONS, {}), **options}))
        if "rpc_urls" in options:
            await self._c.chain.use(tuple(options["rpc_urls"]) or self._c.network.rpc_urls)
        if "proxy" in options:
            self._c.proxy.use(options["proxy"])
        self._c.publish(Topic.SETTINGS)
        return await self.facts()

    async def keep_keys(self, config: str, wishes: Wishes) -> None:
        """See Settings."""
        await self._c.store.run(lambda tx: keep_wishes(tx, config, wishes))

    async def fold_instructions(self, campaign_id: str, away: bool) -> None:
        """See Settings."""
        await self._c.store.run(lambda tx: keep_folded(tx, campaign_id, away))

    async def set_aside(self, *, requester: str = "", campaign_id: str = "", on: bool) -> None:
        """See Settings."""
        await self._c.store.run(lambda tx: put_aside(tx, requester=requester, campaign_id=campaign_id, on=on))
        self._c.publish(Topic.SETTINGS, Topic.CAMPAIGNS)


def chosen(tx: Tx) -> dict[str, Any]:
    """The options that were chosen and are still such that may be chosen, by name."""
    kept = get_value(tx, OPTIONS, {})
    return {name: _frozen(value) for name, value in kept.items() if fits(name, value)}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def fits(name: str, value: Any) -> bool:
    """Whether an option may have this value."""
    allowed = ALLOWED.get(name)
    if allowed is bool:
        return type(value) is bool
    if isinstance(allowed, frozenset):
        return isinstance(value, (list, tuple)) and all(word in allowed for word in value)
    if isinstance(allowed, range):
        return type(value) is int and value in allowed
    if callable(allowed):
        return allowed(value)
    return isinstance(allowed, tuple) and value in allowed
