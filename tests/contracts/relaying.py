# SPDX-License-Identifier: Apache-2.0
"""What a relayer sends to Channels for a worker."""

from typing import Any

from eth_account.signers.local import LocalAccount

from tests.contracts.world import World


def relay(world: World, row: Any, auth: Any, wsig: Any, by: LocalAccount | None = None) -> int:
    """Brings a relayed claim."""
    return int(world.channels.claim_auth(*row, auth, wsig, sender=(by or world.relayer).address))


def close(world: World, row: Any, signed: Any, by: LocalAccount | None = None) -> int:
    """Brings a relayed start of closing."""
    return int(world.channels.close_auth(*row, *signed, sender=(by or world.relayer).address))
