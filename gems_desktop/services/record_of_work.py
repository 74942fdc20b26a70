# SPDX-License-Identifier: Apache-2.0
"""My own record, from verdicts that were checked here: outcomes for the trust score, and N for fees."""

from __future__ import annotations

from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import CampaignRecord, ItemRecord
from gems_protocol.trust.score import Outcome
from gems_protocol.verification.girm import after_failure, after_pass


def my_outcomes(tx: Tx) -> list[Outcome]:
    """Every judged attempt of mine, oldest first; work that nobody verified does not count."""
    items = [item for item in tx.find(ItemRecord, order="judged_at", kind="work") if item.judged]
    known: dict[str, tuple[str, str]] = {}
    found = []
    for item in items:
        if item.campaign_id not in known:
            record = tx.get(CampaignRecord, item.campaign_id)
            campaign = stored_campaign(record) if record else None
            known[item.campaign_id] = (
                (campaign.terms.requester, campaign.manifest.module.family) if campaign else ("", "")
            )
        requester, family = known[item.campaign_id]
        found.append(
            Outcome(
                campaign_id=bytes.fromhex(item.campaign_id[2:]),
                index=item.index,
                requester=requester,
                accepted=item.outcome > 0,
                first_try=item.outcome > 0 and not item.redo_of,
                judged_at=item.changed_at,  # the record's judged_at is the place in the order of verdicts
                family=family,
            )
        )
    return found


def audited_passes(outcomes: list[Outcome]) -> int:
    """N: audited passes, halved at each failure."""
    n = 0
    for outcome in outcomes:
        n = after_pass(n, True) if outcome.accepted else after_failure(n)
    return n
