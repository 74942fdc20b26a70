# SPDX-License-Identifier: Apache-2.0
"""How numbers, times and states are said to people; every screen says them alike."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from gems_protocol.amount import Amount

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def say(text: str, **values: object) -> str:
    """The translation of `text`, with `{name}` places filled in afterwards (never the other way round)."""
    said = QCoreApplication.translate("Gems", text)
    return said.format(**values) if values else said


def sentence(text: str) -> str:
    """A fixed sentence of a fault or of progress, translated; "what happened: why" is said in its two parts.

    Sentences that hold a value elsewhere have no translation and come back as they are (ADR 0048).
    """
    said = say(text) if text else ""
    head, colon, tail = text.partition(": ")
    if said != text or not colon:
        return said
    template = head + ": {what}"
    said = QCoreApplication.translate("Gems", template)
    whole = "; ".join(sentence(part) for part in tail.split("; "))
    return text if said == template and whole == tail else said.replace("{what}", whole)


def gem(amount: Amount, *, sign: bool = False) -> str:
    """An amount in GEM for reading; `sign` puts a plus before gains."""
    return ("+" if sign and amount.units > 0 else "") + amount.text()


def duration(seconds: int) -> str:
    """About how long: "45 s", "12 min", "3 h", "2 days"."""
    if seconds < 2 * _MINUTE:
        return say("{n} s", n=seconds)
    if seconds < 2 * _HOUR:
        return say("{n} min", n=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return say("{n} h", n=seconds // _HOUR)
    return say("{n} days", n=seconds // _DAY)


def until(moment: int, now: int) -> str:
    """How much time is left before `moment`."""
    left = moment - now
    return say("{time} left", time=duration(left)) if left > 0 else say("time is over")


def clock_time(moment: int) -> str:
    """A local date and time such as 2026-11-22 14:05; empty for none."""
    if moment <= 0:
        return ""
    return datetime.fromtimestamp(moment, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def size(count: int) -> str:
    """Bytes for people: "640 KB", "12.4 MB"."""
    if count < 1_000_000:
        return say("{n} KB", n=(count + 999) // 1000)
    return say("{n} MB", n=f"{count / 1_000_000:.1f}")


def percent(ppm: int) -> str:
    """Parts per million as a percentage with at most one decimal."""
    whole, tenth = divmod(ppm // 1000, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def short(address: str) -> str:
    """An address shortened for a row; never for confirming where money goes."""
    return f"{address[:8]}…{address[-6:]}" if len(address) > 16 else address


def grouped(address: str) -> str:
    """A whole address in groups of four, for reading it aloud or comparing it."""
    digits = address.removeprefix("0x")
    return "0x " + " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
