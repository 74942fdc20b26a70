# SPDX-License-Identifier: Apache-2.0
"""What each kind of movement of money is called, and the groups that can be looked at alone."""

from __future__ import annotations

from gems_desktop.viewmodels.words import say

_WHAT = {
    "reward": "Pay for a task",
    "review_pay": "Pay for a review",
    "stake_put": "Stake put down",
    "stake_back": "Stake came back",
    "stake_lost": "Stake lost",
    "bond_put": "Bond put up for an appeal",
    "bond_back": "Bond came back",
    "bond": "Moved into your bond",
    "unbond": "Moved from your bond to what you can claim",
    "claim": "Claimed to your wallet",
    "relayer_fee": "Fee of the relayer",
    "sent": "Sent to another address",
    "former_pay": "Paid earlier; the work behind it is not on this computer",
    "channel_end": "Your bond, when the channel ended",
    "former_claim": "Claimed earlier, from another computer",
}
#: Groups of movements that can be looked at alone: all, pay, stakes, claims and what was sent.
KINDS = (
    (),
    ("reward", "review_pay", "former_pay"),
    ("stake_put", "stake_back", "stake_lost", "bond_put", "bond_back", "bond", "unbond"),
    ("claim", "former_claim", "channel_end", "sent", "relayer_fee"),
)


def movement(what: str) -> str:
    """A kind of movement in words."""
    return say(_WHAT[what]) if what in _WHAT else say("Another movement")
