# SPDX-License-Identifier: Apache-2.0
"""The platform's refusals in words for whoever offers work, with what the platform itself says where that helps."""

from __future__ import annotations

import re
from typing import Any

from gems_protocol.reaching import PlatformLied, PlatformRefused
from gems_protocol.text import clean

_CODE = re.compile(r"[a-z_]{1,40}", re.ASCII)
_MOST = 300  # characters of the platform's own words

#: code -> what happened, what to do, whether the same call may succeed later
SENTENCES: dict[str, tuple[str, str, bool]] = {
    "malformed": (
        "The platform could not read what was sent.",
        "Check what you gave; if it is right, update.",
        False,
    ),
    "bad_signature": ("A signature was not accepted.", "Check that the key is that of the campaign.", False),
    "too_large": (
        "What was sent is larger than the platform takes.",
        "Send fewer tasks, or smaller files.",
        False,
    ),
    "not_signed_in": ("The platform wants a new sign-in.", "Try again.", True),
    "sign_in_refused": ("The platform did not accept the sign-in.", "Try again in a minute.", True),
    "not_found": (
        "The platform has nothing like this for this key.",
        "Compare the id with what create printed, and the key with the one that created it.",
        False,
    ),
    "conflict": ("This was already done differently.", "Look at the campaign's status.", False),
    "late": ("The time for this is over.", "Look at the campaign's status.", False),
    "refused": ("The platform refused this.", "Mend what it names, then try again.", False),
    "not_allowed": (
        "The platform does not allow this to this key.",
        "Compare the key with the one that created it.",
        False,
    ),
    "quota": (
        "This account has stored as much media as the platform keeps for one.",
        "Ask its operator for more.",
        False,
    ),
    "upload_incomplete": (
        "The platform has only a part of a file.",
        "Try again: it goes on where it was.",
        True,
    ),
    "checksum": ("A part of a file was changed on its way.", "Try again: it goes on where it was.", True),
    "too_many_requests": ("Too many requests in a short time.", "Wait a moment, then try again.", True),
    "chain_unavailable": ("The platform cannot reach the chain.", "Try again later.", True),
    "internal": ("The platform met an error of its own.", "Try again later.", True),
}
_SAYS_MORE = frozenset(("malformed", "bad_signature", "conflict", "refused", "too_large", "not_allowed"))


def refusal(value: Any, status: int) -> PlatformRefused:
    """The fault that a signed error means; raises PlatformLied for one without a code."""
    told = value.get("error") if isinstance(value, dict) else None
    code = told.get("code") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(code, str) or not _CODE.fullmatch(code):
        raise PlatformLied("it is an error without a reason.")
    message, action, retryable = SENTENCES.get(
        code, ("The platform refused this.", "Try again later.", status >= 500)
    )
    said = told.get("message")
    if code in _SAYS_MORE and isinstance(said, str) and said:
        message += f' It says: "{clean(said[:_MOST], multiline=False)}"'
    found = PlatformRefused(code, message, action=action, retryable=retryable)
    found.safe = "No money moved on the chain."
    return found
