# SPDX-License-Identifier: Apache-2.0
"""Keeps the vault's key in the system's keyring, and refuses keyrings that are no safer than a plain file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from gems_desktop.services.errors import NoKeyring

T = TypeVar("T")
_SERVICE = "Gems wallet"
LOOK_S = 4.0  # to find out which keyring there is
ANSWER_S = 90.0  # somebody may have to type the keyring's password first
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
    """The keyring of the user's login session; one that does not answer is none, and is not asked again."""

    def __init__(self, look_s: float = LOOK_S, answer_s: float = ANSWER_S) -> None:
        self._look_s, self._answer_s = look_s, answer_s
        self._hangs = False

    def available(self) -> bool:
        """Whether a safe back-end is the one in use, and answers."""
        try:
            return self._asked(_is_safe, self._look_s)
        except NoKeyring:
            return False

    def put(self, address: str, key: bytearray) -> None:
        """Store `key` for `address`; raises NoKeyring."""
        if not self.available():
            raise NoKeyring
        self._asked(lambda: _put(address, key.hex()), self._answer_s)

    def get(self, address: str) -> bytearray:
        """The key of `address`; raises NoKeyring."""
        if not self.available():
            raise NoKeyring
        found = self._asked(lambda: _get(address), self._answer_s)
        if found is None or len(found) != 64:
            raise NoKeyring
        return bytearray.fromhex(found)

    def _asked(self, work: Callable[[], T], seconds: float) -> T:
        """What the keyring answers within `seconds`; raises NoKeyring.

        The call has no end of its own, so it is left to its thread, which ends with the process.
        """
        if self._hangs:
            raise NoKeyring
        answer: Future[T] = Future()

        def ask() -> None:
            try:
                answer.set_result(work())
            except Exception as error:  # noqa: BLE001 - of a stranger's service: there is no keyring then
                answer.set_exception(error)

        threading.Thread(target=ask, name="keyring", daemon=True).start()
        try:
            return answer.result(seconds)
        except TimeoutError as error:
            self._hangs = not answer.done()
            raise NoKeyring from error
        except Exception as error:
            raise NoKeyring from error


def _is_safe() -> bool:
    import keyring

    backend = keyring.get_keyring()
    inner = getattr(backend, "backends", None)
    used = next(iter(inner), backend) if inner is not None else backend
    return type(used).__module__.startswith(_SAFE)


def _put(address: str, secret: str) -> None:
    import keyring

    keyring.set_password(_SERVICE, address, secret)


def _get(address: str) -> str | None:
    import keyring

    return keyring.get_password(_SERVICE, address)
