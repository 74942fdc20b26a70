# SPDX-License-Identifier: Apache-2.0
"""Whether the platform and the chain nodes of a network answer, and whether they are who they should be."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

from gems_desktop.adapters.chain_errors import (
    CallReverted,
    ChainUnreachable,
    NodeLied,
    WrongChain,
    WrongContract,
)
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.adapters.clock import SystemClock
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.adapters.proxy import Proxy
from gems_desktop.diagnosing.finding import Finding, bad, good, note
from gems_desktop.services.errors import CaptivePortal, Offline, PlatformLied, PlatformRefused
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ClockPort, SignerPort
from gems_protocol.abi import encode
from gems_protocol.contracts.deployed import judge_in
from gems_protocol.keccak import keccak

_IS_SIGNER = keccak(text="is_signer(address,address)")[:4]
FAR_S = 300  # a clock this far away makes deadlines wrong


async def examine(
    network: Network, signer: SignerPort, clock: ClockPort | None = None, proxy: Proxy | None = None
) -> AsyncIterator[Finding]:
    """All findings about the network; signs nothing, tells nobody who asks."""
    async for finding in _platform(network, signer, clock or SystemClock(), proxy):
        yield finding
    for place, url in enumerate(network.rpc_urls, 1):
        yield await _node(network, url, place, proxy)
    if len(network.rpc_urls) < 2:
        yield note("one_node")


async def _platform(
    network: Network, signer: SignerPort, clock: ClockPort, proxy: Proxy | None
) -> AsyncIterator[Finding]:
    platform = PlatformHttp(network, signer, clock, proxy)
    started = time.monotonic()
    try:
        await platform.get("/v1/info", token=False)
    except CaptivePortal:
        yield bad("portal")
        return
    except Offline:
        yield note("offline")
        return
    except (PlatformLied, PlatformRefused):
        yield bad("platform_wrong")
        return
    finally:
        await platform.close()
    yield good("platform", milliseconds=int((time.monotonic() - started) * 1000))
    away = abs(platform.time() - clock.now())
    yield bad("clock_wrong", minutes=away // 60) if away > FAR_S else good("clock")


async def _node(network: Network, url: str, place: int, proxy: Proxy | None) -> Finding:
    made = (network.chain_id, network.gem, network.channels, network.campaigns)
    chain = ChainRpc((url,), *made, proxy=proxy)
    try:
        report = await chain.check()
        await chain.check_contracts()
        registered = await _registered(chain, network)
    except WrongContract:
        return bad("contracts_wrong", place=place)
    except WrongChain:
        return bad("node_wrong", place=place)
    except (NodeLied, CallReverted):
        return bad("node_lied", place=place)
    except ChainUnreachable:
        return note("node_offline", place=place)
    finally:
        await chain.close()
    # a practice chain makes blocks only when something happens
    if report.stale and not network.practice:
        return note("node_stale", place=place, minutes=report.age_s // 60)
    return good("node", place=place) if registered else note("signer_unknown", place=place)


async def _registered(chain: ChainRpc, network: Network) -> bool:
    """Whether the judge would take the platform's signature for the hub; only for contracts that were verified."""
    judge = judge_in(await chain.code(network.campaigns))
    call = _IS_SIGNER + encode(["address", "address"], [network.hub_payer, network.platform_signer])
    return int.from_bytes(await chain.view(judge, call), "big") == 1
