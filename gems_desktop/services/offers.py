# SPDX-License-Identifier: Apache-2.0
"""A campaign as the platform shows it, checked: the requester's signature, the id, the policy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_desktop.services.records import CampaignRecord
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Offer, signature_from_hex
from gems_protocol.rules import Rules, rules_of
from gems_protocol.verification import Policy

_COUNTS = ("tasks_total", "tasks_open", "media_bytes_per_task")


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the requester signed, with the platform's own figures in `shown`."""

    campaign_id: str
    terms: Terms
    manifest: Manifest
    rules: Rules
    shown: dict[str, Any]

    @property
    def policy(self) -> Policy:
        """How work is judged."""
        return self.rules.policy

    @property
    def family(self) -> str:
        """The module family, in which records are kept."""
        return self.manifest.module.family

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
        rules = rules_of(terms, manifest)
        counted = all(type(value[name]) is int and value[name] >= 0 for name in _COUNTS)
        named = value["campaign_id"] == "0x" + terms.campaign_id().hex() and counted
    except (BadSignature, MalformedMessage) as error:
        raise PlatformLied("a campaign is not signed by its requester, or malformed.") from error
    except (KeyError, TypeError) as error:
        raise PlatformLied("a campaign lacks some of its parts.") from error
    if not named or terms.hub != network.hub_payer or value["tasks_total"] == 0:
        raise PlatformLied("a campaign does not belong to this network.")
    return Campaign(value["campaign_id"], terms, manifest, rules, value)


@lru_cache(256)
def stored_campaign(record: CampaignRecord) -> Campaign:
    """A campaign that was checked before it was stored; it is read only, since every asker gets the same one."""
    value = json.loads(record.body)
    terms, manifest = Terms.from_json(value["terms"]), Manifest.from_json(value["manifest"])
    return Campaign(record.campaign_id, terms, manifest, rules_of(terms, manifest), value)
