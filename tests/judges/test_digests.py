# SPDX-License-Identifier: Apache-2.0
"""Python and Vyper give every message the same struct hash and the same digest, whatever its values."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boa
import pytest
from eth_utils import keccak

import gems_protocol
from gems_protocol.messages import Message
from gems_protocol.signature import address_of
from tests.contracts import signing
from tests.judges.cases import kinds, many
from tests.judges.judge import SOURCES, Judge

KEY = keccak(text="judges")


def test_no_message_is_forgotten() -> None:
    """Whatever class of a message stands anywhere in the protocol is one of gems_protocol.messages."""
    found: set[type[Message]] = set()
    for entry in pkgutil.walk_packages(gems_protocol.__path__, "gems_protocol."):
        there = vars(importlib.import_module(entry.name)).values()
        found |= {each for each in there if isinstance(each, type) and issubclass(each, Message)}
    assert found - {Message} == set(kinds())
    names = [kind.TYPE.partition("(")[0] for kind in kinds()]
    assert len(set(names)) == len(names) > 20


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_python_and_vyper_agree(judge: Judge, kind: type[Message]) -> None:
    domain = judge.domain(kind.DOMAIN)
    assert domain.separator() == judge.at(kind.DOMAIN).separator()
    signer = address_of(KEY)
    seen = set()
    for message in many(kind, 25):
        assert (message.struct_hash(), message.digest(domain)) == judge.hashes(message), message
        seen.add(message.struct_hash())
        assert judge.accepts(signer, message.digest(domain), message.sign(domain, KEY))
    assert len(seen) > 5  # control: other values have other hashes


def test_the_types_in_the_contracts_are_pythons() -> None:
    """A type that a contract spells out is letter for letter the one of the class with its name."""
    named = {kind.TYPE.partition("(")[0]: kind.TYPE for kind in kinds()}
    spelled = {name: text for path in SOURCES.glob("*.vy") for name, text in _types(path)}
    spelled |= {
        text.partition("(")[0]: text
        for text in vars(signing).values()
        if isinstance(text, str) and re.fullmatch(r"[A-Z]\w+\(\w.*\)", text)
    }
    shared = spelled.keys() & named.keys()
    assert {"Voucher", "Debit", "ClaimAuth", "Spend", "TransferWithAuthorization"} <= shared
    assert {name: spelled[name] for name in shared} == {name: named[name] for name in shared}


def _types(path: Path) -> list[tuple[str, str]]:
    """The EIP-712 types in a contract's source: texts in quotes, a line's end between two of them or not."""
    source = re.sub(r'"\s*\n\s*"', "", path.read_text("utf-8"))
    return [
        (text.partition("(")[0], text)
        for text in re.findall(r'"([A-Z]\w*\([a-z0-9]+(?:\[\])? \w+.*?\))"', source)
    ]


@pytest.mark.parametrize("name", ["PanelShort", "VoteSwapped"])
def test_control_a_judge_with_a_wrong_type_disagrees(
    name: str, tmp_path_factory: pytest.TempPathFactory, judge: Judge
) -> None:
    (kind,) = [each for each in kinds() if each.__name__ == ("Panel" if name == "PanelShort" else "Vote")]
    wrong = {
        "PanelShort": kind.TYPE.replace("uint8 attempt", "uint16 attempt"),
        "VoteSwapped": kind.TYPE.replace("bool accept", "bool accepted"),
    }[name]
    other = type(kind.__name__, (), {"TYPE": wrong})
    broken = Judge(tmp_path_factory.mktemp(name), [other])
    (message, *_) = many(kind, 1)
    assert broken.hashes(message)[0] != message.struct_hash() == judge.hashes(message)[0]


@pytest.fixture
def fork() -> Iterator[int]:
    """The chain's id is another one during the test."""
    patch = boa.env.evm.patch
    before = patch.chain_id
    patch.chain_id = before + 1
    yield before
    patch.chain_id = before


def test_both_follow_the_chain_id_of_a_fork(judge: Judge, fork: int) -> None:
    for kind in kinds():
        (message, *_) = many(kind, 0)
        after = judge.domain(kind.DOMAIN)
        digest = judge.hashes(message)[1]
        assert digest == message.digest(after) != message.digest(replace(after, chain_id=fork))
