# SPDX-License-Identifier: Apache-2.0
"""What the platform refuses, by a code that clients decide by; the HTTP status is the edge's affair."""

from __future__ import annotations

from gems_protocol.errors import GemsError


class Refusal(GemsError):
    """A request that cannot be done as asked; `code` is part of the interface."""

    code = "refused"


class Malformed(Refusal):
    """The request is not what the interface says."""

    code = "malformed"


class TooLarge(Refusal):
    """The request is larger than its limit."""

    code = "too_large"


class NotSignedIn(Refusal):
    """No token, or one that is unknown or over."""

    code = "not_signed_in"


class SignInRefused(Refusal):
    """The sign-in message or its signature does not hold."""

    code = "sign_in_refused"


class NotFound(Refusal):
    """There is no such thing, or it is not this account's: both answers are the same on purpose."""

    code = "not_found"


class Conflict(Refusal):
    """The same key was used for something else, or the thing is in another state by now."""

    code = "conflict"


class Late(Refusal):
    """The time for this is over."""

    code = "late"


class NoWork(Refusal):
    """Nothing can be leased right now."""

    code = "no_work"
    retryable = True


class NotAVerifier(Refusal):
    """The trust score does not allow reviewing yet."""

    code = "not_a_verifier"


class NotAllowed(Refusal):
    """This account may not do that."""

    code = "not_allowed"


class CreditLimit(Refusal):
    """As many batches as may be open at one time are not settled yet."""

    code = "credit_limit"
    retryable = True


class ReleasesDue(Refusal):
    """Tasks that were paid long ago are not released to the hub yet."""

    code = "releases_due"
    retryable = True


class BondTooSmall(Refusal):
    """The bond pocket holds less free stake than the work asks for."""

    code = "bond_too_small"


class BadDebit(Refusal):
    """The stake was not put up as it must be."""

    code = "bad_debit"


class BadClaim(Refusal):
    """A relayed claim does not hold."""

    code = "bad_claim"


class BadTransfer(Refusal):
    """A relayed transfer of GEM does not hold."""

    code = "bad_transfer"


class CarryKeyUnknown(Refusal):
    """A carry file is sealed to a key that is not, or no longer, this platform's."""

    code = "carry_key"


class QuotaReached(Refusal):
    """The account has stored as much as it may."""

    code = "quota"


class ChecksumWrong(Refusal):
    """What came of an upload is not what its checksum says; it is to be sent again."""

    code = "checksum"
    retryable = True


class UploadIncomplete(Refusal):
    """The upload that a request refers to is not, or no longer, all here."""

    code = "upload_incomplete"
    retryable = True


class TusVersion(Refusal):
    """An upload's request does not say that it speaks tus 1.0.0."""

    code = "tus_version"


class TooMany(Refusal):
    """Too many requests from one address."""

    code = "too_many_requests"
    retryable = True


class ChainDown(Refusal):
    """The chain does not answer, or refuses."""

    code = "chain_unavailable"
    retryable = True
