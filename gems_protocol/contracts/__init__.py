# SPDX-License-Identifier: Apache-2.0
"""The contracts in Vyper, and their compiled artefacts, which the application loads without a compiler."""

import json
from pathlib import Path
from typing import Any

NAMES = ("Gem", "Channels", "Campaigns", "Judge")
"""The deployable contracts, in the order in which they are deployed."""

_ARTEFACTS = Path(__file__).resolve().parents[2] / "resources" / "contracts"


def artefact(name: str) -> dict[str, Any]:
    """The compiled contract `name`: contract, compiler, source_sha256, abi (a list), bytecode (0x-hex), runtime
    ({start, length} in the bytecode, bytes) and immutables (name -> bytes behind the runtime, 32 bytes each).

    The bytecode is the one to deploy with; constructor arguments are appended to it, ABI-encoded:
    Gem(holder), Channels(gem), Campaigns(gem, judge), Judge(gem, campaigns); the judge's address is known before it
    is there. Raises KeyError for a name that is not in NAMES.
    """
    if name not in NAMES:
        raise KeyError(name)
    loaded: dict[str, Any] = json.loads((_ARTEFACTS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded
