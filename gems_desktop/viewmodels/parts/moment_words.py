# SPDX-License-Identifier: Apache-2.0
"""Dates and times between what people type, plainly and always alike, and what a module has written."""

from __future__ import annotations

import re
from datetime import datetime

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import Module, Node
from gems_protocol.modules.values_base import Subject
from gems_protocol.modules.values_entry import moment, moment_format

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?", re.ASCII)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def asked(control: Node) -> tuple[str, bool]:
    """What is asked for: "day", "month", "year" or "" for no date, and whether a time is."""
    only = control.words("only")
    if not only:
        return "day", True
    date = "day" if "date" in only else "month" if "month" in only else "year" if "year" in only else ""
    return date, "time" in only


def plain(control: Node, stored: str) -> tuple[str, str]:
    """What an answer holds, as the two fields show it: a date and a time; ("", "") where it cannot be read."""
    try:
        read = datetime.strptime(stored, moment_format(control))  # noqa: DTZ007 - a date on paper has no zone
    except (ValueError, re.error):
        return "", ""
    date, time = asked(control)
    day = {"day": read.strftime("%m-%d"), "month": read.strftime("%m")}.get(date, "")
    shown = "-".join(part for part in (f"{read.year:04}", day) if part) if date else ""
    clock = read.strftime("%H:%M:%S" if "%S" in moment_format(control) else "%H:%M")
    return shown, clock if time else ""


def stored(control: Node, date: str, time: str) -> str:
    """What the two fields say, as the module has it written; raises ValueError for what is no date or no time."""
    wanted, timed = asked(control)
    year, month, day = _day(wanted, date.strip().translate(_DIGITS)) if wanted else (1900, 1, 1)
    hour, minute, second = _clock(time.strip().translate(_DIGITS)) if timed else (0, 0, 0)
    return datetime(year, month, day, hour, minute, second).strftime(moment_format(control))  # noqa: DTZ001


def _day(wanted: str, text: str) -> tuple[int, int, int]:
    pattern = {"day": _DATE, "month": _MONTH, "year": _YEAR}[wanted]
    if (found := pattern.fullmatch(text)) is None:
        raise ValueError("date")
    parts = [int(part) for part in (found.groups() or (text,))]
    year, month, day = (*parts, 1, 1)[:3]
    return year, month, day


def _clock(text: str) -> tuple[int, int, int]:
    if (found := _TIME.fullmatch(text)) is None:
        raise ValueError("time")
    hour, minute, second = found.groups()
    return int(hour), int(minute), int(second or 0)


def allowed(module: Module, control: Node, text: str) -> bool:
    """Whether the module takes this date or time."""
    try:
        moment({"datetime": text}, Subject(module, control, module.shown(control.to_name)))
    except MalformedMessage:
        return False
    return True
