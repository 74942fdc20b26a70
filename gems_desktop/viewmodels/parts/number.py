# SPDX-License-Identifier: Apache-2.0
"""A number that is typed, stepped or slid, kept within what the module allows; wrong ones are told, never sent."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Property, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part
from gems_protocol.modules import Node
from gems_protocol.modules.values_entry import setting

_PLAIN = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-")  # as people type them in Arabic


def read(text: str) -> Fraction | None:
    """The number that a person typed, with a point or one comma; none when it is none."""
    plain = text.strip().translate(_DIGITS)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return Fraction(plain) if _PLAIN.fullmatch(plain) else None


def wrong(control: Node, number: Fraction) -> str:
    """What keeps a number from being an answer: "low", "high", "step" or nothing."""
    least, most, step = (setting(control, name) for name in ("min", "max", "step"))
    if least is not None and number < least:
        return "low"
    if most is not None and number > most:
        return "high"
    if step is not None and step > 0 and (number - (least or 0)) % step:
        return "step"
    return ""


def written(number: Fraction) -> str:
    """A number as people read it, without needless zeros."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.9f}".rstrip("0").rstrip(".")


class NumberPart(Part):
    """One Number: what stands in the field, and what is wrong with it."""

    changed = Signal()

    def __init__(self, task: Any, node: Node) -> None:
        super().__init__(task, node)
        self._typed: str | None = None
        self._about: dict[str, str] = {}
        self._before: Fraction | None = self._saved()

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
        """Send what stands in the field where it is a number that may be given."""
        if self._typed is None or self._problem():
            return
        typed, self._typed = self._typed, None
        number = read(typed)
        self._put(number, self._about)
        self.changed.emit()

    @Slot(str)
    def type(self, text: str) -> None:
        """Note what stands in the field; it is sent when the field is left."""
        if self.task.readOnly or (self._typed is None and text == self._text()):
            return
        self._typed, self._about = text, self.task.about(self.node.name)
        self.changed.emit()

    @Slot()
    def send(self) -> None:
        """Send what stands in the field now."""
        self.flush()

    @Slot(int)
    def step(self, by: int) -> None:
        """Go so many steps up or down, from the least where there is no number yet."""
        now = self._now()
        step = self._setting("step") or Fraction(1)
        least, most = self._setting("min"), self._setting("max")
        wanted = now + by * step if now is not None else (least if least is not None else Fraction(0))
        if least is not None:
            wanted = max(wanted, least)
        if most is not None and wanted > most:
            base = least or Fraction(0)
            wanted = base + (most - base) // step * step if self._setting("step") else most
        self._set(wanted)

    @Slot(float)
    def slide(self, value: float) -> None:
        """Take the number that a slider was left at: the nearest step."""
        if value != value or abs(value) > 1e15:
            return
        step = self._setting("step") or Fraction(1)
        least = self._setting("min") or Fraction(0)
        self._set(least + round((Fraction(str(value)) - least) / step) * step)

    def _set(self, number: Fraction) -> None:
        self._typed = None
        if not wrong(self.node, number):
            self._put(number, self.task.about(self.node.name))
        self.changed.emit()

    def _put(self, number: Fraction | None, about: dict[str, str]) -> None:
        value = None
        if number is not None:
            value = {"number": int(number) if number.denominator == 1 else float(number)}
        if value is None and self.task.result(self.node) is None:
            return
        self.task.do({"op": "put", "control": self.node.name, "value": value, **about})

    def _setting(self, name: str) -> Fraction | None:
        return setting(self.node, name)

    def _saved(self) -> Fraction | None:
        found = self.task.result(self.node)
        return Fraction(str(found["value"]["number"])) if found is not None else None

    def _now(self) -> Fraction | None:
        return read(self._typed) if self._typed is not None else self._saved()

    def _text(self) -> str:
        saved = self._saved()
        return self._typed if self._typed is not None else "" if saved is None else written(saved)

    def _problem(self) -> str:
        if self._typed is None or not self._typed.strip():
            return ""
        number = read(self._typed)
        return "number" if number is None else wrong(self.node, number)

    def _bound(self, name: str) -> str:
        found = self._setting(name)
        return "" if found is None else written(found)

    def _slides(self) -> bool:
        ends = self._setting("min") is not None and self._setting("max") is not None
        return ends and self.node.flag("slider")

    def _position(self) -> float:
        now = self._now()
        return float(now if now is not None else self._setting("min") or 0)

    text = Property(str, _text, notify=changed)
    problem = Property(str, _problem, notify=changed)
    given = Property(bool, lambda self: self._saved() is not None, notify=changed)
    least = Property(str, lambda self: self._bound("min"), notify=changed)
    greatest = Property(str, lambda self: self._bound("max"), notify=changed)
    stride = Property(str, lambda self: self._bound("step"), notify=changed)
    slider = Property(bool, _slides, notify=changed)
    position = Property(float, _position, notify=changed)
