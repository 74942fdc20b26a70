# SPDX-License-Identifier: Apache-2.0
"""What view models may ask about carry files; `session.Session` names it."""

from __future__ import annotations

from typing import Protocol

from gems_desktop.services.facts_carry import CarryFacts, CarryResult


class Carrying(Protocol):
    """Work and news on a stick. `write` and `read_reply` need no network."""

    async def facts(self) -> CarryFacts:
        """What a file written now would hold."""
        ...

    async def write(self, path: str) -> CarryFacts:
        """Seal everything unsent, and the wish for news, into one file; what is in it.

        From then on it may have left this computer: it can no longer be taken back, and sending it online too does no
        harm. Raises NoCarryKey, StickUnwritable, OtherFileThere, WalletLocked; then nothing has left, and there is no
        half file.
        """
        ...

    async def read_reply(self, path: str) -> CarryResult:
        """Take the reply to a file of mine, in any order and as often as one likes.

        Raises FileUnreadable, WrongFile, OthersReply, ChangedFile; then nothing was changed by it. Raises PlatformLied
        where something in it does not hold; what stood before that, each signed by itself, is kept.
        """
        ...

    async def send(self, path: str, reply: str) -> int:
        """Bring somebody else's file to the platform and write the reply for them; its size in bytes.

        Raises FileUnreadable, WrongFile, StickUnwritable, OtherFileThere, Offline, PlatformRefused. May be repeated.
        """
        ...
