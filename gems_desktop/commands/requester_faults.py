# SPDX-License-Identifier: Apache-2.0
"""Faults in the words of who typed a command: the same errors are raised for workers, and speak of their work."""

from __future__ import annotations

from gems_desktop.services.errors import CaptivePortal, Offline, PlatformRefused
from gems_protocol.errors import GemsError

_AGAIN = "Check that the platform of network.json runs, then give the command again."
_ACTIONS = {
    "malformed": "Check what you gave; if it is right, update Gems.",
    "not_found": "Compare the id with what gems campaign create printed, and the key with the one that created it.",
    "conflict": "gems campaign status shows how it stands.",
    "late": "gems campaign status shows how it stands.",
    "not_allowed": "Compare the key with the one that created the campaign.",
}
_OUTCOMES = {
    "not_allowed": (
        "The platform takes none of these outcomes: they are its own, or it trusts none of their issuers.",
        "Hand them to another platform, or ask this one whose work it counts.",
    ),
    "malformed": (
        "The platform could not read this.",
        "Check the file and the address; gems trust verify says more.",
    ),
}
_MESSAGES = {"not_found": "The platform has nothing like this for this key."}


class CommandFailed(GemsError):
    """A command stopped, in words for whoever typed it."""


def for_outcomes(error: GemsError) -> GemsError:
    """The error as somebody who carries checked work elsewhere should read it; others stay as they are."""
    if isinstance(error, PlatformRefused):
        message, action = _OUTCOMES.get(error.code, (error.message, error.action))
        return CommandFailed(message, safe="Nothing was taken over.", action=action)
    if isinstance(error, Offline):
        action = error.action if isinstance(error, CaptivePortal) else _AGAIN
        return CommandFailed(error.message, safe="Nothing was taken over.", action=action)
    return error


def for_requesters(error: GemsError) -> GemsError:
    """The error as a requester at a terminal should read it; others stay as they are."""
    if isinstance(error, Offline):
        action = error.action if isinstance(error, CaptivePortal) else _AGAIN
        return CommandFailed(error.message, safe="No money moved on the chain.", action=action)
    if isinstance(error, PlatformRefused):
        message, action = _MESSAGES.get(error.code, error.message), _ACTIONS.get(error.code, error.action)
        return CommandFailed(message, safe="No money moved on the chain.", action=action)
    return error
