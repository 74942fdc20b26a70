# SPDX-License-Identifier: Apache-2.0
"""The deep proofs as a long test, and what keeps them honest without running them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gems_protocol.contracts import artefact

ROOT = Path(__file__).resolve().parents[2]
DEEP = ROOT / "tests" / "deep"


@pytest.mark.long
def test_the_stored_bytecode_keeps_its_invariants_in_forge_and_halmos() -> None:
    if shutil.which("npm") is None:
        pytest.skip("there is no npm on this machine: forge and the Solidity compiler come from there")
    command = [sys.executable, "packaging/deep.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_the_npm_lock_names_no_addresses() -> None:
    lock = json.loads((DEEP / "tools" / "package-lock.json").read_text("utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert packages and all("resolved" not in told and told["integrity"] for told in packages.values())


def test_every_function_that_changes_a_channel_is_in_the_proofs() -> None:
    """A new function of Channels must come into the handler, the interface and the symbolic properties."""
    names = [
        entry["name"]
        for entry in artefact("Channels")["abi"]
        if entry["type"] == "function" and entry["stateMutability"] != "view"
    ]
    assert len(names) >= 9
    symbolic = (DEEP / "forge" / "test" / "ChannelsSymbolic.t.sol").read_text("utf-8")
    handler = (DEEP / "forge" / "test" / "ChannelsHandler.sol").read_text("utf-8")
    for name in names:
        if name == "claim_many":  # a loop around claim; its rows are tested in tests/contracts
            continue
        assert f"channels.{name}" in symbolic, f"{name} has no symbolic property"
        assert f"channels.{name}" in handler, f"{name} is not called by the handler"


def test_each_set_up_has_a_control_that_must_fail() -> None:
    for kind, start in (("Invariants", "invariant_control_"), ("Symbolic", "check_control_")):
        for path in (DEEP / "forge" / "test").glob(f"*{kind}.t.sol"):
            assert start in path.read_text("utf-8"), f"{path.name} has no control"


def test_every_surviving_mutant_is_explained() -> None:
    for path in (DEEP / "mutation").glob("*.md"):
        text = path.read_text("utf-8")
        assert "(not explained yet)" not in text, path.name
        assert len(re.findall(r"^- ", text, re.MULTILINE)) == len(re.findall(r"^  \S", text, re.MULTILINE))
