# SPDX-License-Identifier: Apache-2.0
"""Which channels a client looks at: its own with the network's payer and signer, and no other (attacks 9 and 41)."""

from typing import Any

import pytest

from gems_desktop.services.channels import read_config
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_protocol.channel import LEAST_DELAY_S
from tests.helpers.protocol_terms import who

ME = who("worker")
GOOD: dict[str, Any] = {
    "payer": who("payer"),
    "signer": who("signer"),
    "worker": ME,
    "delay": LEAST_DELAY_S,
    "salt": 0,
}


def network() -> Network:
    """A network with this payer and this signer."""
    found = object.__new__(Network)
    object.__setattr__(found, "hub_payer", GOOD["payer"])
    object.__setattr__(found, "platform_signer", GOOD["signer"])
    return found


def test_a_channel_of_mine_with_the_networks_hub_is_taken() -> None:
    assert read_config(GOOD, network(), ME).salt == 0


@pytest.mark.parametrize(
    "change",
    [
        {"payer": who("stranger")},
        {"signer": who("stranger")},
        {"worker": who("stranger")},
        {"delay": LEAST_DELAY_S - 1},
        {"salt": -1},
        {"salt": True},
        {"delay": 1 << 64},
        {"more": 1},
    ],
)
def test_any_other_channel_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PlatformLied):
        read_config(GOOD | change, network(), ME)
