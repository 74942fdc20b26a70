# SPDX-License-Identifier: Apache-2.0
"""A practice network at addresses of this computer where nobody listens: what the self-test works on."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from gems_protocol.network import Network

_CLOSED = "http://127.0.0.1:9"
NETWORK = Network(
    name="nowhere",
    chain_id=31337,
    rpc_urls=(_CLOSED,),
    platform_url=_CLOSED,
    platform_signer="0x" + "01" * 20,
    gem="0x" + "02" * 20,
    channels="0x" + "03" * 20,
    campaigns="0x" + "04" * 20,
    hub_payer="0x" + "05" * 20,
    relayer="0x" + "06" * 20,
    practice=True,
)


def write(folder: Path) -> Path:
    """Its network.json in `folder`."""
    file = folder / "network.json"
    file.write_text(json.dumps(asdict(NETWORK)), "utf-8")
    return file
