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

CAMPAIGNS: dict[str, tuple[str, str, str]] = {
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
    "Campaigns: no tasks": ("No tasks were to be paid for.", _NOTHING, "Pay for one task or more."),
    "Campaigns: too many tasks": (
        "These are more tasks than a campaign can have.",
        _NOTHING,
        "Pay for fewer.",
    ),
    "Campaigns: too much": ("This is more GEM than a campaign can hold.", _NOTHING, "Pay for fewer tasks."),
    "Campaigns: transfer failed": ("The token did not move the GEM.", _NOTHING, _LOOK),
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
    "Campaigns: another assignment": ("The case is about another assignment of this task.", _EVIDENCE, _CASE),
    "Campaigns: judged before": ("A verifier of this panel judged the task before.", _EVIDENCE, _CASE),
    "Campaigns: reward above the terms": ("The reward is above that of the terms.", _EVIDENCE, _CASE),
    "Campaigns: not what stands": ("The chain holds another verdict than this.", _EVIDENCE, _LOOK),
    "Campaigns: nothing pending": ("No verdict of this task is waiting on the chain.", _EVIDENCE, _LOOK),
    "Campaigns: nothing to appeal": ("There is no verdict to appeal against.", _EVIDENCE, _LOOK),
    "Campaigns: not a higher round": ("A verdict of this or a higher round stands.", _EVIDENCE, _LOOK),
    "Campaigns: no further round": ("There is no further round to appeal to.", _EVIDENCE, _LOOK),
    "Campaigns: not the arbiter": ("Only the arbiter of the terms may decide this.", _EVIDENCE, _LOOK),
    "Campaigns: window not over": ("The time for appeals is not over yet.", _EVIDENCE, _WAIT),
    "Campaigns: window over": ("The time for appeals is over.", _EVIDENCE, _LOOK),
    "Campaigns: index not funded": ("This task was not paid for in advance.", _EVIDENCE, _LOOK),
    "Campaigns: index accepted already": ("This task was accepted and paid before.", _EVIDENCE, _LOOK),
    "Campaigns: exit open": ("The requester's time to leave has come: no new verdict.", _EVIDENCE, _LOOK),
    "Campaigns: not enough left": ("The escrow holds too little for this verdict.", _EVIDENCE, _LOOK),
    "Campaigns: day's cap": (
        "The contract settles no more of this campaign today.",
        _EVIDENCE,
        "Bring it again tomorrow.",
    ),
    "Campaigns: no judge": ("The campaigns need a judge.", _NOTHING, _UPDATE),
    "Campaigns: not the judge": ("Only the contract that judges may do this.", _EVIDENCE, _UPDATE),
}
