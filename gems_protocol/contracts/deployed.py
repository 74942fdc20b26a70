# SPDX-License-Identifier: Apache-2.0
"""What a deployed contract of ours is, byte for byte: its runtime code and, behind it, its immutables. One place
says it, so that whoever deploys, verifies or trusts an address asks the same question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from gems_protocol.contracts import artefact
from gems_protocol.keccak import keccak
from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain
from gems_protocol.typed_data import VERSION

_DOMAINS = {"Gem": GEM_DOMAIN, "Channels": CHANNELS_DOMAIN, "Campaigns": CAMPAIGNS_DOMAIN}
_WORD = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contract stands, with which token and with which other contract it works; lowercase 0x-hex.

    other: the judge of Campaigns, the campaigns of Judge; "" for the rest.
    """

    name: str  # one of NAMES
    chain_id: int
    address: str
    gem: str
    other: str = ""


@cache
def runtime(name: str) -> bytes:
    """The code that runs, without immutables, of the contract `name`."""
    made = artefact(name)
    start, length = made["runtime"]["start"], made["runtime"]["length"]
    return bytes.fromhex(made["bytecode"][2:])[start : start + length]


@cache
def _layout(name: str) -> tuple[str, ...]:
    """The immutables' names as they follow each other, without a gap."""
    offsets: dict[str, int] = artefact(name)["immutables"]
    if list(offsets.values()) != [_WORD * at for at in range(len(offsets))]:
        raise ValueError(f"the immutables of {name} do not follow each other")
    return tuple(offsets)


def immutables(place: Place) -> dict[str, bytes]:
    """The 32 bytes of every immutable by name, in the order in which they stand behind the runtime code.

    Raises KeyError for an immutable whose value is not known here: the contract got a new one.
    """
    values = {
        "_GEM": _address(place.gem),
        "hub_collateral._GEM": _address(place.gem),
        "JUDGE": _address(place.other),
        "CAMPAIGNS": _address(place.other),
    }
    name = _DOMAINS.get(place.name)
    if name is not None:
        values |= {
            "eip712_domain._NAME_HASH": keccak(text=name),
            "eip712_domain._VERSION_HASH": keccak(text=VERSION),
            "eip712_domain._DEPLOYED_CHAIN_ID": place.chain_id.to_bytes(_WORD, "big"),
            "eip712_domain._DEPLOYED_SEPARATOR": Domain(name, place.chain_id, place.address).separator(),
        }
    return {one: values[one] for one in _layout(place.name)}


def _address(text: str) -> bytes:
    return bytes.fromhex(text[2:]).rjust(_WORD, b"\0")


def judge_in(code: bytes) -> str:
    """The judge that the code of Campaigns names, lowercase 0x-hex: to be believed only with `difference`, of both."""
    start = len(runtime("Campaigns")) + _WORD * _layout("Campaigns").index("JUDGE")
    return "0x" + code[start + 12 : start + _WORD].rjust(20, b"\0").hex()


@lru_cache(maxsize=16)
def expected_code(place: Place) -> bytes:
    """All bytes that `eth_getCode` must give for the contract at this place."""
    return runtime(place.name) + b"".join(immutables(place).values())


def code_hash(code: bytes) -> str:
    """The hash by which chains name code, lowercase 0x-hex."""
    return "0x" + keccak(code).hex()


_MEANINGS = {
    "eip712_domain._NAME_HASH": "its messages have another name",
    "eip712_domain._VERSION_HASH": "its messages have another version",
    "eip712_domain._DEPLOYED_CHAIN_ID": "it was made for another chain",
    "eip712_domain._DEPLOYED_SEPARATOR": "its messages belong to another contract or chain",
    "_GEM": "it works with another token",
    "hub_collateral._GEM": "it works with another token",
    "JUDGE": "it has another judge",
    "CAMPAIGNS": "it is the judge of other campaigns",
}


def difference(code: bytes, place: Place) -> str | None:
    """Why `code` is not the contract of this place, as the rest of a sentence; None when it is, exactly."""
    if code == expected_code(place):
        return None
    if not code:
        return "there is no contract"
    made = runtime(place.name)
    wanted = immutables(place)
    if len(code) != len(made) + _WORD * len(wanted):
        return "its code is of another length"
    if code[: len(made)] != made:
        return f"its code differs from byte {_first_difference(code, made)} on"
    for at, (name, value) in enumerate(wanted.items()):
        start = len(made) + _WORD * at
        if code[start : start + _WORD] != value:
            return _MEANINGS[name]
    raise AssertionError("unequal, and nothing differs")


def _first_difference(one: bytes, other: bytes) -> int:
    """The first place at which two that differ do so, found by halving."""
    same, apart = 0, len(other)  # the first `same` bytes are equal, the first `apart` are not
    while apart - same > 1:
        middle = (same + apart) // 2
        if one[:middle] == other[:middle]:
            same = middle
        else:
            apart = middle
    return same
