# SPDX-License-Identifier: Apache-2.0
"""Who is told what runs by itself, so that duties know nothing of metrics."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Observed(Protocol):
    """Is told of every run of a duty."""

    def duty_ran(self, name: str, seconds: float, fault: str | None) -> None:
        """A duty ran for `seconds`; fault: what stopped it, None when it was done. Called from any thread."""
        ...


class Unobserved:
    """Nobody looks."""

    def duty_ran(self, name: str, seconds: float, fault: str | None) -> None:
        """Drop it."""


@contextmanager
def timed(observed: Observed, name: str) -> Iterator[None]:
    """Tell of what runs in the `with`; an error passes through and is told as its fault."""
    began = time.perf_counter()
    fault: str | None = None
    try:
        yield
    except Exception as error:
        fault = type(error).__name__
        raise
    finally:
        observed.duty_ran(name, time.perf_counter() - began, fault)
