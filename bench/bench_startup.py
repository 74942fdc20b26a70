# SPDX-License-Identifier: Apache-2.0
"""Process start to first painted window."""

from bench.result import Figure, Result
from bench.window import platform_name, seconds_to_first_paint

RUNS = 7


def run() -> Result:
    """Start the window RUNS times after one warm-up, each in an empty profile."""
    seconds_to_first_paint()
    values = tuple(seconds_to_first_paint() * 1000 for _ in range(RUNS))
    method = (
        "From just before the process starts to the monotonic time of its first frame (GEMS_PAINT_PROBE); "
        f"empty profile, warm disk, software renderer, {platform_name()}. Unlocking a wallet is not in it."
    )
    return Result(method, (Figure("start to first paint", "ms", values),))
