# SPDX-License-Identifier: Apache-2.0
"""One view model for each element of a task that a plain row cannot show; a new element is a new line here."""

from __future__ import annotations

from gems_desktop.viewmodels.parts.part import Part

__all__ = ["PARTS", "Part"]

PARTS: dict[str, type[Part]] = {}
