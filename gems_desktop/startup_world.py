# SPDX-License-Identifier: Apache-2.0
"""What a run of the window is made from, as a port: so that starting can be tested without processes or a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from gems_desktop.services.facts import WalletFacts
    from gems_desktop.services.facts_profiles import Looks
    from gems_desktop.services.ports import SignerPort


@dataclass(frozen=True, slots=True)
class Greeting:
    """A wallet behind a password, as its file says: its profile's looks, and the signer that opens it."""

    profile: str
    wallet: WalletFacts
    looks: Looks
    signer: SignerPort


class World(Protocol):
    """What the composition root provides."""

    practice: bool
    reviewer_available: bool

    async def prepare(self, tell: Callable[[str], None]) -> None:
        """Have a network to work on; raises GemsError."""
        ...

    async def greet(self, profile: str) -> Greeting | None:
        """What asks for the password before the profile is open; None where something else has to be asked or told.

        Raises GemsError. `open` takes the signer over.
        """
        ...

    def keep_looks(self, profile: str, looks: Looks) -> None:
        """What `greet` gives next time."""
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

    def home(self, session: Any) -> dict[str, Any]:
        """The view models of Home and of the frame, by page."""
        ...

    async def painted(self) -> None:
        """Return when the window was painted as it is now; soon, where nothing is painted."""
        ...

    def load_pages(self) -> Iterator[None]:
        """Import what the other pages are made of, a step at a time: the window is alive between them."""
        ...

    def pages(self, session: Any) -> dict[str, Any]:
        """The view models of the other pages, by page."""
        ...

    def use_language(self, language: str) -> None: ...
    async def close(self) -> None: ...
