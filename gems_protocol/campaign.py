# SPDX-License-Identifier: Apache-2.0
"""What a requester signs up to: the terms that the escrow holds, and the manifest that workers read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from gems_protocol import canonical, merkle
from gems_protocol.abi import encode
from gems_protocol.amount import Amount
from gems_protocol.errors import MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.messages import hash_from_hex
from gems_protocol.staking import escrow_per_task, reviewer_reward

ZERO_ADDRESS = "0x" + "00" * 20
MAX_TASK_BYTES = 64_000
NO_GOLD = bytes(32)
_ABI = {
    "requester": "address", "hub": "address", "mr": "uint128", "ms": "uint128", "vs": "uint128",
    "floor": "uint128", "z": "uint8", "panel": "uint8", "quorum": "uint8", "rounds": "uint8",
    "redo": "uint64",
    "window": "uint64", "ends": "uint64", "verifier_root": "bytes32", "seed_tip": "bytes32",
    "arbiter": "address", "content_root": "bytes32", "salt": "bytes32",
}  # fmt: skip
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.ASCII)


def _bad(name: str) -> MalformedMessage:
    return MalformedMessage(f"The campaign's {name} is not valid.")


@dataclass(frozen=True, slots=True)
class Terms:
    """The struct `Terms` of the escrow contract, in its order; times in seconds, `ends` in Unix seconds.

    mr, ms, vs: miner's reward, miner's and verifier's stake. floor, z: see `staking.reviewer_reward`.
    panel: the largest panel of the first two rounds (odd).
    Raises MalformedMessage when a field is out of range.
    """

    requester: str
    hub: str
    mr: Amount
    ms: Amount
    vs: Amount
    floor: Amount
    z: int
    panel: int
    quorum: int
    rounds: int
    redo: int
    window: int
    ends: int
    verifier_root: bytes
    seed_tip: bytes
    arbiter: str
    content_root: bytes
    salt: bytes

    def __post_init__(self) -> None:
        for name, kind in _ABI.items():
            if not _fits(kind, getattr(self, name)):
                raise _bad(name)
        if not 1 <= self.z <= 10:
            raise _bad("z")
        if self.panel % 2 == 0 or self.panel > 7 or not self.panel < 2 * self.quorum <= 2 * self.panel:
            raise _bad("panel")
        if not 1 <= self.rounds <= 3:
            raise _bad("rounds")

    def abi(self) -> tuple[Any, ...]:
        """The struct as contract calls take it: base units as int, hashes as bytes."""
        return tuple(
            value.units if isinstance(value, Amount) else value
            for value in (getattr(self, name) for name in _ABI)
        )

    def campaign_id(self) -> bytes:
        """keccak256(abi_encode(Terms)), 32 bytes."""
        return _campaign_id(self)

    def vr(self) -> Amount:
        """A verifier's reward."""
        return reviewer_reward(self.mr, self.z, self.floor)

    def cost(self) -> Amount:
        """What one task escrows: Mr + two panels of Vr."""
        return escrow_per_task(self.mr, self.panel, self.vr())

    def to_json(self) -> dict[str, Any]:
        """Snake-case JSON, integers above 32 bits as text, hashes as hex."""
        return {name: _to_json(kind, getattr(self, name)) for name, kind in _ABI.items()}

    @classmethod
    def from_json(cls, value: Any) -> Terms:
        """Read what `to_json` wrote: exactly its keys; raises MalformedMessage."""
        if type(value) is not dict or set(value) != set(_ABI):
            raise _bad("terms")
        return cls(**{name: _from_json(kind, value[name], name) for name, kind in _ABI.items()})


@lru_cache(maxsize=1024)  # asked for with each step of each task
def _campaign_id(terms: Terms) -> bytes:
    return keccak(encode([f"({','.join(_ABI.values())})"], [terms.abi()]))


def _fits(kind: str, value: Any) -> bool:
    if kind == "address":
        return type(value) is str and _ADDRESS.fullmatch(value) is not None
    if kind == "bytes32":
        return type(value) is bytes and len(value) == 32
    if kind == "uint128":
        return type(value) is Amount and 0 <= value.units < 1 << 128
    return type(value) is int and 0 <= value < 1 << int(kind[4:])


def _to_json(kind: str, value: Any) -> Any:
    if kind == "bytes32":
        return "0x" + value.hex()
    return str(value) if kind in ("uint128", "uint64") else value


def _from_json(kind: str, value: Any, name: str) -> Any:
    if kind == "bytes32":
        return hash_from_hex(value, name)
    if kind in ("uint128", "uint64"):
        if type(value) is not str or not re.fullmatch(r"0|[1-9]\d{0,38}", value, re.ASCII):
            raise _bad(name)
        return Amount(int(value)) if kind == "uint128" else int(value)
    return value


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """Which module does the tasks; `config` is its labelling config (XML) as text."""

    name: str
    version: str
    family: str
    difficulty: str
    config: str


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """Which verification policy judges, with the first panel, its quorum and the policy's own whole numbers.

    params: as `verification.policy_of` takes them; "hold_s" is how long accepted work waits for its requester.
    """

    name: str
    panel: int
    quorum: int
    params: Mapping[str, int] = field(default_factory=dict)

    @property
    def hold_s(self) -> int:
        """Seconds in which the requester may appeal or commission before accepted work is paid; 0: paid at once."""
        return self.params.get("hold_s", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What workers read about a campaign; the requester signs its hash in an `Offer`.

    gold_root: Merkle root of the salted hashes of known answers (see `gold`), zero when there are none.
    spelled_out: which of `params` and `gold_root` stood in the JSON that this was read from. What says nothing is
    left out, but was spelled out for a while: each manifest is written as it was signed, so that its hash stays.
    """

    title: str
    description: str
    instructions: str
    module: ModuleInfo
    policy: PolicyInfo
    expected_seconds: int
    lease_s: int
    languages: tuple[str, ...]
    content_warning: str
    gold_root: bytes = NO_GOLD
    spelled_out: frozenset[str] = field(default=frozenset(), compare=False)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON with the fields' names; `params` and `gold_root` only if they say something or were there."""
        value: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        del value["spelled_out"]
        value["module"] = {field.name: getattr(self.module, field.name) for field in fields(self.module)}
        value["policy"] = {field.name: getattr(self.policy, field.name) for field in fields(self.policy)}
        value["policy"]["params"] = dict(self.policy.params)
        value["languages"] = list(self.languages)
        value["gold_root"] = "0x" + self.gold_root.hex()
        if not self.policy.params and "params" not in self.spelled_out:
            del value["policy"]["params"]
        if self.gold_root == NO_GOLD and "gold_root" not in self.spelled_out:
            del value["gold_root"]
        return value

    def canonical(self) -> bytes:
        """The bytes that are hashed."""
        return canonical.dumps(self.to_json())

    def manifest_hash(self) -> bytes:
        """keccak256 of the canonical bytes."""
        return keccak(self.canonical())

    @classmethod
    def from_json(cls, value: Any) -> Manifest:
        """Read what `to_json` wrote: exactly its keys and types; raises MalformedMessage."""
        found = _strict(
            _with(value, gold_root="0x" + NO_GOLD.hex()), "manifest",
            title=str, description=str, instructions=str, module=dict, policy=dict,
            expected_seconds=int, lease_s=int, languages=list, content_warning=str, gold_root=str,
        )  # fmt: skip
        module = _strict(
            found["module"], "module", name=str, version=str, family=str, difficulty=str, config=str
        )
        policy = _strict(
            _with(found["policy"], params={}), "policy", name=str, panel=int, quorum=int, params=dict
        )
        if any(
            type(name) is not str or type(number) is not int or not 0 <= number < 1 << 32
            for name, number in policy["params"].items()
        ):
            raise _bad("policy.params")
        if policy["params"].get("hold_s", 0) > 30 * 86_400:
            raise _bad("policy.params.hold_s")
        if any(type(item) is not str for item in found["languages"]):
            raise _bad("languages")
        if not 0 < found["expected_seconds"] <= 86_400 or not 60 <= found["lease_s"] <= 30 * 86_400:
            raise _bad("times")
        spelled_out = {"params"} & set(found["policy"]) | {"gold_root"} & set(value)
        found.update(
            module=ModuleInfo(**module),
            policy=PolicyInfo(**policy),
            languages=tuple(found["languages"]),
            gold_root=hash_from_hex(found["gold_root"], "gold_root"),
            spelled_out=frozenset(spelled_out),
        )
        return cls(**found)


def _with(value: Any, **absent: Any) -> Any:
    """An object with what it may leave out."""
    return {**absent, **value} if type(value) is dict else value


def _strict(value: Any, what: str, **types: type) -> dict[str, Any]:
    if type(value) is not dict or set(value) != set(types):
        raise _bad(what)
    for name, kind in types.items():
        if type(value[name]) is not kind:
            raise _bad(f"{what}.{name}")
    return dict(value)


def task_bytes(data: Any) -> bytes:
    """The canonical bytes of one task's data; raises MalformedMessage when larger than 64 kB."""
    encoded = canonical.dumps(data)
    if len(encoded) > MAX_TASK_BYTES:
        raise MalformedMessage("A task's data is larger than 64 kB.")
    return encoded


def input_hash(data: Any) -> bytes:
    """keccak256 of a task's canonical bytes: the leaf of the campaign's content tree."""
    return keccak(task_bytes(data))


def content_root(tasks: Sequence[Any]) -> bytes:
    """The Merkle root of all tasks' input hashes in order, as `Terms.content_root` holds it."""
    return merkle.root([input_hash(data) for data in tasks])


def result_hash(answer: Any) -> bytes:
    """keccak256 of an answer's canonical JSON, as a `Submission` holds it."""
    return canonical.keccak_of(answer)
