# SPDX-License-Identifier: Apache-2.0
"""What can go wrong when a wallet is brought back, exported or asked for more than its limits allow."""

from __future__ import annotations

from gems_desktop.services.errors import SignerRefused
from gems_protocol.errors import GemsError


class NotConfirmed(SignerRefused):
    """The wallet's own window was answered with no, closed, or not answered in time."""

    def __init__(self) -> None:
        super().__init__(
            "This was not confirmed in the wallet's own window.",
            safe="Nothing was signed and nothing was changed.",
            action="If you want it, ask again and say yes in that window within two minutes.",
        )


class TooManyTries(GemsError):
    """Wrong passwords make the next try wait. `wait_s`: whole seconds until then."""

    retryable = True

    def __init__(self, wait_s: int = 1) -> None:
        super().__init__(
            f"After wrong passwords the wallet waits before the next try, in seconds: {wait_s}",
            safe="Your wallet is still stored on this computer.",
            action="Wait, then type the password again. Your seed words also bring it back.",
        )
        self.wait_s = wait_s


class BadKey(GemsError):
    """What was typed is no private key; it is never repeated."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a private key: a key has 64 digits from 0 to 9 and a to f.",
            safe="Nothing was changed and what you typed was not kept.",
            action="Copy the whole key again; it may begin with 0x.",
        )


class BadKeystore(GemsError):
    """A keystore file is damaged, of another version, or asks for too much memory or time."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a keystore file that Gems can open.",
            safe="Nothing was changed.",
            action="Choose a keystore file of version 3 as wallets export it, or use the seed words.",
        )


class BadAddress(GemsError):
    """An address is malformed, or its capital letters do not fit: one letter or digit is wrong."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a correct address: a letter or digit is wrong, missing or too many.",
            safe="Nothing was changed.",
            action="Copy the whole address again and compare its first and last letters.",
        )


class NoPasswordHere(GemsError):
    """The wallet is kept by the keyring or in memory: there is no password to change."""

    def __init__(self) -> None:
        super().__init__("This wallet has no password.", safe="Nothing was changed.")
