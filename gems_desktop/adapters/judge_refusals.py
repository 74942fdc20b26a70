# SPDX-License-Identifier: Apache-2.0
"""Why the judge of campaigns refuses, in sentences; see `contract_refusals`."""

from __future__ import annotations

_NOTHING = "The refused call changed nothing, and no GEM moved."
_ESCROW = "The refused call changed nothing. What is in escrow stays there."
_EVIDENCE = "The refused call changed nothing. Your evidence is kept and can be brought again."
_UPDATE = "Update Gems. If it happens again, save a report in Settings and tell us."
_LOOK = "Refresh, and look at what the chain says now."
_WAIT = "Wait until it is over, then try again."
_CASE = "Look at the case: it has to be the one of this task, whole and as it was signed."
_HUB = "This is for the platform's operator: look at the collateral first."

JUDGE: dict[str, tuple[str, str, str]] = {
    "Judge: gem is no contract": ("There is no token at the address that was given.", _NOTHING, _UPDATE),
    "Judge: transfer failed": ("The token did not move the GEM.", _NOTHING, _LOOK),
    "Judge: bad amount": ("The amount is zero or too large.", _NOTHING, "Give another amount."),
    "Judge: unknown campaign": ("The chain holds no money for this campaign.", _EVIDENCE, _CASE),
    "Judge: exit started": ("The collateral is already on its way out.", _NOTHING, _LOOK),
    "Judge: exit not started": ("The way out of the collateral was not begun.", _NOTHING, "Begin it first."),
    "Judge: delay not over": ("The delay of the way out is not over yet.", _NOTHING, _WAIT),
    "Judge: no signer": ("No key was named.", _NOTHING, _HUB),
    "Judge: signer not set": ("This key is not registered for the platform.", _NOTHING, _HUB),
    "Judge: unknown signer": (
        "The key that signed is not registered on the chain for this platform.",
        _EVIDENCE,
        "Take no more work of this platform until its key is registered.",
    ),
    "Judge: no collateral": ("The platform has no collateral that could pay this.", _EVIDENCE, _LOOK),
    "Judge: bad assignment": ("The assignment is not signed by the platform.", _EVIDENCE, _CASE),
    "Judge: bad submission": ("The answer is not signed by the worker of the task.", _EVIDENCE, _CASE),
    "Judge: bad receipt": ("The receipt is not signed by the platform.", _EVIDENCE, _CASE),
    "Judge: bad release": ("The release is not signed by the worker.", _EVIDENCE, _CASE),
    "Judge: bad vote": ("A vote is not signed by its verifier.", _EVIDENCE, _CASE),
    "Judge: bad panel": ("The panel is not signed by the platform.", _EVIDENCE, _CASE),
    "Judge: another task": ("The two parts of the case are about different tasks.", _EVIDENCE, _CASE),
    "Judge: no such round": ("The campaign has no such round.", _EVIDENCE, _CASE),
    "Judge: no such seat": ("The panel has no such seat.", _EVIDENCE, _CASE),
    "Judge: votes about nothing": ("There are votes for a task with no answer.", _EVIDENCE, _CASE),
    "Judge: seats not rising": ("The votes are not in the order of their seats.", _EVIDENCE, _CASE),
    "Judge: panel not ascending": ("The panel is not in the order of its addresses.", _EVIDENCE, _CASE),
    "Judge: too few votes": ("There are fewer votes than a verdict needs.", _EVIDENCE, _CASE),
    "Judge: miner on the panel": ("The worker of the task sits on its panel.", _EVIDENCE, _CASE),
    "Judge: not a verifier of the terms": (
        "Somebody on the panel is not among the verifiers of the campaign's terms.",
        _EVIDENCE,
        _CASE,
    ),
    "Judge: reward of a redo": ("The reward is no more than the redo's may be.", _EVIDENCE, _CASE),
    "Judge: not the attempt before": ("This is not the attempt before the redo.", _EVIDENCE, _CASE),
    "Judge: nothing pending": ("No claim about this task is waiting.", _EVIDENCE, _LOOK),
    "Judge: window not over": ("The platform still has time to answer this claim.", _EVIDENCE, _WAIT),
    "Judge: claimed already": ("This task was brought to the chain before.", _EVIDENCE, _LOOK),
    "Judge: not silent yet": ("The platform still has time to answer.", _EVIDENCE, _WAIT),
    "Judge: not anchored in time": (
        "The answer was not put down on the chain before it was due.",
        _EVIDENCE,
        "Without a receipt of the platform, only what was anchored in time can be claimed.",
    ),
    "Judge: no equivocation": ("The two messages do not contradict each other.", _EVIDENCE, _CASE),
    "Judge: proven already": ("This contradiction was proven before.", _EVIDENCE, _LOOK),
    "Judge: spend not redeemed": ("The payment of this bill was not redeemed.", _ESCROW, _LOOK),
    "Judge: not on the bill": ("The task is not on the bill that was signed.", _ESCROW, _CASE),
    "Judge: a verdict was brought": ("A verdict about this task was brought to the chain.", _EVIDENCE, _LOOK),
    "Judge: bad bill": ("The bill is not signed by the platform.", _EVIDENCE, _CASE),
    "Judge: campaigns is no contract": (
        "There is no campaigns contract at the address that was given.",
        _NOTHING,
        _UPDATE,
    ),
    "Judge: it accepts": ("One of the votes accepts this work, so it proves no refusal.", _EVIDENCE, _CASE),
    "Judge: not the escrow": ("Only the campaigns contract may do this.", _EVIDENCE, _UPDATE),
    "Judge: not the judge of these campaigns": (
        "The campaigns contract has another judge.",
        _NOTHING,
        _UPDATE,
    ),
}
