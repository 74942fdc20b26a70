# SPDX-License-Identifier: Apache-2.0
"""What requesters' programs use of a platform: campaigns from files or data to results, without window or server.

`Client` is for asyncio, `gems_platform.client.sync.Client` for everything else; both begin with a network.json and a
key's file. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gems_platform.client.campaign import Campaign as Campaign
    from gems_platform.client.client import Client as Client
    from gems_platform.client.client import read as read
    from gems_platform.client.client import write as write

_WHERE = {
    "Campaign": "gems_platform.client.campaign",
    "Client": "gems_platform.client.client",
    "read": "gems_platform.client.client",
    "write": "gems_platform.client.client",
}
__all__ = ["Campaign", "Client", "read", "write"]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(_WHERE[name]), name)
