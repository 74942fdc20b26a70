# SPDX-License-Identifier: Apache-2.0
"""The colour of each label: the author's where it can be seen on any picture, else one of a palette."""

from __future__ import annotations

from PySide6.QtGui import QColor

from gems_desktop.viewmodels.task_rows import PALETTE
from gems_protocol.modules import Module


def colours(module: Module) -> dict[tuple[str, str], str]:
    """The colour of each (control, stored option)."""
    return {
        (node.name, option.stored): colour(option.colour, at)
        for node in module.controls()
        for at, (_, option) in enumerate(node.every_option())
    }


def colour(named: str, at: int) -> str:
    """`named` as #rrggbb, or the palette's for place `at` where it is no opaque colour."""
    found = QColor(named)
    return found.name() if found.isValid() and found.alpha() == 255 else PALETTE[at % len(PALETTE)]
