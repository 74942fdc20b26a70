# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on the way to a platform or a chain, alike for whoever asks: workers, requesters, their programs."""

from __future__ import annotations

from gems_protocol.errors import GemsError


class BadNetworkFile(GemsError):
    """network.json cannot be used."""


class Offline(GemsError):
    """The platform cannot be reached."""

    retryable = True

    def __init__(self, message: str = "The platform cannot be reached.") -> None:
        super().__init__(
            message,
            safe="Your work is stored on this computer and will be sent later.",
            action="Go on working; Gems tries again by itself.",
        )


class CaptivePortal(Offline):
    """A web page came instead of the platform's answer."""

    def __init__(self) -> None:
        super().__init__("A web page answered instead of the platform: the network wants you to log in.")
        self.action = "Open a browser, log in to the network, then try again."


class NotTrusted(Offline):
    """What answers cannot prove that it is the platform: somebody reads along, or this system knows no authorities."""

    def __init__(self) -> None:
        super().__init__("What answers in the platform's place cannot prove who it is.")
        self.safe = "Nothing was sent to it. Your work is stored on this computer."
        self.action = (
            "Check this computer's clock and the network. If your office reads all traffic, ask it for its certificate "
            "and add it to the system's; use no certificate that a web page offers."
        )


class ChainUnreachable(GemsError):
    """No RPC address of this network answers as this chain should."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The chain cannot be reached, or an RPC address belongs to another chain.",
            safe="Your money is on the chain; nothing was sent.",
            action="Check the RPC addresses in Settings, or try again later.",
        )


class PlatformLied(GemsError):
    """The platform's answer is not signed by it, or holds what its evidence does not support."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The platform's answer was refused: {what}",
            safe="Nothing was stored or signed; your work and your money are untouched.",
            action="Try again later. If it happens again, tell the platform's operator.",
        )


class PlatformRefused(GemsError):
    """The platform said no, with a code that we know how to word.

    retry_after: seconds after which what was asked for is drawn among those who wait, 0 where nothing is.
    """

    retry_after = 0

    def __init__(self, code: str, message: str, *, action: str = "", retryable: bool = False) -> None:
        super().__init__(
            message, safe="Your work on this computer is untouched.", action=action, retryable=retryable
        )
        self.code = code
