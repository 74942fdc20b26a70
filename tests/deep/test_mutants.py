# SPDX-License-Identifier: Apache-2.0
"""Which lines of a contract are mutated, in which order, and that explanations outlive a new report."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SOURCE = '''\
# a comment
"""
@title A contract
"""
from . import ecdsa

struct Pair:
    first: uint256

event Moved:
    id: indexed(bytes32)

_KIND_TYPE_HASH: constant(bytes32) = keccak256(
    "Kind(uint256 a)"
)
_LIMIT: constant(uint256) = 2**126 - 1
_money: HashMap[bytes32, uint256]

@external
def move(
    a: uint256,
    b: uint256,
) -> uint256:
    """
    @notice Moves a > b.
    """
    assert a > b, "no"
    # nothing
    c: uint256 = a - b
    log Moved(id=keccak256(b""))
    return c
'''


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    spec = importlib.util.spec_from_file_location("mutants_under_test", PACKAGING / "mutants.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_only_logic_is_mutated(mutants: ModuleType) -> None:
    lines = SOURCE.splitlines()
    chosen = [lines[number - 1].strip() for number in mutants.logic_lines(SOURCE)]
    assert chosen == [
        "_LIMIT: constant(uint256) = 2**126 - 1",
        'assert a > b, "no"',
        "c: uint256 = a - b",
        'log Moved(id=keccak256(b""))',
        "return c",
    ]


def test_every_line_comes_before_any_line_twice(mutants: ModuleType) -> None:
    made = [mutants.Mutant("M", line, "x", f"y{n}") for line in range(5) for n in range(1 + line)]
    ordered = mutants.order(made, seed=1)
    assert sorted(ordered, key=str) == sorted(made, key=str)
    assert {mutant.line for mutant in ordered[:5]} == set(range(5))


def test_explanations_stay(mutants: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "REPORTS", tmp_path)
    first, second = mutants.Mutant("Gem", 3, "  a > b", "  a >= b"), mutants.Mutant("Gem", 9, "f()", "g()")
    path = mutants.write_report("Gem", 9, [(first, "survived"), (second, "killed")], 1)
    assert "(not explained yet)" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("(not explained yet)", "They are never equal."), "utf-8")
    mutants.write_report("Gem", 9, [(second, "survived"), (first, "survived")], 1)
    text = path.read_text("utf-8")
    assert "They are never equal." in text and text.count("(not explained yet)") == 1


def test_every_contract_has_a_suite(mutants: ModuleType) -> None:
    from tests.deep.mutation import judge

    assert set(judge.SUITES) == set(mutants.NAMES)
    folder = PACKAGING.parent / "tests" / "contracts"
    for globs in judge.SUITES.values():
        assert all(list(folder.glob(glob)) for glob in globs)
