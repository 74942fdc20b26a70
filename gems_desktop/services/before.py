# SPDX-License-Identifier: Apache-2.0
"""Everything a worker must know of a campaign before accepting: pay, risk, chance of an audit, what to expect."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from gems_desktop.services.facts import CampaignFacts
from gems_desktop.services.kinds import kinds_of
from gems_desktop.services.notes import told_before
from gems_desktop.services.offers import Campaign
from gems_desktop.services.outside import clean_line, clean_text, clean_warning
from gems_desktop.services.ports import Tx
from gems_desktop.services.record_of_work import MyRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import DAY_S, MILLION, NO_SEED
from gems_protocol.trust.profile import Profile
from gems_protocol.verification import NotOffered, Quote, Standing
from gems_protocol.verification.prospect import Prospect, expected
from gems_protocol.verification.routing import check_grade
from gems_protocol.verification.standing import GRADE_A, weighed_in_hundredths

HOUR_S = 3_600
_LANGUAGES_AT_MOST = 20


def hourly(reward: Amount, seconds: int | None) -> Amount | None:
    """Pay for an hour at `seconds` a task."""
    return reward.share(Fraction(HOUR_S, seconds)) if seconds else None


def my_standing(tx: Tx, mine: MyRecord, found: Profile, campaign: Campaign) -> Standing:
    """What I expect the platform to state about me in this campaign's family; gold is as it last said.

    found: the profile of `mine`, by the weights that the platform publishes.
    """
    right, checked = mine.settled_in(campaign.family)
    told = told_before(tx, campaign.rules.family)
    own = found.family(campaign.family)
    weighed_right, weighed = weighed_in_hundredths(own.evidence.s, own.evidence.n, checked)
    return Standing(
        passes=mine.passes,
        gold_right=told.get("gold_right", 0),
        gold=told.get("gold", 0),
        settled_right=right,
        settled=checked,
        weighed_right=weighed_right,
        weighed=weighed,
        grade=own.grade,
    )


def campaign_facts(
    campaign: Campaign,
    standing: Standing,
    *,
    me: str,
    now: int,
    bond_free: Amount,
    fetched_at: int,
    passed: bool = False,
    rated: bool = False,
    no_stake: str = "",
    watched: bool = False,
    set_aside: str = "",
) -> CampaignFacts:
    """The facts for a worker of this standing; passed: its practice set, rated: by me; no_stake: why none is put up.

    set_aside: why it is not offered to me, see `CampaignFacts`.
    """
    shown, manifest, terms = campaign.shown, campaign.manifest, campaign.terms
    refused = ""
    try:
        check_grade(manifest.policy, standing)
        quote = campaign.policy.quote(standing, terms)
    except NotOffered as error:
        refused = error.message
        quote = campaign.policy.quote(replace(standing, grade=GRADE_A), terms)
    rules = campaign.policy.for_standing(standing)
    likely = None if refused else expected(campaign.policy, standing, terms, campaign.rules.classes)
    seconds = _seconds(shown)
    report = shown.get("report") or {}
    judged = _count(report.get("accepted")) + _count(report.get("rejected"))
    practice = manifest.policy.params.get("practice_ppm", 0)
    why_not = refused or _why_not(campaign, quote, me, now, bond_free)
    if not why_not and quote.stake > ZERO:
        why_not = no_stake
    if not why_not and practice and not passed:
        why_not = "It asks you to pass its practice set first; that costs nothing."
    return CampaignFacts(
        campaign_id=campaign.campaign_id,
        title=clean_line(manifest.title),
        description=clean_text(manifest.description),
        instructions=clean_text(manifest.instructions),
        module_name=clean_line(manifest.module.name),
        policy=rules.name,
        requester=terms.requester,
        practice=bool(shown.get("practice")),
        reward=quote.reward,
        gross_reward=terms.mr,
        stake=quote.stake,
        fee_ppm=quote.fee_ppm,
        audit_ppm=quote.audit_ppm,
        worst_case=max(quote.stake, quote.penalty),
        expected_seconds=manifest.expected_seconds,
        measured_seconds=seconds,
        pay_per_hour=hourly(quote.reward, seconds),
        media_bytes_per_task=shown["media_bytes_per_task"],
        lease_s=manifest.lease_s,
        ends_at=terms.ends,
        tasks_open=shown["tasks_open"],
        tasks_total=campaign.tasks_total,
        rejection_ppm=_count(report.get("rejected")) * MILLION // judged if judged else None,
        median_release_s=report.get("median_release_s")
        if type(report.get("median_release_s")) is int
        else None,
        content_warning=clean_warning(manifest.content_warning),
        can_lease=not why_not,
        why_not=why_not,
        fetched_at=fetched_at,
        penalty=quote.penalty,
        hold_s=manifest.policy.hold_s,
        pays_within_s=_pays_within(campaign, rules.rounds, rules.draws_audits and quote.audit_ppm == 0),
        blind=rules.blind,
        has_redo=rules.has_redo,
        commission_ppm=rules.commission_ppm if manifest.policy.hold_s else 0,
        newcomer=standing.is_newcomer,
        own_accuracy_ppm=int(standing.accuracy * MILLION),
        practice_ppm=practice,
        practice_passed=passed or not practice,
        rated=rated,
        kinds=kinds_of(manifest.module.config),
        languages=tuple(clean_line(code)[:12] for code in manifest.languages[:_LANGUAGES_AT_MOST]),
        stakes_fit=bond_free.units // quote.stake.units if quote.stake else None,
        watched=watched,
        set_aside=set_aside,
        **_expectation(likely, seconds or manifest.expected_seconds),
    )


def _expectation(likely: Prospect | None, seconds: int) -> dict[str, Any]:
    if likely is None:
        return {}
    return {
        "expected_pay": likely.pay,
        "expected_loss": likely.loss,
        "expected_accept_ppm": int(likely.accept * MILLION),
        "expected_per_hour": hourly(likely.pay, seconds),
    }


def _pays_within(campaign: Campaign, rounds: int, never_judged: bool) -> int:
    """From handing in to paid at the latest: every round's window, the wait for the day's seed, the hold.

    A day's seed is waited for until the day after it is over.
    """
    rounds = 0 if never_judged else rounds
    waits = campaign.policy.draws_audits and not never_judged and campaign.terms.seed_tip != NO_SEED
    seed = 2 * DAY_S if waits else 0
    return rounds * campaign.terms.window + seed + campaign.manifest.policy.hold_s


def _seconds(shown: dict[str, Any]) -> int | None:
    measured = shown.get("measured")
    found = measured.get("median_seconds") if isinstance(measured, dict) else None
    return found if type(found) is int and found > 0 else None


def _count(value: Any) -> int:
    return value if type(value) is int and value >= 0 else 0


def _why_not(campaign: Campaign, quote: Quote, me: str, now: int, bond_free: Amount) -> str:
    if campaign.shown.get("state") != "open" or campaign.terms.ends <= now:
        return "This campaign is over."
    if campaign.terms.requester == me:
        return "This is your own campaign."
    if campaign.shown["tasks_open"] == 0:
        return "All its tasks are taken."
    if quote.stake > ZERO and bond_free < quote.stake:
        return "It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none."
    return ""
