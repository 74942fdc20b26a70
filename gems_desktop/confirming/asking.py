# SPDX-License-Identifier: Apache-2.0
"""The question on the screen: the signer's words translated, one answer given once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QLocale, QObject, Qt, Signal, Slot

_KINDS = ("text", "address", "warning")
_LEFT_TO_RIGHT = "\u200e"  # a row of digits alone would turn round in Arabic


@dataclass(frozen=True, slots=True)
class Told:
    """What came from the signer; `raw` holds templates and values as gems_desktop/signer/sentences.py makes them."""

    nonce: str
    looks: dict[str, Any]
    timeout_s: float
    raw: dict[str, Any]


def read(value: dict[str, Any]) -> Told:
    """The signer's line; a KeyError or TypeError when it is none."""
    return Told(str(value["nonce"]), dict(value["looks"]), float(value["timeout_s"]), value)


def _paragraph(line: dict[str, Any]) -> dict[str, str]:
    kind = str(line["kind"])
    values = {str(name): str(text) for name, text in line["values"].items()}
    said = QCoreApplication.translate("Gems", str(line["template"])).format(**values)
    return {"text": _rows(said) if kind == "address" else said, "kind": kind if kind in _KINDS else "text"}


def _rows(address: str) -> str:
    """Ten groups in two rows, read from the left in every language."""
    parts = address.split(" ")
    return "\n".join(_LEFT_TO_RIGHT + " ".join(row) for row in (parts[:6], parts[6:]))


class Asking(QObject):
    """Properties for ConfirmWindow.qml; emits `answered` once."""

    answered = Signal(bool)
    never = Signal()

    def __init__(self, told: Told, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._done = False
        direction = QLocale(str(told.looks.get("language", "en"))).textDirection()
        self._mirrored = direction == Qt.LayoutDirection.RightToLeft
        raw = told.raw
        self._title = _paragraph(raw["title"])["text"]
        self._yes = _paragraph(raw["yes"])["text"]
        self._lines = [_paragraph(line) for line in raw["lines"]]

    @Slot(bool)
    def answer(self, yes: bool) -> None:
        """The first answer counts; later ones, like the window's closing, change nothing."""
        if not self._done:
            self._done = True
            self.answered.emit(yes)

    title = Property(str, lambda self: self._title, notify=never)
    yes = Property(str, lambda self: self._yes, notify=never)
    lines = Property(list, lambda self: self._lines, notify=never)
    themeMode = Property(str, lambda self: str(self._told.looks.get("theme", "system")), notify=never)
    textScale = Property(float, lambda self: int(self._told.looks.get("text_scale", 100)) / 100, notify=never)
    rightToLeft = Property(bool, lambda self: self._mirrored, notify=never)
    timeoutMs = Property(int, lambda self: int(self._told.timeout_s * 1000), notify=never)
