# SPDX-License-Identifier: Apache-2.0
"""Keeps the vault's key in the system's keyring, and refuses keyrings that are no safer than a plain file."""

from __future__ import annotations

from typing import Protocol

from gems_desktop.services.errors import NoKeyring

_SERVICE = "Gems wallet"
#: Only these hold secrets behind the user's login; everything else (null, fail, plain text) is refused.
_SAFE = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


class KeyBox(Protocol):
    """A place for one 32-byte key per wallet address."""

    def available(self) -> bool: ...
    def put(self, address: str, key: bytearray) -> None: ...
    def get(self, address: str) -> bytearray:
        """The key; raises NoKeyring when the keyring is closed or does not hold it."""
        ...


class SystemKeyBox:
    """The keyring of the user's login session."""

    def available(self) -> bool:
        """Whether a safe back-end is the one in use."""
        import keyring

        backend = keyring.get_keyring()
        inner = getattr(backend, "backends", None)
        used = next(iter(inner), backend) if inner is not None else backend
        return type(used).__module__.startswith(_SAFE)

    def put(self, address: str, key: bytearray) -> None:
        """Store `key` for `address`; raises NoKeyring."""
        import keyring
        from keyring.errors import KeyringError

        if not self.available():
            raise NoKeyring
        try:
            keyring.set_password(_SERVICE, address, key.hex())
        except KeyringError as error:
            raise NoKeyring from error

    def get(self, address: str) -> bytearray:
        """The key of `address`; raises NoKeyring."""
        import keyring
        from keyring.errors import KeyringError

        if not self.available():
            raise NoKeyring
        try:
            found = keyring.get_password(_SERVICE, address)
        except KeyringError as error:
            raise NoKeyring from error
        if found is None or len(found) != 64:
            raise NoKeyring
        return bytearray.fromhex(found)
