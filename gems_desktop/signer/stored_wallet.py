# SPDX-License-Identifier: Apache-2.0
"""The wallet at rest: sealed behind a password or the keyring, opened again, sealed anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gems_desktop.services.errors import NoKeyring, NoWallet, SignerRefused, WrongPassword
from gems_desktop.services.wallet_errors import NoPasswordHere
from gems_desktop.signer.contents import Contents, pack, unpack
from gems_desktop.signer.key_box import KeyBox
from gems_desktop.signer.secrets import wipe
from gems_desktop.signer.tries import Tries
from gems_desktop.signer.vault_file import (
    LANES,
    MEMORY_KIB,
    PASSES,
    SealedWallet,
    VaultFile,
    derive,
    seal,
    unseal,
)


class StoredWallet:
    """vault.json of a profile with the two ways to its key."""

    def __init__(self, folder: Path, box: KeyBox, clock: Callable[[], float] = time.time) -> None:
        self.vault = VaultFile(folder)
        self._box = box
        self._tries = Tries(folder, clock)

    def has_keyring(self) -> bool:
        """Whether the system has a keyring that is safe to use."""
        return self._box.available()

    def read(self) -> SealedWallet | None:
        """What is stored; raises VaultDamaged, StoreUnreadable."""
        return self.vault.read()

    def store(
        self, contents: Contents, address: str, storage: str, password: bytearray, backed_up: bool
    ) -> SealedWallet:
        """Seal and write a wallet; raises SignerRefused, NoKeyring, DiskFull, StoreUnreadable."""
        salt = os.urandom(16)
        if storage == "password":
            if not password:
                raise SignerRefused("The password is empty.", safe="Nothing was stored.")
            key = derive(password, salt, MEMORY_KIB, PASSES, LANES)
        elif storage == "keyring":
            if not self._box.available():
                raise NoKeyring
            key = bytearray(os.urandom(32))
            self._box.put(address, key)
        else:
            raise SignerRefused("This way of storing a wallet is unknown.", safe="Nothing was stored.")
        inside = pack(contents)
        sealed = seal(inside, key, storage=storage, address=address, backed_up=backed_up, salt=salt)
        wipe(inside)
        wipe(key)
        before = self.vault.read()
        if before is not None:  # a number that only rises does not begin anew with another password
            sealed = replace(sealed, floor=before.floor, floor_mac=before.floor_mac)
        self.vault.write(sealed)
        return sealed

    def open(self, password: bytearray) -> tuple[Contents, SealedWallet]:
        """What is sealed; raises NoWallet, WrongPassword, TooManyTries, NoKeyring, VaultDamaged."""
        stored = self.vault.read()
        if stored is None:
            raise NoWallet
        if stored.storage == "keyring":
            return self._unseal(stored, self._box.get(stored.address)), stored
        self._tries.check()
        if not password:
            raise WrongPassword
        try:
            opened = self._unseal(
                stored, derive(password, stored.salt, stored.memory_kib, stored.passes, stored.lanes)
            )
        except WrongPassword:
            self._tries.wrong()
            raise
        self._tries.right()
        return opened, stored

    def _unseal(self, stored: SealedWallet, key: bytearray) -> Contents:
        try:
            return unpack(stored.version, unseal(stored, key))
        finally:
            wipe(key)

    def change_password(self, old: bytearray, new: bytearray) -> None:
        """Seal anew behind another password; raises NoPasswordHere and what `open` and `store` raise."""
        stored = self.vault.read()
        if stored is None:
            raise NoWallet
        if stored.storage != "password":
            raise NoPasswordHere
        contents, stored = self.open(old)
        try:
            self.store(contents, stored.address, "password", new, stored.backed_up)
        finally:
            contents.wipe()
