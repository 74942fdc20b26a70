# SPDX-License-Identifier: Apache-2.0
"""What is deployed in which order and where it will stand: an address follows from the deployer and its nonce, so
a deployment that was cut off is taken up where it stopped."""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils.address import to_canonical_address

from gems_protocol.abi import encode
from gems_protocol.contracts import NAMES, artefact
from gems_protocol.contracts.deployed import Place, runtime
from gems_protocol.keccak import keccak


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the contracts are, lowercase 0x-hex; the judge is where the campaigns say."""

    gem: str
    channels: str
    campaigns: str


@dataclass(frozen=True, slots=True)
class Step:
    """One contract to create with the deployer's `nonce`; `creation` is its code and arguments."""

    place: Place
    nonce: int
    creation: bytes

    @property
    def gas(self) -> int:
        """More gas than the creation needs on a chain with Ethereum's prices (Cancun)."""
        zeros = self.creation.count(0)
        calldata = 4 * zeros + 16 * (len(self.creation) - zeros)
        words = (len(self.creation) + 31) // 32
        stored = len(runtime(self.place.name)) + 6 * 32
        return 53_000 + calldata + 2 * words + 200 * stored + _CONSTRUCTOR


_CONSTRUCTOR = 90_000  # a constructor writes at most two words, logs once, hashes its domain


def contract_address(deployer: str, nonce: int) -> str:
    """The address of the contract that `deployer` creates with this nonce (below 2**32), lowercase 0x-hex."""
    if not 0 <= nonce < 2**32:
        raise ValueError("nonce out of range")
    raw = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    number = raw if len(raw) == 1 and raw[0] < 0x80 else bytes([0x80 + len(raw)]) + raw
    body = bytes([0x94]) + to_canonical_address(deployer) + number
    return "0x" + keccak(bytes([0xC0 + len(body)]) + body)[12:].hex()


def steps(deployer: str, first_nonce: int, chain_id: int, holder: str, gem: str | None) -> tuple[Step, ...]:
    """Gem (unless there is one at `gem`), Channels, Campaigns and Judge, with nonces from `first_nonce` on.

    Campaigns is made with the address at which its judge will be; the judge asks it for that.
    """
    names = NAMES if gem is None else tuple(name for name in NAMES if name != "Gem")
    nonces = dict(zip(names, range(first_nonce, first_nonce + len(names)), strict=True))
    where = {name: contract_address(deployer, nonce) for name, nonce in nonces.items()}
    token = where["Gem"] if gem is None else gem.lower()
    other = {"Campaigns": where["Judge"], "Judge": where["Campaigns"]}
    arguments = {"Gem": (holder,), "Channels": (token,)} | {
        name: (token, beside) for name, beside in other.items()
    }
    found: list[Step] = []
    for name, nonce in nonces.items():
        code = bytes.fromhex(artefact(name)["bytecode"][2:])
        code += encode(["address"] * len(arguments[name]), arguments[name])
        place = Place(name, chain_id, where[name], token, other.get(name, ""))
        found.append(Step(place, nonce, code))
    return tuple(found)


def addresses(plan: tuple[Step, ...]) -> Addresses:
    """Where the contracts of a plan will be."""
    where = {step.place.name: step.place.address for step in plan}
    return Addresses(plan[0].place.gem, where["Channels"], where["Campaigns"])
