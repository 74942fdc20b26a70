# SPDX-License-Identifier: Apache-2.0
"""What a test or a measurement learns of a real run: GEMS_USABLE_PROBE names a file, written when the start is over.

The program ends then, as if its window had been closed. Nothing of a profile but the words on the screen is written.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from gems_desktop.viewmodels.app import AppViewModel, Phase

NAME = "GEMS_USABLE_PROBE"
_OVER = (Phase.WELCOME.value, Phase.OPEN.value, Phase.FAILED.value)


class UsableProbe:
    """Writes once: phase, page, what is said to be wrong, monotonic seconds when its page stood; then calls `end`."""

    def __init__(self, model: AppViewModel, file: Path, end: Callable[[], None]) -> None:
        self._model, self._file, self._end = model, file, end
        self._stood = 0.0
        model.changed.connect(self._look)

    def _look(self) -> None:
        shown = self._model.props
        if shown.phase not in _OVER:
            return
        self._stood = self._stood or time.monotonic()
        if shown.opening:
            return
        self._model.changed.disconnect(self._look)
        said = {
            "at": self._stood,
            "phase": shown.phase,
            "page": shown.page,
            "message": shown.problemMessage,
            "safe": shown.problemSafe,
            "action": shown.problemAction,
            "way_back": shown.wayBack,
        }
        self._file.write_text(json.dumps(said), "utf-8")
        self._end()


def watch(model: AppViewModel, end: Callable[[], None]) -> UsableProbe | None:
    """The probe that the environment asks for, or None."""
    file = os.environ.get(NAME)
    return UsableProbe(model, Path(file), end) if file else None
