# SPDX-License-Identifier: Apache-2.0
"""A campaign in words: as a row among others, and the heading of its page."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts import CampaignFacts
from gems_desktop.viewmodels.campaign_page import (
    audit_text,
    fee_text,
    policy_notes,
    policy_sentence,
    practice_text,
    seconds_of,
)
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.warning_words import warning_text
from gems_desktop.viewmodels.words import (
    clock_time,
    duration,
    gem,
    hourly,
    percent,
    say,
    sentence,
    short,
    size,
)
from gems_protocol.amount import ZERO
from gems_protocol.instructions import plain

_USUAL_BATCH = 10
_USUAL_TIME_S = 3_600


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One row, and with the further fields the whole page of a campaign."""

    campaignId: str
    title: str
    description: str
    instructions: str
    moduleName: str
    reward: str
    stake: str
    hasStake: bool
    payPerHour: str
    payNote: str
    minutes: str
    timeNote: str
    tasksOpen: int
    tasksTotal: int
    megabytes: str
    policySentence: str
    policyNotes: str
    practiceText: str
    practiceDone: bool
    worstCase: str
    fee: str
    audit: str
    leaseTime: str
    endsAt: str
    requester: str
    requesterShort: str
    requesterSentence: str
    rejectionRate: str
    paysWithin: str
    contentWarning: str
    practice: bool
    canLease: bool
    whyNot: str
    summary: str
    rewardBeside: str = ""  # in the own currency
    hourBeside: str = ""
    watched: bool = False


def row_of(campaign: CampaignFacts) -> CampaignRow:
    """A campaign as it is said to a worker."""
    measured = campaign.measured_seconds is not None
    pay = campaign.pay_per_hour
    time = duration(seconds_of(campaign))
    return CampaignRow(
        campaignId=campaign.campaign_id,
        title=campaign.title,
        description=campaign.description,
        instructions=plain(campaign.instructions),
        moduleName=campaign.module_name,
        reward=gem(campaign.reward),
        stake=gem(campaign.stake),
        hasStake=campaign.stake != ZERO,
        payPerHour=hourly(pay) if pay is not None else "–",
        payNote=say("measured on work that was paid") if pay is not None else say("nobody has been paid yet"),
        minutes=time,
        timeNote=say("measured") if measured else say("as the requester expects"),
        tasksOpen=campaign.tasks_open,
        tasksTotal=campaign.tasks_total,
        megabytes=size(campaign.media_bytes_per_task) if campaign.media_bytes_per_task else say("nothing"),
        policySentence=policy_sentence(campaign),
        policyNotes="\n".join(f"– {note}" for note in policy_notes(campaign)),
        practiceText=practice_text(campaign),
        practiceDone=campaign.practice_passed,
        worstCase=gem(campaign.worst_case),
        fee=fee_text(campaign),
        audit=audit_text(campaign),
        leaseTime=duration(campaign.lease_s),
        endsAt=clock_time(campaign.ends_at),
        requester=campaign.requester,
        requesterShort=short(campaign.requester),
        requesterSentence=requester_sentence(campaign),
        rejectionRate=percent(campaign.rejection_ppm) if campaign.rejection_ppm is not None else "–",
        paysWithin=duration(campaign.median_release_s) if campaign.median_release_s is not None else "–",
        contentWarning=warning_text(campaign.content_warning),
        practice=campaign.practice,
        canLease=campaign.can_lease,
        whyNot=sentence(campaign.why_not),
        summary=" · ".join(_summary(campaign, time)),
        rewardBeside=beside(campaign.reward),
        hourBeside=beside(pay),
        watched=campaign.watched,
    )


def _summary(campaign: CampaignFacts, time: str) -> list[str]:
    parts = [say("{n} open", n=campaign.tasks_open), say("{time} each", time=time)]
    weight = campaign.media_bytes_per_task
    return [*parts, say("{size} each", size=size(weight))] if weight else parts


def requester_sentence(campaign: CampaignFacts) -> str:
    """What is known of the requester, shortly."""
    if campaign.rejection_ppm is None:
        return say("No judged work yet")
    share = percent(campaign.rejection_ppm)
    if campaign.median_release_s is None:
        return say("{share} of answers rejected", share=share)
    return say(
        "{share} of answers rejected, pays within {time}",
        share=share,
        time=duration(campaign.median_release_s),
    )


def takeable(campaign: CampaignFacts, wanted: int, most: int) -> int:
    """How many of `wanted` tasks can be taken, at least one: there are so many, and the bond holds their stakes."""
    fit = most if campaign.stakes_fit is None else campaign.stakes_fit
    return max(1, min(wanted, most, campaign.tasks_open, fit))


def usual(campaign: CampaignFacts) -> int:
    """How many tasks are offered to take: ten, fewer where ten would be more than an hour's work."""
    return max(1, min(_USUAL_BATCH, _USUAL_TIME_S // max(1, seconds_of(campaign))))


def batch_sentence(campaign: CampaignFacts, count: int) -> str:
    """What `count` tasks bring, risk, weigh and take."""
    parts = [
        say("up to {reward} GEM", reward=gem(campaign.reward * count)),
        say("{stake} GEM at stake", stake=gem(campaign.stake * count))
        if campaign.stake
        else say("nothing at stake"),
        say("about {time}", time=duration(seconds_of(campaign) * count)),
    ]
    if campaign.media_bytes_per_task:
        parts.append(say("{size} to download", size=size(campaign.media_bytes_per_task * count)))
    parts.append(say("send within {time}", time=duration(campaign.lease_s)))
    if campaign.pays_within_s:
        parts.append(say("paid within {time} after sending", time=duration(campaign.pays_within_s)))
    return " · ".join(parts)
