# SPDX-License-Identifier: Apache-2.0
"""A stored campaign as the protocol's values; they never change, so reading them once is enough."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from gems_platform.campaigns.tables import CampaignRow
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.verification import Policy, policy_for


@dataclass(frozen=True, slots=True)
class Facts:
    """What the requester signed, and the policy that follows from it."""

    campaign_id: bytes
    terms: Terms
    manifest: Manifest
    policy: Policy


def facts(row: CampaignRow) -> Facts:
    """The facts of a stored campaign."""
    return _read(row.terms, row.manifest)


@lru_cache(maxsize=256)
def _read(terms_text: str, manifest_text: str) -> Facts:
    terms = Terms.from_json(json.loads(terms_text))
    manifest = Manifest.from_json(json.loads(manifest_text))
    return Facts(terms.campaign_id(), terms, manifest, policy_for(manifest.policy, terms))
