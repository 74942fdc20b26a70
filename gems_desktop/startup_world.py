# SPDX-License-Identifier: Apache-2.0
"""What a run of the window is made from, as a port: so that starting can be tested without processes or a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class World(Protocol):
    """What the composition root provides."""

    practice: bool
    reviewer_available: bool

    async def prepare(self, tell: Callable[[str], None]) -> None:
        """Have a network to work on; raises GemsError."""
        ...

    async def open(self, profile: str) -> Any:
        """A Session of the profile; raises GemsError and leaves nothing open then."""
        ...

    def way_back(self, profile: str) -> Any:
        """What a profile of a newer version can go back to (store_going_back.WayBack), or None."""
        ...

    def go_back(self, profile: str) -> None:
        """Go back to it; raises GemsError, and nothing was changed then."""
        ...

    async def unlock_reviewer(self, session: Any) -> None:
        """Open the practice reviewer's wallet, made from the network's practice words."""
        ...

    def way_in(self, session: Any) -> dict[str, Any]:
        """The view models of the page that asks for the password, by page; that one is "welcome"."""
        ...

    async def load_screens(self) -> None:
        """Import what the other pages are made of, in steps between which the window is alive."""
        ...

    def screens(self, session: Any) -> dict[str, Any]:
        """The view models of the other pages, by page."""
        ...

    def use_language(self, language: str) -> None: ...
    async def close(self) -> None: ...
