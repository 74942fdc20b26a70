# SPDX-License-Identifier: Apache-2.0
"""The wallet as the window may use it: everything is done by the signer, this tells who needs to know."""

from __future__ import annotations

from gems_desktop.services.context import Context
from gems_desktop.services.facts import Topic, WalletFacts
from gems_desktop.services.facts_safety import BookEntry, SafetyFacts
from gems_desktop.services.restore_state import begin
from gems_desktop.services.settings import SettingsService
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError


class WalletService:
    """Implements Wallet."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self) -> WalletFacts:
        """See Wallet."""
        return await self._c.signer.wallet()

    async def create(self, language: str = "english") -> list[bytearray]:
        """See Wallet."""
        words = await self._c.signer.create(language)
        self._c.publish(Topic.WALLET)
        return words

    async def restore(self, words: bytearray, passphrase: bytearray | None = None, index: int = 0) -> None:
        """See Wallet."""
        await self._c.signer.restore(words, passphrase, index)
        await self._c.store.run(begin)
        self._c.publish(Topic.WALLET)

    async def restore_key(self, key: bytearray) -> None:
        """See Wallet."""
        await self._c.signer.restore_key(key)
        await self._c.store.run(begin)
        self._c.publish(Topic.WALLET)

    async def restore_keystore(self, keystore: bytes, password: bytearray) -> None:
        """See Wallet."""
        await self._c.signer.restore_keystore(keystore, password)
        await self._c.store.run(begin)
        self._c.publish(Topic.WALLET)

    async def export_keystore(self, password: bytearray) -> bytes:
        """See Wallet."""
        return await self._c.signer.export_keystore(password)

    async def change_password(self, old: bytearray, new: bytearray) -> None:
        """See Wallet."""
        await self._c.signer.change_password(old, new)
        self._c.publish(Topic.WALLET)

    async def safety(self) -> SafetyFacts:
        """See Wallet."""
        told = await self._c.signer.safety()
        minutes = (await SettingsService(self._c).facts()).auto_lock_minutes
        return SafetyFacts(
            daily_limit=Amount(int(told["daily_limit"])),
            spent_today=Amount(int(told["spent_today"])),
            book=tuple(BookEntry(**entry) for entry in told["book"]),
            delay_s=told["delay_s"],
            auto_lock_minutes=minutes,
            distrusted=told["distrusted"],
            now=told["now"],
        )

    async def change_safety(
        self, *, daily_limit: Amount | None = None, delay_s: int | None = None
    ) -> SafetyFacts:
        """See Wallet."""
        told = await self._c.signer.safety()
        limit = int(told["daily_limit"]) if daily_limit is None else daily_limit.units
        await self._c.signer.change_safety(limit, told["delay_s"] if delay_s is None else delay_s)
        return await self._safety_changed()

    async def add_address(self, name: str, address: str) -> SafetyFacts:
        """See Wallet."""
        await self._c.signer.add_address(name, address)
        return await self._safety_changed()

    async def remove_address(self, address: str) -> SafetyFacts:
        """See Wallet."""
        await self._c.signer.remove_address(address)
        return await self._safety_changed()

    async def set_looks(self, language: str, theme: str, text_scale: int) -> None:
        """See Wallet."""
        await self._c.signer.set_looks(language, theme, text_scale)

    async def _safety_changed(self) -> SafetyFacts:
        self._c.publish(Topic.SETTINGS)
        return await self.safety()

    async def confirm_words(self, words: bytearray) -> bool:
        """See Wallet."""
        same = await self._c.signer.confirm_words(words)
        self._c.publish(Topic.WALLET)
        return same

    async def protect(self, password: bytearray | None) -> None:
        """See Wallet."""
        await self._c.signer.protect(password)
        await self.open_store()
        self._c.publish(Topic.WALLET)

    async def unlock(self, password: bytearray | None) -> None:
        """See Wallet."""
        await self._c.signer.unlock(password)
        await self.unlocked()

    async def unlocked(self) -> None:
        """The signer was unlocked: open what is sealed and say so; raises StoreUnreadable, locked again."""
        await self.open_store()
        self._c.publish(Topic.WALLET, Topic.CONNECTION)

    async def open_store(self) -> None:
        """Open what is encrypted at rest with the unlocked wallet's key; raises StoreUnreadable, locked again."""
        try:
            await self._c.store.open_sealed(await self._c.signer.data_key())
        except GemsError:
            await self._c.signer.lock()
            raise

    async def lock(self) -> None:
        """See Wallet."""
        await self._c.signer.lock()
        if not (await self._c.signer.wallet()).unlocked:  # one in memory alone cannot be locked
            await self._c.store.close_sealed()
        self._c.publish(Topic.WALLET)

    async def keyring_available(self) -> bool:
        """See Wallet."""
        return await self._c.signer.keyring_available()
