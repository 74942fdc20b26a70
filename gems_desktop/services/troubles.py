# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the channel right now, kept until it is over; the texts that a person sees."""

from __future__ import annotations

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.facts_upkeep import Trouble
from gems_desktop.services.ports import Tx

_NAME = "troubles"
_PROOFS = "trouble_proofs"  # code -> signed messages, as text
_KEPT = "Your vouchers and all your evidence are kept on this computer."
_TELL = "Claim what you can, tell the platform, and take no more work until it is answered."

#: code -> what happened, what is safe, what to do
WORDS: dict[str, tuple[str, str, str]] = {
    "closing_hub": (
        "The platform is closing your payment channel.",
        "What your newest voucher pays is handed in for you. Your bond comes when the closing ends.",
        "Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.",
    ),
    "closing_mine": (
        "Your payment channel is being closed.",
        "What your newest voucher pays is handed in for you. Your bond comes when the closing ends.",
        "Nothing needs to be done. The bond comes by itself when the closing ends.",
    ),
    "closing_unheard": (
        "The platform is closing your channel and its relayer does not take your claim.",
        "Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.",
        "Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.",
    ),
    "closing_overdue": (
        "The closing of your channel could have ended a day ago, and the platform has not ended it.",
        "The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.",
        "Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only "
        "the description of your channel, which is in the voucher's file, and a little gas coin.",
    ),
    "close_failed": (
        "The closing of your channel that you asked for was not carried out.",
        "Your channel is open as before, and no fee was taken.",
        "Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.",
    ),
    "served_less": (
        "The platform shows a voucher that is less than the one it published.",
        "The highest that it signed for you counts and is kept here. Its two signatures prove it.",
        _TELL,
    ),
    "hub_went_back": (
        "The platform had lost its newest records. Your vouchers and your work were handed back to it.",
        "Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.",
        "Go on working. Look at your earnings again in an hour.",
    ),
    "hub_refuses_vouchers": (
        "The platform has lost its newest records and did not take your vouchers back.",
        "Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.",
        _TELL,
    ),
    "two_vouchers": (
        "The platform signed two different vouchers with the same number.",
        "Your vouchers are kept here. Both can be shown to anybody.",
        _TELL,
    ),
    "published_less": (
        "The platform's daily file of vouchers shows less than it signed for you before.",
        "Your vouchers are kept here. Its two signatures prove it.",
        _TELL,
    ),
    "chain_late": (
        "The chain nodes show nothing newer than half an hour: they have stopped following the chain.",
        _KEPT,
        "Use other chain nodes: give their addresses in Settings.",
    ),
    "hub_leaves": (
        "The platform has announced that it takes its collateral back.",
        "What you have earned is kept here and can be claimed. Work without a stake goes on.",
        "Until this is over, Gems puts up no stake for its work.",
    ),
    "hub_no_key": (
        "The key by which the platform signs is not registered for it on the chain.",
        "What you have earned is kept here. Work without a stake goes on.",
        "Until it is registered, Gems puts up no stake for its work: no contract would hear your case.",
    ),
    "unbond_unpaid": (
        "The platform has not paid a step out of your bond that you signed.",
        "It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of "
        "your bond stays where it is.",
        "Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and "
        "take no more work from it.",
    ),
    "debit_unknown": (
        "The platform says that you put up more stake than this computer knows of.",
        _KEPT,
        "If you work on another computer too, nothing is wrong. Otherwise tell the platform.",
    ),
}


def troubles(tx: Tx) -> tuple[Trouble, ...]:
    """Everything that is wrong now, oldest first."""
    found = get_value(tx, _NAME, {})
    proofs = get_value(tx, _PROOFS, {})
    told = [
        Trouble(code, *WORDS[code], at=at, proof=proofs.get(code, ""))
        for code, at in found.items()
        if code in WORDS
    ]
    return tuple(sorted(told, key=lambda trouble: trouble.at))


def tell_served_less(tx: Tx, proof: str, now: int) -> None:
    """Keep and show what proves that the hub serves less than it published; "" is no proof."""
    if proof:
        set_value(tx, _PROOFS, {"served_less": proof})
        tell(tx, "served_less", now)


def tell(tx: Tx, code: str, now: int) -> bool:
    """Something is wrong since now; whether that is new."""
    found = get_value(tx, _NAME, {})
    if code in found:
        return False
    set_value(tx, _NAME, {**found, code: now})
    return True


def over(tx: Tx, *codes: str) -> bool:
    """It is over; whether it was told."""
    found = get_value(tx, _NAME, {})
    left = {code: at for code, at in found.items() if code not in codes}
    if left != found:
        set_value(tx, _NAME, left)
    return len(left) < len(found)
