# SPDX-License-Identifier: Apache-2.0
"""Reads network.json, the one description of a network that all parts share."""

from __future__ import annotations

from pathlib import Path

from gems_protocol.network import Network, no_network_file, parse_network
from gems_protocol.network import network_of as network_of


def read_network(path: Path) -> Network:
    """The network that `path` describes; raises BadNetworkFile."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise no_network_file() from error
    return parse_network(raw)
