# SPDX-License-Identifier: Apache-2.0
"""The forms of campaign requests."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from gems_platform.schemas import Signature, Strict


class NewCampaign(Strict):
    """Terms and manifest as `gems_protocol.campaign` reads them, and every task's data in order."""

    terms: dict[str, Any]
    manifest: dict[str, Any]
    offer_signature: Signature
    tasks: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=20_000)]
    gold: Annotated[list[dict[str, Any]], Field(max_length=20_000, default_factory=list)]
    practice: Annotated[list[dict[str, Any]], Field(max_length=200, default_factory=list)]
