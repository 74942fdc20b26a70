# SPDX-License-Identifier: Apache-2.0
"""Puts a Session together from real adapters; heavy libraries are imported here, when a profile opens."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gems_desktop.services.signing import DAILY_LIMIT, PAYOUT_DELAY_S, PRACTICE_DAILY_LIMIT, SignerConfig

if TYPE_CHECKING:
    from gems_desktop.adapters.media import MediaFolder
    from gems_desktop.adapters.vault import SignerClient
    from gems_desktop.services.live import LiveSession
    from gems_desktop.services.network import Network
    from gems_desktop.services.ports import ChainPort, ClockPort, SignerPort

MAX_RELAY_FEE = 10**18  # one GEM: many times what a claim costs anywhere; the signer refuses more


def signer_config(folder: Path, network: Network, role: str = "worker") -> SignerConfig:
    """What the signer of this profile is told at its start."""
    return SignerConfig(
        folder=str(folder),
        chain_id=network.chain_id,
        channels=network.channels,
        campaigns=network.campaigns,
        sign_in_domain=network.platform_host,
        sign_in_uri=network.platform_url,
        relayers=(network.relayer,),
        max_fee=MAX_RELAY_FEE,
        role=role,
        gem=network.gem,
        hub_payer=network.hub_payer,
        practice=network.practice,
        daily_limit=PRACTICE_DAILY_LIMIT if network.practice else DAILY_LIMIT,
        payout_delay_s=0 if network.practice else PAYOUT_DELAY_S,
    )


async def open_session(
    profile_dir: Path,
    network: Network,
    *,
    signer: SignerPort | None = None,
    started: SignerClient | None = None,
    chain: ChainPort | None = None,
    clock: ClockPort | None = None,
    profile: str = "default",
    role: str = "worker",
    metered: Callable[[], bool | None] | None = None,
) -> LiveSession:
    """Open the profile in `profile_dir` (an existing folder of the owner's) on `network`.

    signer: by default the signer process; practice accounts hand in an InProcessSigner. started: that process where
    it runs already, taken over by the session (its caller ends it where this raises). metered: asks the system
    whether the network counts megabytes. Raises ProfileInUse,
    NewerDatabase, DiskFull, StoreUnreadable; then nothing is left open. Close it with `await session.close()`.
    """
    await asyncio.to_thread(_load)
    from gems_desktop.adapters.chain_cases import ChainCases
    from gems_desktop.adapters.chain_rpc import ChainRpc
    from gems_desktop.adapters.clock import SystemClock
    from gems_desktop.adapters.machine import Machine
    from gems_desktop.adapters.media import MediaFolder
    from gems_desktop.adapters.platform_http import PlatformHttp
    from gems_desktop.adapters.proxy import Proxy
    from gems_desktop.adapters.store import SqliteStore
    from gems_desktop.adapters.towers import Towers
    from gems_desktop.adapters.vault import SignerClient
    from gems_desktop.services.context import Context
    from gems_desktop.services.live import LiveSession
    from gems_desktop.services.settings import chosen

    profile_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = SqliteStore(profile_dir)
    await store.open()
    closers = []
    handed_in = signer
    if signer is None:
        own_signer = started or SignerClient(signer_config(profile_dir, network, role))
        closers.append(own_signer.close)
        signer = own_signer
    try:
        options = await store.run(chosen)
    except BaseException:
        await store.close()
        raise
    proxy = Proxy(options.get("proxy", ""), os.environ)
    if chain is None:
        own_urls = options.get("rpc_urls") or network.rpc_urls
        where = (network.gem, network.channels, network.campaigns)
        own_chain = ChainRpc(own_urls, network.chain_id, *where, proxy=proxy, depth=network.confirmations)
        closers.append(own_chain.close)
        chain = own_chain
    used_clock = clock or SystemClock()
    platform = PlatformHttp(network, signer, used_clock, proxy)
    media, towers = MediaFolder(profile_dir / "media", platform, used_clock), Towers(proxy)
    context = Context(network, store, platform, chain, signer, media, used_clock, towers, profile)
    context.machine, context.proxy = Machine(profile_dir, metered), proxy
    if isinstance(chain, ChainRpc):
        context.court = ChainCases(chain)
    session = LiveSession(context, (platform.close, towers.close, *closers, store.close), store.notice)
    try:
        if handed_in is not None and (await handed_in.wallet()).unlocked:
            await session.wallet.open_store()
    except BaseException:
        await session.close()
        raise
    return session


def media_folder(session: LiveSession) -> MediaFolder:
    """Where the session's media are, for the decode worker."""
    from gems_desktop.adapters.media import MediaFolder

    media = session.context.media
    if not isinstance(media, MediaFolder):
        raise TypeError("this session keeps its media elsewhere")
    return media


def _load() -> None:
    """Import what takes long, off the loop; the authorities are found first, since libraries read them at import."""
    from gems_desktop.startup_trust import find_authorities

    find_authorities(os.environ)
    import gems_desktop.adapters.chain_cases
    import gems_desktop.adapters.chain_rpc
    import gems_desktop.adapters.platform_http
    import gems_desktop.adapters.store
    import gems_desktop.services.live  # noqa: F401
