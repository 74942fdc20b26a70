# SPDX-License-Identifier: Apache-2.0
"""Stars: a number from one to the most that the module allows, given by star, digit or arrow."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal, Slot

from gems_desktop.viewmodels.parts.part import Part, alone

MOST = 5  # stars where the module names none, as in Label Studio
STARS = 20  # more than these are slid instead of drawn one by one


class RatingPart(Part):
    """The stars of one Rating; `value` is 0 while there is no answer."""

    changed = Signal()

    def refresh(self) -> None:
        """Read the answer anew."""
        self.changed.emit()

    def key(self, text: str) -> bool:
        """A digit gives stars from anywhere where nothing else in the task could mean it."""
        return text != "0" and alone(self.task.module) and self.digit(text)

    @Slot(str, result=bool)
    def digit(self, text: str) -> bool:
        """Give the stars of a digit, ten by 0, unless an option on the screen has that key."""
        if len(text) != 1 or not "0" <= text <= "9" or self.task.claims(text):
            return False
        stars = int(text) or 10
        if stars > self._most():
            return False
        self.give(stars)
        return True

    def _taken(self) -> str:
        """The digits that mean an option on the screen and not stars."""
        return "" if self.task.readOnly else "".join(each for each in "0123456789" if self.task.claims(each))

    def _value(self) -> int:
        found = self.task.result(self.node)
        return int(found["value"]["rating"]) if found is not None else 0

    def _most(self) -> int:
        return max(1, self.node.number("maxRating", MOST))

    @Slot(int)
    def give(self, stars: int) -> None:
        """Give so many stars; the same again, or none, takes the rating back."""
        wanted = max(0, min(stars, self._most()))
        value = {"rating": wanted} if wanted and wanted != self._value() else None
        self._put(value)

    @Slot(int)
    def slide(self, stars: int) -> None:
        """Give the stars that a slider was left at; none takes the rating back."""
        if stars != self._value():
            self._put({"rating": min(stars, self._most())} if stars > 0 else None)

    @Slot(int)
    def step(self, by: int) -> None:
        """Give more or fewer stars; never takes the rating back altogether."""
        wanted = max(1, min(self._value() + by, self._most()))
        if wanted != self._value():
            self._put({"rating": wanted})

    def _put(self, value: dict[str, int] | None) -> None:
        name = self.node.name
        self.task.do({"op": "put", "control": name, "value": value, **self.task.about(name)})

    value = Property(int, _value, notify=changed)
    slid = Property(bool, lambda self: self._most() > STARS, notify=changed)
    most = Property(int, _most, notify=changed)
    taken = Property(str, _taken, notify=changed)
