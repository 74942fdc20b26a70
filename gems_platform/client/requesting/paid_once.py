# SPDX-License-Identifier: Apache-2.0
"""No Spend is signed for what the escrow pays by a verdict: once that is paid, no bill brings it back."""

from __future__ import annotations

from collections.abc import Iterable

from gems_platform.client.requesting.bills import BillRefused
from gems_platform.client.requesting.ports import RequesterChain
from gems_protocol.contracts.calls import call_data, returned
from gems_protocol.dispute import TaskWord


async def check(chain: RequesterChain, campaigns: str, campaign_id: bytes, keys: Iterable[bytes]) -> None:
    """Raise BillRefused if the chain pays, or has paid, one of these tasks as accepted; keys: newly billed ones."""
    data = call_data("Campaigns", "judged", campaign_id)
    judged, *_rest = returned("Campaigns", "judged", await chain.view(campaigns, data))
    if not judged:
        return
    for key in keys:
        answer = await chain.view(campaigns, call_data("Campaigns", "task", key))
        (word,) = returned("Campaigns", "task", answer)
        if TaskWord.of(word).state.accepts:
            raise BillRefused("it asks once more for a task that the escrow pays by a verdict on the chain.")
