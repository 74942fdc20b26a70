# SPDX-License-Identifier: Apache-2.0
"""What each summand of a movement is called, by which rule it came and what proves it."""

from __future__ import annotations

from gems_desktop.services.facts_why import PartFacts, WhyFacts
from gems_desktop.viewmodels.movement_words import movement
from gems_desktop.viewmodels.words import clock_time, gem, say

_PARTS = {
    "task_reward": "Reward of the task",
    "audit_fee": "Fee for those who check",
    "second_look": "Pay for looking at your correction",
    "withheld": "Went back: two people found the work poor",
    "review_pay": "Your share for one review",
    "stake_put": "The stake that you put down",
    "bond_put": "The bond that you put up",
    "voucher_pay": "Pay in this voucher",
    "stays_free": "Stays free to claim",
    "stake_gone": "Stake, lost with the rejection",
    "stake_counted": "Counted already when you put it down",
    "vouchers": "All pay of your vouchers until then",
    "claimed_before": "Claimed before",
    "relayer_fee": "Fee of the relayer",
    "rest": "Not explained by what is here",
}
_RULES = {
    "girm": "By the campaign's rule: no stake; a part of the reward pays for checking.",
    "gram": "By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.",
    "evidence": "By the campaign's rule: several people do the same task until it is sure enough what is right.",
    "consensus": "By the campaign's rule: other people check every answer.",
    "commissioned": "By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.",
}
_CHECKS = {
    "verdict": "The verdict and its votes are signed. This computer checked every signature and counted this amount "
    "by itself.",
    "returned": "The task ended without a verdict, so what you put down came back.",
    "order": "Your own order fills the bond from your pay. You set how far in Settings.",
    "signed": "You signed this on this computer.",
    "chain": "This computer saw it on the chain.",
    "earlier": "It is from before this profile. The platform's signature or the chain proves the sum; the single tasks "
    "are not on this computer.",
}


def part_words(part: PartFacts) -> str:
    """A summand in words."""
    if part.what == "stakes":
        return say("{n} tasks at a stake of {amount} GEM", n=part.times, amount=gem(part.each))
    return say(_PARTS[part.what]) if part.what in _PARTS else movement(part.what)


def evidence_words(facts: WhyFacts) -> list[str]:
    """Sentences: the verdict, the rule, the voucher, the check made here."""
    found = []
    if facts.accepted is not None and facts.judged_at:
        time = clock_time(facts.judged_at)
        found.append(
            say("Accepted on {time}.", time=time) if facts.accepted else say("Rejected on {time}.", time=time)
        )
    if facts.policy in _RULES:
        found.append(say(_RULES[facts.policy]))
    if facts.seq:
        found.append(
            say(
                "Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.",
                n=facts.seq,
                time=clock_time(facts.voucher_at),
                paid=gem(facts.voucher_paid),
                bonded=gem(facts.voucher_bonded),
            )
        )
    if facts.check in _CHECKS:
        found.append(say(_CHECKS[facts.check]))
    return found
