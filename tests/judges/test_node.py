# SPDX-License-Identifier: Apache-2.0
"""ethers and viem from npm are the third judge of every message (needs npm's registry)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from gems_protocol.messages import Message
from gems_protocol.signature import address_of, recover
from tests.judges.cases import kinds, many, values
from tests.judges.judge import NAMES, Judge

HERE = Path(__file__).resolve().parent
FILES = ("package.json", "package-lock.json", "judges.mjs")
LIBRARIES = ("ethers", "viem")
KEY = keccak(text="judges at npm")
COUNT = 20  # random values of each class, besides the least and the largest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the node part with the libraries installed as the lock says."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on this machine")
    place = tmp_path_factory.mktemp("npm")
    for name in FILES:
        shutil.copy(HERE / name, place)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=place, check=True, capture_output=True, timeout=300)
    return place


def asked(folder: Path, judge: Judge, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """What node says about the cases, all in one process."""
    domains = {
        name: {"name": name, "version": "1", "chainId": domain.chain_id, "verifyingContract": domain.contract}
        for name, domain in ((name, judge.domain(name)) for name in NAMES)
    }
    question = json.dumps({"key": "0x" + KEY.hex(), "domains": domains, "cases": cases})
    done = subprocess.run(
        ["node", "judges.mjs"], cwd=folder, input=question, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def case(judge: Judge, message: Message, kind: str = "") -> dict[str, Any]:
    """One message with our signature as judges.mjs reads it."""
    signature = message.sign(judge.domain(message.DOMAIN), KEY)
    told = [_json(value) for value in values(message)]
    wire = {"domain": message.DOMAIN, "type": kind or message.TYPE, "values": told}
    return {**wire, "signature": "0x" + signature.hex()}


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if type(value) is int else value


def unlike(judge: Judge, message: Message, told: dict[str, dict[str, str]]) -> Iterator[str]:
    """In what a library's word about `message` differs from ours or from the contract's."""
    domain, signer = judge.domain(message.DOMAIN), address_of(KEY)
    digest, ours = message.digest(domain), message.sign(domain, KEY)
    for library in LIBRARIES:
        said = told[library]
        theirs = bytes.fromhex(said["signature"][2:])
        if (said["struct_hash"], said["digest"]) != ("0x" + message.struct_hash().hex(), "0x" + digest.hex()):
            yield f"{library}: hashes"
        if said["signer"] != signer:
            yield f"{library}: does not take our signature"
        if theirs != ours:  # all of them sign as RFC 6979 says, with low s
            yield f"{library}: signs otherwise"
        if not judge.accepts(signer, digest, theirs):
            yield f"{library}: the contract does not take its signature"


def test_the_lock_names_no_addresses() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert packages and all("resolved" not in told and told["integrity"] for told in packages.values())


@pytest.mark.long
def test_ethers_and_viem_agree_with_python_and_vyper(folder: Path, judge: Judge) -> None:
    messages = [message for kind in kinds() for message in many(kind, COUNT)]
    told = asked(folder, judge, [case(judge, message) for message in messages])
    assert told["address"] == address_of(KEY)
    for name in NAMES:
        separator = "0x" + judge.domain(name).separator().hex()
        assert told["separators"][name] == dict.fromkeys(LIBRARIES, separator)
    found = [
        (message, difference)
        for message, said in zip(messages, told["answers"], strict=True)
        for difference in unlike(judge, message, said)
    ]
    assert found == []
    for message, said in zip(messages, told["answers"], strict=True):
        domain = judge.domain(message.DOMAIN)
        assert judge.hashes(message) == (message.struct_hash(), message.digest(domain))
        for library in LIBRARIES:
            theirs = bytes.fromhex(said[library]["signature"][2:])
            assert recover(message.digest(domain), theirs) == address_of(KEY)
            message.check(domain, theirs, address_of(KEY))


@pytest.mark.long
def test_control_another_type_or_another_value_is_seen(folder: Path, judge: Judge) -> None:
    (vote,) = [kind for kind in kinds() if kind.__name__ == "Vote"]
    one, other = many(vote, 0)
    renamed = vote.TYPE.replace("bool accept", "bool accepted")
    told = asked(folder, judge, [case(judge, one, renamed), case(judge, other)])
    for said in told["answers"]:
        found = list(unlike(judge, one, said))
        assert {"ethers: hashes", "viem: hashes", "viem: signs otherwise"} <= set(found)
