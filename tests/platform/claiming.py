# SPDX-License-Identifier: Apache-2.0
"""A claim through the relayer, signed by hand as clients sign it."""

from __future__ import annotations

from typing import Any

from gems_protocol.messages import ClaimAuth
from tests.platform.api import Person
from tests.platform.world import World


async def claim_body(live: World, who: Person) -> dict[str, Any]:
    """A claim of all that there is."""
    quote, opened = await who.get("/v1/relay/quote"), await who.get("/v1/channel")
    channel_id = bytes.fromhex(opened["channel_id"][2:])
    claimed = (await live.chain.channel(channel_id)).claimed
    until = await live.chain.timestamp() + 3600
    auth = ClaimAuth(channel_id, claimed, who.address, quote["relayer"], int(quote["fee"]), until)
    signature = auth.sign(live.settings.channels_domain, who.key)
    signed = {"message": auth.to_json(), "signature": "0x" + signature.hex()}
    return {"config": opened["config"], "voucher": opened["voucher"], "auth": signed}
