# SPDX-License-Identifier: Apache-2.0
"""What is said of one campaign before any of its tasks is taken: pay, risk, time and the requester, fact by fact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gems_desktop.services.facts import CampaignFacts
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.words import clock_time, duration, gem, hourly, percent, say, size
from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import MILLION


@dataclass(frozen=True, slots=True)
class FactRow:
    """One thing to know: its name, its value, where the value comes from; tone as in Theme.tone.

    word: its entry in the glossary.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    word: str = ""


def pay_facts(campaign: CampaignFacts) -> list[FactRow]:
    """What the work brings."""
    pay = campaign.pay_per_hour
    rows = [
        FactRow(
            say("Reward for a task"),
            _gem(campaign.reward),
            _notes(
                beside(campaign.reward),
                say("{reward} GEM before the fee", reward=gem(campaign.gross_reward))
                if campaign.gross_reward != campaign.reward
                else "",
            ),
            "good",
            word="reward",
        ),
        FactRow(
            say("Pay per hour"),
            say("{amount} GEM", amount=hourly(pay)) if pay is not None else say("not known yet"),
            _notes(
                beside(pay),
                say("measured on work that was paid") if pay is not None else say("nobody has been paid yet"),
            ),
            word="pay_per_hour",
        ),
    ]
    if campaign.expected_pay is None:
        return rows
    expected = campaign.expected_per_hour
    return [
        *rows,
        FactRow(
            say("Honest work brings on average"),
            say("{pay} GEM a task", pay=gem(campaign.expected_pay)),
            accuracy_note(campaign),
            word="average",
        ),
        FactRow(
            say("That is in an hour"),
            say("{amount} GEM", amount=hourly(expected)) if expected is not None else say("not known yet"),
            _notes(beside(expected), say("after what is lost on average")),
            word="average",
        ),
    ]


def _notes(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def accuracy_note(campaign: CampaignFacts) -> str:
    """What the expectation counts with."""
    own = percent(campaign.own_accuracy_ppm // 10_000 * 10_000)
    if campaign.newcomer:
        note = say("counted for a newcomer, with {share} right answers", share=own)
    else:
        note = say("counted with {share} right answers, from your own record", share=own)
    if campaign.expected_accept_ppm is None:
        return note
    accepted = percent(campaign.expected_accept_ppm // 10_000 * 10_000)
    return say("{note}; {share} of them are accepted in the end", note=note, share=accepted)


def risk_facts(campaign: CampaignFacts) -> list[FactRow]:
    """What can be lost, and how likely somebody looks."""
    rows = [
        FactRow(say("Stake at risk"), _gem(campaign.stake) if campaign.stake else say("none"), word="stake"),
        FactRow(
            say("Penalty when rejected"),
            _gem(campaign.penalty) if campaign.penalty else say("none"),
            say("beyond the reward") if campaign.penalty else say("only the reward is not paid"),
            word="penalty",
        ),
        FactRow(
            say("Worst case on one task"),
            say("you lose {amount} GEM", amount=gem(campaign.worst_case))
            if campaign.worst_case
            else say("you lose nothing"),
            word="stake",
        ),
        FactRow(say("Fee"), fee_text(campaign), word="fee"),
        FactRow(say("Chance to be checked"), audit_text(campaign), word="audit"),
    ]
    at_risk = commission_risk(campaign)
    if at_risk:
        rows.append(
            FactRow(
                say("Can go back of the reward"), _gem(at_risk), say("after it was accepted"), word="held"
            )
        )
    if campaign.expected_loss is not None:
        rows.append(
            FactRow(
                say("Lost on average"),
                say("{amount} GEM a task", amount=gem(campaign.expected_loss))
                if campaign.expected_loss
                else say("nothing"),
                word="average",
            )
        )
    return rows


def time_facts(campaign: CampaignFacts) -> list[FactRow]:
    """How long it takes, what it weighs and when it is paid at the latest."""
    measured = campaign.measured_seconds is not None
    weight = campaign.media_bytes_per_task
    return [
        FactRow(
            say("Time for a task"),
            duration(seconds_of(campaign)),
            say("measured") if measured else say("as the requester expects"),
            word="task_time",
        ),
        FactRow(say("To download for a task"), size(weight) if weight else say("nothing"), word="download"),
        FactRow(say("Send within"), duration(campaign.lease_s), word="lease"),
        FactRow(
            say("Paid at the latest"),
            say("{time} after you send it", time=duration(campaign.pays_within_s))
            if campaign.pays_within_s
            else say("as soon as it is sent"),
            say("the requester may object for {time}", time=duration(campaign.hold_s))
            if campaign.hold_s
            else say("when nobody disagrees"),
            word="days_to_pay",
        ),
        FactRow(say("Campaign ends"), clock_time(campaign.ends_at) or say("open end")),
    ]


def requester_facts(campaign: CampaignFacts) -> list[FactRow]:
    """What is known of who pays."""
    rejects, pays = campaign.rejection_ppm, campaign.median_release_s
    return [
        FactRow(
            say("Answers this requester rejects"),
            percent(rejects) if rejects is not None else say("not known yet"),
            word="rejection_rate",
        ),
        FactRow(
            say("Usually pays within"),
            duration(pays) if pays is not None else say("not known yet"),
            word="days_to_pay",
        ),
    ]


def seconds_of(campaign: CampaignFacts) -> int:
    """How long one task takes: as measured, else as the requester expects."""
    return campaign.measured_seconds or campaign.expected_seconds


def fee_text(campaign: CampaignFacts) -> str:
    """The part of the reward that pays for checking."""
    if not campaign.fee_ppm:
        return say("none")
    return say("{share} of the reward", share=percent(campaign.fee_ppm))


def audit_text(campaign: CampaignFacts) -> str:
    """How many answers are looked at."""
    if campaign.policy == "consensus" or campaign.audit_ppm >= MILLION:
        return say("every answer is checked")
    if campaign.policy == "commissioned":
        return say("only if its requester pays for it")
    return percent(campaign.audit_ppm)


def policy_sentence(campaign: CampaignFacts) -> str:
    """What happens to an answer, in words: one sentence for each policy."""
    if campaign.policy == "girm":
        return say(
            "No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers "
            "are checked. The fee falls with every checked answer that was right.",
            fee=percent(campaign.fee_ppm),
            audit=percent(campaign.audit_ppm),
        )
    if campaign.policy == "gram":
        return say(
            "{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs "
            "{penalty} GEM, all others are paid in full.",
            audit=percent(campaign.audit_ppm),
            penalty=gem(campaign.penalty),
        )
    if campaign.policy == "evidence":
        return say(
            "Other people do the same task, one after the other, until it is sure enough which answer is right; "
            "there is no second try."
        )
    if campaign.policy == "consensus":
        if not campaign.stake:
            return say(
                "Every answer is checked by other people, who must agree; you may correct a rejected answer once."
            )
        return say(
            "Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they "
            "agree; you may correct a rejected answer once.",
            stake=gem(campaign.stake),
        )
    if campaign.policy == "commissioned":
        return say(
            "Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as "
            "it is."
        )
    return say("Answers are checked by the rule “{name}”.", name=campaign.policy)


def policy_notes(campaign: CampaignFacts) -> list[str]:
    """What else its rules mean for this worker."""
    notes = []
    if campaign.newcomer:
        notes.append(say("These are the figures for a newcomer; they change with your checked work."))
    if campaign.blind:
        notes.append(say("Those who check do not see your answer before they have given theirs."))
    if campaign.hold_s:
        notes.append(
            say(
                "Accepted work waits {time} before it is paid: until then its requester may object, and others judge.",
                time=duration(campaign.hold_s),
            )
        )
    at_risk = commission_risk(campaign)
    if at_risk:
        notes.append(
            say(
                "In that time the requester may also pay two strangers to look again; only if both find the work "
                "poor, up to {amount} GEM of the reward goes back.",
                amount=gem(at_risk),
            )
        )
    if campaign.penalty or campaign.stake:
        notes.append(say("You may appeal a rejection: then others judge it."))
    return notes


def commission_risk(campaign: CampaignFacts) -> Amount:
    """How much of the reward can go back at most when accepted work is looked at for the largest fee."""
    if not (campaign.commission_ppm and campaign.hold_s):
        return ZERO
    twice = campaign.reward.share(Fraction(2 * campaign.commission_ppm, MILLION))
    return min(campaign.reward, twice)


def practice_text(campaign: CampaignFacts) -> str:
    """What the practice set asks; nothing where there is none."""
    if not campaign.practice_ppm:
        return ""
    if campaign.practice_passed:
        return say("You have passed its practice set.")
    return say(
        "First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.",
        share=percent(campaign.practice_ppm),
    )


def _gem(amount: Amount) -> str:
    return say("{amount} GEM", amount=gem(amount))
