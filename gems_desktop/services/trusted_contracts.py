# SPDX-License-Identifier: Apache-2.0
"""No money goes where the contracts are not known to be ours. What was found is kept, so that a slow line carries
the contracts' code once for each network and choice of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.ports import Tx
from gems_protocol.messages import Appeal, BatchSubmission, BatchVote, Carry

if TYPE_CHECKING:
    from gems_desktop.services.context import Context

#: What may be signed before the contracts are known: it moves no money, and work must be sealed without a line.
WORK = (BatchSubmission, BatchVote, Appeal, Carry)
_NAME = "trusted_contracts"
_KEPT = 16  # networks and choices of nodes; older ones are verified again


async def ensure_contracts(context: Context) -> None:
    """Raises WrongContract unless the network's contracts are ours, byte for byte, at each of the first two nodes.

    Raises ChainUnreachable while that cannot be learnt. A deployed contract never changes, so it is asked once for
    each of: chain, addresses, exact code, nodes.
    """
    wanted = context.chain.contracts_id
    if wanted in await context.store.run(_known):
        return
    await context.chain.check_contracts()

    def keep(tx: Tx) -> None:
        others = [one for one in _known(tx) if one != wanted]
        set_value(tx, _NAME, [*others, wanted][-_KEPT:])

    await context.store.run(keep)


def _known(tx: Tx) -> list[str]:
    found: list[str] = get_value(tx, _NAME, [])
    return found
