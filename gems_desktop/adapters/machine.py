# SPDX-License-Identifier: Apache-2.0
"""This computer behind the port: room on the disk of a profile, and what the system says of the network."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


class Machine:
    """Implements MachinePort. metered: asks the system, where something can be asked; by default nobody knows."""

    def __init__(self, folder: Path, metered: Callable[[], bool | None] | None = None) -> None:
        self._folder, self._metered = folder, metered

    def metered(self) -> bool | None:
        """See MachinePort."""
        return self._metered() if self._metered is not None else None

    def free_bytes(self) -> int | None:
        """See MachinePort."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return None
