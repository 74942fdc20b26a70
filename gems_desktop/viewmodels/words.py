# SPDX-License-Identifier: Apache-2.0
"""How numbers, times and states are said to people; every screen says them alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QDateTime

from gems_desktop.viewmodels import numbers
from gems_protocol.amount import Amount, MalformedAmount

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def say(text: str, **values: object) -> str:
    """The translation of `text`, with `{name}` places filled in afterwards (never the other way round).

    Whole numbers are written as the language writes them; other numbers come in as texts of `fixed` or `gem`.
    In a language from the right each value keeps its own order, so that dates and amounts are not torn apart.
    """
    said = QCoreApplication.translate("Gems", text)
    if not values:
        return said
    shown = {name: number(value) if type(value) is int else str(value) for name, value in values.items()}
    return _from_its_side(said.format(**{name: _apart(value) for name, value in shown.items()}))


def _apart(value: str) -> str:
    """In a language from the right, a value that neither takes its neighbours' order nor changes it."""
    return f"\u2068{value}\u2069" if numbers.from_the_right() else value


def _from_its_side(said: str) -> str:
    """Read from the right as the language is, also where it begins with a value or a foreign word."""
    return f"\u200f{said}" if numbers.from_the_right() else said


def beside(*parts: str) -> str:
    """Short texts beside each other, as a campaign and the number of a task; empty ones are left out."""
    return _from_its_side(" · ".join(_apart(part) for part in parts if part))


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


def number(plain: str | int) -> str:
    """A plain number ("1234.5", 1234) with the decimal mark and the groups of the language."""
    return numbers.number(plain)


def fixed(value: float, places: int) -> str:
    """A measured value with so many decimals; never money."""
    return numbers.number(f"{value:.{places}f}")


def gem(amount: Amount, *, sign: bool = False) -> str:
    """An amount in GEM for reading; `sign` puts a plus before gains."""
    return ("+" if sign and amount.units > 0 else "") + number(amount.text())


def hourly(amount: Amount) -> str:
    """What an hour brings: measured or reckoned, so hundredths of a GEM say enough, where there are any."""
    rough = number(amount.text(places=2))
    return rough if Amount.gem(amount.text(places=2)) else gem(amount)


def exact(amount: Amount) -> str:
    """An amount in GEM to its last decimal, for what is about to be signed."""
    return number(amount.exact())


def typed_gem(text: str) -> Amount:
    """The amount that a person typed, in the digits and with the decimal mark of any language.

    Raises MalformedAmount; also for what means different amounts to different people, such as 1.500.
    """
    plain = numbers.plain(text)
    if text.strip() and not plain:
        raise MalformedAmount(
            "This amount can be read in two ways.",
            safe="Nothing was changed.",
            action="Leave out the mark between thousands.",
        )
    return Amount.gem(plain)


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


def clock_time(moment: float) -> str:
    """A local date and time such as 22 Nov 2026, 14:05; empty for none."""
    if moment <= 0:
        return ""
    return numbers.date(QDateTime.fromSecsSinceEpoch(int(moment)), "d MMM yyyy, HH:mm")


def clock(moment: float) -> str:
    """The local time of day, such as 14:05."""
    return numbers.date(QDateTime.fromSecsSinceEpoch(int(moment)), "HH:mm")


def day(moment: float) -> str:
    """The local day of a moment without its year, such as 22 Nov."""
    return numbers.date(QDateTime.fromSecsSinceEpoch(int(moment)), "d MMM")


def day_of(iso: str) -> str:
    """A day written 2026-11-22, as 22 Nov."""
    return numbers.date(QDate.fromString(iso, "yyyy-MM-dd"), "d MMM")


def month_of(iso: str) -> str:
    """The month of a day written 2026-11-22, as Nov 2026."""
    return numbers.date(QDate.fromString(iso, "yyyy-MM-dd"), "MMM yyyy")


def size(count: int) -> str:
    """Bytes for people: "640 KB", "12.4 MB"."""
    if count < 1_000_000:
        return say("{n} KB", n=(count + 999) // 1000)
    return say("{n} MB", n=fixed(count / 1_000_000, 1))


def percent(ppm: int) -> str:
    """Parts per million as a percentage with at most one decimal."""
    whole, tenth = divmod(ppm // 1000, 10)
    return number(f"{whole}.{tenth}" if tenth else whole) + "\u00a0%"


def short(address: str) -> str:
    """An address shortened for a row; never for confirming where money goes."""
    return f"{address[:8]}…{address[-6:]}" if len(address) > 16 else address


def grouped(address: str) -> str:
    """A whole address in groups of four, for reading it aloud or comparing it."""
    digits = address.removeprefix("0x")
    return "0x " + " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
