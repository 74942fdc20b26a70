# SPDX-License-Identifier: Apache-2.0
"""What a decode worker may use up, told to the system (POSIX; elsewhere the client's timeout holds)."""

import sys
from pathlib import Path


def cage(extra_memory: int, cpu_seconds: int) -> None:
    """Cap this process: `extra_memory` bytes beyond what it maps now, processor time, and no byte in any file."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        # Both: libraries that reserve room far ahead (PDF's 70 GB) are held by what they may write to, not by the room.
        sizes = [
            int(word) * resource.getpagesize() for word in Path("/proc/self/statm").read_text("ascii").split()
        ]
        for limit, now in ((resource.RLIMIT_AS, sizes[0]), (resource.RLIMIT_DATA, sizes[5])):
            resource.setrlimit(limit, (now + extra_memory, now + extra_memory))
