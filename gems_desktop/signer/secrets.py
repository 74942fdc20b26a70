# SPDX-License-Identifier: Apache-2.0
"""Keeping secrets out of reach as far as a Python process can: no core file, no peeking, wiped buffers."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def wipe(secret: bytearray) -> None:
    """Overwrite `secret` in place."""
    secret[:] = bytes(len(secret))


def harden_process() -> None:
    """Forbid core files and, on Linux, reading this process's memory by others of the same user."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl refused")
