# SPDX-License-Identifier: Apache-2.0
"""A stored campaign as the protocol's values; they never change, so reading them once is enough."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from gems_platform.campaigns.tables import CampaignRow
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.rules import Rules, rules_of
from gems_protocol.verification import Policy


@dataclass(frozen=True, slots=True)
class Facts:
    """What the requester signed, and the rules that follow from it."""

    campaign_id: bytes
    terms: Terms
    manifest: Manifest
    rules: Rules

    @property
    def policy(self) -> Policy:
        """How its work is verified."""
        return self.rules.policy

    @property
    def family(self) -> str:
        """The family of its module."""
        return self.manifest.module.family


def facts(row: CampaignRow) -> Facts:
    """The facts of a stored campaign."""
    return _read(row.terms, row.manifest)


@lru_cache(maxsize=256)
def _read(terms_text: str, manifest_text: str) -> Facts:
    terms = Terms.from_json(json.loads(terms_text))
    manifest = Manifest.from_json(json.loads(manifest_text))
    return Facts(terms.campaign_id(), terms, manifest, rules_of(terms, manifest))
