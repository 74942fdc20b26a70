# SPDX-License-Identifier: Apache-2.0
"""The rows of a requester report: shares with their bounds, ratings with their count, and what the chain says."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts import (
    CampaignFacts,
    ChainCheck,
    RatingFacts,
    ShareFacts,
)
from gems_desktop.viewmodels.words import gem, percent, say, short
from gems_protocol.audit import MILLION
from gems_protocol.trust.requesters import FEW


@dataclass(frozen=True, slots=True)
class RequesterRow:
    """A requester with campaigns on offer."""

    address: str
    shortAddress: str
    campaigns: str
    practice: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A count out of all with its bounds (0..1); without `bounded` there are too few to draw."""

    text: str
    bounded: bool
    share: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What workers say to one question."""

    question: str
    median: int
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A figure as the platform says it beside the chain's."""

    campaign: str
    what: str
    told: str
    onChain: str
    agrees: str
    fits: bool


@dataclass(frozen=True, slots=True)
class RatableRow:
    """A campaign that I worked in."""

    campaignId: str
    label: str


def requester_rows(campaigns: list[CampaignFacts]) -> list[RequesterRow]:
    """Each requester once, with the titles of what they offer."""
    titles: dict[str, list[str]] = {}
    practice: dict[str, bool] = {}
    for campaign in campaigns:
        titles.setdefault(campaign.requester, []).append(campaign.title)
        practice[campaign.requester] = campaign.practice
    return [
        RequesterRow(address, short(address), " · ".join(names), practice[address])
        for address, names in titles.items()
    ]


SHARES = {
    "accepted": "{part} of {whole} judged answers were accepted",
    "appeals_won_by_workers": "{part} of {whole} appeals of workers were won",
    "decisions_reverted": "{part} of {whole} decisions of verifiers were reversed later",
}


def share_row(facts: ShareFacts) -> ShareRow | None:
    """One share in words; None for none at all and for one that is not known here."""
    if facts.whole == 0 or facts.name not in SHARES:
        return None
    text = say(SHARES[facts.name], part=facts.part, whole=facts.whole)
    bounded = facts.whole >= FEW
    if bounded:
        text = say(
            "{count} – {percent} %, probably {low}–{high} %.",
            count=text,
            percent=round(100 * facts.part / facts.whole),
            low=round(100 * facts.lower_ppm / MILLION),
            high=round(100 * facts.upper_ppm / MILLION),
        )
    else:
        text = say("{count} – too few to say more.", count=text)
    return ShareRow(
        text,
        bounded,
        facts.part / facts.whole,
        facts.lower_ppm / MILLION,
        facts.upper_ppm / MILLION,
    )


QUESTIONS = {"pay": "Pay", "clarity": "Clarity", "speed": "Speed", "fairness": "Fairness"}


def rating_row(facts: RatingFacts) -> RatingRow:
    """One question with the median mark and how many answered."""
    question = say(QUESTIONS[facts.question]) if facts.question in QUESTIONS else facts.question
    if facts.median is None or facts.count == 0:
        return RatingRow(question, 0, "–", say("No rating yet."))
    note = say("{n} rated it; {good} of them gave 4 or 5.", n=facts.count, good=facts.good)
    if facts.count >= FEW:
        note = say("{note} Probably at least {low} % would.", note=note, low=percent_floor(facts.lower_ppm))
    return RatingRow(question, facts.median, say("{mark} of 5", mark=facts.median), note)


def percent_floor(ppm: int) -> int:
    """Whole percent, never rounded up."""
    return ppm * 100 // MILLION


WHATS = {"funded": "Put into the contract", "paid_out": "Paid out", "returned": "Taken back"}


def chain_row(check: ChainCheck, titles: dict[str, str]) -> ChainRow:
    """One comparison; `titles` by campaign id."""
    title = titles.get(check.campaign_id, short(check.campaign_id))
    return ChainRow(
        campaign=title if check.campaign_id else say("All campaigns known here"),
        what=say(WHATS[check.what]) if check.what in WHATS else check.what,
        told=gem(check.told) if check.told is not None else "–",
        onChain=gem(check.on_chain),
        agrees=say("Agrees") if check.agrees else say("Differs"),
        fits=check.agrees,
    )


def ratable_rows(requester: str, campaigns: list[CampaignFacts], done: frozenset[str]) -> list[RatableRow]:
    """The requester's campaigns in which work of mine was judged (`done`), by title; and which I have rated."""
    mine = [each for each in campaigns if each.requester == requester and each.campaign_id in done]
    return [
        RatableRow(each.campaign_id, say("{title} (rated)", title=each.title) if each.rated else each.title)
        for each in sorted(mine, key=lambda each: (each.title, each.campaign_id))
    ]


def rejected_text(rejected: int, judged: int) -> str:
    """How many judged answers were rejected."""
    if not judged:
        return say("No answer has been judged yet, so nothing can be said about fairness.")
    return say(
        "{share} of {n} judged answers were rejected.", share=percent(rejected * MILLION // judged), n=judged
    )
