# SPDX-License-Identifier: Apache-2.0
"""A campaign as the platform shows it, checked: the requester's signature, the id, the policy; then as facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import CampaignFacts
from gems_desktop.services.network import Network
from gems_desktop.services.outside import clean_line, clean_text
from gems_desktop.services.records import CampaignRecord
from gems_protocol.amount import ZERO, Amount
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Offer, signature_from_hex
from gems_protocol.verification import Policy, Quote, policy_for

HOUR_S = 3_600
MILLION = 1_000_000
_COUNTS = ("tasks_total", "tasks_open", "media_bytes_per_task")


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the requester signed, with the platform's own figures in `shown`."""

    campaign_id: str
    terms: Terms
    manifest: Manifest
    policy: Policy
    shown: dict[str, Any]

    @property
    def tasks_total(self) -> int:
        """How many tasks the content root has."""
        return int(self.shown["tasks_total"])


def listed(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects that an answer lists under `name`; raises PlatformLied when it lists anything else."""
    found = answer.get(name)
    if not isinstance(found, list) or not all(isinstance(value, dict) for value in found):
        raise PlatformLied(f"its list of {name} is malformed.")
    return found


def read_campaign(value: Any, network: Network) -> Campaign:
    """Check one CAMPAIGN of the interface; raises PlatformLied."""
    try:
        terms, manifest = Terms.from_json(value["terms"]), Manifest.from_json(value["manifest"])
        signature = signature_from_hex(value["offer_signature"])
        offer = Offer(terms.campaign_id(), manifest.manifest_hash())
        offer.check(network.campaigns_domain, signature, terms.requester)
        policy = policy_for(manifest.policy, terms)
        counted = all(type(value[name]) is int and value[name] >= 0 for name in _COUNTS)
        named = value["campaign_id"] == "0x" + terms.campaign_id().hex() and counted
    except (BadSignature, MalformedMessage) as error:
        raise PlatformLied("a campaign is not signed by its requester, or malformed.") from error
    except (KeyError, TypeError) as error:
        raise PlatformLied("a campaign lacks some of its parts.") from error
    if not named or terms.hub != network.hub_payer or value["tasks_total"] == 0:
        raise PlatformLied("a campaign does not belong to this network.")
    return Campaign(value["campaign_id"], terms, manifest, policy, value)


def stored_campaign(record: CampaignRecord) -> Campaign:
    """A campaign that was checked before it was stored."""
    value = json.loads(record.body)
    terms, manifest = Terms.from_json(value["terms"]), Manifest.from_json(value["manifest"])
    return Campaign(record.campaign_id, terms, manifest, policy_for(manifest.policy, terms), value)


def hourly(reward: Amount, seconds: int | None) -> Amount | None:
    """Pay for an hour at `seconds` a task."""
    return reward.share(Fraction(HOUR_S, seconds)) if seconds else None


def campaign_facts(
    campaign: Campaign, quote: Quote, *, me: str, now: int, bond_free: Amount, fetched_at: int
) -> CampaignFacts:
    """Everything a worker must know before accepting; `quote` is this worker's own."""
    shown, manifest, terms = campaign.shown, campaign.manifest, campaign.terms
    measured = shown.get("measured") or {}
    seconds = measured.get("median_seconds")
    report = shown.get("report") or {}
    judged = _count(report.get("accepted")) + _count(report.get("rejected"))
    why_not = _why_not(campaign, quote, me, now, bond_free)
    return CampaignFacts(
        campaign_id=campaign.campaign_id,
        title=clean_line(manifest.title),
        description=clean_text(manifest.description),
        instructions=clean_text(manifest.instructions),
        module_name=clean_line(manifest.module.name),
        policy=manifest.policy.name,
        requester=terms.requester,
        practice=bool(shown.get("practice")),
        reward=quote.reward,
        gross_reward=terms.mr,
        stake=quote.stake,
        fee_ppm=quote.fee_ppm,
        audit_ppm=quote.audit_ppm,
        worst_case=max(quote.stake, quote.penalty),
        expected_seconds=manifest.expected_seconds,
        measured_seconds=seconds if type(seconds) is int else None,
        pay_per_hour=hourly(quote.reward, seconds if type(seconds) is int and seconds > 0 else None),
        media_bytes_per_task=shown["media_bytes_per_task"],
        lease_s=manifest.lease_s,
        ends_at=terms.ends,
        tasks_open=shown["tasks_open"],
        tasks_total=campaign.tasks_total,
        rejection_ppm=_count(report.get("rejected")) * MILLION // judged if judged else None,
        median_release_s=report.get("median_release_s")
        if type(report.get("median_release_s")) is int
        else None,
        content_warning=clean_line(manifest.content_warning) or None,
        can_lease=not why_not,
        why_not=why_not,
        fetched_at=fetched_at,
    )


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
