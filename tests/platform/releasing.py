# SPDX-License-Identifier: Apache-2.0
"""Releases of paid tasks, made by hand as clients make them."""

from __future__ import annotations

import secrets
from typing import Any

from gems_platform.settings import Settings
from gems_protocol import merkle
from gems_protocol.messages import BatchRelease, Release, task_key
from tests.platform.api import Person
from tests.platform.conftest import HandClock


class Releasing:
    """What a world does about releases."""

    settings: Settings
    clock: HandClock

    def releases(self, who: Person, due: list[dict[str, Any]], to: str = "") -> dict[str, Any]:
        """A signed batch of releases to the hub's treasury, or to somebody else."""
        keys = [task_key(bytes.fromhex(one["campaign_id"][2:]), one["index"], one["attempt"]) for one in due]
        root = merkle.root([Release(key, to or self.settings.hub_payer).struct_hash() for key in keys])
        batch = BatchRelease(root, len(keys), secrets.token_bytes(32), self.clock.at)
        signature = batch.sign(self.settings.campaigns_domain, who.key)
        return {
            "batch": {"message": batch.to_json(), "signature": "0x" + signature.hex()},
            "releases": [{"task_key": "0x" + key.hex()} for key in keys],
        }

    async def release(self, who: Person) -> int:
        """Release everything that somebody was paid for, as clients do before they take more; how many tasks."""
        found = (await who.get("/v1/releases/due"))["due"]
        if found:
            await who.post("/v1/releases", self.releases(who, found))
        return len(found)
