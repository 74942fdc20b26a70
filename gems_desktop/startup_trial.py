# SPDX-License-Identifier: Apache-2.0
"""Starts that say nothing about a new version that is on trial: they open no window of the user's, or must not."""

from collections.abc import Iterator
from contextlib import contextmanager


def uncount() -> None:
    """This start opens no window of the user's, so it says nothing about a version that is on trial."""
    from gems_desktop.adapters.update_usable import uncount_start

    uncount_start()


@contextmanager
def no_start() -> Iterator[None]:
    """What ends in here ends because of what was asked or where, and not because of this version."""
    try:
        yield
    except SystemExit:
        uncount()
        raise
