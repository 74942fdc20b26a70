# SPDX-License-Identifier: Apache-2.0
"""The local network as one object: chain, contracts, platform, money, requesters with funded campaigns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.adapters.clock import SystemClock
from gems_desktop.local.answers import AnswerBook
from gems_desktop.local.chain import Chain, ChainServer
from gems_desktop.local.chain import serve as serve_chain
from gems_desktop.local.chain.deploy import Addresses, deploy_contracts
from gems_desktop.local.keys import NEIGHBOURS, REQUESTERS, Keys, load_keys
from gems_desktop.local.samples import FOLDER, read_sample, sample_names
from gems_desktop.local.state import State
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_desktop.services.ports import ClockPort
from gems_platform.app import Server
from gems_platform.app import serve as serve_platform
from gems_platform.client.http import PlatformLine
from gems_platform.client.requesting.draft import Draft
from gems_platform.client.requesting.requester import Requester
from gems_platform.client.requesting.transactions import transact
from gems_platform.settings import Settings
from gems_protocol.amount import UNIT
from gems_protocol.campaign import Terms
from gems_protocol.contracts.calls import call_data

CHAIN_ID = 31_337
NAME = "Local practice network"
_ETHER = 10**18
#: GEM that the bank hands out when the network is new.
SHARES = {"hub_payer": 10_000 * UNIT, "requester_1": 20_000 * UNIT, "requester_2": 20_000 * UNIT}
PROGRESS, NETWORK = "progress.json", "network.json"
Say = Callable[[str], None]
_Served = TypeVar("_Served", ChainServer, Server)


@dataclass(frozen=True, slots=True)
class Offered:
    """One funded sample campaign: who offers it, its terms, and the answers that are known."""

    sample: str
    requester: str  # the name of its key
    campaign_id: str
    terms: Terms
    book: AnswerBook
    expected_s: int  # how long a person needs for one task

    @property
    def policy(self) -> str:
        """The name of the policy that judges it."""
        return self.book.draft.manifest.policy.name


@dataclass
class LocalNetwork:
    """A running local network; made by `start`, ended by `close`."""

    state: State
    keys: Keys
    chain_server: ChainServer
    platform: Server
    network: Network
    settings: Settings
    chain: ChainRpc
    clock: ClockPort
    offered: tuple[Offered, ...] = ()
    requesters: dict[str, Requester] = field(default_factory=dict)
    _closers: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @property
    def network_file(self) -> Path:
        """Where the description of this network is."""
        return self.state.path(NETWORK)

    async def pay(self) -> None:
        """Every requester signs for what was judged; the hub redeems it on chain."""
        for item in self.offered:
            await self.requesters[item.requester].pay(item.campaign_id)

    async def close(self) -> None:
        """Stop everything; what was acknowledged is on disk."""
        for close in self._closers:
            await close()
        await self.platform.close()
        await self.chain.close()
        await self.chain_server.close()
        self.state.release()


async def start(
    folder: Path,
    *,
    fresh: bool = False,
    say: Say = lambda _text: None,
    samples: Path = FOLDER,
    test_methods: bool = False,
    clock: ClockPort | None = None,
    ticking: bool = True,
) -> LocalNetwork:
    """Start the network that lives in `folder`, making what is missing.

    clock: of the chain, the platform and the requesters, this computer's when None. ticking: whether the platform
    does by itself what is due; tests that hold the time call its ticker themselves.
    Raises NetworkInUse, StoreUnreadable, ChainFileError (a damaged chain), BadCampaignFile.
    """
    state = State(folder, fresh=fresh)
    try:
        return await _start(state, say, samples, test_methods, clock or SystemClock(), ticking)
    except BaseException:
        state.release()
        raise


async def _start(
    state: State, say: Say, samples: Path, test_methods: bool, clock: ClockPort, ticking: bool
) -> LocalNetwork:
    keys = load_keys(state)
    say("Starting the chain")
    rich = [keys.address(name) for name in ("bank", "hub_payer", "relayer", *REQUESTERS)]
    wealth = dict.fromkeys(rich, 1000 * _ETHER)
    chain_file = Chain.open(state.path("chain.sqlite3"), CHAIN_ID, wealth, clock=clock.now)
    former = former_ports(state.read(NETWORK))
    chain_server = await _at_former_port(
        former.get("chain", 0), lambda port: serve_chain(chain_file, port=port, test_methods=test_methods)
    )
    where = await deploy_contracts(chain_server.url, keys["bank"], chain_id=CHAIN_ID)
    chain = ChainRpc([chain_server.url], CHAIN_ID, where.gem, where.channels, where.campaigns)
    await _share(state, keys, chain)
    say("Starting the platform")
    settings = _settings(state, keys, chain_server.url, where)
    platform = await _at_former_port(
        former.get("platform", 0),
        lambda port: serve_platform(settings, port=port, clock=clock, ticking=ticking),
    )
    network = _network(settings, platform.url)
    state.write(NETWORK, _network_json(network, keys))
    running = LocalNetwork(state, keys, chain_server, platform, network, settings, chain, clock)
    try:
        await _offer_all(running, samples, say)
    except BaseException:
        await running.close()
        raise
    return running


def former_ports(described: Any) -> dict[str, int]:
    """Where a network listened last, from its network.json: a window that is open then finds it again."""
    if not isinstance(described, dict):
        return {}
    urls = {"chain": (described.get("rpc_urls") or [""])[0], "platform": described.get("platform_url") or ""}
    return {name: urlsplit(url).port or 0 for name, url in urls.items()}


async def _at_former_port(port: int, serve: Callable[[int], Awaitable[_Served]]) -> _Served:
    """Serve at the port of the last time if it is free, else at any."""
    try:
        return await serve(port)
    except OSError:
        if not port:
            raise
        return await serve(0)


def _settings(state: State, keys: Keys, rpc_url: str, where: Addresses) -> Settings:
    data_dir = state.path("platform")
    data_dir.mkdir(mode=0o700, exist_ok=True)
    neighbours = keys.addresses(NEIGHBOURS)
    return Settings(
        data_dir=data_dir,
        chain_id=CHAIN_ID,
        rpc_url=rpc_url,
        **asdict(where),
        hub_signer_key=keys["hub_signer"],
        hub_payer_key=keys["hub_payer"],
        relayer_key=keys["relayer"],
        name=NAME,
        practice=True,
        practice_verifiers=(*neighbours, keys.reviewer),
        practice_accounts=(*neighbours, keys.reviewer, *keys.addresses(REQUESTERS)),
        collateral=50 * UNIT,
        allot_s=0,  # a handful of people who all know each other: who asks is served
        review_share_ppm=1_000_000,  # the neighbours are the only verifiers there are
        requests_per_s=1000.0,
        request_burst=5000,
        costly_per_s=100.0,  # everybody of a local network signs in from one address
        costly_burst=5000,
    )


def _network(settings: Settings, platform_url: str) -> Network:
    return Network(
        name=settings.name,
        chain_id=settings.chain_id,
        rpc_urls=(settings.rpc_url,),
        platform_url=platform_url,
        platform_signer=settings.hub,
        gem=settings.gem,
        channels=settings.channels,
        campaigns=settings.campaigns,
        hub_payer=settings.hub_payer,
        relayer=settings.relayer,
        practice=True,
    )


def _network_json(network: Network, keys: Keys) -> dict[str, Any]:
    return {
        **asdict(network),
        "rpc_urls": list(network.rpc_urls),
        "practice_reviewer_words": keys.reviewer_words,
    }


async def _share(state: State, keys: Keys, chain: ChainRpc) -> None:
    """Hand out GEM once; a start that was cut off between a transfer and its note repeats one transfer."""
    progress = state.read(PROGRESS) or {}
    for name, amount in SHARES.items():
        if name in progress.get("shared", []):
            continue
        data = call_data("Gem", "transfer", keys.address(name), amount)
        await transact(chain, CHAIN_ID, keys["bank"], chain.gem, data)
        progress.setdefault("shared", []).append(name)
        state.write(PROGRESS, progress)


async def _offer_all(running: LocalNetwork, samples: Path, say: Say) -> None:
    for name in REQUESTERS:
        running.state.path("requesters").mkdir(mode=0o700, parents=True, exist_ok=True)
        # For `gems campaign --key-file`: a practice requester with GEM, so that anybody can try it.
        running.state.write_text(f"requesters/{name}.key", running.keys[name].hex() + "\n")
        platform = PlatformLine(running.network, running.keys[name], now=running.clock.now)
        running._closers.append(platform.close)
        running.requesters[name] = Requester(
            running.network,
            platform,
            running.chain,
            running.keys[name],
            private=running.state.path("requesters") / "campaigns",
        )
    names = sample_names(samples)
    found = []
    for place, sample in enumerate(names):
        say(f"Preparing the campaign: {sample}")
        requester = REQUESTERS[place % len(REQUESTERS)]
        draft = await asyncio.to_thread(read_sample, sample, samples)
        found.append(await _offer(running, sample, requester, draft))
    running.offered = tuple(found)


async def _offer(running: LocalNetwork, sample: str, name: str, draft: Draft) -> Offered:
    """Offer and fund a sample unless that was done: the terms are written down before they are sent."""
    state, requester = running.state, running.requesters[name]
    progress = state.read(PROGRESS) or {}
    noted = progress.setdefault("campaigns", {}).get(sample)
    if noted is None:
        terms = await requester.create(draft, running.clock.now())
        progress["campaigns"][sample] = {"requester": name, "terms": terms.to_json()}
        state.write(PROGRESS, progress)
    else:
        terms = Terms.from_json(noted["terms"])
    if not await running.chain.campaign_funded(terms.campaign_id()):
        await requester.fund(terms, len(draft.tasks))
    campaign_id = "0x" + terms.campaign_id().hex()
    await _until_open(requester, campaign_id)
    return Offered(sample, name, campaign_id, terms, AnswerBook(draft), draft.manifest.expected_seconds)


async def _until_open(requester: Requester, campaign_id: str) -> None:
    for _ in range(200):
        if (await requester.show(campaign_id))["state"] != "draft":
            return
        await asyncio.sleep(0.1)
    raise PlatformLied("it does not open a campaign that is funded on chain.")
