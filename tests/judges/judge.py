# SPDX-License-Identifier: Apache-2.0
"""The Vyper judge: a contract made from the messages' types, with the project's own domain and recovery."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import boa

from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain, Message
from tests.judges.cases import PANEL, values, wire

SOURCES = Path(__file__).resolve().parents[2] / "gems_protocol" / "contracts"
NAMES = (CHANNELS_DOMAIN, CAMPAIGNS_DOMAIN, GEM_DOMAIN)
_VYPER = {"address[]": f"DynArray[address, {PANEL}]"}
_HEAD = """# pragma version 0.4.3
from . import ecdsa
from . import eip712_domain

initializes: eip712_domain

@deploy
def __init__(name: String[32], version: String[8]):
    eip712_domain.__init__(name, version)

@external
@view
def separator() -> bytes32:
    return eip712_domain.separator()

@external
@view
def is_signed_by(signer: address, digest: bytes32, v: uint256, r: uint256, s: uint256) -> bool:
    return ecdsa.is_signed_by(signer, digest, v, r, s)
"""
_LIST = f"""
@internal
@pure
def _list(items: DynArray[address, {PANEL}]) -> bytes32:
    encoded: Bytes[{64 + 32 * PANEL}] = abi_encode(items)
    return keccak256(slice(encoded, 64, 32 * len(items)))
"""


def source(kinds: Iterable[type[Message]]) -> str:
    """A contract with one function for each class: its struct hash and its digest."""
    parts = [_HEAD, _LIST]
    for kind in kinds:
        types = [abi for abi, _ in wire(kind)]
        taken = ", ".join(f"f{at}: {_VYPER.get(abi, abi)}" for at, abi in enumerate(types))
        each = [f"self._list(f{at})" if abi == "address[]" else f"f{at}" for at, abi in enumerate(types)]
        parts.append(
            f"\n@external\n@view\ndef {kind.__name__}({taken}) -> (bytes32, bytes32):\n"
            f'    found: bytes32 = keccak256(abi_encode(keccak256("{kind.TYPE}"), {", ".join(each)}))\n'
            "    return found, eip712_domain.digest(found)\n"
        )
    return "".join(parts)


class Judge:
    """The contract deployed on titanoboa's chain, once for each domain."""

    def __init__(self, folder: Path, kinds: Iterable[type[Message]]) -> None:
        for name in ("ecdsa.vy", "eip712_domain.vy"):
            shutil.copy(SOURCES / name, folder)
        (folder / "EveryMessage.vy").write_text(source(kinds), "utf-8")
        deployer: Any = boa.load_partial(str(folder / "EveryMessage.vy"))
        # All at once: titanoboa undoes what a single test deploys.
        self._deployed = {name: deployer.deploy(name, "1") for name in NAMES}

    def at(self, name: str) -> Any:
        """The judge of the domain with this name."""
        return self._deployed[name]

    def domain(self, name: str) -> Domain:
        """The same domain as Python sees it."""
        return Domain(name, int(boa.env.evm.patch.chain_id), str(self.at(name).address).lower())

    def hashes(self, message: Message) -> tuple[bytes, bytes]:
        """The struct hash and the digest of `message` in its domain."""
        told = getattr(self.at(message.DOMAIN), type(message).__name__)(*values(message))
        return told[0], told[1]

    def accepts(self, signer: str, digest: bytes, signature: bytes) -> bool:
        """Whether the contracts' recovery takes these 65 bytes; a v that is no byte cannot be asked so."""
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
        found: bool = self.at(CHANNELS_DOMAIN).is_signed_by(signer, digest, signature[64], r, s)
        return found
