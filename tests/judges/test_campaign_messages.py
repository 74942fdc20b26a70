# SPDX-License-Identifier: Apache-2.0
"""The very functions by which Campaigns hashes messages and climbs Merkle trees say what Python says."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from typing import Any

import boa
import pytest
from eth_utils import keccak

from gems_protocol import merkle
from gems_protocol import messages as m
from gems_protocol.messages import Message
from gems_protocol.signature import address_of
from tests.judges.cases import many, values
from tests.judges.judge import SOURCES

KEY = keccak(text="judges")
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
NO_PATH: tuple[int, int, list[bytes]] = (0, 0, [])
_HEAD = """# pragma version 0.4.3
from . import campaign_messages
from . import eip712_domain
from . import merkle

initializes: eip712_domain

@deploy
def __init__():
    eip712_domain.__init__("GemCampaigns", "1")

@external
@view
def root_of(leaf: bytes32, path: merkle.Path) -> bytes32:
    return merkle.root_of(leaf, path)

@external
@view
def is_signed_in(
    who: address, leaf: bytes32, kind: uint256, place: campaign_messages.Place, sig: campaign_messages.Sig
) -> bool:
    type_hash: bytes32 = campaign_messages.BATCH_SUBMISSION
    if kind == 1:
        type_hash = campaign_messages.BATCH_VOTE
    elif kind == 2:
        type_hash = campaign_messages.BATCH_RELEASE
    return campaign_messages.is_signed_in(eip712_domain.separator(), who, leaf, type_hash, place, sig)
"""
#: The contract's functions: their arguments in Vyper, as the functions themselves name them.
_FUNCTIONS = {
    "assignment": "bytes32, campaign_messages.Assignment",
    "submission": "bytes32, bytes32, bytes32",
    "panel": "bytes32, uint32, uint8, uint8, DynArray[address, 7]",
    "vote": "bytes32, uint32, uint8, uint8, bytes32, bool",
    "release": "bytes32, address",
    "spend": "bytes32, uint128, uint64",
    "bill": "bytes32, uint128, bytes32, uint32",
    "receipt": "bytes32, merkle.Path, uint64",
    "task_key": "bytes32, uint32, uint8",
}
BATCHES: tuple[type[Any], ...] = (m.BatchSubmission, m.BatchVote, m.BatchRelease)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A contract that gives the modules' internal functions out."""
    folder = tmp_path_factory.mktemp("campaign_messages")
    for name in ("ecdsa", "eip712_domain", "merkle", "campaign_messages"):
        shutil.copy(SOURCES / f"{name}.vy", folder)
    (folder / "Given.vy").write_text(_source(), "utf-8")
    with boa.env.anchor():
        yield boa.load(str(folder / "Given.vy"))


def _source() -> str:
    parts = [_HEAD]
    for name, taken in _FUNCTIONS.items():
        kinds = taken.replace("[address, 7]", "[address; 7]").split(", ")
        takes = ", ".join(f"f{at}: {kind.replace(';', ',')}" for at, kind in enumerate(kinds))
        gives = ", ".join(f"f{at}" for at in range(len(kinds)))
        parts.append(
            f"\n@external\n@view\ndef {name}({takes}) -> bytes32:\n    return campaign_messages.{name}({gives})\n"
        )
    return "".join(parts)


def _whole(message: Message) -> list[Any]:
    return values(message)


def _without_campaign(message: Message) -> list[Any]:
    first, *rest = values(message)
    return [first, tuple(rest)]


def _alone(message: Message) -> list[Any]:
    leaf, received = values(message)
    return [leaf, NO_PATH, received]


@pytest.mark.parametrize(
    ("kind", "function", "taken"),
    [
        (m.Assignment, "assignment", _without_campaign),
        (m.Submission, "submission", _whole),
        (m.Panel, "panel", _whole),
        (m.Vote, "vote", _whole),
        (m.Release, "release", _whole),
        (m.Spend, "spend", _whole),
        (m.Bill, "bill", _whole),
        (m.Receipt, "receipt", _alone),
    ],
    ids=lambda given: getattr(given, "__name__", None),
)
def test_the_contracts_struct_hashes(
    contract: Any, kind: type[Message], function: str, taken: Callable[[Message], list[Any]]
) -> None:
    for message in many(kind, 25):
        assert getattr(contract, function)(*taken(message)) == message.struct_hash(), message


def test_the_contracts_task_keys(contract: Any) -> None:
    for index, attempt in ((0, 0), (2**32 - 1, 255), (5, 1)):
        assert contract.task_key(b"\5" * 32, index, attempt) == m.task_key(b"\5" * 32, index, attempt)


@pytest.mark.parametrize("count", [*range(1, 18), 31, 32, 33, 100])
def test_trees_are_climbed_alike(contract: Any, count: int) -> None:
    chance = random.Random(count)
    leaves = [chance.randbytes(32) for _ in range(count)]
    root, proofs = merkle.root(leaves), merkle.proofs(leaves)
    for index in {0, count // 2, count - 1}:
        leaf, proof = leaves[index], proofs[index]
        assert contract.root_of(leaf, (index, count, proof)) == root
        received = m.BatchReceipt(root, count, 9).struct_hash()
        assert contract.receipt(leaf, (index, count, proof), 9) == received
        wrong = [
            (b"\1" * 32, index, count, proof),
            (leaf, index + 1, count, proof),
            (leaf, count, count, proof),
            (leaf, index, count + 1, proof),
            (leaf, index, 2 * count, proof),
            (leaf, index, count, [*proof, b"\1" * 32]),
            (leaf, index, count, proof[1:] if proof else [b"\1" * 32]),
            (leaf, index, count, [b"\1" * 32, *proof[1:]] if proof else [b"\1" * 32]),
        ]
        for other, at, width, path in wrong:
            by_python = merkle.verify(root, other, at, width, path)
            by_vyper = contract.root_of(other, (at, width, path)) == root
            assert by_python == by_vyper, (at, width, len(path))
            # a carried-up leaf may be proven in a tree of another width; the signed count is what tells them apart
            assert not by_python or width != count


@pytest.mark.parametrize("at", range(3), ids=lambda at: BATCHES[at].__name__)
def test_a_batch_counts_as_the_type_that_was_signed(contract: Any, at: int) -> None:
    domain = m.Domain("GemCampaigns", int(boa.env.evm.patch.chain_id), str(contract.address).lower())
    leaves = [bytes([each]) * 32 for each in range(1, 6)]
    root, proofs, signer = merkle.root(leaves), merkle.proofs(leaves), address_of(KEY)
    raw = BATCHES[at](root, 5, b"\7" * 32, 99).sign(domain, KEY)
    v, r, s = raw[64], int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:64], "big")
    place = ((3, 5, proofs[3]), b"\7" * 32, 99)

    def taken(
        who: str = signer, leaf: bytes = leaves[3], kind: int = at, place: Any = place, sig: Any = (v, r, s)
    ) -> bool:
        found: bool = contract.is_signed_in(who, leaf, kind, place, sig)
        return found

    assert taken()  # control
    assert [kind for kind in range(3) if taken(kind=kind)] == [at]
    assert not taken(leaf=leaves[2]) and not taken(who="0x" + "00" * 20) and not taken(who="0x" + "11" * 20)
    assert not taken(sig=(55 - v, r, ORDER - s)) and not taken(sig=(v, r, 0)) and not taken(sig=(0, 0, 0))
    path = (3, 5, proofs[3])
    for other in (
        (path, b"\6" * 32, 99), (path, b"\7" * 32, 98), ((2, 5, proofs[3]), b"\7" * 32, 99),
        ((3, 6, proofs[3]), b"\7" * 32, 99), ((5, 5, proofs[3]), b"\7" * 32, 99), (NO_PATH, b"\7" * 32, 99),
    ):  # fmt: skip
        assert not taken(place=other), other
