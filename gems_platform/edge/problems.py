# SPDX-License-Identifier: Apache-2.0
"""An error as a problem document (RFC 9457), with the member `error` by which the interface's clients decide."""

from __future__ import annotations

from typing import Any

from gems_platform.observing import noted

MEDIA_TYPE = "application/problem+json"
URN = "urn:gems:error:"
#: code -> (HTTP status, title): the one place that knows a status for each error code.
KINDS: dict[str, tuple[int, str]] = {
    "malformed": (400, "The request is not what the interface says"),
    "bad_signature": (400, "A signature does not hold"),
    "bad_debit": (400, "The stake was not put up as it must be"),
    "bad_claim": (400, "The claim does not hold"),
    "bad_transfer": (400, "The transfer does not hold"),
    "not_signed_in": (401, "Not signed in"),
    "sign_in_refused": (401, "The sign-in was refused"),
    "not_allowed": (403, "This account may not do that"),
    "not_a_verifier": (403, "The trust score does not allow reviewing yet"),
    "not_found": (404, "There is no such thing, or it is not yours"),
    "no_work": (404, "There is no work right now"),
    "method_not_allowed": (405, "Nothing is here under this method"),
    "conflict": (409, "It stands otherwise by now"),
    "credit_limit": (409, "Too much is open at once"),
    "appeal_limit": (409, "Too many appeals were lost"),
    "releases_due": (409, "Paid tasks wait for their release"),
    "bond_too_small": (409, "The bond is too small"),
    "late": (409, "The time for this is over"),
    "restored": (409, "The platform came back from a backup"),
    "carry_key": (409, "The file is sealed to another key"),
    "upload_incomplete": (409, "The upload is not all here"),
    "tus_version": (412, "Uploads speak another version"),
    "too_large": (413, "The request is too large"),
    "quota": (413, "The account has stored as much as it may"),
    "refused": (422, "A rule refuses this"),
    "checksum": (460, "The content was changed on its way"),
    "too_many_requests": (429, "Too many requests"),
    "internal": (500, "The platform met an error of its own"),
    "chain_unavailable": (503, "The chain does not answer"),
    "store_unavailable": (503, "The store does not answer"),
    "media_unavailable": (503, "Media cannot be had right now"),
}
#: Seconds after which a client may ask again, where the refusal does not say it itself.
_AFTER = {"too_many_requests": 1, "chain_unavailable": 10, "store_unavailable": 5, "media_unavailable": 10}


def status_of(code: str) -> int:
    """The HTTP status of an error code."""
    return KINDS[code][0]


def document(
    code: str, message: str, safe: str, action: str, *, retryable: bool = False, contract: str = ""
) -> dict[str, Any]:
    """The problem document of an error.

    message, safe, action: what happened, what is safe, what to do. contract: the text of the contract that
    would refuse it, "" for none.
    """
    noted.refused(code)
    status, title = KINDS[code]
    error = {"code": code, "message": message, "safe": safe, "action": action, "retryable": retryable}
    if contract:
        error["contract"] = contract
    return {"type": URN + code, "title": title, "status": status, "detail": message, "error": error}


def headers_of(code: str, retry_after: int = 0) -> dict[str, str]:
    """What an answer with this code says in its headers: when to ask again, and how to sign in."""
    seconds = retry_after or _AFTER.get(code, 0)
    found = {"retry-after": str(seconds)} if seconds else {}
    if code == "not_signed_in":
        found["www-authenticate"] = "Bearer"
    return found
