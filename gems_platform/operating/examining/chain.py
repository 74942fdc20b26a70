# SPDX-License-Identifier: Apache-2.0
"""The chain's node, its clock, the contracts byte for byte, and what the keys have to spend."""

from __future__ import annotations

from collections.abc import AsyncIterator

from gems_platform.channels.chain import Chain
from gems_platform.errors import ChainDown
from gems_platform.operating.examining.finding import Finding, bad, good, note
from gems_platform.settings import Settings
from gems_protocol.amount import Amount
from gems_protocol.contracts.deployed import Place, difference, judge_in

_LATE_S = 300
_AHEAD_S = 30


async def chain(settings: Settings, now: int) -> AsyncIterator[Finding]:
    """What one node shows."""
    node = Chain(settings.rpc_url, settings.chain_id, settings.gem, settings.channels, settings.campaigns)
    try:
        found = await node.id()
        if found != settings.chain_id:
            told = f"The node is of chain {found}, the settings say {settings.chain_id}."
            yield bad(
                told,
                "Nothing signed for one chain counts on another.",
                "Name a node of the right chain as rpc_url.",
            )
            return
        yield good(f"The node is of chain {found}, at block {await node.block_number()}.")
        if not settings.practice:
            yield _age(now - await node.timestamp())
        async for one in _contracts(node, settings):
            yield one
        async for one in _purses(node, settings):
            yield one
    except ChainDown as error:
        safe = "Work is leased, sent and judged without the chain; payments wait."
        yield bad(
            f"The chain cannot be asked: {error.message}", safe, "Start the node, or name another as rpc_url."
        )
    finally:
        await node.close()


def _age(late: int) -> Finding:
    if late > _LATE_S:
        return bad(
            f"The newest block is {late} s old: the node stands still, or this clock is wrong.",
            "Payments wait.",
            "Ask another node; run NTP.",
        )
    if late < -_AHEAD_S:
        return bad(
            f"This clock is {-late} s behind the chain.", "Deadlines are judged by this clock.", "Run NTP."
        )
    return good("This clock and the chain's newest block agree.")


async def _contracts(node: Chain, settings: Settings) -> AsyncIterator[Finding]:
    places = [
        Place("Gem", settings.chain_id, settings.gem, settings.gem),
        Place("Channels", settings.chain_id, settings.channels, settings.gem),
    ]
    code = await node.code(settings.campaigns)
    if code:
        judge = judge_in(code)
        places.append(Place("Campaigns", settings.chain_id, settings.campaigns, settings.gem, judge))
        places.append(Place("Judge", settings.chain_id, judge, settings.gem, settings.campaigns))
    else:
        yield bad(
            f"Campaigns at {settings.campaigns}: nothing is there.",
            "Nothing was sent there.",
            "Mend the address.",
        )
    for place in places:
        why = difference(await node.code(place.address), place)
        if why is None:
            yield good(f"{place.name} at {place.address} is byte for byte what was compiled.")
        else:
            told = f"{place.name} at {place.address}: {why}."
            yield bad(
                told,
                "Clients refuse to sign for it.",
                "Mend the address, or use the program that fits the contracts.",
            )


async def _purses(node: Chain, settings: Settings) -> AsyncIterator[Finding]:
    gem = await node.gem_balance(settings.hub_payer)
    told = f"The treasury {settings.hub_payer} has {Amount(gem).exact()} GEM."
    if gem < settings.channel_deposit:
        yield note(told, "Send it GEM: no new channel can be opened.", "Open channels keep their deposits.")
    else:
        yield good(told)
    for name, who in (("treasury", settings.hub_payer), ("relayer", settings.relayer)):
        if not await node.coin(who):
            yield bad(
                f"The {name} {who} has no coin for gas.",
                "What is signed stays good.",
                "Send it coin of the chain.",
            )
