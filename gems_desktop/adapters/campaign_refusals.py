# SPDX-License-Identifier: Apache-2.0
"""Why the campaigns' contract refuses, in sentences; see `contract_refusals`."""

from __future__ import annotations

_NOTHING = "The refused call changed nothing, and no GEM moved."
_ESCROW = "The refused call changed nothing. What is in escrow stays there."
_EVIDENCE = "The refused call changed nothing. Your evidence is kept and can be brought again."
_UPDATE = "Update Gems. If it happens again, save a report in Settings and tell us."
_LOOK = "Refresh, and look at what the chain says now."
_WAIT = "Wait until it is over, then try again."
_TERMS = "Change the campaign's terms and plan it again."
_CASE = "Look at the case: it has to be the one of this task, whole and as it was signed."
_HUB = "This is for the platform's operator: look at the collateral first."

CAMPAIGNS: dict[str, tuple[str, str, str]] = {
    # What a campaign may be
    "Campaigns: gem is no contract": ("There is no token at the address that was given.", _NOTHING, _UPDATE),
    "Campaigns: bad requester": ("The terms name no requester, or one that cannot be.", _NOTHING, _TERMS),
    "Campaigns: bad hub": ("The terms name no platform, or one that cannot be.", _NOTHING, _TERMS),
    "Campaigns: no reward": ("The terms pay nothing for a task.", _NOTHING, _TERMS),
    "Campaigns: z outside 1 to 10": ("The terms' share of rewards is outside its bounds.", _NOTHING, _TERMS),
    "Campaigns: panel not odd or above 7": (
        "A panel has 1, 3, 5 or 7 verifiers; the terms say something else.",
        _NOTHING,
        _TERMS,
    ),
    "Campaigns: quorum above panel": ("The terms ask for more votes than a panel has.", _NOTHING, _TERMS),
    "Campaigns: quorum no majority": ("The terms ask for fewer votes than half a panel.", _NOTHING, _TERMS),
    "Campaigns: rounds outside 1 to 3": ("A campaign has one to three rounds.", _NOTHING, _TERMS),
    "Campaigns: redo above 30 days": ("The terms give more than 30 days for a redo.", _NOTHING, _TERMS),
    "Campaigns: window outside 7 days": ("The time for appeals is outside its bounds.", _NOTHING, _TERMS),
    "Campaigns: ends in the past": ("The campaign would have ended already.", _NOTHING, _TERMS),
    "Campaigns: ends too far away": ("The campaign would end too far in the future.", _NOTHING, _TERMS),
    # Money in and out
    "Campaigns: no tasks": ("No tasks were to be paid for.", _NOTHING, "Pay for one task or more."),
    "Campaigns: too many tasks": (
        "These are more tasks than a campaign can have.",
        _NOTHING,
        "Pay for fewer.",
    ),
    "Campaigns: too much": ("This is more GEM than a campaign can hold.", _NOTHING, "Pay for fewer tasks."),
    "Campaigns: transfer failed": ("The token did not move the GEM.", _NOTHING, _LOOK),
    "Campaigns: bad amount": ("The amount is zero or too large.", _NOTHING, "Give another amount."),
    "Campaigns: bad spend": ("The payment is not signed by the campaign's requester.", _ESCROW, _LOOK),
    "Campaigns: not the requester": (
        "Only the requester of the campaign may do this.",
        _ESCROW,
        "Use the key that created the campaign.",
    ),
    "Campaigns: unknown campaign": (
        "The chain holds no money for this campaign.",
        _NOTHING,
        "Fund it first, or compare its terms with what was funded.",
    ),
    "Campaigns: not ended": ("The campaign has not ended yet.", _ESCROW, _WAIT),
    "Campaigns: exit started": ("The money of this escrow is already on its way out.", _ESCROW, _LOOK),
    "Campaigns: exit not started": ("The way out of this escrow was not begun.", _ESCROW, "Begin it first."),
    "Campaigns: delay not over": ("The delay of the way out is not over yet.", _ESCROW, _WAIT),
    "Campaigns: a verdict is pending": (
        "A task of this campaign is still being judged on the chain.",
        _ESCROW,
        "Wait until the verdict is settled, then finish the exit.",
    ),
    # The platform's collateral and keys
    "Campaigns: no signer": ("No key was named.", _NOTHING, _HUB),
    "Campaigns: signer not set": ("This key is not registered for the platform.", _NOTHING, _HUB),
    "Campaigns: unknown signer": (
        "The key that signed is not registered on the chain for this platform.",
        _EVIDENCE,
        "Take no more work of this platform until its key is registered.",
    ),
    "Campaigns: no collateral": ("The platform has no collateral that could pay this.", _EVIDENCE, _LOOK),
    # Cases
    "Campaigns: bad assignment": ("The assignment is not signed by the platform.", _EVIDENCE, _CASE),
    "Campaigns: bad submission": ("The answer is not signed by the worker of the task.", _EVIDENCE, _CASE),
    "Campaigns: bad receipt": ("The receipt is not signed by the platform.", _EVIDENCE, _CASE),
    "Campaigns: bad release": ("The release is not signed by the worker.", _EVIDENCE, _CASE),
    "Campaigns: bad vote": ("A vote is not signed by its verifier.", _EVIDENCE, _CASE),
    "Campaigns: bad panel": ("The panel is not signed by the platform.", _EVIDENCE, _CASE),
    "Campaigns: bad signature of the hub": ("The platform did not sign this.", _EVIDENCE, _CASE),
    "Campaigns: another assignment": ("The case is about another assignment of this task.", _EVIDENCE, _CASE),
    "Campaigns: another task": ("The two parts of the case are about different tasks.", _EVIDENCE, _CASE),
    "Campaigns: no such round": ("The campaign has no such round.", _EVIDENCE, _CASE),
    "Campaigns: no such seat": ("The panel has no such seat.", _EVIDENCE, _CASE),
    "Campaigns: votes about nothing": ("There are votes for a task with no answer.", _EVIDENCE, _CASE),
    "Campaigns: seats not rising": ("The votes are not in the order of their seats.", _EVIDENCE, _CASE),
    "Campaigns: panel not ascending": ("The panel is not in the order of its addresses.", _EVIDENCE, _CASE),
    "Campaigns: too few votes": ("There are fewer votes than a verdict needs.", _EVIDENCE, _CASE),
    "Campaigns: miner on the panel": ("The worker of the task sits on its panel.", _EVIDENCE, _CASE),
    "Campaigns: not a verifier of the terms": (
        "Somebody on the panel is not among the verifiers of the campaign's terms.",
        _EVIDENCE,
        _CASE,
    ),
    "Campaigns: judged before": ("A verifier of this panel judged the task before.", _EVIDENCE, _CASE),
    "Campaigns: reward above the terms": ("The reward is above that of the terms.", _EVIDENCE, _CASE),
    "Campaigns: reward of a redo": ("The reward is no more than the redo's may be.", _EVIDENCE, _CASE),
    "Campaigns: not the attempt before": ("This is not the attempt before the redo.", _EVIDENCE, _CASE),
    "Campaigns: not what stands": ("The chain holds another verdict than this.", _EVIDENCE, _LOOK),
    "Campaigns: nothing pending": ("No verdict of this task is waiting on the chain.", _EVIDENCE, _LOOK),
    "Campaigns: no verdict": ("There is no verdict that could be used for this.", _EVIDENCE, _LOOK),
    "Campaigns: nothing to appeal": ("There is no verdict to appeal against.", _EVIDENCE, _LOOK),
    "Campaigns: not a higher round": ("A verdict of this or a higher round stands.", _EVIDENCE, _LOOK),
    "Campaigns: no further round": ("There is no further round to appeal to.", _EVIDENCE, _LOOK),
    "Campaigns: not the arbiter": ("Only the arbiter of the terms may decide this.", _EVIDENCE, _LOOK),
    "Campaigns: window not over": ("The time for appeals is not over yet.", _EVIDENCE, _WAIT),
    "Campaigns: window over": ("The time for appeals is over.", _EVIDENCE, _LOOK),
    "Campaigns: claimed already": ("This task was brought to the chain before.", _EVIDENCE, _LOOK),
    "Campaigns: not silent yet": ("The platform still has time to answer.", _EVIDENCE, _WAIT),
    "Campaigns: not anchored in time": (
        "The answer was not put down on the chain before it was due.",
        _EVIDENCE,
        "Without a receipt of the platform, only what was anchored in time can be claimed.",
    ),
    "Campaigns: no equivocation": ("The two messages do not contradict each other.", _EVIDENCE, _CASE),
    "Campaigns: proven already": ("This contradiction was proven before.", _EVIDENCE, _LOOK),
    "Campaigns: spend not redeemed": ("The payment of this bill was not redeemed.", _ESCROW, _LOOK),
    "Campaigns: not on the bill": ("The task is not on the bill that was signed.", _ESCROW, _CASE),
    # What a verdict may pay
    "Campaigns: index not funded": ("This task was not paid for in advance.", _EVIDENCE, _LOOK),
    "Campaigns: index accepted already": ("This task was accepted and paid before.", _EVIDENCE, _LOOK),
    "Campaigns: not enough left": ("The escrow holds too little for this verdict.", _EVIDENCE, _LOOK),
    "Campaigns: reserve used up": ("The reserve of this task is used up.", _EVIDENCE, _LOOK),
    "Campaigns: day's cap": (
        "The contract settles no more of this campaign today.",
        _EVIDENCE,
        "Bring it again tomorrow.",
    ),
}
