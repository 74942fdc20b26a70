# SPDX-License-Identifier: Apache-2.0
"""What the platform refuses, by a code that clients decide by; the HTTP status is the edge's affair."""

from __future__ import annotations

from typing import Any

from gems_protocol.errors import GemsError

NOTHING = "Nothing of this request was kept."


class Refusal(GemsError):
    """A request that cannot be done as asked; `code` is part of the interface.

    A kind of refusal has its own words for what is safe (`kept`) and what to do (`advice`), which the place that
    raises it may say more exactly. retry_after: seconds after which it is worth asking again, 0 when not known.
    """

    code = "refused"
    kept = NOTHING
    advice = "Look at what the message names, and ask again with that put right."

    def __init__(
        self,
        message: str,
        *,
        safe: str = "",
        action: str = "",
        retryable: bool | None = None,
        retry_after: int = 0,
    ) -> None:
        super().__init__(message, safe=safe or self.kept, action=action or self.advice, retryable=retryable)
        self.retry_after = retry_after


class StoreBehind(Refusal):
    """The tables are of another version than this code."""

    code = "store_unavailable"

    def __init__(self) -> None:
        super().__init__(
            "The store's tables are of another version than this program.",
            safe="Nothing was changed.",
            action="Stop the processes of the older version, then run `gems platform migrate`.",
        )


class StoreBusy(Refusal):
    """Others changed the same things again and again."""

    code = "store_unavailable"

    def __init__(self) -> None:
        super().__init__(
            "Too many others are changing the same things.",
            safe="Nothing of this request happened.",
            action="Try again in a moment.",
            retryable=True,
        )


class StoreDown(Refusal):
    """The database does not answer, or cannot write."""

    code = "store_unavailable"

    def __init__(self) -> None:
        super().__init__(
            "The platform's store cannot be reached or cannot write.",
            safe="Nothing of this request happened.",
            action="Try again in a minute.",
            retryable=True,
        )


class MediaUnavailable(Refusal):
    """The place where media files are kept does not answer."""

    code = "media_unavailable"
    retryable = True
    kept = "Files that were taken are kept."
    advice = "Try again in a minute."


class Malformed(Refusal):
    """The request is not what the interface says."""

    code = "malformed"
    advice = "Read what the interface asks for here, and send that."


class TooLarge(Refusal):
    """The request is larger than its limit."""

    code = "too_large"
    advice = "Send it in smaller parts."


class NotSignedIn(Refusal):
    """No token, or one that is unknown or over."""

    code = "not_signed_in"
    kept = "Nothing was done."
    advice = "Sign in, and ask again with the new token."


class SignInRefused(Refusal):
    """The sign-in message or its signature does not hold."""

    code = "sign_in_refused"
    kept = "Nothing was changed."
    advice = "Ask for a new nonce and sign again."


class NotFound(Refusal):
    """There is no such thing, or it is not this account's: both answers are the same on purpose."""

    code = "not_found"
    kept = "Nothing was changed."
    advice = "Look at the name; if it was right, this is not there (any more), or it is not yours."


class Conflict(Refusal):
    """The same key was used for something else, or the thing is in another state by now."""

    code = "conflict"
    advice = "Ask how it stands now, and decide again."


class Restored(Refusal):
    """The platform came back from a backup, and has not seen yet what it signed last in this channel."""

    code = "restored"

    def __init__(self) -> None:
        super().__init__(
            "The platform was restored from a backup and does not know yet which voucher of yours is the newest.",
            safe="Every voucher that you hold is good. Nothing is signed in your channel until then.",
            action="Hand your newest vouchers back (PUT /v1/channel/vouchers), then ask again.",
            retryable=True,
        )


class Late(Refusal):
    """The time for this is over."""

    code = "late"
    advice = "There is nothing to do here any more; go on with other work."


class NoWork(Refusal):
    """Nothing can be leased right now.

    waits: whether asking again may give something. wish: how the asker's wish stands, as the interface says it.
    """

    waits = False
    wish: dict[str, Any] | None = None
    code = "no_work"
    retryable = True
    kept = "Nothing was taken."
    advice = "Ask again later, or choose another campaign."


class NotAVerifier(Refusal):
    """The trust score does not allow reviewing yet."""

    code = "not_a_verifier"
    kept = "Nothing was taken."
    advice = "Do more tasks; your Trust page shows how far you are."


class NotAllowed(Refusal):
    """This account may not do that."""

    code = "not_allowed"
    kept = "Nothing was changed."
    advice = "Ask with the account that may do this."


class CreditLimit(Refusal):
    """As many batches as may be open at one time are not settled yet."""

    code = "credit_limit"
    retryable = True
    kept = "What you have is yours to finish."
    advice = "Finish what is open first."


class AppealLimit(Refusal):
    """As many appeals without a bond were lost lately as an account may lose."""

    code = "appeal_limit"
    kept = "The verdict stays as it is."
    advice = "Wait until your lost appeals are a month old, or appeal where there is a bond."


class ReleasesDue(Refusal):
    """Tasks that were paid long ago are not released to the hub yet."""

    code = "releases_due"
    retryable = True
    kept = "What you were paid stays yours."
    advice = "Send the releases that are due, then ask again."


class BondTooSmall(Refusal):
    """The bond pocket holds less free stake than the work asks for."""

    code = "bond_too_small"
    kept = "Your bond is untouched."
    advice = "Earn more into the bond pocket, or take work with a smaller stake."


class BadDebit(Refusal):
    """The stake was not put up as it must be."""

    code = "bad_debit"
    kept = "No stake was taken."
    advice = "Ask for your channel, and sign a debit over what it says."


class BadClaim(Refusal):
    """A relayed claim does not hold."""

    code = "bad_claim"
    kept = "Nothing was sent and no fee was taken."
    advice = "Ask for your channel and a new quote, and sign again."


class BadTransfer(Refusal):
    """A relayed transfer of GEM does not hold."""

    code = "bad_transfer"
    kept = "Nothing was sent and no fee was taken."
    advice = "Ask for a new quote, and sign again."


class CarryKeyUnknown(Refusal):
    """A carry file is sealed to a key that is not, or no longer, this platform's."""

    code = "carry_key"
    kept = "Nothing in the file was opened."
    advice = "Fetch the newest key, and write the carry file again."


class QuotaReached(Refusal):
    """The account has stored as much as it may."""

    code = "quota"
    kept = "What you have stored is kept."
    advice = "Wait until some of it is used or over, or ask the operator for more."


class ChecksumWrong(Refusal):
    """What came of an upload is not what its checksum says; it is to be sent again."""

    code = "checksum"
    retryable = True
    kept = "What came before is kept."
    advice = "Send it again."


class UploadIncomplete(Refusal):
    """The upload that a request refers to is not, or no longer, all here."""

    code = "upload_incomplete"
    retryable = True
    kept = "What came of it is kept."
    advice = "Send the rest of the upload first."


class TusVersion(Refusal):
    """An upload's request does not say that it speaks tus 1.0.0."""

    code = "tus_version"
    kept = "Nothing was changed."
    advice = "Say Tus-Resumable: 1.0.0."


class TooMany(Refusal):
    """Too many requests from one address."""

    code = "too_many_requests"
    retryable = True
    kept = "Nothing of this request was done."
    advice = "Wait a moment and try again."


class ChainDown(Refusal):
    """The chain does not answer, or refuses."""

    code = "chain_unavailable"
    retryable = True
    kept = "What was signed and stored is kept."
    advice = "Try again in a minute."
