# SPDX-License-Identifier: Apache-2.0
"""What a worker does not want to be offered: requesters that are blocked and single campaigns that are hidden.

It stays on this computer, in the profile: nobody is told, and the seed words do not bring it back.
"""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.ports import Tx

_KEPT = "set_aside"


@dataclass(frozen=True, slots=True)
class SetAside:
    """Both in the order in which they were set aside, the last one last."""

    requesters: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()

    def why(self, campaign_id: str, requester: str) -> str:
        """Why a campaign is not offered: "requester", "campaign", or "" where it is."""
        if requester in self.requesters:
            return "requester"
        return "campaign" if campaign_id in self.campaigns else ""


def set_aside(tx: Tx) -> SetAside:
    """What is set aside in this profile."""
    kept = get_value(tx, _KEPT, {})
    return SetAside(tuple(kept.get("requesters", ())), tuple(kept.get("campaigns", ())))


def put_aside(tx: Tx, *, requester: str = "", campaign_id: str = "", on: bool) -> None:
    """Set a requester or a campaign aside, or take it back."""
    now = set_aside(tx)
    kept = {
        "requesters": _with(now.requesters, requester, on),
        "campaigns": _with(now.campaigns, campaign_id, on),
    }
    set_value(tx, _KEPT, kept if any(kept.values()) else None)


def _with(names: tuple[str, ...], name: str, on: bool) -> list[str]:
    if not name:
        return list(names)
    others = [one for one in names if one != name]
    return [*others, name] if on else others
