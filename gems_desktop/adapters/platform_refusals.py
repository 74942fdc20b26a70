# SPDX-License-Identifier: Apache-2.0
"""The platform's codes in our words; its own sentences are never shown."""

from __future__ import annotations

import re
from typing import Any

from gems_desktop.services.errors import PlatformLied, PlatformRefused

from . import contract_refusals

_LONGEST_S = 3600
_CODE = re.compile(r"[a-z_]{1,40}", re.ASCII)
#: code -> (what happened, what to do, whether the same may succeed later)
SENTENCES: dict[str, tuple[str, str, bool]] = {
    "malformed": ("The platform could not read what was sent.", "Update Gems, then try again.", False),
    "too_large": ("What was sent is larger than the platform takes.", "Send fewer tasks at a time.", False),
    "not_signed_in": ("The platform wants you to sign in again.", "Unlock the wallet and try again.", True),
    "sign_in_refused": ("The platform did not accept the sign-in.", "Try again in a minute.", True),
    "not_found": ("The platform does not have this any more.", "Refresh and choose again.", False),
    "conflict": ("This was already done differently.", "Refresh to see how it stands.", False),
    "late": ("The time for this is over.", "Choose other work.", False),
    "no_work": (
        "There is no work of this kind right now.",
        "Look again later or choose another campaign.",
        True,
    ),
    "not_a_verifier": (
        "Your trust score does not allow reviewing yet.",
        "The Trust page shows how far it is.",
        False,
    ),
    "releases_due": (
        "The platform waits for releases of tasks that it paid you for.",
        "Stay online for a moment: Gems sends them by itself. Then try again.",
        True,
    ),
    "credit_limit": (
        "You have as many unfinished batches as one account may have.",
        "Send what is done, wait for its verdicts, then try again.",
        True,
    ),
    "appeal_limit": (
        "You lost too many appeals without a bond lately.",
        "Appeal when they are longer ago, or take work with a stake.",
        False,
    ),
    "bond_too_small": (
        "Your bond pocket holds too little for the stake.",
        "Work without a stake first: the first earnings fill the bond pocket.",
        False,
    ),
    "refused": ("The platform refused this.", "Try again later.", False),
    "not_allowed": ("The platform does not allow this to your account.", "Choose something else.", False),
    "bad_debit": ("The stake was not accepted.", "Try to take the work again.", False),
    "bad_transfer": (
        "The transfer was not accepted.",
        "Look at the amount and the address, and try again.",
        False,
    ),
    "bad_claim": ("The claim was not accepted.", "Ask for a new quote and claim again.", False),
    "carry_key": (
        "This carry file was sealed for another platform, or too long ago.",
        "Whoever wrote it has to write it again.",
        False,
    ),
    "quota": ("Your account has stored as much as it may.", "Remove something first.", False),
    "upload_incomplete": ("The platform has only a part of this.", "Gems sends the rest by itself.", True),
    "checksum": ("A part was changed on its way.", "Gems sends it again by itself.", True),
    "tus_version": ("The platform takes uploads in another way.", "Update Gems, then try again.", True),
    "too_many_requests": ("Too many requests in a short time.", "Wait a moment; Gems tries again.", True),
    "chain_unavailable": ("The platform cannot reach the chain.", "Try again later.", True),
    "store_unavailable": ("The platform cannot reach its store.", "Try again in a minute.", True),
    "media_unavailable": ("The platform cannot reach its media files.", "Try again in a minute.", True),
    "restored": (
        "The platform came back from a backup and does not have your newest vouchers yet.",
        "Stay online for a moment: Gems hands them back by itself. Then try again.",
        True,
    ),
    "internal": ("The platform met an error of its own.", "Try again later.", True),
}

#: Where the platform asked a contract first and may tell its text, which has sentences of its own.
RELAYED = ("bad_claim", "bad_transfer")


def _retry_after(told: Any) -> int:
    wish = told.get("wish") if isinstance(told, dict) else None
    seconds = wish.get("retry_after") if isinstance(wish, dict) else None
    return seconds if type(seconds) is int and 0 < seconds <= _LONGEST_S else 0


def refusal(value: Any, status: int) -> PlatformRefused:
    """The fault that an error answer means; raises PlatformLied for one without a code."""
    told = value.get("error") if isinstance(value, dict) else None
    code = told.get("code") if isinstance(told, dict) else None
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise PlatformLied("it is an error without a reason.")
    reason = told.get("contract") if isinstance(told, dict) else None
    if code in RELAYED and isinstance(reason, str) and reason in contract_refusals.SENTENCES:
        message, _safe, action = contract_refusals.SENTENCES[reason]
        return PlatformRefused(code, message, action=action)
    if code in SENTENCES:
        message, action, retryable = SENTENCES[code]
        found = PlatformRefused(code, message, action=action, retryable=retryable)
        found.retry_after = _retry_after(told)
        return found
    return PlatformRefused(
        code, "The platform refused this.", action="Try again later.", retryable=status >= 500
    )
