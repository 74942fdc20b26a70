# SPDX-License-Identifier: Apache-2.0
"""Reads and writes network.json, the one description of a network that all parts share."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from gems_desktop.services.errors import BadNetworkFile
from gems_desktop.services.network import Network

_ADDRESSES = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
_TEXTS = ("name", "platform_url")
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?", re.ASCII)
_MAX_BYTES = 65_536  # a description of a network is one page


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


def read_network(path: Path) -> Network:
    """The network that `path` describes; raises BadNetworkFile."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _fail("the file cannot be read") from error
    if len(raw) > _MAX_BYTES:
        raise _fail("the file is too large")
    try:
        return network_of(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise _fail("it is not JSON") from error
