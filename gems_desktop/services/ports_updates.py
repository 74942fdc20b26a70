# SPDX-License-Identifier: Apache-2.0
"""What the updating service needs from the world: a source whose word is checked, and an installation on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from gems_desktop.services.facts_updates import Offer, Standing, Trouble
from gems_protocol.errors import GemsError


class UpdateFailed(GemsError):
    """An update did not happen. `trouble` says why in one closed word; a server's text is never in it.

    missing: bytes that the disk has too few of, if that is why.
    """

    def __init__(self, trouble: Trouble, missing: int = 0) -> None:
        super().__init__(
            "The update was not installed.",
            safe="The version that is installed keeps working. Your wallet and your work were not touched.",
            action="Try again later.",
            retryable=trouble in ("offline", "disk"),
        )
        self.trouble: Trouble = trouble
        self.missing = missing


class UpdateStopped(Exception):
    """The user stopped a download; what came so far is kept for the next try."""


class UpdatesPort(Protocol):
    """Implemented by adapters/updates.py. Nothing of it is asked before the window was painted."""

    async def standing(self) -> Standing:
        """What is known without asking anybody; never raises for a disk that cannot be read."""
        ...

    async def look(self, folder: str, now: int) -> Offer | None:
        """Ask the source, or `folder` if there is one (a USB stick); None: nothing newer. Raises UpdateFailed."""
        ...

    async def bring(self, told: Callable[[int], None], stopped: Callable[[], bool]) -> None:
        """Download and install what `look` found; it runs at the next start. Goes on where an earlier try ended.

        told: bytes of the offer's size that came, called on the loop. stopped: asked now and then.
        Raises UpdateFailed, UpdateStopped.
        """
        ...

    async def keep_checks(self, on: bool) -> None:
        """Remember whether to look without being asked; a disk that is full forgets it."""
        ...

    def end(self) -> None:
        """The program ends: what is under way gives up within a second, and what came is kept."""
        ...
