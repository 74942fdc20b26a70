# SPDX-License-Identifier: Apache-2.0
"""All checks in the order in which people look for what is wrong: the machine, the profile, the network."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from gems_desktop.adapters.proxy import Proxy
from gems_desktop.diagnosing import disk, machine, reach
from gems_desktop.diagnosing.finding import Finding, bad
from gems_desktop.services.network import Network
from gems_desktop.services.ports import SignerPort


async def examine(
    folder: Path, profile: str, network: Network | None, signer: SignerPort, *, online: bool = True
) -> list[Finding]:
    """Every finding; network None: its description cannot be read. online False asks nothing of the network."""
    found = await asyncio.to_thread(lambda: [*machine.examine(), *disk.examine(folder, profile)])
    if network is None:
        found.append(bad("network_bad"))
    elif online:
        proxy = Proxy(await asyncio.to_thread(disk.own_proxy, folder), os.environ)
        found += [finding async for finding in reach.examine(network, signer, proxy=proxy)]
    return found
