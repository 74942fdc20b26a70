# SPDX-License-Identifier: Apache-2.0
"""Campaigns that are offered and never funded: enough for what needs no chain."""

from __future__ import annotations

import secrets
from typing import Any

from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, ModuleInfo, PolicyInfo, Terms, content_root
from gems_protocol.gold import GoldItem, gold_root
from gems_protocol.messages import Offer
from tests.platform.api import Person
from tests.platform.conftest import HandClock
from tests.platform.world import CONFIG


def known(answers: dict[int, Any]) -> list[GoldItem]:
    """Known answers by index, each with a salt of its own."""
    return [GoldItem(index, answer, secrets.token_bytes(32)) for index, answer in answers.items()]


async def draft(
    requester: Person,
    clock: HandClock,
    tasks: list[dict[str, Any]],
    *,
    gold: list[GoldItem] | None = None,
    root: bytes | None = None,
    practice: list[dict[str, Any]] | None = None,
    params: dict[str, int] | None = None,
    instructions: str = "Choose one.",
) -> str:
    """The id of a campaign of these tasks; `root` in the place of the known answers' own."""
    settings = requester.settings
    terms = Terms(
        requester=requester.address, hub=settings.hub_payer, mr=Amount.gem("0.50"), ms=Amount(0), vs=Amount(0),
        floor=Amount.gem("0.10"), z=5, panel=7, quorum=4, rounds=2, redo=3600, window=259_200,
        ends=clock.at + 30 * 86_400, verifier_root=bytes(32), seed_tip=bytes(32), arbiter="0x" + "00" * 20,
        content_root=content_root(tasks), salt=secrets.token_bytes(32),
    )  # fmt: skip
    manifest = Manifest(
        title="Moods", description="Say whether a sentence is good or bad.", instructions=instructions,
        module=ModuleInfo("sentiment", "1", "text-classification", "easy", CONFIG),
        policy=PolicyInfo("evidence", 7, 4, params or {}), expected_seconds=5, lease_s=86_400,
        languages=("en",), content_warning="", gold_root=gold_root(gold or []) if root is None else root,
    )  # fmt: skip
    offer = Offer(terms.campaign_id(), manifest.manifest_hash())
    body = {
        "terms": terms.to_json(),
        "manifest": manifest.to_json(),
        "offer_signature": "0x" + offer.sign(settings.campaigns_domain, requester.key).hex(),
        "tasks": tasks,
        "gold": [item.to_json() for item in gold or []],
        "practice": practice or [],
    }
    return str((await requester.post("/v1/campaigns", body))["campaign_id"])
