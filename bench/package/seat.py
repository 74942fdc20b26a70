# SPDX-License-Identifier: Apache-2.0
"""Leases photos for a profile that is measured later, more in a batch than the window offers: three batches hold all.

    python -m bench.package.seat HOME NETWORK PHOTOS

The platform gives up to a thousand tasks in a batch; the window, which asks for a hundred, is what is measured later.
"""

from __future__ import annotations

import sys

from bench.keyboard_hour import seat
from gems_desktop.viewmodels import find_work


def main(home: str, network: str, photos: str) -> int:
    """As the seat of the hour at the keyboard, with batches that are large enough."""
    seat.BATCH = find_work.MAX_BATCH = -(-int(photos) // seat.BATCHES)
    return seat.main(home, network)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
