# SPDX-License-Identifier: Apache-2.0
"""The network that one works on: where the platform and the chain are, and which contracts judge; from network.json."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from gems_protocol.reaching import BadNetworkFile as BadNetworkFile
from gems_protocol.typed_data import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain

_ADDRESSES = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
_TEXTS = ("name", "platform_url")
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?", re.ASCII)
_MAX_BYTES = 65_536  # a description of a network is one page


@dataclass(frozen=True, slots=True)
class Network:
    """One network file; addresses are lowercase 0x-hex. `practice` networks hold no real money."""

    name: str
    chain_id: int
    rpc_urls: tuple[str, ...]
    platform_url: str
    platform_signer: str
    gem: str
    channels: str
    campaigns: str
    hub_payer: str
    relayer: str
    practice: bool

    @property
    def channels_domain(self) -> Domain:
        """Where vouchers, debits and claims count."""
        return Domain(CHANNELS_DOMAIN, self.chain_id, self.channels)

    @property
    def campaigns_domain(self) -> Domain:
        """Where every other message counts."""
        return Domain(CAMPAIGNS_DOMAIN, self.chain_id, self.campaigns)

    @property
    def gem_domain(self) -> Domain:
        """Where transfers of GEM count."""
        return Domain(GEM_DOMAIN, self.chain_id, self.gem)

    @property
    def platform_host(self) -> str:
        """The host and port that a sign-in is pinned to."""
        return urlsplit(self.platform_url).netloc

    @property
    def confirmations(self) -> int:
        """Blocks to wait before a chain fact counts: one where reorganisations cannot happen."""
        return 1 if self.practice else 12


def _fail(what: str) -> BadNetworkFile:
    return BadNetworkFile(
        f"The description of the network cannot be used: {what}.",
        safe="Your wallet and your work are untouched.",
        action="Choose another network file, or start the local network anew.",
    )


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def network_of(value: Any) -> Network:
    """A Network from the parsed file; raises BadNetworkFile naming the field that is wrong."""
    if not isinstance(value, dict):
        raise _fail("it is not an object")
    for name in (*_ADDRESSES, *_TEXTS):
        if not isinstance(value.get(name), str):
            raise _fail(f"{name} is missing")
    for name in _ADDRESSES:
        if not _ADDRESS.fullmatch(value[name]):
            raise _fail(f"{name} is not an address")
    chain_id, urls, practice = value.get("chain_id"), value.get("rpc_urls"), value.get("practice")
    if type(chain_id) is not int or not 0 < chain_id < 1 << 53:
        raise _fail("chain_id is not a number")
    if not isinstance(urls, list) or not urls or not all(_is_url(url) for url in urls):
        raise _fail("rpc_urls is not a list of web addresses")
    if not _is_url(value["platform_url"]):
        raise _fail("platform_url is not a web address")
    if type(practice) is not bool:
        raise _fail("practice is not true or false")
    return Network(
        **{name: value[name] for name in (*_ADDRESSES, "name")},
        platform_url=value["platform_url"].rstrip("/"),
        chain_id=chain_id,
        rpc_urls=tuple(urls),
        practice=practice,
    )


def parse_network(raw: bytes) -> Network:
    """The network that the bytes of a network.json describe; raises BadNetworkFile."""
    if len(raw) > _MAX_BYTES:
        raise _fail("the file is too large")
    try:
        return network_of(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise _fail("it is not JSON") from error


def no_network_file() -> BadNetworkFile:
    """The fault of a file that cannot be read."""
    return _fail("the file cannot be read")
