# SPDX-License-Identifier: Apache-2.0
"""The wallet as the window may use it: everything is done by the signer, this tells who needs to know."""

from __future__ import annotations

from gems_desktop.services.context import Context
from gems_desktop.services.facts import Topic, WalletFacts


class WalletService:
    """Implements Wallet."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self) -> WalletFacts:
        """See Wallet."""
        return await self._c.signer.wallet()

    async def create(self) -> list[bytearray]:
        """See Wallet."""
        words = await self._c.signer.create()
        self._c.publish(Topic.WALLET)
        return words

    async def restore(self, words: bytearray) -> None:
        """See Wallet."""
        await self._c.signer.restore(words)
        self._c.publish(Topic.WALLET)

    async def confirm_words(self, words: bytearray) -> bool:
        """See Wallet."""
        same = await self._c.signer.confirm_words(words)
        self._c.publish(Topic.WALLET)
        return same

    async def protect(self, password: bytearray | None) -> None:
        """See Wallet."""
        await self._c.signer.protect(password)
        self._c.publish(Topic.WALLET)

    async def unlock(self, password: bytearray | None) -> None:
        """See Wallet."""
        await self._c.signer.unlock(password)
        self._c.publish(Topic.WALLET, Topic.CONNECTION)

    async def lock(self) -> None:
        """See Wallet."""
        await self._c.signer.lock()
        self._c.publish(Topic.WALLET)

    async def keyring_available(self) -> bool:
        """See Wallet."""
        return await self._c.signer.keyring_available()
