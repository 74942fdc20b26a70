# SPDX-License-Identifier: Apache-2.0
"""The platform's key for carry files: fetched while there is a line, so that a file can be written without one."""

from __future__ import annotations

from typing import Any

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied, PlatformRefused
from gems_desktop.services.ports import Tx
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import CarryKey, signature_from_hex

_NAME = "carry_key"
_FRESH_S = 7 * 86_400


async def keep_key(context: Context) -> None:
    """Have a key that is at most a week old; raises Offline, PlatformLied. A platform without one is no fault."""
    now = context.platform.time()
    known = await context.store.run(lambda tx: get_value(tx, _NAME))
    if known is not None and known["at"] <= now < known["at"] + _FRESH_S:
        return
    try:
        signed = await context.platform.get("/v1/carry/key", token=False)
    except PlatformRefused:
        return
    await take_key(context, signed)


async def take_key(context: Context, signed: Any) -> None:
    """Keep a key that the platform signed, unless the one that is here lasts longer; raises PlatformLied."""
    try:
        key = CarryKey.from_json(signed["message"])
        signature = signature_from_hex(signed["signature"])
        key.check(context.network.campaigns_domain, signature, context.network.platform_signer)
    except (BadSignature, MalformedMessage, KeyError, TypeError) as error:
        raise PlatformLied("its key for carry files is not signed by it.") from error
    now = context.platform.time()

    def work(tx: Tx) -> None:
        known = known_key(tx)
        if known is None or known.until <= key.until:
            set_value(tx, _NAME, {"message": key.to_json(), "at": now})

    await context.store.run(work)


def known_key(tx: Tx) -> CarryKey | None:
    """The key that is here."""
    found = get_value(tx, _NAME)
    return None if found is None else CarryKey.from_json(found["message"])
