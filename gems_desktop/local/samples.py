# SPDX-License-Identifier: Apache-2.0
"""The sample campaigns that a local network offers, and the order in which a newcomer meets them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gems_platform.client.requesting.draft import Draft, read_draft
from gems_protocol.amount import ZERO

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"
_LASTS_S = 2 * 365 * 86_400  # a local network that is kept for a year still has work


def sample_names(folder: Path = FOLDER) -> list[str]:
    """The samples' folders, by name."""
    return sorted(path.parent.name for path in folder.glob("*/campaign.json"))


def read_sample(name: str, folder: Path = FOLDER) -> Draft:
    """One sample; raises BadCampaignFile.

    Work without a miner's stake is reviewed without one here: on a new network nobody has a bond yet.
    """
    draft = read_draft(folder / name)
    vs = draft.pay.vs if draft.pay.ms else ZERO
    return replace(draft, pay=replace(draft.pay, lasts_s=_LASTS_S, vs=vs))
