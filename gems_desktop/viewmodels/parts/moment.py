# SPDX-License-Identifier: Apache-2.0
"""A date or a time that is typed or picked; what is no date is told and never sent."""

from __future__ import annotations

from datetime import date as day_of
from typing import Any

from PySide6.QtCore import Property, Signal, Slot

from gems_desktop.viewmodels.parts import moment_words
from gems_desktop.viewmodels.parts.part import Part
from gems_protocol.modules import Node


class MomentPart(Part):
    """One DateTime: a field for the date, one for the time, and what is wrong with them."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._typed: tuple[str, str] | None = None
        self._about: dict[str, str] = {}
        self._before: str = self._saved()

    def open(self, node: Node, data: dict[str, Any]) -> None:
        """Show another task."""
        super().open(node, data)
        self._typed = None
        self.changed.emit()

    def refresh(self) -> None:
        """Read the answer anew; what is typed is dropped when the answer changed below it, as by undo."""
        before, self._before = self._before, self._saved()
        if self._about != self.task.about(self.node.name) or before != self._before:
            self._typed = None
        self.changed.emit()

    def flush(self) -> None:
        """Send what stands in the fields where it is whole and may be given."""
        if self._typed is None or self._problem() or self._half():
            return
        typed, self._typed = self._typed, None
        self._put(moment_words.stored(self.node, *typed) if any(typed) else "", self._about)
        self.changed.emit()

    @Slot(str)
    def typeDate(self, text: str) -> None:
        """Note what stands in the field of the date."""
        self._type((text, self._fields()[1]))

    @Slot(str)
    def typeTime(self, text: str) -> None:
        """Note what stands in the field of the time."""
        self._type((self._fields()[0], text))

    @Slot()
    def send(self) -> None:
        """Send what stands in the fields now."""
        self.flush()

    @Slot(int, int, int)
    def pick(self, year: int, month: int, day: int) -> None:
        """Take a day of the calendar; a time that is asked for too stays, or becomes noon."""
        shown, time = self._fields()
        wanted, timed = moment_words.asked(self.node)
        shown = {"day": f"{year:04}-{month:02}-{day:02}", "month": f"{year:04}-{month:02}"}.get(
            wanted, f"{year:04}"
        )
        self._type((shown, time or "12:00" if timed else ""))
        self.flush()

    @Slot()
    def clear(self) -> None:
        """Take the answer back."""
        self._typed = None
        self._put("", self.task.about(self.node.name))
        self.changed.emit()

    def _type(self, fields: tuple[str, str]) -> None:
        if self.task.readOnly or fields == self._fields():
            return
        self._typed, self._about = fields, self.task.about(self.node.name)
        self.changed.emit()

    def _put(self, text: str, about: dict[str, str]) -> None:
        if not text and self.task.result(self.node) is None:
            return
        value = {"datetime": text} if text else None
        self.task.do({"op": "put", "control": self.node.name, "value": value, **about})

    def _saved(self) -> str:
        found = self.task.result(self.node)
        return str(found["value"]["datetime"]) if found is not None else ""

    def _fields(self) -> tuple[str, str]:
        saved = self._saved()
        return self._typed if self._typed is not None else moment_words.plain(self.node, saved)

    def _half(self) -> bool:
        date, time = self._fields()
        wanted, timed = moment_words.asked(self.node)
        return bool(wanted and timed and (date.strip() == "") != (time.strip() == ""))

    def _problem(self) -> str:
        """What is wrong: "date", "time", "range", or nothing; a field still empty is not wrong."""
        if self._typed is None or not any(part.strip() for part in self._typed) or self._half():
            return ""
        try:
            text = moment_words.stored(self.node, *self._typed)
        except ValueError as error:
            return str(error) if str(error) in ("date", "time") else "range"
        return "" if moment_words.allowed(self.task.module, self.node, text) else "range"

    def _bound(self, name: str) -> str:
        """A bound of the dates; "today" and the like are not in the language."""
        return self.node.get(name)

    def _day(self) -> list[int]:
        """The day in the field, or today: year, month, day."""
        parts = [int(part) for part in self._fields()[0].split("-") if part.isascii() and part.isdigit()]
        today = day_of.today()  # noqa: DTZ011 - where the person sits
        return [*parts, 1, 1][:3] if parts else [today.year, today.month, today.day]

    date = Property(str, lambda self: self._fields()[0], notify=changed)
    time = Property(str, lambda self: self._fields()[1], notify=changed)
    asks = Property(str, lambda self: moment_words.asked(self.node)[0], notify=changed)
    timed = Property(bool, lambda self: moment_words.asked(self.node)[1], notify=changed)
    day = Property(list, _day, notify=changed)
    stored = Property(str, _saved, notify=changed)
    formatted = Property(bool, lambda self: bool(self.node.get("format")), notify=changed)
    problem = Property(str, _problem, notify=changed)
    half = Property(bool, _half, notify=changed)
    least = Property(str, lambda self: self._bound("min"), notify=changed)
    greatest = Property(str, lambda self: self._bound("max"), notify=changed)
