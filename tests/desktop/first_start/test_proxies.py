# SPDX-License-Identifier: Apache-2.0
"""Everything that leaves this computer goes through the proxy, HTTP or SOCKS, with its password, or nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

import aiohttp
import pytest

from gems_desktop.adapters.chain_jsonrpc import JsonRpc
from gems_desktop.adapters.clock import SystemClock
from gems_desktop.adapters.network_file import network_of
from gems_desktop.adapters.platform_http import PlatformHttp
from gems_desktop.adapters.proxy import NOWHERE, Proxy
from gems_desktop.adapters.proxy_socks import bridge_to
from gems_desktop.adapters.towers import Towers
from gems_desktop.adapters.update_source import Web
from gems_desktop.services.settings import fits
from gems_protocol.errors import GemsError
from tests.desktop.first_start.program import ADDRESS
from tests.desktop.first_start.way_stations import HttpProxy, SocksProxy, Station

HOSTS = ("platform.invalid", "chain.invalid", "tower.invalid", "updates.invalid")


@pytest.fixture(params=[HttpProxy, SocksProxy], ids=["http", "socks5"])
def station(request: pytest.FixtureRequest) -> Iterator[Station]:
    made: Station = request.param("worker", "pa%ss")
    made.password = "pa%ss"
    yield made
    made.end()


def _address(station: Station, password: str = "pa%25ss") -> str:
    port = station.server_address[1]
    return f"{station.scheme}://worker:{password}@127.0.0.1:{port}"  # type: ignore[attr-defined]


async def _everything(proxy: Proxy) -> None:
    """Ask whoever the client asks; what they answer is no answer, which is not the point."""
    names = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
    told = dict.fromkeys(names, ADDRESS) | {"name": "n", "chain_id": 1, "practice": True}
    told |= {"rpc_urls": ["http://chain.invalid"], "platform_url": "http://platform.invalid"}
    platform = PlatformHttp(network_of(told), None, SystemClock(), proxy)  # type: ignore[arg-type]
    chain, towers = JsonRpc("http://chain.invalid", 10, proxy), Towers(proxy)
    asks: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: platform.get("/v1/info", token=False),
        lambda: chain.call("eth_chainId", []),
        lambda: towers.show("http://tower.invalid", "0x" + "00" * 32),
    )
    for ask in asks:
        with suppress(GemsError):
            await ask()
    for end in (platform.close, chain.close, towers.close):
        await end()
    await asyncio.to_thread(
        list, Web("http://updates.invalid", proxy).read("metadata/timestamp.json", 0, 100)
    )


def _hosts(station: Station) -> set[str]:
    return {one.partition(":")[0] for one in station.asked}


async def test_all_traffic_goes_through_the_chosen_proxy(station: Station) -> None:
    await _everything(Proxy(_address(station)))
    assert _hosts(station) == set(HOSTS)
    assert station.refused == 0


async def test_all_traffic_goes_through_the_proxy_of_the_system(station: Station) -> None:
    await _everything(Proxy("", {"ALL_PROXY": _address(station)}))
    assert _hosts(station) == set(HOSTS)


async def test_a_wrong_password_lets_nothing_through(station: Station) -> None:
    wrong = Proxy(_address(station, "wrong"))
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(
                "http://platform.invalid", proxy=wrong.on_way_to("http://platform.invalid")
            ) as got:
                assert got.status in (407, 502)
        except aiohttp.ClientError:
            pass
    assert station.asked == [] and station.refused == 1


async def test_nobody_else_of_this_computer_uses_the_bridge() -> None:
    station = SocksProxy()
    try:
        bridge = bridge_to(f"socks5://{station.place}")
        open_door = f"http://127.0.0.1:{bridge.server_address[1]}"
        async with (
            aiohttp.ClientSession() as session,
            session.get("http://platform.invalid", proxy=open_door) as answer,
        ):
            assert answer.status == 407
        assert station.asked == []
    finally:
        station.end()


def test_what_stays_here_goes_through_none() -> None:
    proxy = Proxy("http://far.invalid:1", {"ALL_PROXY": "http://other.invalid:1"})
    assert proxy.on_way_to("http://127.0.0.1:8000/v1") is None
    assert proxy.on_way_to("http://platform.invalid") == "http://far.invalid:1"


def test_the_variables_of_the_system() -> None:
    environ = {
        "https_proxy": "far.invalid:3128",
        "HTTP_PROXY": "http://plain.invalid/",
        "NO_PROXY": "a.org, .b.org",
    }
    proxy = Proxy("", environ)
    assert proxy.on_way_to("https://x.org") == "http://far.invalid:3128"
    assert proxy.on_way_to("http://x.org") == "http://plain.invalid:80"
    assert proxy.on_way_to("https://a.org") is proxy.on_way_to("https://c.b.org") is None
    assert proxy.on_way_to("https://ba.org") == "http://far.invalid:3128"
    assert Proxy("", {"NO_PROXY": "*", **environ} | {"NO_PROXY": "*"}).on_way_to("https://x.org") is None
    for odd in ("socks4://old.invalid:1", "ftp://far.invalid:1", "http://[bad:1", "http://a b:1"):
        assert Proxy("", {"ALL_PROXY": odd}).on_way_to("https://x.org") == NOWHERE, odd


def test_what_may_be_chosen() -> None:
    for good in ("", "http://h:1", "https://h:1", "socks5://u:p@h:1080", "socks5h://[::1]:1"):
        assert fits("proxy", good), good
    for bad in ("h:1", "http://h", "socks4://h:1", "http://u:p@h:1/path", "http://u p@h:1", 5, None):
        assert not fits("proxy", bad), bad
