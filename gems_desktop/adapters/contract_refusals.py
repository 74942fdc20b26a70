# SPDX-License-Identifier: Apache-2.0
"""Why a contract refuses, in sentences: each text that GEM's and the channels' contracts give, and no text at all.

Those of the other two are in `campaign_refusals` and `judge_refusals`. A test reads the contracts, so that none is
without a sentence.
"""

from __future__ import annotations

from .campaign_refusals import CAMPAIGNS
from .judge_refusals import JUDGE

Sentences = tuple[str, str, str]  # what happened, what is safe, what to do

_NOTHING = "The refused call changed nothing, and no GEM moved."
_KEPT = "The refused call changed nothing. Your vouchers are kept on this computer."
_UPDATE = "Update Gems. If it happens again, save a report in Settings and tell us."
_LOOK = "Refresh, and look at what the chain says now."
_QUOTE = "Ask for a new quote and claim again."
_SEND = "Begin the payment again."
_WAIT = "Wait until it is over, then try again."

#: A number left its bounds, or the gas ran out: code that the compiler made refuses without a text.
NO_REASON: Sentences = (
    "The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.",
    "The refused call changed nothing, and no GEM moved.",
    "Check the amounts and try again. If it happens again, update Gems.",
)

TOKEN: dict[str, Sentences] = {
    "Gem: no holder": (
        "The token cannot be made without somebody who gets it.",
        _NOTHING,
        "Name its holder.",
    ),
    "Gem: no receiver": (
        "GEM cannot be sent to the zero address.",
        _NOTHING,
        "Give the address of somebody.",
    ),
    "Gem: balance too small": (
        "The account holds less GEM than it was to send.",
        _NOTHING,
        "Send less, or put GEM into the account first.",
    ),
    "Gem: allowance too small": (
        "The contract may not take that much GEM from the account.",
        _NOTHING,
        "Allow it the whole amount first; Gems does that by itself when the command is given again.",
    ),
    "Gem: permit expired": ("The permission to take GEM came too late.", _NOTHING, _SEND),
    "Gem: authorization not yet valid": ("The signed payment does not hold yet.", _NOTHING, _WAIT),
    "Gem: authorization expired": ("The signed payment came too late.", _NOTHING, _SEND),
    "Gem: authorization used": (
        "This signed payment was already carried out or taken back.",
        "It is never carried out twice.",
        "Look at the wallet's balance before you pay again.",
    ),
    "Gem: caller is not the receiver": (
        "Only the receiver may hand in this signed payment.",
        _NOTHING,
        "Let the receiver hand it in.",
    ),
    "Gem: bad signature": ("The signature is not by the account whose GEM it is.", _NOTHING, _UPDATE),
}

CHANNELS: dict[str, Sentences] = {
    "Channels: gem is no contract": ("There is no token at the address that was given.", _NOTHING, _UPDATE),
    "Channels: no signer": ("A channel needs a key that signs its vouchers.", _NOTHING, _UPDATE),
    "Channels: delay outside 7 to 90 days": (
        "A channel closes in 7 to 90 days; another time was given.",
        _NOTHING,
        "Choose a delay of 7 to 90 days.",
    ),
    "Channels: lengths differ": (
        "The lists of channels and amounts are of different lengths.",
        _KEPT,
        _UPDATE,
    ),
    "Channels: bad worker": ("A channel cannot be for nobody or for the contract.", _NOTHING, _UPDATE),
    "Channels: zero amount": (
        "Nothing cannot be put into a channel.",
        _NOTHING,
        "Give an amount above zero.",
    ),
    "Channels: amount too large": ("The amount is larger than a channel can hold.", _NOTHING, "Give less."),
    "Channels: closing or closed": (
        "The channel is closing or closed.",
        "What your newest voucher pays can be claimed until the closing ends.",
        "Claim it; new work needs a new channel.",
    ),
    "Channels: transfer failed": ("The token did not move the GEM.", _KEPT, _LOOK),
    "Channels: not the relayer": ("Another relayer was allowed to bring this claim.", _KEPT, _QUOTE),
    "Channels: authorization expired": ("The claim came later than you allowed.", _KEPT, _QUOTE),
    "Channels: bad recipient": (
        "A claim cannot go to the zero address or to the contract.",
        _KEPT,
        "Give another address.",
    ),
    "Channels: bad voucher": ("The voucher is not signed by the key of this channel.", _KEPT, _LOOK),
    "Channels: bad authorization": (
        "Your permission does not fit the channel any more: something else was claimed first.",
        _KEPT,
        _QUOTE,
    ),
    "Channels: nothing to claim": ("The voucher brings nothing that was not claimed before.", _KEPT, _LOOK),
    "Channels: fee above amount": (
        "The relayer's fee is higher than what the claim brings.",
        _KEPT,
        "Claim later, when more has come together.",
    ),
    "Channels: not a party": ("Only the two parties of a channel may close it.", _KEPT, "Use their key."),
    "Channels: unknown channel": ("The chain knows no such channel.", _KEPT, _LOOK),
    "Channels: not closing": ("The channel is not being closed.", _KEPT, _LOOK),
    "Channels: bad debit": ("The stake's signature is not by the channel's worker.", _KEPT, _LOOK),
    "Channels: delay not over": ("The closing of the channel cannot be ended yet.", _KEPT, _WAIT),
}

SENTENCES: dict[str, Sentences] = {**TOKEN, **CHANNELS, **CAMPAIGNS, **JUDGE}


def sentences(reason: str | None) -> Sentences | None:
    """The three sentences for a contract's text, for None those of a refusal without one; None for a text of others."""
    return NO_REASON if reason is None else SENTENCES.get(reason)
