# SPDX-License-Identifier: Apache-2.0
"""What can go wrong because of the world, each with what happened, what is safe and what to do.

Anything that is not a `GemsError` is a bug of ours and must reach the crash dialog and the log.
"""

from __future__ import annotations


class GemsError(Exception):
    """The world's fault, shown to the user in three plain sentences.

    message: what happened. safe: what is not lost. action: what the user can do.
    retryable: whether the same call may succeed later without a change by the user.
    Texts never hold secrets, nor strings from outside that were not cleaned.
    """

    retryable = False

    def __init__(
        self, message: str, *, safe: str = "", action: str = "", retryable: bool | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.safe = safe
        self.action = action
        if retryable is not None:
            self.retryable = retryable


class MalformedMessage(GemsError):
    """A field of a message does not have the type, length or range that its schema says."""


class BadSignature(GemsError):
    """A signature is malformed, malleated, or not by the party that had to sign."""


class MoneyDiffers(GemsError):
    """A sum that another party signed is not the sum that the evidence gives."""


class MoveNotAllowed(GemsError):
    """A state machine was asked for a move that its table does not hold."""
