# SPDX-License-Identifier: Apache-2.0
"""Whether the platform can still be held to its word on chain: its key is registered, and its collateral stays.

Without either, a stake would be put up against nothing, so none is; work without a stake goes on. What the chain
said is kept, so that a slow line is not asked each time.
"""

from __future__ import annotations

from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import BatchRefused, ChainUnreachable
from gems_desktop.services.facts import Topic
from gems_desktop.services.network import Network
from gems_desktop.services.ports import Tx
from gems_desktop.services.troubles import over, tell

LOOK_S = 21_600  # between two looks of the upkeep
OLD_S = 172_800  # what was seen longer ago is asked again before a stake is put up
_NAME = "hub_promise"  # {"of", "signs", "leaves_at", "at"}
_ALWAYS = 2**256 - 1
_LEAVES, _NO_KEY = "hub_leaves", "hub_no_key"
_WORDS = {
    _LEAVES: "The platform is taking its collateral back, so no stake is put up for its work.",
    _NO_KEY: "The platform's key is not registered on the chain, so no stake is put up for its work.",
}


async def look(context: Context) -> None:
    """Read the chain by two nodes, keep it, and tell what is wrong; raises ChainUnreachable."""
    network = context.network
    seen = await context.court.hub(network.hub_payer, network.platform_signer)
    signs = network.platform_signer == network.hub_payer or seen.signer_until == _ALWAYS
    now = context.platform.time()
    kept = {"of": _of(network), "signs": signs, "leaves_at": seen.leaves_at, "at": now}

    def work(tx: Tx) -> bool:
        set_value(tx, _NAME, kept)
        wrong = {_NO_KEY: not signs, _LEAVES: seen.leaves_at != 0}
        news = [tell(tx, code, now) if is_so else over(tx, code) for code, is_so in wrong.items()]
        return any(news)

    if await context.store.run(work):
        context.publish(Topic.EARNINGS, Topic.PROBLEM, Topic.CAMPAIGNS)


def why_no_stake(tx: Tx, network: Network) -> str:
    """Why no stake is put up, in a sentence, by what the chain said last; "" where nothing is wrong or known."""
    kept = get_value(tx, _NAME)
    if kept is None or kept["of"] != _of(network):
        return ""
    return _WORDS[_NO_KEY] if not kept["signs"] else _WORDS[_LEAVES] if kept["leaves_at"] else ""


async def check_before_stake(context: Context) -> None:
    """Raises BatchRefused where the chain says that the platform could not be held to its word.

    Asked again only when nothing is known or it is old; then raises ChainUnreachable if nothing is known at all.
    """
    now = context.platform.time()
    kept = await context.store.run(lambda tx: get_value(tx, _NAME))
    known = kept is not None and kept["of"] == _of(context.network)
    refused = await context.store.run(lambda tx: why_no_stake(tx, context.network))
    if not known or refused or now - kept["at"] > OLD_S:
        try:
            await look(context)
        except ChainUnreachable:
            if not known:
                raise
    refused = await context.store.run(lambda tx: why_no_stake(tx, context.network))
    if refused == _WORDS[_LEAVES]:
        raise BatchRefused("the platform is taking its collateral back, so no stake is put up.")
    if refused:
        raise BatchRefused("the platform's key is not registered on the chain, so no stake is put up.")


def _of(network: Network) -> str:
    return f"{network.chain_id}:{network.campaigns}:{network.hub_payer}:{network.platform_signer}"
