# SPDX-License-Identifier: Apache-2.0
"""The options of a profile with their defaults; `facts` hands these on."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts_notices import KINDS
from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """Options with their present values; keys are stable names."""

    language: str = ""  # "": as the system
    theme: str = "system"
    text_scale: int = 100  # percent
    practised: bool = False  # the first practice was passed, or left
    days_of_work: int = 2
    megabytes_per_day: int = 100
    metered: bool = False
    bond_target: Amount = ZERO
    rpc_urls: tuple[str, ...] = ()
    platform_url: str = ""
    profile: str = "default"
    reduce_motion: bool = False
    hidden_content: tuple[str, ...] = ()  # categories of content_warning whose campaigns are not offered
    counts_megabytes: bool = False  # this network counts megabytes, whatever the system says
    keep_working: bool = False  # top the leases up by itself, within the three limits above
    warn_hours: int = 6  # warn so long before a lease runs out
    auto_lock_minutes: int = 15  # 0: never
    auto_claim: int = 0  # claim by itself above so many hundredths of a GEM; 0: never
    towers: tuple[str, ...] = ()  # watch-towers that keep a copy of the newest voucher
    voucher_folder: str = ""  # a folder that gets the newest voucher as a file; "": none
    proxy: str = ""  # http://host:port that everything goes through, or "" for none
    notice_kinds: tuple[str, ...] = KINDS  # what is told of outside the window; safety always is
    notices_outside: bool = True  # through the system's own notifications
    notice_amounts: bool = False  # amounts may be said outside the window
    notice_sound: bool = False
    quiet: bool = False  # in these hours only safety is told outside
    quiet_from: int = 22 * 60  # minutes of the local day
    quiet_to: int = 7 * 60
    tray: bool = False  # an icon in the system's tray
    tray_keeps: bool = False  # closing the window leaves the application running there
    read_aloud: bool = False
    voice_rate: int = 100  # percent of the voice's own speed
    blocked: tuple[str, ...] = ()  # requesters whose work is not offered; see Settings.set_aside
    hidden_campaigns: tuple[str, ...] = ()
    find_cards: bool = False  # Find work shows cards instead of rows
    find_order: str = "payPerHour"
    find_watched_first: bool = True
    find_only: tuple[str, ...] = ()  # of ONLY in services/settings.py
    find_kind: str = ""  # of services.kinds.KINDS; "": any
    find_language: str = ""  # "": any
    find_kilobytes: int = 0  # that a task downloads at most; 0: any
    find_pay: int = 0  # at least so many GEM for an hour; 0: any
